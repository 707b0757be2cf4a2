"""simulate schema: what a scenario may hold, for the editor that it is written in."""

from __future__ import annotations

import json
from pathlib import Path

import click

from models.language import mark
from simulate.cli import swedish, writing


@click.command(
    name="schema",
    cls=swedish.Command,
    help=mark(
        "Skriv scenariofilens JSON Schema, som redigerare kompletterar och stryker under efter. "
        "Sätt raden «#:schema ./scenario.schema.json» överst i scenariot."
    ),
)
@click.option(
    "--output",
    type=click.Path(path_type=Path),
    metavar=mark("FIL"),
    help=mark("Fil att skriva till, t.ex. scenario.schema.json; annars skrivs det ut."),
)
def command(output: Path | None) -> None:
    """Print the schema, or write it to a file."""
    from simulate.scenario.schema import schema  # slow to import

    if output is not None:
        # A schema is made anew whenever the program is: an older one is in nobody's way.
        writing.refuse(output, force=True, suffixes=(".json",))
    text = json.dumps(schema(), ensure_ascii=False, indent=1) + "\n"
    if output is None:
        click.echo(text.encode(), nl=False)
        return
    writing.write(output, text.encode())
    click.echo(output)
