"""simulate run: from a scenario to the risk of a contract."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from models.language import language, mark, say
from simulate.cli import options, swedish, writing
from simulate.cli.whole import DRAWS, SEED
from simulate.errors import BadInput, Problem, RunFailed
from simulate.folder import report_file
from simulate.scenario.read import Loaded, to_fit

if TYPE_CHECKING:
    from simulate.run import Result, Verdict


@dataclass(frozen=True)
class Asked:
    """What the command line asks of a run.

    Attributes:
        draws: number of futures.
        seed: of the draws.
        output: folder of all runs and of the posterior cache.
        accept_failed: whether to report although a diagnosis fails.
        quiet: whether to show no progress.
    """

    draws: int
    seed: int
    output: Path
    accept_failed: bool
    quiet: bool


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
@options.as_json
@options.quiet
def command(
    scenario: str, settings: tuple[str, ...], data: Path | None, form: str, **asked: Any
) -> None:
    """Run a scenario; every problem with the call and with the file is told at once."""
    problems: list[Problem] = []
    draws = DRAWS.read(asked.pop("draws"), problems)
    seed = SEED.read(asked.pop("seed"), problems)
    try:
        loaded = to_fit(scenario, settings, data)
    except BadInput as error:
        raise BadInput([*problems, *error.problems], error.origin) from None
    if problems:
        raise BadInput(problems)
    execute(loaded, Asked(draws, seed, **asked), form)


def execute(loaded: Loaded, asked: Asked, form: str) -> None:
    """Run, store and show; nothing is stored when the diagnosis fails and is not accepted."""
    writing.make(asked.output)
    from simulate.run import run  # slow to import, like those below
    from simulate.store import as_plain, dump, identity, save
    from simulate.terminal.progress import Bars

    with Bars(shown=not asked.quiet) as progress:
        cache = asked.output / ".cache"
        result = run(loaded.scenario, asked.draws, asked.seed, cache, progress)
        verdict = result.verdict
        if verdict.verdict == "fail" and not asked.accept_failed:
            raise failed(
                verdict, say("ändra sampling i scenariot, eller redovisa ändå med --accept-failed")
            )
        progress("report", 0.0)
        _, name = identity(result, loaded.raw)
        stored = save(result, loaded.raw, asked.output, _pages(result, name))
        progress("report", 1.0)
    if stored.differing:
        names = ", ".join(stored.differing)
        raise RunFailed(
            say(
                "{folder} finns redan men skiljer sig i {files}", folder=stored.folder, files=names
            ),
            say("flytta undan mappen och kör igen"),
        )
    if form == "json":
        click.echo(dump(as_plain(result, name)), nl=False)
        return
    from simulate.terminal.summary import show

    show(result, stored)


def failed(verdict: Verdict, mend: str) -> RunFailed:
    """Return the failure of a run whose evidence did not pass, with every reason."""
    reasons = "\n".join(f"- {reason}" for reason in verdict.reasons)
    return RunFailed(say("diagnosen underkänner anpassningen") + f"\n{reasons}", mend)


def _pages(result: Result, name: str) -> dict[str, str]:
    """Return the report in the language that is spoken; a folder may hold one in each."""
    from simulate.report.page import render  # slow to import

    return {report_file(language()): render(result, name)}
