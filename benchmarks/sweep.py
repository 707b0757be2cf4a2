"""A sweep of 1 000 cells of Team Nystart: what a cell costs, what cannot be shared, 2 against 1."""

from __future__ import annotations

import pickle
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from itertools import cycle, islice
from pathlib import Path

from simulate.sweep.axes import cells_of, read_axes
from simulate.sweep.cells import Cells
from simulate.sweep.columns import columns
from simulate.sweep.files import write
from simulate.sweep.page import render
from simulate.sweep.plan import Base, Plan, plan_of, read_cells
from simulate.sweep.pool import here
from simulate.sweep.run import Prepared, gathered, prepare, sweep

SCENARIO, DRAWS, CELLS, TIMED = "team_nystart", 20_000, 1000, 24
ROUNDS, SMALL = 3, (5, 4, 3)
_KEYS = (
    ("contract.clauses.guarantee.share", "0:0.6"),
    ("measurements.saving.comparison.persons", "20:500"),
    ("measurements.saving.drift", "0:0.16"),
)
_CODE = "import sys; from simulate.cli import main; main()"


def vary(*counts: int) -> list[str]:
    """Return the keys with so many values each, as they are written after --vary."""
    return [f"{key}={span}:{count}" for (key, span), count in zip(_KEYS, counts, strict=True)]


@dataclass(frozen=True)
class Cost:
    """Processor seconds.

    Attributes:
        cell: to work out one cell, once the process is warm.
        read: to read and check 1 000 cells, which processes share.
        alone: of 1 000 cells, what one process does while no other can help: taking what was read
            and naming it, gathering the cells, and the files of the sweep.
        page: size of the page, bytes.
    """

    cell: float
    read: float
    alone: dict[str, float]
    page: int

    def ratio(self, start: float) -> float:
        """Return how many times as fast two free cores would be as one.

        Args:
            start: processor seconds to start a process, which each does for itself.
        """
        alone, shared = sum(self.alone.values()) + start, self.read + CELLS * self.cell
        return (alone + shared) / (alone + shared / 2.0)


def cost() -> Cost:
    """Return what the parts of a sweep cost; the posterior is fitted before."""
    alone: dict[str, float] = {}
    base, settings = Base(SCENARIO, ()), cells_of(read_axes(vary(10, 10, 10), []), "grid", 1, [])

    def clocked[T](name: str, part: Callable[[], T]) -> T:
        begun = time.process_time()
        found = part()
        alone[name] = time.process_time() - begun
        return found

    loaded = clocked("read", lambda: read_cells(base, settings, "--vary", lambda _: None))
    clocked("take", lambda: [pickle.loads(pickle.dumps(one)) for one in loaded])
    plan = clocked("plan", lambda: plan_of(base, settings, loaded, 1, DRAWS))
    with tempfile.TemporaryDirectory() as folder:
        prepared, cells = prepare(plan, Path(folder) / ".cache"), Cells(Path(folder))
        step = CELLS // TIMED
        some = replace(plan, cells=plan.cells[::step][:TIMED])
        cell = _worked(prepared, some, cells)
        few = clocked("gather", lambda: gathered(some, cells, TIMED, 0.0))
        alone["gather"] *= CELLS / TIMED
        whole = replace(
            few,
            plan=plan,
            figures=tuple(islice(cycle(few.figures), CELLS)),
            changes=tuple(islice(cycle(few.changes), CELLS)),
        )
        shown = columns(whole)
        page = clocked("page", lambda: render(whole, shown))
        clocked("files", lambda: write(Path(folder) / "sweep", whole, shown, {"page": page}))
    return Cost(cell, alone.pop("read"), alone, len(page))


def _worked(prepared: Prepared, plan: Plan, cells: Cells) -> float:
    warm, rest = [plan.base, *plan.cells[:2]], list(plan.cells[2:])
    sweep(prepared, warm, cells, here, lambda _: None)
    begun = time.process_time()
    sweep(prepared, rest, cells, here, lambda _: None)
    return (time.process_time() - begun) / len(rest)


@dataclass(frozen=True)
class Timed:
    """A whole command of :data:`SMALL` cells, by one process or two.

    Attributes:
        workers: how many.
        wall, processor: seconds; of all its processes.
    """

    workers: int
    wall: float
    processor: float


def commands() -> list[Timed]:
    """Return one process and two in turn, so that both meet the same neighbours."""
    found = []
    with tempfile.TemporaryDirectory() as folder:
        _command(folder, 0, 1, (2, 2, 2))  # fits, and fills what is cached
        for place in range(ROUNDS):
            for workers in (1, 2) if place % 2 else (2, 1):
                found.append(_command(folder, 1 + 2 * place + workers, workers, SMALL))
    return found


def _command(folder: str, seed: int, workers: int, counts: tuple[int, ...]) -> Timed:
    options = [part for one in vary(*counts) for part in ("--vary", one)]
    words = ["sweep", SCENARIO, *options, "--draws", str(DRAWS), "--seed", str(seed)]
    words += ["--workers", str(workers), "--output", folder, "--quiet"]
    before, begun = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    subprocess.run([sys.executable, "-c", _CODE, *words], check=True, capture_output=True)
    wall, after = time.perf_counter() - begun, resource.getrusage(resource.RUSAGE_CHILDREN)
    used = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Timed(workers, wall, used)
