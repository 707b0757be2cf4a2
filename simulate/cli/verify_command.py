"""simulate verify: make a stored run again and compare every file."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from models.language import mark, say, say_count
from simulate.cli import options, swedish
from simulate.stored.find import find_run

if TYPE_CHECKING:
    from simulate.verify import Verification


@click.command(
    name="verify",
    cls=swedish.Command,
    help=mark(
        "Gör om en sparad körning från början och jämför varje fil, byte för byte. Ger 0 om alla "
        "är lika och 1 om någon skiljer sig. KÖRNING är en mapp, minst fyra tecken av ett id, "
        "eller ett scenario: dess senaste körning."
    ),
)
@options.run
@options.output
@click.option(
    "--reuse", is_flag=True, help=mark("Lita på sparade posteriorer i stället för att anpassa om.")
)
@options.data
@options.quiet
@click.pass_context
def command(
    context: click.Context, run: str, output: Path, reuse: bool, data: Path | None, quiet: bool
) -> None:
    """Make a run again; say first what makes a difference to be expected."""
    from simulate.stored.facts import facts_of  # slow to import, like those below

    folder = find_run(run, output)
    facts = facts_of(folder)
    otherwise = facts.differences()
    if otherwise:
        click.echo(say("Körningen gjordes med annat än nu, så skillnader är att vänta:"))
        _list(otherwise)
    from simulate.terminal.progress import Bars
    from simulate.verify import verify

    with Bars(shown=not quiet) as progress:
        cache = output / ".cache" if reuse else None
        found = verify(folder, facts, cache, progress, data)
    _tell(found)
    context.exit(1 if found.differing else 0)


def _tell(found: Verification) -> None:
    for title, names in (
        (say("Lika:"), found.equal),
        (say("Skiljer sig:"), found.differing),
        (say("Jämförs inte, för ingen körning skriver dem:"), found.apart),
    ):
        if names:
            click.echo(title)
            _list(names)
    count = len(found.differing)
    if count:
        click.echo(say_count("{count} fil skiljer sig.", "{count} filer skiljer sig.", count))
    else:
        click.echo(say("Alla filer är lika."))


def _list(names: Iterable[str]) -> None:
    for name in names:
        click.echo(f"  {name}")
