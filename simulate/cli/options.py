"""Options that several commands share."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from models.language import mark

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem


def _scenarios(_: click.Context, __: click.Parameter, incomplete: str) -> list[CompletionItem]:
    from simulate.cli import completing  # only a shell needs it

    return completing.scenarios(incomplete)


def _runs(context: click.Context, _: click.Parameter, incomplete: str) -> list[CompletionItem]:
    from simulate.cli import completing  # only a shell needs it

    return completing.stored_runs(incomplete, context.params.get("output") or OUTPUTS)


def _either(context: click.Context, _: click.Parameter, incomplete: str) -> list[CompletionItem]:
    from simulate.cli import completing  # only a shell needs it

    return completing.either(incomplete, context.params.get("output") or OUTPUTS)


OUTPUTS = Path("outputs")

scenario = click.argument("scenario", metavar="SCENARIO", shell_complete=_scenarios)
run = click.argument("run", metavar=mark("KÖRNING"), shell_complete=_runs)
a, b = (click.argument(name, metavar=name.upper(), shell_complete=_either) for name in ("a", "b"))
run_or_scenario = click.argument("name", metavar=mark("KÖRNING|SCENARIO"), shell_complete=_either)
output = click.option(
    "--output",
    type=click.Path(path_type=Path),
    default=OUTPUTS,
    metavar=mark("MAPP"),
    help=mark("Mapp för körningar och sparade posteriorer; annars outputs."),
)
quiet = click.option("--quiet", is_flag=True, help=mark("Visa inget förlopp."))
force = click.option("--force", is_flag=True, help=mark("Skriv över filen om den finns."))
settings = click.option(
    "--set",
    "settings",
    multiple=True,
    metavar=mark("NYCKEL=VÄRDE"),
    help=mark(
        "Ändra en nyckel i scenariot för den här körningen, t.ex. measurements.saving.drift=0."
    ),
)
data = click.option(
    "--data",
    type=click.Path(path_type=Path),
    metavar=mark("MAPP"),
    help=mark("Mapp som filer med rader om personer utgår från; annars scenariots egen."),
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

accept_failed = click.option(
    "--accept-failed",
    is_flag=True,
    help=mark("Redovisa även om diagnosen av en posterior underkänns."),
)
