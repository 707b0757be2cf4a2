"""Questions and their answers in the terminal: headings, paragraphs and tables."""

from __future__ import annotations

from collections.abc import Iterable

from rich.console import Console

from simulate.report.sections import Section
from simulate.terminal.grid import grid, write


def show_sections(console: Console, sections: Iterable[Section]) -> None:
    """Print each question with its answer."""
    for section in sections:
        console.print()
        write(console, section.heading, "bold")
        for paragraph in section.paragraphs:
            write(console, paragraph)
        if section.tables:
            console.print()
        for table in section.tables:
            write(console, table.caption)
            console.print(grid(console, table.columns, table.rows))
