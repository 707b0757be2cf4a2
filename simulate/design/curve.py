"""What the size of the comparison group is worth to each side, with the drift and without."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

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

# Sizes of the comparison group, as multiples of the agreed one.
SIZES = (0.5, 0.75, 1.0, 1.5, 2.0, 3.0, 4.0, 6.0, 8.0)


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
        drifting: with the scenario's own drift of costs.
        calm: with the drift set to nothing, in both; empty where there is no drift to set.
    """

    key: str
    agreed: float
    drifting: tuple[Point, ...]
    calm: tuple[Point, ...]


@dataclass(frozen=True)
class _Line:
    key: str
    agreed: float
    sizes: tuple[float, ...]
    calm: bool


@dataclass(frozen=True)
class Grid:
    """What is asked for the curves.

    Attributes:
        worlds: every line's own agreed world first where its drift is set, then its sizes.
        lines: which world belongs where.
    """

    worlds: tuple[World, ...]
    lines: tuple[_Line, ...]


def curve_worlds(scenario: ContractScenario) -> Grid:
    """Return what must be asked for the curves of a scenario."""
    worlds: list[World] = []
    lines: list[_Line] = []
    for key, comparison in compared(scenario).items():
        agreed = middle(comparison.persons)
        sizes = tuple(max(float(np.floor(times * agreed + 0.5)), 1.0) for times in SIZES)
        for calm in (False, True):
            settings: dict[str, float] = {}
            if calm:
                measure = scenario.measurements[key]
                if not isinstance(measure, CostSaving) or _none(measure):
                    continue
                settings = {measure.drift.key: 0.0}
                worlds.append(World(scenario, settings))
            worlds += [World(resized(scenario, key, size), settings) for size in sizes]
            lines.append(_Line(key, agreed, sizes, calm))
    return Grid(tuple(worlds), tuple(lines))


def _none(measure: CostSaving) -> bool:
    """Whether there is no drift, for certain."""
    return measure.drift.certain and middle(measure.drift) == 0.0


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
    found: dict[str, dict[bool, tuple[Point, ...]]] = {}
    agreed: dict[str, float] = {}
    for line in grid.lines:
        base = next(left) if line.calm else own
        points = tuple(
            _point(scenario, size, (base, next(left)), sides, used) for size in line.sizes
        )
        found.setdefault(line.key, {})[line.calm] = points
        agreed[line.key] = line.agreed
    return tuple(
        Curve(key, agreed[key], lines[False], lines.get(True, ())) for key, lines in found.items()
    )


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
