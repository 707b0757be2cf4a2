"""A review in the terminal: the verdict, then the five questions."""

from __future__ import annotations

from rich.console import Console

from models.language import named, say
from simulate.review import Study, sections
from simulate.review.page import verdict_of
from simulate.terminal.console import Printed
from simulate.terminal.grid import write
from simulate.terminal.sections import show_sections


def show(study: Study, console: Console | None = None) -> None:
    """Print a review on ``console``, by default standard output."""
    console = console or Printed()
    write(console, named(study.result.scenario.title), "bold")
    style = {"fail": "bold red", "warn": "yellow"}.get(study.verdict, "")
    write(console, say("Diagnos: {verdict}", verdict=verdict_of(study)), style)
    for reason in study.reasons:
        write(console, f"- {reason}", style)
    show_sections(console, sections(study, pictures=False))
