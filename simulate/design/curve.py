"""What the size of the comparison group is worth to each side, with the drift and without."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from models.number import Number
from simulate.characteristics import confounded, drift_settings, effect_settings
from simulate.contract import money
from simulate.design.designs import compared, middle, resized
from simulate.design.paid import Paid, World
from simulate.risk.error import Used
from simulate.risk.estimate import Estimate, less, mean, spread
from simulate.risk.risk import Figure, estimated
from simulate.scenario.tree.measurements import CostSaving
from simulate.scenario.tree.party import CONTRACT
from simulate.scenario.tree.scenario import ContractScenario
from simulate.value.views import views

# Sizes of the comparison group, as multiples of the agreed one; where effects are set, only twice.
SIZES, TWICE = (0.5, 0.75, 1.0, 1.5, 2.0, 3.0, 4.0, 6.0, 8.0), 2.0
# As the scenario has it; without drift of costs; and both where the insats changes nothing.
AS_IT_IS, CALM, IDLE, IDLE_CALM = "scenario", "no_drift", "no_effect", "no_effect_no_drift"


@dataclass(frozen=True)
class Point:
    """A comparison group of some size, against the agreed one in the same futures.

    Attributes:
        persons: how many it has.
        payment: change of the expected payment, SEK.
        uneven: change of the payment's standard deviation, SEK.
        npv: change of each side's expected net present value, SEK.
    """

    persons: float
    payment: Figure
    uneven: Figure
    npv: Mapping[str, Figure]


@dataclass(frozen=True)
class Curve:
    """One comparison group at every size.

    Attributes:
        key: of the measure.
        agreed: persons of the agreed group.
        lines: by :data:`AS_IT_IS`, :data:`CALM` where there is a drift, and :data:`IDLE` and
            :data:`IDLE_CALM`, at twice the size, where effects can be set.
    """

    key: str
    agreed: float
    lines: Mapping[str, tuple[Point, ...]]

    def twice(self, line: str) -> Point | None:
        """Return the point at twice the agreed size; ``None`` where there is no such line."""
        size = np.floor(TWICE * self.agreed + 0.5)
        return next((one for one in self.lines.get(line, ()) if one.persons == size), None)


@dataclass(frozen=True)
class _Line:
    key: str
    agreed: float
    name: str
    sizes: tuple[float, ...]
    settings: Mapping[str, float]


@dataclass(frozen=True)
class Grid:
    """What is asked for the curves.

    Attributes:
        worlds: of each line in order: as agreed, where something is set, and then its sizes.
        lines: which they are.
    """

    worlds: tuple[World, ...]
    lines: tuple[_Line, ...]


def curve_worlds(scenario: ContractScenario) -> Grid:
    """Return what must be asked for the curves of a scenario."""
    lines = tuple(_lines(scenario))
    worlds: list[World] = []
    for line in lines:
        if line.settings:
            worlds.append(World(scenario, line.settings))
        worlds += [World(resized(scenario, line.key, m), line.settings) for m in line.sizes]
    return Grid(tuple(worlds), lines)


def _lines(scenario: ContractScenario) -> Iterator[_Line]:
    calm = drift_settings(scenario)
    idle = {} if confounded(scenario) else effect_settings(scenario, 0.0)
    for key, comparison in compared(scenario).items():
        agreed = middle(comparison.persons)
        sizes, twice = (_sizes(agreed, times) for times in (SIZES, (TWICE,)))
        drifts = _drifts(scenario, key)
        yield _Line(key, agreed, AS_IT_IS, sizes, {})
        if drifts:
            yield _Line(key, agreed, CALM, sizes, calm)
        if idle:
            yield _Line(key, agreed, IDLE, twice, idle)
        if idle and drifts:
            yield _Line(key, agreed, IDLE_CALM, twice, {**idle, **calm})


def _sizes(agreed: float, times: Sequence[float]) -> tuple[float, ...]:
    whole = (max(float(np.floor(one * agreed + 0.5)), 1.0) for one in times)
    return tuple(dict.fromkeys(whole))


def _drifts(scenario: ContractScenario, key: str) -> bool:
    """Whether the yardstick of a measure drifts, or may, and no index takes all of it away."""
    measure = scenario.measurements[key]
    return isinstance(measure, CostSaving) and not (
        _always(measure.drift, 0.0) or _indexed(measure)
    )


def drift_removed(scenario: ContractScenario, key: str) -> bool:
    """Whether an index takes away all of a measure's drift: without drift nothing is changed."""
    measure = scenario.measurements[key]
    return isinstance(measure, CostSaving) and not _always(measure.drift, 0.0) and _indexed(measure)


def _indexed(measure: CostSaving) -> bool:
    return _always(measure.indexation, 1.0)


def _always(number: Number, value: float) -> bool:
    return number.certain and middle(number) == value


def curve_of(
    scenario: ContractScenario,
    grid: Grid,
    paid: Sequence[Paid],
    sides: Sequence[str],
    used: tuple[Used, ...],
) -> tuple[Curve, ...]:
    """Return the curves.

    Args:
        scenario: as agreed.
        grid: what was asked.
        paid: as agreed, and then in each of the grid's worlds.
        sides: of the contract.
        used: for the errors.
    """
    own, *rest = paid
    left = iter(rest)
    found: dict[str, Curve] = {}
    for line in grid.lines:
        base = next(left) if line.settings else own
        points = tuple(
            _point(scenario, size, (base, next(left)), sides, used) for size in line.sizes
        )
        before = found.get(line.key, Curve(line.key, line.agreed, {}))
        found[line.key] = Curve(line.key, line.agreed, {**before.lines, line.name: points})
    return tuple(found.values())


def _point(
    scenario: ContractScenario,
    persons: float,
    pair: tuple[Paid, Paid],
    sides: Sequence[str],
    used: tuple[Used, ...],
) -> Point:
    names = [one.name for one in views(scenario)]

    def change(whom: str, name: str, ends: list[Estimate]) -> Figure:
        return estimated(Figure(whom, name, None, None, "sek", None), less(ends[1], ends[0]), used)

    payments = [money.sek(one.payment) for one in pair]
    columns = {party: [one.npv[:, names.index(party)] for one in pair] for party in sides}
    return Point(
        persons,
        change(CONTRACT, "repayment_mean", [mean(one) for one in payments]),
        change(CONTRACT, "repayment_spread", [spread(one) for one in payments]),
        {
            party: change(party, "npv_mean", [mean(one) for one in both])
            for party, both in columns.items()
        },
    )
