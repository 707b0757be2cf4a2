"""A sensitivity study in the terminal: the answers, then the sections."""

from __future__ import annotations

from rich.console import Console

from models.language import named
from simulate.sensitivity.study import Sensitivity
from simulate.sensitivity.told.answers import answers
from simulate.sensitivity.told.sections import sections
from simulate.terminal.console import Printed
from simulate.terminal.grid import write
from simulate.terminal.sections import show_sections


def show(study: Sensitivity, console: Console | None = None) -> None:
    """Print what was found on ``console``, by default standard output."""
    console = console or Printed()
    write(console, named(study.scenario.title), "bold")
    for sentence in answers(study):
        console.print()
        write(console, sentence)
    show_sections(console, sections(study, pictures=False))
