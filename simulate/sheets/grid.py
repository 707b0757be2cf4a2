"""Cells as they stand in a file, and where."""

from __future__ import annotations

import datetime as dt
import math
from dataclasses import dataclass, field

from models.rows.scan import Flaw, Range
from simulate.errors import Problem
from simulate.language.shown import shown

Raw = str | float | int | bool | dt.date | dt.datetime | dt.time | dt.timedelta | Flaw
BLANK = ""


@dataclass(frozen=True)
class Cell:
    """A value and its place, as people write it: ``Effekter!E7``."""

    value: Raw
    place: str

    @property
    def blank(self) -> bool:
        """Whether nothing stands in it; noughts and errors are something."""
        return isinstance(self.value, str) and not self.value.strip()

    def problem(self, code: str, **context: object) -> Problem:
        """Return the problem of this cell."""
        return Problem(code, (), {"found": _as_seen(self.value), **context}, cell=self.place)


def _as_seen(value: Raw) -> str:
    """A value as it looks in a Swedish spreadsheet, near enough."""
    if isinstance(value, Flaw):
        return value.found
    if isinstance(value, bool):
        return "SANT" if value else "FALSKT"
    if isinstance(value, int | float) and math.isfinite(value) and abs(value) < 1e15:
        text = f"{value:,.10f}" if abs(value) >= 10_000 else f"{value:.10f}"
        return text.rstrip("0").rstrip(".").replace(",", " ").replace(".", ",")
    return shown(value)


@dataclass(frozen=True)
class Sheet:
    """A sheet of a workbook, or a text file as one.

    Attributes:
        title: its name; empty for a text file, which has but one.
        rows: all cells from the top left corner of the sheet.
        merged: cells that are merged.
    """

    title: str
    rows: list[list[Raw]]
    merged: list[Range] = field(default_factory=list)

    def at(self, row: int, column: int) -> Cell:
        """Return a cell; what lies outside what is filled in is blank."""
        cells = self.rows[row] if row < len(self.rows) else []
        value = cells[column] if column < len(cells) else BLANK
        return Cell(value, self.place(row, column))

    def place(self, row: int, column: int) -> str:
        """Return the name of a cell.

        Example:
            >>> Sheet("Effekter", []).place(6, 27), Sheet("", []).place(0, 0)
            ('Effekter!AB7', 'A1')
        """
        cell = f"{letters(column)}{row + 1}"
        return f"{self.title}!{cell}" if self.title else cell


def letters(column: int) -> str:
    """Return the letters of a column that is counted from 0.

    Example:
        >>> letters(0), letters(25), letters(26), letters(16_383)
        ('A', 'Z', 'AA', 'XFD')
    """
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(ord("A") + rest) + name
    return name
