"""What a study says: a page beside the scenario's runs, and the same in the terminal or as JSON."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import click

from models.language import say
from simulate.cli import writing
from simulate.errors import RunFailed


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

    Raises:
        RunFailed: the page cannot be written; what was found is printed all the same.
    """
    from simulate.store import add, dump  # slow to import

    writing.make(folder)
    failed, path = None, Path()
    try:
        path = add(folder, *page)
    except RunFailed as error:
        failed = error
    if plain is None:
        show()
    else:
        click.echo(dump(plain()), nl=False)
    if failed is not None:
        raise failed  # what was found is not lost with the page
    if plain is None:
        click.echo()
        click.echo(say("Sidan med bilder ligger i {page}", page=path))
