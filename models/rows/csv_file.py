"""Rows in a text file, read a line at a time with the standard library."""

from __future__ import annotations

import csv
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import TextIO

from models.rows.encoding import encoding_of
from models.rows.frame import Refused, RowProblem
from models.rows.place import unreadable
from models.rows.table import Line, Table, gather, text

_SEPARATORS = ";\t,"
_CHUNK = 1 << 20


def read_csv(path: Path, wanted: Collection[str]) -> Table:
    """Return the table in a text file.

    Args:
        path: of the file.
        wanted: headings of the columns to keep.

    Raises:
        Refused: it cannot be read as a table.
    """
    try:
        with path.open("rb") as file:
            encoding = encoding_of(iter(lambda: file.read(_CHUNK), b""))
        if encoding is None:
            raise Refused(RowProblem("rows_encoding"))
        with path.open(encoding=encoding, newline="") as opened:
            return gather(_lines(opened, wanted), wanted)
    except OSError as error:
        raise unreadable(error) from None
    except (csv.Error, UnicodeError):
        # What the library says of a broken cell quotes it.
        raise Refused(RowProblem("rows_broken")) from None


def _lines(file: TextIO, wanted: Collection[str]) -> Iterator[Line]:
    """Yield the lines by number; a hint to Excel before them is not one of them."""
    start, hint = 0, ""
    first = file.readline(_CHUNK)
    if first.lower().startswith("sep="):
        start, hint = file.tell(), first[4:5]
    file.seek(start)
    separator = hint if hint and hint in _SEPARATORS else _separator(file, wanted)
    file.seek(start)
    yield from enumerate(csv.reader(file, delimiter=separator, strict=True), start=1)


def _separator(file: TextIO, wanted: Collection[str]) -> str:
    """The sign that parts the first line into the most headings that are asked for.

    Where none of them is there, the sign that parts it into the most cells.
    """
    start = file.tell()
    scores = {}
    for sign in _SEPARATORS:
        file.seek(start)
        reader = csv.reader(file, delimiter=sign, strict=True)
        cells = next((line for line in reader if any(cell.strip() for cell in line)), [])
        scores[sign] = len({text(cell) for cell in cells} & set(wanted)), len(cells)
    return max(scores, key=scores.__getitem__)
