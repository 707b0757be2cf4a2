"""A sweep in the terminal: one table a measure, no line wider than it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from rich.console import Console

from models.language import named, say
from simulate.comparison.words import change, error_of
from simulate.report.cells import cell
from simulate.sweep.columns import Column, short, values
from simulate.sweep.page import about, answers, compared
from simulate.sweep.run import Swept
from simulate.terminal.console import Printed
from simulate.terminal.grid import grid, write

_MOST_ROWS = 24
_MOST_TABLES = 8
_MOST_KEYS = 2


def show(
    swept: Swept, columns: Sequence[Column], folder: Path, console: Console | None = None
) -> None:
    """Print a sweep on ``console``, by default standard output."""
    console = console or Printed()
    write(console, named(swept.scenario.title), "bold")
    write(console, about(swept))
    for sentence in answers(swept, columns):
        console.print()
        write(console, sentence)
    if len(swept.plan.keys) <= _MOST_KEYS:
        console.print()
        write(console, compared())
    for column in columns[:_MOST_TABLES]:
        console.print()
        write(console, column.title, "bold")
        _table(swept, column, console)
    left = len(columns) - _MOST_TABLES
    if left > 0:
        write(console, say("{count} mått till står på sidan och i tabellfilerna.", count=left))
    console.print()
    write(console, say("Svepet ligger i {folder}", folder=folder), fold=False)


def _table(swept: Swept, column: Column, console: Console) -> None:
    keys = swept.plan.keys
    found = [values(swept, key) for key in keys]
    rows = [
        (*(one[place] or "–" for one in found), *_figure(column, place))
        for place in range(min(len(swept.plan.cells), _MOST_ROWS))
    ]
    head = (*short(keys), say("Värde"), say("Fel"), say("Skillnad"), say("Fel i skillnaden"))
    if len(keys) > _MOST_KEYS:  # no room for differences, which are in the files
        head, rows = head[:-2], [row[:-2] for row in rows]
    wide = frozenset(range(len(keys), len(head)))
    console.print(grid(console, head, rows, figures=wide))
    left = len(swept.plan.cells) - _MOST_ROWS
    if left > 0:
        write(console, say("{count} celler till finns i tabellfilerna.", count=left))


def _figure(column: Column, place: int) -> tuple[str, str, str, str]:
    """Return a figure, its error, its difference from the base and the error of that."""
    figure, moved = column.figures[place], change(column.changes[place], column.unit)
    if figure is None:
        return "–", "", *moved
    return cell(figure).value, error_of(figure.mcse or 0.0, column.unit), *moved
