"""simulate sweep: a scenario at many values of its keys."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from models.language import language, mark, say, say_count
from simulate.cli import options, swedish, writing
from simulate.cli.studied import refuse_failed
from simulate.cli.whole import DRAWS, SEED, Whole
from simulate.errors import BadInput, Problem
from simulate.language.numbers import duration

if TYPE_CHECKING:
    from simulate.scenario.read import AnyScenario
    from simulate.sweep.axes import Settings
    from simulate.sweep.cells import Cells
    from simulate.sweep.plan import Base, Cell, Each, Plan
    from simulate.sweep.pool import Processes, Workers
    from simulate.sweep.run import Prepared, Swept

# Processes are started before the cells are read where there are so many to read.
_MANY = 48
_WORKERS = Whole("--workers", "bad_workers", 1, 256)


@dataclass(frozen=True)
class Asked:
    """What the command line asks of a sweep.

    Attributes:
        workers: number of processes.
        scheduler: address of a Dask cluster, or nothing.
        output: folder of all runs, of the cells and of the posterior cache.
        accept_failed: whether to go on although a diagnosis fails.
        quiet: whether to show no progress.
    """

    workers: int
    scheduler: str | None
    output: Path
    accept_failed: bool
    quiet: bool


@click.command(
    name="sweep",
    cls=swedish.Command,
    help=mark(
        "Räkna ett scenario för många värden på dess nycklar, med samma slumptal i alla. Det som "
        "redan är räknat räknas inte om: ett svep som avbryts fortsätter där det var."
    ),
)
@options.scenario
@click.option(
    "--vary",
    multiple=True,
    metavar=mark("NYCKEL=VÄRDEN"),
    help=mark("Vad som ändras: NYCKEL=a,b,c eller NYCKEL=från:till:antal; får upprepas."),
)
@click.option(
    "--design",
    default="grid",
    metavar="grid|lhs:N",
    help=mark("Alla kombinationer (grid, om inget anges) eller N celler spridda (lhs:N)."),
)
@click.option(
    "--from",
    "table",
    type=click.Path(path_type=Path),
    metavar=mark("FIL"),
    help=mark("Celler ur en CSV-fil i stället: en kolumn per nyckel, en rad per cell."),
)
@click.option(
    "--measures",
    default="",
    metavar=mark("MÅTT,…"),
    help=mark("Vilka mått som visas; annars nyckelmåtten. Alla räknas och sparas ändå."),
)
@_WORKERS.option(str(os.cpu_count() or 1), mark("Antal processer; annars en per kärna."))
@click.option(
    "--scheduler",
    metavar="tcp://…",
    help=mark("Räkna på ett Dask-kluster som redan är igång, i stället för på den här datorn."),
)
@DRAWS.option("20000", mark("Antal möjliga framtider i varje cell; annars 20 000."))
@SEED.option("1", mark("Frö för dragningarna; annars 1. Anpassningens frö står i scenariot."))
@options.settings
@options.data
@options.output
@options.accept_failed
@options.as_json
@options.quiet
def command(scenario: str, settings: tuple[str, ...], form: str, **asked: Any) -> None:
    """Sweep a scenario; every problem with the call and with every cell is told at once."""
    from simulate.sweep.plan import Base, alone

    problems: list[Problem] = []
    draws = DRAWS.read(asked["draws"], problems)
    seed = SEED.read(asked["seed"], problems)
    workers = _WORKERS.read(asked["workers"], problems)
    base = Base(scenario, settings, asked["data"])
    cells = _settings(asked, seed, problems)
    option = "--from" if asked["table"] else "--vary"
    origin, standing = _refuse(base, problems)
    measures = _measures(asked["measures"], standing, problems)
    if problems:
        values = () if standing is None else alone(base, cells, option)
        raise BadInput([*problems, *values], origin)
    wanted = Asked(
        workers, asked["scheduler"], asked["output"], asked["accept_failed"], asked["quiet"]
    )
    with ExitStack() as stack:
        by = None
        if wanted.scheduler is not None:
            by = _cluster(wanted.scheduler)  # before anything is made: it may not be there
        elif workers > 1 and len(cells) >= _MANY:
            by = stack.enter_context(_processes(min(workers, len(cells))))
        plan = _plan(base, cells, option, (seed, draws), wanted, by)
        writing.make(wanted.output)
        swept = _sweep(plan, by, wanted)
        _tell(swept, measures, wanted.output, form, _each(by))


def _settings(asked: dict[str, Any], seed: int, problems: list[Problem]) -> tuple[Settings, ...]:
    from simulate.sweep.axes import cells_of, read_axes
    from simulate.sweep.table import read_table

    vary, table = asked["vary"], asked["table"]
    if bool(vary) == bool(table):
        context = {"found": say("båda") if vary else say("ingetdera")}
        problems.append(Problem("sweep_what", (), context))
        return ()
    if table:
        if asked["design"] != "grid":
            context = {"found": asked["design"]}
            problems.append(Problem("sweep_unspread", ("--design",), context))
        return read_table(table, problems)
    return cells_of(read_axes(vary, problems), asked["design"], seed, problems)


def _measures(
    written: str, standing: AnyScenario | None, problems: list[Problem]
) -> tuple[str, ...]:
    """Return the measures that are asked for: of the scenario's own where it can be read."""
    if not written:
        return ()
    from simulate.risk.measures import MEASURES  # slow to import, like those below
    from simulate.risk.risk import reported
    from simulate.sweep.columns import read_measures

    known = [one.name for one in MEASURES] if standing is None else reported(standing)
    return read_measures(written, known, problems)


