"""The factors of a scenario, in order of declaration: evidence, chance, then every number.

Parameter uncertainty and chance are separate factors. Certain numbers have a factor too, so that
making one uncertain leaves every other draw bit-identical.
"""

from __future__ import annotations

from dataclasses import replace

from models.distributions import FromEvidence
from models.number import Number
from simulate.draws.copula import copula_of
from simulate.draws.streams import Streams
from simulate.scenario.resolve import inputs
from simulate.scenario.tree.investment import Priced
from simulate.scenario.tree.outcomes import gains_of
from simulate.scenario.tree.scenario import ContractScenario, FundScenario

# Whether the effect of a line occurs at all.
OCCURS = "occurs"


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
    gains = gains_of(scenario.outcomes)
    own = {key: f"outcomes.{key}." for key in gains}
    keys = [number.key for number in inputs(scenario)]
    money = [key for key in keys if not key.startswith(tuple(own.values()))]
    money += _occurrences(scenario)
    # Last, gain by gain, so that a human gain that is added at the end moves nothing else.
    last: list[str] = []
    for key, one in gains.items():
        last += [name for name in keys if name.startswith(own[key])]
        last += [chance_name(key, name) for name in one.CHANCE]
    if isinstance(scenario, FundScenario) and scenario.fund.aterforing.abolished is not None:
        last.append(chance_name("fund", "abolished"))
    if isinstance(scenario, ContractScenario):
        for key, measure in scenario.measurements.items():
            last += [chance_name(key, name) for name in measure.further_chance]
    return (*blocks, *chance, *money, *last)


def _occurrences(scenario: ContractScenario | FundScenario) -> list[str]:
    """Chance factors of the lines that say how likely they are to occur."""
    if not isinstance(scenario, FundScenario):
        return []
    return [
        chance_name(line_place(key, line.id), OCCURS)
        for key, one in scenario.lines.items()
        for line in one.effects
        if isinstance(line, Priced) and line.occurs is not None
    ]


def line_place(investment: str, line: str) -> str:
    """Return where the chance of an effect line stands.

    Example:
        >>> chance_name(line_place("skolfam", "hvb"), OCCURS)
        'chance/investments.skolfam.hvb.occurs'
    """
    return f"investments.{investment}.{line}"


def streams_of(scenario: ContractScenario | FundScenario, seed: int) -> Streams:
    """Return the uniform numbers of a scenario, tied as it says."""
    return tied(Streams(seed, factors(scenario)), scenario)


def tied(streams: Streams, scenario: ContractScenario | FundScenario) -> Streams:
    """Return uniform numbers that several scenarios have in common, tied as one of them says."""
    return replace(streams, copula=copula_of(scenario, streams.factors))


def chance_name(place: str, name: str) -> str:
    """Return the name of a chance factor."""
    return f"chance/{place}.{name}"


def factor_of(number: Number) -> str:
    """Return the factor that a number is drawn with: its own, or that of its evidence block."""
    dist = number.distribution
    return evidence_name(dist.block) if isinstance(dist, FromEvidence) else number.key


def evidence_name(block: str) -> str:
    """Return the name of the factor that picks a posterior sample."""
    return f"evidence/{block}"
