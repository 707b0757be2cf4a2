"""Questions and their answers in the terminal: headings, paragraphs and tables."""

from __future__ import annotations

from collections.abc import Iterable

from rich.console import Console

from models.language import named
from simulate.report.sections import Section
from simulate.scenario.read import AnyScenario
from simulate.terminal.console import Printed
from simulate.terminal.grid import grid, write


def show_study(scenario: AnyScenario, answers: Iterable[str], sections: Iterable[Section]) -> None:
    """Print a study of a scenario: its answers, then each question."""
    console = Printed()
    write(console, named(scenario.title), "bold")
    for sentence in answers:
        console.print()
        write(console, sentence)
    show_sections(console, sections)


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
