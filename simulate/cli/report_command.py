"""simulate report: the page of a run that was made before, in the language that is spoken."""

from __future__ import annotations

from pathlib import Path

import click

from models.language import language, mark
from simulate.cli import options, swedish
from simulate.folder import report_file


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
def command(run: str, output: Path) -> None:
    """Write the page of a stored run and print where it lies."""
    from simulate.report.page import render  # slow to import, like those below
    from simulate.store import add
    from simulate.stored.find import find_run
    from simulate.stored.read import read, readable

    stored = read(find_run(run, output))
    with readable(stored.folder, stored.facts):
        page = render(stored.result, stored.facts.run_id, stored.facts.versions)
    click.echo(add(stored.folder, report_file(language()), page))
