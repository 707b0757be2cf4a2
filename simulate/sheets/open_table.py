"""Open a text file as one table: CSV in the ways that a Swedish Excel saves it."""

from __future__ import annotations

import csv
import io

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
    lines = _text(data).splitlines()
    if lines and lines[0].lower().startswith("sep="):
        lines = ["", *lines[1:]]  # a hint to Excel; the numbers of the rows stay
    first = next((line for line in lines if line.strip()), "")
    delimiter = max(";\t", key=first.count)
    if delimiter not in first:
        code = "csv_commas" if "," in first else "csv_one_column"
        raise BadInput([Problem(code, (), {"found": first[:60]})])
    text = io.StringIO("\n".join(lines), newline="")
    try:
        rows: list[list[Raw]] = [list(row) for row in csv.reader(text, delimiter=delimiter)]
    except csv.Error:
        raise BadInput([Problem("csv_broken")]) from None
    if len(rows) > LAST_ROW or any(len(row) > LAST_COLUMN for row in rows):
        raise BadInput([Problem("sheet_too_large")])
    return Sheet("", rows)


def _text(data: bytes) -> str:
    encoding = encoding_of([data])
    if encoding is None:
        raise BadInput([Problem("csv_encoding")])
    return data.decode(encoding)
