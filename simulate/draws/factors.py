"""The factors of a scenario, in order of declaration: evidence, chance, then every number.

Parameter uncertainty and chance are separate factors. Certain numbers have a factor too, so that
making one uncertain leaves every other draw bit-identical.
"""

from __future__ import annotations

from models.number import Number
from simulate.scenario.resolve import numbers
from simulate.scenario.tree.outcomes import gains_of
from simulate.scenario.tree.scenario import ContractScenario, FundScenario

_NOT_DRAWN = ("evidence.", "contract.cases.", "decision.")


def factors(scenario: ContractScenario | FundScenario) -> tuple[str, ...]:
    """Return the names of all factors.

    Chance factors are ``chance/…``, evidence blocks ``evidence/…``, numbers their own key.
    """
    chance: list[str] = []
    if isinstance(scenario, ContractScenario):
        chance += [chance_name("programme", name) for name in scenario.programme.CHANCE]
        for key, measure in scenario.measurements.items():
            chance += [chance_name(key, name) for name in measure.CHANCE]
    blocks = [evidence_name(block) for block in scenario.evidence]
    blocks = [evidence_name(block) for block in scenario.evidence]
    gains = gains_of(scenario.outcomes)
    own = {key: f"outcomes.{key}." for key in gains}
    keys = [number.key for number in inputs(scenario)]
    money = [key for key in keys if not key.startswith(tuple(own.values()))]
    # Last, gain by gain, so that a human gain that is added at the end moves nothing else.
    last: list[str] = []
    for key, one in gains.items():
        last += [name for name in keys if name.startswith(own[key])]
        last += [chance_name(key, name) for name in one.CHANCE]
    return (*blocks, *chance, *money, *last)


def inputs(scenario: ContractScenario | FundScenario) -> tuple[Number, ...]:
    """Return the numbers that are drawn: all but evidence, cases and decision."""
    return tuple(n for n in numbers(scenario) if not n.key.startswith(_NOT_DRAWN))


def chance_name(place: str, name: str) -> str:
    """Return the name of a chance factor."""
    return f"chance/{place}.{name}"


def evidence_name(block: str) -> str:
    """Return the name of the factor that picks a posterior sample."""
    return f"evidence/{block}"
