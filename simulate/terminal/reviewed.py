"""A review in the terminal: the verdict, then the five questions."""

from __future__ import annotations

from rich.console import Console

from models.language import named, say
from simulate.review import Section, Study, sections
from simulate.review.page import verdict_of
from simulate.terminal.grid import grid, write


def show(study: Study, console: Console | None = None) -> None:
    """Print a review on ``console``, by default standard output."""
    console = console or Console(highlight=False)
    write(console, named(study.result.scenario.title), "bold")
    style = {"fail": "bold red", "warn": "yellow"}.get(study.verdict, "")
    write(console, say("Diagnos: {verdict}", verdict=verdict_of(study)), style)
    for reason in study.reasons:
        write(console, f"- {reason}", style)
    for section in sections(study, pictures=False):
        show_section(console, section)


def show_section(console: Console, section: Section) -> None:
    """Print a question and its answer, tables included."""
    console.print()
    write(console, section.heading, "bold")
    for paragraph in section.paragraphs:
        write(console, paragraph)
    if section.tables:
        console.print()
    for table in section.tables:
        write(console, table.caption)
        console.print(grid(console, table.columns, table.rows))
