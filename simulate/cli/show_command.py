"""simulate show: what a run found, from its folder, or the file of a scenario."""

from __future__ import annotations

from pathlib import Path

import click

from models.language import language, mark
from simulate.cli import options, swedish
from simulate.errors import BadInput
from simulate.folder import RISK
from simulate.scenario.limits import LARGEST_FILE
from simulate.scenario.read import find, read_bytes
from simulate.scenario.shipped import shipped
from simulate.stored.find import find_run


@click.command(
    name="show",
    cls=swedish.Command,
    help=mark(
        "Visa vad en sparad körning kom fram till, eller ett scenarios fil. KÖRNING är en mapp, "
        "minst fyra tecken av ett id, eller ett scenario: dess senaste körning. Namnet på ett "
        "medföljande scenario visar dess fil; med --format json eller csv dess senaste körning."
    ),
)
@options.run_or_scenario
@options.output
@options.as_table
def command(name: str, output: Path, form: str) -> None:
    """Print a stored run, or the bytes of a scenario's file."""
    if form == "text" and _is_scenario(name):
        data, problem = read_bytes(find(name), LARGEST_FILE)
        if problem is not None:
            raise BadInput([problem], name)
        click.echo(data, nl=False)
        return
    folder = find_run(name, output)
    if form == "json":
        _json(folder)
    else:
        _show(folder, form)


def _is_scenario(name: str) -> bool:
    """Whether a name means a file, rather than a run."""
    return name in shipped() or name.endswith(".toml") or Path(name).is_file()


def _json(folder: Path) -> None:
    """Print the figures for programs, as they were stored."""
    from simulate.stored.facts import facts_of, refuse_damaged  # slow to import

    refuse_damaged(folder, facts_of(folder), [RISK])
    click.echo((folder / RISK).read_bytes(), nl=False)


def _show(folder: Path, form: str) -> None:
    from simulate.sheets.csv import as_csv  # slow to import, like those below
    from simulate.store import Stored
    from simulate.stored.read import read, readable
    from simulate.terminal.rows import rows
    from simulate.terminal.summary import show

    run = read(folder)
    with readable(folder, run.facts):
        if form == "csv":
            click.echo(as_csv(rows(run.result, run.facts.run_id), language()), nl=False)
        else:
            show(run.result, Stored(folder, False, ()))
