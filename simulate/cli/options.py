"""Options that several commands share."""

from __future__ import annotations

from pathlib import Path

import click

from models.language import mark

scenario = click.argument("scenario", metavar="SCENARIO")
run = click.argument("run", metavar=mark("KÖRNING"))
output = click.option(
    "--output",
    type=click.Path(path_type=Path),
    default=Path("outputs"),
    metavar=mark("MAPP"),
    help=mark("Mapp för körningar och sparade posteriorer; annars outputs."),
)
quiet = click.option("--quiet", is_flag=True, help=mark("Visa inget förlopp."))
settings = click.option(
    "--set",
    "settings",
    multiple=True,
    metavar=mark("NYCKEL=VÄRDE"),
    help=mark(
        "Ändra en nyckel i scenariot för den här körningen, t.ex. measurements.saving.drift=0."
    ),
)
as_json = click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    help=mark("Utskrift för människor (text, om inget anges) eller program (json)."),
)
as_table = click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "csv"]),
    default="text",
    help=mark("Utskrift för människor (text, om inget anges), program (json) eller Excel (csv)."),
)
