"""A comparison in the terminal: what differs, and because of what."""

from __future__ import annotations

from pathlib import Path

from rich.console import Console

from models.language import named, say
from simulate.comparison.compare import Compared
from simulate.comparison.words import about, answers, figures, pays, sharper, splits
from simulate.terminal.console import Printed
from simulate.terminal.grid import grid, write


def show(compared: Compared, page: Path, console: Console | None = None) -> None:
    """Print a comparison on ``console``, by default standard output."""
    console = console or Printed()
    for letter, one in (("A", compared.a), ("B", compared.b)):
        write(console, f"{letter}: {named(one.scenario.title)}", "bold")
    write(console, about(compared))
    for sentence in answers(compared):
        console.print()
        write(console, sentence)
    console.print()
    head, *rows = figures(compared)
    console.print(grid(console, head, rows, figures=frozenset({1, 2, 3, 4})))
    if said := sharper(compared):
        write(console, said)
    console.print()
    write(console, say("Varje del ändrad ensam, från A"), "bold")
    head, *rows = splits(compared)
    console.print(grid(console, head, rows, figures=frozenset(range(1, len(head)))))
    own = [
        say(
            "{part}: betalar själv {value} i B jämfört med A ({error}).",
            part=part,
            value=value,
            error=error or say("utan fel"),
        )
        for part, value, error in pays(compared)
    ]
    for sentence in own:
        write(console, sentence)
    console.print()
    write(console, say("Sidan med bilder ligger i {page}", page=page), fold=False)