def _refuse(base: Base, problems: list[Problem]) -> tuple[str, AnyScenario | None]:
    """Add what is wrong with the scenario itself; return its file, and it if nothing is."""
    try:
        found = base.cell((), rows=True)
    except BadInput as error:
        problems += error.problems
        return error.origin, None
    return str(found.path), found.scenario


def _cluster(address: str) -> Workers:
    from simulate.sweep.cluster import cluster  # slow to import

    return cluster(address)


def _processes(count: int) -> Processes:
    from simulate.sweep.pool import Processes  # slow to import

    return Processes(count)


def _plan(
    base: Base,
    cells: tuple[Settings, ...],
    option: str,
    of: tuple[int, int],
    asked: Asked,
    by: Workers | None,
) -> Plan:
    from simulate.sweep.plan import plan_of, read_cells  # slow to import, like those below
    from simulate.terminal.progress import Bars

    with Bars(shown=not asked.quiet) as bars:
        loaded = read_cells(base, cells, option, lambda share: bars("check", share), _each(by))
    return plan_of(base, cells, loaded, *of)


def _each(by: Workers | None) -> Each:
    """Return who helps with what is not cells: processes that were started, or nobody."""
    from simulate.sweep.pool import Processes  # slow to import

    return by.each if isinstance(by, Processes) else map


def _sweep(plan: Plan, by: Workers | None, asked: Asked) -> Swept:
    """Work out what is missing, and gather all of it."""
    from simulate.sweep.cells import Cells  # slow to import, like those below
    from simulate.sweep.run import gathered, missing, prepare
    from simulate.terminal.progress import Bars

    begun = time.perf_counter()
    cells = Cells(asked.output)
    left = missing(plan, cells)
    count = _asked_for(plan, left)
    if left:
        with Bars(shown=not asked.quiet) as bars:
            prepared = prepare(plan, asked.output / ".cache", bars)
        refuse_failed(prepared.verdicts.values(), asked.accept_failed)
        _work(prepared, left, cells, by, asked)
    elif not asked.quiet:
        click.echo(say("Alla celler var redan räknade."), err=True)
    return gathered(plan, cells, count, time.perf_counter() - begun)


def _asked_for(plan: Plan, left: list[Cell]) -> int:
    """Return how many of what is left were asked for: the base is worked out as well."""
    asked = {one.key for one in plan.cells}
    return sum(one.key in asked for one in left)


def _work(
    prepared: Prepared, wanted: list[Cell], cells: Cells, by: Workers | None, asked: Asked
) -> None:
    """Time a cell, say how long the rest will take, and work them out."""
    from simulate.sweep.pool import Processes, here  # slow to import, like those below
    from simulate.sweep.run import sweep, timed
    from simulate.terminal.progress import Bars

    each, left = timed(prepared, wanted, cells)
    if not left:
        return
    workers = min(asked.workers, len(left))
    if not asked.quiet:
        click.echo(
            _expected(
                prepared.plan,
                _asked_for(prepared.plan, wanted),
                each,
                0 if asked.scheduler else workers,
            ),
            err=True,
        )
    with ExitStack() as stack:
        if by is None:
            by = here if workers == 1 else stack.enter_context(Processes(workers))
        stack.enter_context(_kept())
        bars = stack.enter_context(Bars(shown=not asked.quiet))
        sweep(prepared, left, cells, by, lambda share: bars("cells", share))
    if isinstance(by, Processes) and by.ended and not asked.quiet:
        click.echo(_ended(by.ended), err=True)


def _ended(count: int) -> str:
    """Return that processes were ended from outside, and what became of their cells."""
    return say_count(
        "En process avslutades utifrån, kanske därför att minnet tog slut; det den höll på med "
        "räknades om.",
        "Processer avslutades utifrån {count} gånger, kanske därför att minnet tog slut; det de "
        "höll på med räknades om.",
        count,
    )


@contextmanager
def _kept() -> Iterator[None]:
    """Say how to go on where a sweep is interrupted."""
    try:
        yield
    except KeyboardInterrupt:
        click.echo(
            say("Det som är räknat är sparat: kör samma kommando igen för resten."), err=True
        )
        raise


def _expected(plan: Plan, count: int, each: float, workers: int) -> str:
    """Return how much is left to do, and about how long it takes here."""
    there = len({one.key for one in plan.cells}) - count
    words = say_count("{count} cell att räkna", "{count} celler att räkna", count)
    if there:
        words += say(", {there} finns redan", there=there)
    if not workers:
        return words + "."
    took = duration(each * count / workers)
    return words + say_count(
        "; ungefär {time} på {count} process.",
        "; ungefär {time} på {count} processer.",
        workers,
        time=took,
    )


def _tell(swept: Swept, measures: tuple[str, ...], output: Path, form: str, each: Each) -> None:
    """Write every file, then print."""
    from simulate.store import dump  # slow to import, like those below
    from simulate.sweep.columns import columns
    from simulate.sweep.files import as_plain, folder_of, write
    from simulate.sweep.page import file_name, render

    shown = columns(swept, measures)
    folder = folder_of(swept, shown, output)
    write(folder, swept, shown, {file_name(language()): render(swept, shown, each)})
    if form == "json":
        click.echo(dump(as_plain(swept, shown)), nl=False)
        return
    from simulate.terminal.swept import show

    show(swept, shown, folder)
