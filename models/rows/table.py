"""A table out of a file: the columns that are asked for, and no other, row by row."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field

from models.rows.frame import Refused, RowProblem
from models.rows.scan import Flaw

MOST_ROWS = 100_000

Value = str | float | int | bool | dt.date | dt.time | dt.timedelta | Flaw | None
Line = tuple[int, Sequence[Value]]


@dataclass(eq=False, repr=False)
class Table:
    """What was read of a file. Never printed, stored or compared.

    Attributes:
        headings: all of them, as they stand; never to be shown beside those that a scenario names.
        places: row number of each person, the ragged rows apart.
        columns: heading → cells, for the headings that were asked for and are there once.
        twice: headings that were asked for and stand there several times.
        ragged: row numbers with more or fewer cells than there are headings.
    """

    headings: tuple[str, ...]
    places: list[int] = field(default_factory=list)
    columns: dict[str, list[Value]] = field(default_factory=dict)
    twice: tuple[str, ...] = ()
    ragged: list[int] = field(default_factory=list)


def gather(lines: Iterable[Line], wanted: Collection[str], every: bool = False) -> Table:
    """Return the table in the lines of a file: a line of headings, then one a person.

    In a spreadsheet a line without anything in it is no row.

    Args:
        lines: row number as a spreadsheet counts, and cells; read no further than is needed.
        wanted: headings of the columns to keep.
        every: whether every line is a row, also one without anything in it.

    Raises:
        Refused: there is nothing, only headings, or more rows than are read.
    """
    rest = iter(lines)
    found = next((cells for _, cells in rest if not blank(cells)), None)
    if found is None:
        raise Refused(RowProblem("rows_empty_file"))
    headings = tuple(text(cell) for cell in found)
    table = Table(headings)
    table.twice = tuple(name for name in wanted if headings.count(name) > 1)
    at = {name: headings.index(name) for name in wanted if headings.count(name) == 1}
    table.columns = {name: [] for name in at}
    for place, cells in rest:
        if blank(cells) and not every:
            continue
        if len(table.places) == MOST_ROWS:
            raise too_many()
        if len(cells) != len(headings):
            # Which cell is which cannot be told.
            table.ragged.append(place)
            continue
        table.places.append(place)
        for name, column in at.items():
            table.columns[name].append(cells[column])
    if not table.places and not table.ragged:
        raise Refused(RowProblem("rows_header_only"))
    return table


def too_many() -> Refused:
    """Return the refusal of a table with more rows than are read."""
    return Refused(RowProblem("rows_too_many", context={"allowed": MOST_ROWS}))


def blank(cells: Sequence[Value]) -> bool:
    """Whether nothing stands in any cell of a line; noughts and errors are something."""
    return all(cell is None or (isinstance(cell, str) and not cell.strip()) for cell in cells)


def text(cell: Value) -> str:
    """Return a cell as the text that a person sees in it, without blanks around it.

    Example:
        >>> text(" pojke "), text(3.0), text(12), text(None)
        ('pojke', '3', '12', '')
    """
    if cell is None or isinstance(cell, Flaw):
        return ""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float):
        return f"{cell:.15g}"
    return str(cell).strip()
