"""Open a text file as one table: CSV in the ways that a Swedish Excel saves it."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable

from models.rows.encoding import encoding_of
from models.rows.scan import LAST_COLUMN, LAST_ROW
from simulate.errors import BadInput, Problem
from simulate.sheets.grid import Raw, Sheet


def open_table(data: bytes) -> Sheet:
    """Return the table in the bytes of a text file.

    UTF-8 with or without BOM, UTF-16 with BOM or the code page 1252; semicolons or tabs.

    Raises:
        BadInput: it is no such text.
    """
    rows: list[list[Raw]] = [list(row) for row in rows_of(data, _delimiter)]
    if len(rows) > LAST_ROW or any(len(row) > LAST_COLUMN for row in rows):
        raise BadInput([Problem("sheet_too_large")])
    return Sheet("", rows)


def rows_of(data: bytes, delimiter: Callable[[str], str]) -> list[list[str]]:
    """Return the rows of a text file, each where it stands: a hint to Excel is an empty one.

    Args:
        data: UTF-8 with or without BOM, UTF-16 with BOM or the code page 1252.
        delimiter: returns what parts the cells of a table, given its first line.

    Raises:
        BadInput: it is no such text, or ends within quotes.
    """
    encoding = encoding_of([data])
    if encoding is None:
        raise BadInput([Problem("csv_encoding")])
    lines = data.decode(encoding).splitlines()
    if lines and lines[0].lower().startswith("sep="):
        lines = ["", *lines[1:]]  # a hint to Excel; the numbers of the rows stay
    first = next((line for line in lines if line.strip()), "")
    text = io.StringIO("\n".join(lines), newline="")
    sign = delimiter(first)
    try:
        return list(csv.reader(text, delimiter=sign, strict=True))
    except csv.Error:
        raise BadInput([Problem("csv_broken")]) from None


def _delimiter(first: str) -> str:
    sign = max(";\t", key=first.count)
    if sign not in first:
        code = "csv_commas" if "," in first else "csv_one_column"
        raise BadInput([Problem(code, (), {"found": first[:60]})])
    return sign
