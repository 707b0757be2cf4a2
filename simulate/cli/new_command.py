"""simulate new: the beginning of a scenario of one's own."""

from __future__ import annotations

from pathlib import Path

import click

from models.language import mark, say
from simulate.cli import swedish, writing
from simulate.scenario.read import find, load
from simulate.scenario.starter import copy_of, starter


@click.command(
    name="new",
    cls=swedish.Command,
    help=mark(
        "Skapa ett eget scenario i FIL: en förklarad början, eller en kopia av ett scenario."
    ),
)
@click.argument("file", metavar=mark("[FIL]"), required=False, type=click.Path(path_type=Path))
@click.option("--like", metavar="SCENARIO", help=mark("Utgå från en kopia av ett scenario."))
@click.option("--force", is_flag=True, help=mark("Skriv över filen om den finns."))
def command(file: Path | None, like: str | None, force: bool) -> None:
    """Write the file, unless there is one."""
    if file is None:
        raise click.UsageError(say("FIL saknas"), click.get_current_context())
    _scenario(file, like, force)


def _scenario(file: Path, like: str | None, force: bool) -> None:
    writing.refuse(file, force, (".toml",))
    if like is None:
        text = starter(file.stem)
    else:
        load(find(like))  # nothing is copied that is not sound
        text = copy_of(find(like), file.stem)
    writing.write(file, text.encode("utf-8"))
    click.echo(
        say(
            "{file} är skriven. Ändra den i en textredigerare, kontrollera med `simulate check "
            "{file}` och kör med `simulate run {file}`.",
            file=file,
        )
    )
