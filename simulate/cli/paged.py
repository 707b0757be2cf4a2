"""What a study says: a page beside the scenario's runs, and the same in the terminal or as JSON."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import click

from models.language import say
from simulate.cli import writing


def tell(
    folder: Path,
    page: tuple[str, str],
    plain: Callable[[], Mapping[str, Any]] | None,
    show: Callable[[], None],
) -> None:
    """Write a page, then print what was found.

    Args:
        folder: where the page is written; made if it is not there.
        page: name of its file, and what is in it.
        plain: what programs get; ``None`` where people read.
        show: prints for people.
    """
    from simulate.store import add, dump  # slow to import

    writing.make(folder)
    path = add(folder, *page)
    if plain is not None:
        click.echo(dump(plain()), nl=False)
        return
    show()
    click.echo()
    click.echo(say("Sidan med bilder ligger i {page}", page=path))
