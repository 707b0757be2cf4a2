"""Questions and their answers in the terminal: headings, paragraphs and tables."""

from __future__ import annotations

from collections.abc import Iterable

from rich import box
from rich.console import Console
from rich.table import Table as Grid
from rich.text import Text

from simulate.report.sections import Section, Table
from simulate.terminal.summary import safe, write


def show_sections(console: Console, sections: Iterable[Section]) -> None:
    """Print each question with its answer."""
    for section in sections:
        console.print()
        write(console, section.heading, "bold")
        for paragraph in section.paragraphs:
            write(console, paragraph)
        for table in section.tables:
            console.print(_grid(console, table))


def _grid(console: Console, table: Table) -> Grid:
    grid = Grid(
        box=box.SIMPLE,
        pad_edge=False,
        title=Text(safe(console, table.caption)),
        title_justify="left",
    )
    for column in table.columns:
        grid.add_column(safe(console, column), overflow="fold")
    for row in table.rows:
        grid.add_row(*(Text(safe(console, cell)) for cell in row))
    return grid
