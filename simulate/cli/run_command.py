"""simulate run: from a scenario to the risk of a contract."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from models.language import language, mark, say
from simulate.chapters.asked import chosen, read
from simulate.cli import chaptered, options, swedish, writing
from simulate.cli.studied import refuse_failed
from simulate.cli.whole import DRAWS, SEED
from simulate.errors import BadInput, Problem, RunFailed
from simulate.folder import report_file
from simulate.scenario.read import Loaded, to_fit

if TYPE_CHECKING:
    from simulate.chapters.entry import Entry
    from simulate.run import Progress, Result


@dataclass(frozen=True)
class Asked:
    """What the command line asks of a run.

    Attributes:
        draws: number of futures.
        seed: of the draws.
        output: folder of all runs and of the posterior cache.
        accept_failed: whether to report although a diagnosis fails.
        quiet: whether to show no progress.
        chapters: of the report, beside what it always has.
    """

    draws: int
    seed: int
    output: Path
    accept_failed: bool
    quiet: bool
    chapters: tuple[Entry, ...] = ()


@click.command(
    name="run",
    cls=swedish.Command,
    help=mark(
        "Simulera ett scenario: anpassa eller återanvänd, dra, mät, betala, värdera, spara, visa."
    ),
)
@options.scenario
@DRAWS.option("100000", mark("Antal möjliga framtider; annars 100 000."))
@SEED.option("1", mark("Frö för dragningarna; annars 1. Anpassningens frö står i scenariot."))
@options.settings
@options.data
@options.output
@options.accept_failed
@chaptered.option
@options.as_json
@options.quiet
def command(
    scenario: str, settings: tuple[str, ...], data: Path | None, form: str, **asked: Any
) -> None:
    """Run a scenario; every problem with the call and with the file is told at once."""
    problems: list[Problem] = []
    draws = DRAWS.read(asked.pop("draws"), problems)
    seed = SEED.read(asked.pop("seed"), problems)
    names = read(asked.pop("chapters"), problems)
    try:
        loaded = to_fit(scenario, settings, data)
    except BadInput as error:
        raise BadInput([*problems, *error.problems], error.origin) from None
    chapters = chosen(names, loaded.scenario, problems)
    if problems:
        raise BadInput(problems, str(loaded.path))
    execute(loaded, Asked(draws, seed, chapters=chapters, **asked), form)


def execute(loaded: Loaded, asked: Asked, form: str) -> None:
    """Run, store and show; nothing is stored when the diagnosis fails and is not accepted."""
    writing.make(asked.output)
    from simulate.run import run  # slow to import, like those below
    from simulate.store import as_plain, dump, identity, save
    from simulate.terminal.progress import Bars

    with Bars(shown=not asked.quiet) as progress:
        cache = asked.output / ".cache"
        result = run(loaded.scenario, asked.draws, asked.seed, cache, progress)
        refuse_failed([result.verdict], asked.accept_failed)
        progress("report", 0.0)
        _, name = identity(result, loaded.raw)
        stored = save(result, loaded.raw, asked.output, _pages(result, name))
        progress("report", 1.0)
        if stored.differing:
            raise _differing(stored.folder, stored.differing)
        whole = _with_chapters(result, stored.folder, asked.chapters, progress)
    if form == "json":
        click.echo(dump(as_plain(result, name)), nl=False)
        return
    from simulate.terminal.summary import show

    show(result, stored)
    if whole is not None:
        chaptered.tell(whole)


def _with_chapters(
    result: Result, folder: Path, chapters: tuple[Entry, ...], progress: Progress
) -> Path | None:
    """Write the report with chapters beside the other, once the run is safely there."""
    if not chapters:
        return None
    from simulate.store import add  # slow to import

    name, page = chaptered.page(result, (folder, folder.name), chapters, progress)
    there = folder / name
    if there.exists() and there.read_bytes() != page.encode("utf-8"):
        raise _differing(folder, (name,))
    return add(folder, name, page)


def _differing(folder: Path, files: Iterable[str]) -> RunFailed:
    return RunFailed(
        say(
            "{folder} finns redan men skiljer sig i {files}", folder=folder, files=", ".join(files)
        ),
        say("flytta undan mappen och kör igen"),
    )


def _pages(result: Result, name: str) -> dict[str, str]:
    """Return the report in the language that is spoken; a folder may hold one in each."""
    from simulate.report.page import render  # slow to import

    return {report_file(language()): render(result, name)}
