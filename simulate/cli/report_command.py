"""simulate report: the page of a run that was made before, in the language that is spoken."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from models.language import language, mark
from simulate.chapters import asked
from simulate.cli import chaptered, options, swedish
from simulate.errors import BadInput, Problem
from simulate.folder import report_file

if TYPE_CHECKING:
    from simulate.chapters.entry import Entry
    from simulate.stored.read import Run


@click.command(
    name="report",
    cls=swedish.Command,
    help=mark(
        "Skriv rapporten ur en sparad körning, på det språk som --lang anger, i körningens mapp. "
        "KÖRNING är en mapp, minst fyra tecken av ett id, eller ett scenario: dess senaste körning."
    ),
)
@options.run
@options.output
@chaptered.option
@options.quiet
def command(run: str, output: Path, chapters: str | None, quiet: bool) -> None:
    """Write the page of a stored run and print where it lies."""
    problems: list[Problem] = []
    names = asked.read(chapters, problems)
    if problems:
        raise BadInput(problems)
    from simulate.store import add  # slow to import, like those below
    from simulate.stored.find import find_run
    from simulate.stored.read import read

    folder = find_run(run, output)
    if names:
        _as_it_was_made(folder)
    stored = read(folder)
    found = asked.chosen(names, stored.result.scenario, problems)
    if problems:
        raise BadInput(problems, str(folder))
    click.echo(add(folder, *_page(stored, found, quiet)))


def _page(stored: Run, chapters: tuple[Entry, ...], quiet: bool) -> tuple[str, str]:
    from simulate.report.page import render  # slow to import, like those below
    from simulate.stored.read import readable

    if not chapters:
        with readable(stored.folder, stored.facts):
            page = render(stored.result, stored.facts.run_id, stored.facts.versions)
        return report_file(language()), page
    from simulate.terminal.progress import Bars

    with Bars(shown=not quiet) as bars:
        run = stored.folder, stored.facts.run_id
        return chaptered.page(stored.result, run, chapters, bars)


def _as_it_was_made(folder: Path) -> None:
    """Refuse to work out chapters of a run that something else made: two programs, one page."""
    from simulate.stored.facts import facts_of, rerun  # slow to import

    facts = facts_of(folder)
    differing = facts.differences()
    if differing:
        context = {"differing": ", ".join(differing), "again": rerun(folder, facts.asked)}
        raise BadInput([Problem("chapters_by_another", ("--chapters",), context)], str(folder))
