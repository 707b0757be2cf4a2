"""Options that several commands share."""

from __future__ import annotations

import click

from models.language import mark

scenario = click.argument("scenario", metavar="SCENARIO")
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
