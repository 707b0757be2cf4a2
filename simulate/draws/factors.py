"""The factors of a scenario, in order of declaration: evidence, chance, then every number.

Parameter uncertainty and chance are separate factors. Certain numbers have a factor too, so that
making one uncertain leaves every other draw bit-identical.
"""

from __future__ import annotations

from dataclasses import replace

from models.distributions import FromEvidence
from models.number import Number
from simulate.draws.copula import ties_of
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
    if isinstance(scenario, FundScenario):
        for key, investment in scenario.investments.items():
            last += [chance_name(event_place(key, name), OCCURS) for name in investment.events]
    if isinstance(scenario, ContractScenario):
        for key, measure in scenario.measurements.items():
            last += [chance_name(key, name) for name in measure.further_chance]
        if scenario.contract.stops:
            last += gate_factors(scenario)
    return (*blocks, *chance, *money, *last)


GATES = "contract.stage_gates"


def gate_factors(scenario: ContractScenario) -> tuple[str, ...]:
    """Return the factors of what can be known at the stage gates; none without gates.

    They stand after all others, so that gates move nothing else, and are factors of a run only
    where a rule makes something of them. A meeting that is added last moves no other meeting.
    """
    gates, cohorts = scenario.contract.stage_gates, range(scenario.programme.cohorts)
    if gates is None:
        return ()
    chance = [stable_name(cohort) for cohort in cohorts]
    chance += [course_name(cohort, None) for cohort in cohorts]
    chance += [course_name(one, at) for at in range(len(gates.meetings)) for one in cohorts]
    return (*(one.key for one in gates.numbers), *(chance_name(GATES, name) for name in chance))


def drawn_numbers(scenario: ContractScenario | FundScenario) -> tuple[Number, ...]:
    """Return every number that a run draws: the inputs, and those of gates with a rule."""
    own = getattr(scenario, "contract", None)
    gates = own.stage_gates if own is not None and own.stops else None
    return (*inputs(scenario), *(() if gates is None else gates.numbers))


def stable_name(cohort: int) -> str:
    """Return the name of the chance in a cohort's stable level of cost."""
    return f"stable_{cohort + 1}"


def course_name(cohort: int, meeting: int | None) -> str:
    """Return the name of the chance in a cohort's cost since the meeting before.

    Args:
        cohort, meeting: from zero; no meeting for what comes after the last.
    """
    return f"course_{cohort + 1}_{'rest' if meeting is None else meeting + 1}"


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


def event_place(investment: str, event: str) -> str:
    """Return where the chance of what several lines have in common stands."""
    return f"investments.{investment}.events.{event}"


def streams_of(scenario: ContractScenario | FundScenario, seed: int) -> Streams:
    """Return the uniform numbers of a scenario, tied as it says."""
    return tied(Streams(seed, factors(scenario)), scenario)


def tied(streams: Streams, scenario: ContractScenario | FundScenario) -> Streams:
    """Return uniform numbers that several scenarios have in common, tied as one of them says."""
    return replace(streams, ties=ties_of(scenario, streams.factors))


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
