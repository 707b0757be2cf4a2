"""A sweep: fit what is to be fitted, find the cells that are there, work out those that are not."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from simulate.comparison.paired import Change
from simulate.draws.streams import Streams
from simulate.evidence import posteriors, samples
from simulate.interrupts import check
from simulate.risk.risk import Figure
from simulate.run import Progress, Verdict, judged, shapes_of
from simulate.scenario.read import AnyScenario
from simulate.sweep.cells import Cells
from simulate.sweep.plan import Cell, Plan
from simulate.sweep.pool import Workers
from simulate.sweep.work import Common, Fitted, Task, work

FITTED, WORKED = "fit", "cells"


@dataclass(frozen=True, eq=False)
class Prepared:
    """A plan whose evidence is fitted.

    Attributes:
        plan: what is to be worked out.
        common: what all cells share.
        verdicts: on each fit, by what it is fitted to.
    """

    plan: Plan
    common: Common
    verdicts: dict[str, Verdict]


@dataclass(frozen=True, eq=False)
class Swept:
    """Every cell of a plan with its figures.

    Attributes:
        plan: what was asked.
        figures: of each cell, in the order of the plan.
        changes: by how much each figure differs from the base's, with the error of that.
        base: the figures of the scenario as it stands.
        computed: how many cells were worked out now; the others were there.
        seconds: that took; never part of what must be repeatable.
    """

    plan: Plan
    figures: tuple[tuple[Figure, ...], ...]
    changes: tuple[tuple[Change, ...], ...]
    base: tuple[Figure, ...]
    computed: int
    seconds: float

    @property
    def scenario(self) -> AnyScenario:
        """The scenario as it stands, for its title and the names of parties."""
        return self.plan.base.loaded.scenario


def prepare(plan: Plan, cache: Path, progress: Progress | None = None) -> Prepared:
    """Fit every evidence that the cells have, or find it in the cache; contract terms fit nothing.

    Args:
        plan: of the sweep.
        cache: folder of earlier fits, which runs have in common with sweeps.
        progress: told of (block, share done).
    """
    evidence: dict[str, Fitted] = {}
    verdicts: dict[str, Verdict] = {}
    for name, scenario in plan.evidence.items():
        check()
        fitted = posteriors(scenario, cache, progress)
        digests = {block: one.digest() for block, one in fitted.items()}
        evidence[name] = Fitted(samples(scenario, fitted), shapes_of(fitted), digests)
        verdicts[name] = judged(scenario, fitted)
    streams = Streams(plan.seed, plan.factors)
    common = Common(streams, plan.draws, evidence, _task(plan.base))
    return Prepared(plan, common, verdicts)


def missing(plan: Plan, cells: Cells) -> list[Cell]:
    """Return the cells that are not there, each once; and the base, if it is not."""
    found = {one.key: one for one in (plan.base, *plan.cells)}
    return [one for key, one in found.items() if cells.read(key) is None]


def timed(prepared: Prepared, left: list[Cell], cells: Cells) -> tuple[float, list[Cell]]:
    """Work out two cells, keep them; return how many seconds the second took, and what is left.

    The first finds everything cold. The second is one from the middle, so that it differs from the
    first as cells of the sweep do, and finds what they have in common.
    """
    seconds = 0.0
    two = (left[0], left[len(left) // 2])[: len(left)]
    for one in two:
        begun = time.perf_counter()
        cells.write(one.key, work(prepared.common, _task(one)))
        seconds = time.perf_counter() - begun
    return seconds, [one for one in left if one not in two]


def sweep(
    prepared: Prepared,
    left: list[Cell],
    cells: Cells,
    workers: Workers,
    told: Callable[[float], None],
) -> None:
    """Work out cells, and keep each as soon as it is ready: a kill costs those on the way.

    Args:
        prepared: the plan.
        left: the cells to work out.
        cells: where they are kept.
        workers: who works.
        told: of the share done.
    """
    tasks = [_task(cell) for cell in left]
    for done, (task, figures) in enumerate(workers(prepared.common, tasks), start=1):
        cells.write(task.key, figures)
        told(done / len(tasks))


def gathered(plan: Plan, cells: Cells, computed: int, seconds: float) -> Swept:
    """Return every cell as it is kept, whoever worked it out and when."""

    def kept(cell: Cell) -> tuple[tuple[Figure, ...], tuple[Change, ...]]:
        found = cells.read(cell.key)
        assert found is not None, cell.key
        return tuple(one for one, _ in found), tuple(change for _, change in found)

    figures, changes = zip(*map(kept, plan.cells), strict=True)
    return Swept(plan, figures, changes, kept(plan.base)[0], computed, seconds)


def _task(cell: Cell) -> Task:
    return Task(cell.key, cell.loaded.scenario, cell.fitted)
