"""Takes cells from filled-in lines, and tells every slip in them at once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal

from models.language import mark, say
from simulate.errors import Problem
from simulate.sheets import cells
from simulate.sheets.cells import Wrong
from simulate.sheets.form import BY_KEY, Column, Form, Kind
from simulate.sheets.grid import BLANK, Cell, Raw
from simulate.sheets.rows import Given
from simulate.sheets.tables import Filled, Line

ZERO = Decimal(0)
_KINDS: Mapping[Kind, str] = {
    "text": mark("text"),
    "date": mark("ett datum"),
    "year": mark("ett årtal"),
    "kr": mark("ett belopp i kronor"),
    "count": mark("ett antal personer"),
    "amount": mark("ett antal, i radens enhet"),
    "share": mark("en andel i procent"),
    "rate": mark("en ränta i procent"),
    "price": mark("kronor per enhet, eller ett id"),
}
# What is said of an empty cell depends on what it should have held.
_BLANK: Mapping[Kind, str] = {
    "year": "cell_blank_year",
    **dict.fromkeys(("kr", "count", "amount", "share", "rate"), "cell_blank_number"),
}


def _allowed(column: Column) -> str:
    """What a blank cell should have held."""
    return say(_KINDS[column.kind]) if column.kind in _KINDS else ", ".join(column.choices)


class Take:
    """Takes the cells of one line, and remembers what is wrong with them.

    What cannot be read is replaced by a value that is never used, for the line is dropped.
    """

    def __init__(self, line: Line, form: Form, problems: list[Problem]) -> None:
        self.line = line
        self.form = form
        self.problems = problems
        self.failed = False

    def needed[T](self, key: str, read: Callable[[Raw], T], otherwise: T) -> Given[T]:
        """Return a value that the line must have."""
        cell = self.line.get(key)
        found = None
        if cell is None:
            self.failed = True  # that its header is missing is told elsewhere
        elif cell.blank:
            column = self.form.column(key)
            said = {"header": column.header, "allowed": _allowed(column), "example": "2029"}
            self.refuse(cell, _BLANK.get(column.kind, "cell_blank"), **said)
        else:
            found = self.optional(key, read)
        return found or Given(otherwise, cell or Cell(BLANK, ""))

    def optional[T](self, key: str, read: Callable[[Raw], T]) -> Given[T] | None:
        """Return a value that the line may have."""
        cell = self.line.get(key)
        if cell is None or cell.blank:
            return None
        try:
            return Given(read(cell.value), cell)
        except Wrong as error:
            self.refuse(cell, error.code, **error.context)
            return None

    def text(self, key: str) -> Given[str]:
        """Return a text that the line must have."""
        return self.needed(key, cells.text, "")

    def year(self, key: str = "year") -> Given[int]:
        """Return a year that the line must have."""
        return self.needed(key, cells.year, 0)

    def kr(self, key: str = "amount") -> Given[Decimal]:
        """Return kronor that the line must have."""
        return self.needed(key, cells.kronor, ZERO)

    def share(self, key: str) -> Given[Decimal]:
        """Return a share that the line must have."""
        return self.needed(key, cells.share, ZERO)

    def source(self, key: str = "source") -> str:
        """Return where the line says that it comes from, or nothing."""
        found = self.optional(key, cells.text)
        return found.value if found else ""

    def refuse(self, cell: Cell, code: str, **context: object) -> None:
        """Note that a cell is wrong."""
        self.failed = True
        self.problems.append(cell.problem(code, **context))


def rows[Row](filled: Filled, key: str, read: Callable[[Take], Row]) -> list[Row]:
    """Return the rows of a form that can be read; the problems are added to ``filled``."""
    form, found = BY_KEY[key], []
    for line in filled.lines[key]:
        take = Take(line, form, filled.problems)
        row = read(take)
        if take.failed:
            filled.waiting = True
        else:
            found.append(row)
    return found
