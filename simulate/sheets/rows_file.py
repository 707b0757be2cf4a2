"""Files of rows, as those that are read: CSV for Excel, a workbook, or Parquet."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain
from typing import TYPE_CHECKING

from models.language import language
from simulate.sheets.csv import as_csv

if TYPE_CHECKING:
    from xlsxwriter import Workbook

SUFFIXES = (".csv", ".xlsx", ".parquet")
Row = Sequence[str | float | None]
Cells = Mapping[str, Row]
# Characters: room for a number with its digits, and no column so wide that nothing else is seen.
_NARROWEST, _WIDEST = 14, 60
_CREATED = dt.datetime(2000, 1, 1)  # equal rows give equal bytes


def as_file(
    columns: Cells, suffix: str, sheet: str, notes: Mapping[str, Sequence[Row]] | None = None
) -> bytes:
    """Return the bytes of a file.

    Args:
        columns: by heading, all of one length; ``None`` is an empty cell.
        suffix: one of :data:`SUFFIXES`.
        sheet: name of the sheet of a workbook.
        notes: rows of further sheets of a workbook, by name; other files have none.

    Example:
        >>> as_file({"barn": ["s1"], "dygn": [1.5]}, ".csv", "").decode("utf-8-sig").split()
        ['barn;dygn', 's1;1,5']
    """
    if suffix == ".parquet":
        return _parquet(columns)
    rows = chain([list(columns)], zip(*columns.values(), strict=True))
    return as_csv(rows, language()) if suffix == ".csv" else _book(rows, sheet, notes or {})


def _parquet(columns: Cells) -> bytes:
    from pyarrow import Table, parquet  # slow to import, and used only here

    made = io.BytesIO()
    parquet.write_table(Table.from_pydict({name: list(one) for name, one in columns.items()}), made)
    return made.getvalue()


def _book(rows: Iterable[Row], sheet: str, notes: Mapping[str, Sequence[Row]]) -> bytes:
    import xlsxwriter  # slow to import, and used only here

    made = io.BytesIO()
    # A text that begins as a formula is a text.
    with xlsxwriter.Workbook(made, {"in_memory": True, "strings_to_formulas": False}) as book:
        book.set_properties({"created": _CREATED})
        for title, cells in {sheet: rows, **notes}.items():
            _sheet(book, title, [list(row) for row in cells])
    return made.getvalue()


def _sheet(book: Workbook, title: str, rows: Sequence[Row]) -> None:
    """Write a sheet: the headings stay when it is scrolled, and no number is cut to ####."""
    page = book.add_worksheet(title)
    page.freeze_panes(1, 0)
    bold = book.add_format({"bold": True})
    for number, row in enumerate(rows):
        page.write_row(number, 0, row, bold if number == 0 else None)
    for place, column in enumerate(zip(*rows, strict=True)):
        words = max((len(one) for one in column if isinstance(one, str)), default=0)
        page.set_column(place, place, min(max(words + 2, _NARROWEST), _WIDEST))
