"""The option that asks for chapters, and the page that has them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from models.language import language, mark, say
from simulate.folder import report_file

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

    from simulate.chapters.entry import Entry
    from simulate.run import Progress, Result


def _complete(_: click.Context, __: click.Parameter, incomplete: str) -> list[CompletionItem]:
    from simulate.cli import completing  # only a shell needs it

    return completing.chapters(incomplete)


option = click.option(
    "--chapters",
    metavar=mark("NAMN,…"),
    shell_complete=_complete,
    help=mark(
        "Skriv också rapporten med kapitel: characteristics (kontraktets egenskaper), design (vad "
        "en annan mätning är värd), gates (vad insatsrådet kan veta), sensitivity (vad svaret "
        "hänger på), eller all. De räknas på körningens frö och posteriorer och tar från en halv "
        "minut till flera."
    ),
)


def page(
    result: Result, run: tuple[Path, str], entries: Sequence[Entry], progress: Progress
) -> tuple[str, str]:
    """Return the name and the text of the report with chapters, in the language that is spoken."""
    from simulate.chapters import work  # slow to import

    name = report_file(language(), [entry.name for entry in entries])
    return name, work.page(result, run, entries, progress)


def tell(path: Path) -> None:
    """Say where the report with chapters lies."""
    click.echo(say("Rapporten med kapitel ligger i {page}", page=path))
