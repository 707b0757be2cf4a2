"""Which other measurements are asked about, and on which day each would be paid on."""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from models.distributions import Fixed
from models.language import named
from models.number import Number
from models.quantile import quantile
from simulate.errors import Problem
from simulate.measurement.alternatives import changed, with_measure
from simulate.scenario.tree.measurements import (
    Comparison,
    CostSaving,
    Measurement,
    Observed,
    SchoolPoints,
    Windowed,
    direct,
)
from simulate.scenario.tree.scenario import ContractScenario

# How many times larger the comparison group is where no other measurement is stated.
TIMES = (2.0, 4.0)
# Key and value of what is set, as written after --vary.
Settings = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Design:
    """Another measurement that the contract could pay on.

    Attributes:
        id: names it in results.
        scenario: measured and paid so; everything else is as agreed.
        title: as the scenario has it; empty where the scenario does not state it.
        settings: what was asked for; empty where the scenario states it.
        persons: size of a comparison group that is made here; ``None`` of any other.
        cost: beyond that of the agreed measurement, paid when the contract pays.
        paid_by: who pays that.
    """

    id: str
    scenario: ContractScenario
    title: str = ""
    settings: Settings = ()
    persons: float | None = None
    cost: Number | None = None
    paid_by: str | None = None


def stated(scenario: ContractScenario) -> tuple[Design, ...]:
    """Return the alternatives of a scenario; where it has none, larger comparison groups."""
    return tuple(_alternatives(scenario)) or tuple(_larger(scenario))


def _alternatives(scenario: ContractScenario) -> Iterator[Design]:
    for key, measure in scenario.measurements.items():
        if not isinstance(measure, CostSaving):
            continue
        for one in measure.alternatives:
            there = with_measure(scenario, key, **dict(changed(measure, one)))
            day = one.pays_on or _pay_day(scenario, there)
            yield Design(
                one.id, _paid_on(there, day), one.title, cost=one.cost, paid_by=one.paid_by
            )


def _larger(scenario: ContractScenario) -> Iterator[Design]:
    for key, comparison in compared(scenario).items():
        for times in TIMES:
            persons = float(np.floor(times * middle(comparison.persons) + 0.5))
            there = resized(scenario, key, persons)
            yield Design(f"{key}_{persons:.0f}", there, persons=persons)


def varied(
    scenario: ContractScenario, cells: Iterable[tuple[Settings, ContractScenario]]
) -> tuple[Design, ...]:
    """Return the measurements that were asked for.

    Args:
        scenario: as agreed.
        cells: what was set, and the checked scenario that it gives.
    """
    return tuple(
        Design(
            ", ".join("=".join(pair) for pair in settings),
            _paid_on(there, _pay_day(scenario, there)),
            settings=settings,
        )
        for settings, there in cells
    )


def compared(scenario: ContractScenario) -> dict[str, Comparison]:
    """Return the comparison groups, not drawn yet, of the measures that the contract pays on."""
    found: dict[str, Comparison] = {}
    for key in direct(scenario.measurements, scenario.contract.measures()):
        one = getattr(scenario.measurements[key], "comparison", None)
        if isinstance(one, Comparison) and not isinstance(one, Observed):
            found[key] = one
    return found


def resized(scenario: ContractScenario, key: str, persons: float) -> ContractScenario:
    """Return the scenario with a comparison group of so many persons."""
    comparison = compared(scenario)[key]
    number = replace(comparison.persons, distribution=Fixed(persons))
    own = comparison.model_copy(update={"persons": number})
    return with_measure(scenario, key, comparison=own)


def middle(number: Number) -> float:
    """Return the median of a number that is stated."""
    return float(quantile(number.distribution, np.asarray(0.5)))


def differing(agreed: ContractScenario, other: ContractScenario) -> tuple[str, ...]:
    """Return the measures that are made in another way."""
    own = agreed.measurements
    return tuple(key for key, one in other.measurements.items() if one != own[key])


def _paid_on(scenario: ContractScenario, day: dt.date) -> ContractScenario:
    contract = scenario.contract.model_copy(update={"pays_on": day})
    return scenario.model_copy(update={"contract": contract})


def _pay_day(agreed: ContractScenario, other: ContractScenario) -> dt.date:
    """Return the day of payment: as much later as the last window ends later, in whole months."""
    months = 0
    for key in differing(agreed, other):
        ends = [_end(one, one.measurements[key]) for one in (agreed, other)]
        months = max(months, round(12.0 * (ends[1] - ends[0])))
    day = agreed.contract.pays_on
    year, month = divmod(12 * day.year + day.month - 1 + months, 12)
    last = calendar.monthrange(year, month + 1)[1]
    later = dt.date(year, month + 1, min(day.day, last))
    return max(day, min(later, dt.date(agreed.last_year, 12, 31)))


def _end(scenario: ContractScenario, measure: Measurement) -> float:
    """Return how long after inclusion a window ends, in years; 0 where there is none."""
    if not isinstance(measure, Windowed):
        return 0.0
    start = middle(scenario.programme.duration) if measure.window_from == "end" else 0.0
    return start + middle(measure.window)


def refused(scenario: ContractScenario, designs: Sequence[Design]) -> Iterator[Problem]:
    """Yield why there is nothing to ask of these measurements."""
    if not designs:
        if known := [one for one in scenario.measurements.values() if _known(one)]:
            yield _seen(scenario, known[0])
        else:
            keys = ", ".join(f"measurements.{key}" for key in scenario.contract.measures())
            yield Problem("design_nothing", (), {"found": scenario.id, "keys": keys})
    differ = {key for one in designs for key in differing(scenario, one.scenario)}
    for key in sorted(differ):
        if _known(scenario.measurements[key]):
            yield _seen(scenario, scenario.measurements[key])
            return


def _known(measure: Measurement) -> bool:
    """Whether what a measure shows is stated already."""
    if isinstance(measure, CostSaving):
        return measure.actual is not None or isinstance(measure.comparison, Observed)
    return isinstance(measure, SchoolPoints) and measure.stated is not None


def _seen(scenario: ContractScenario, measure: Measurement) -> Problem:
    context = {"found": named(measure.title), "signed": scenario.at_signing or "SCENARIO"}
    return Problem("design_known", (), context)
