"""Files of rows, as those that are read: CSV for Excel, a workbook, or Parquet."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Mapping, Sequence
from itertools import chain

from models.language import language
from simulate.sheets.csv import as_csv

SUFFIXES = (".csv", ".xlsx", ".parquet")
Cells = Mapping[str, Sequence[str | float | None]]
_CREATED = dt.datetime(2000, 1, 1)  # equal rows give equal bytes


def as_file(columns: Cells, suffix: str, sheet: str) -> bytes:
    """Return the bytes of a file.

    Args:
        columns: by heading, all of one length; ``None`` is an empty cell.
        suffix: one of :data:`SUFFIXES`.
        sheet: name of the sheet of a workbook.

    Example:
        >>> as_file({"barn": ["s1"], "dygn": [1.5]}, ".csv", "").decode("utf-8-sig").split()
        ['barn;dygn', 's1;1,5']
    """
    if suffix == ".parquet":
        return _parquet(columns)
    rows = chain([list(columns)], zip(*columns.values(), strict=True))
    return as_csv(rows, language()) if suffix == ".csv" else _book(rows, sheet)


def _parquet(columns: Cells) -> bytes:
    from pyarrow import Table, parquet  # slow to import, and used only here

    made = io.BytesIO()
    parquet.write_table(Table.from_pydict({name: list(one) for name, one in columns.items()}), made)
    return made.getvalue()


def _book(rows: chain[Sequence[str | float | None]], sheet: str) -> bytes:
    import xlsxwriter  # slow to import, and used only here

    made = io.BytesIO()
    # A text that begins as a formula is a text.
    with xlsxwriter.Workbook(made, {"in_memory": True, "strings_to_formulas": False}) as book:
        book.set_properties({"created": _CREATED})
        page = book.add_worksheet(sheet)
        for number, row in enumerate(rows):
            page.write_row(number, 0, row)
    return made.getvalue()
