"""Tables as the CSV that Excel opens with a double click: UTF-8 with BOM, and CRLF.

A Swedish Excel wants semicolons and decimal commas, an English one commas and decimal points.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
from collections.abc import Iterable

from models.language import ENGLISH, SWEDISH

Cell = str | int | float | dt.date | None

# Language → (between cells, before decimals).
_SIGNS = {SWEDISH: (";", ","), ENGLISH: (",", ".")}
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
_NEGATIVE = re.compile(r"-\d+(?:[.,]\d+)?")


def as_csv(rows: Iterable[Iterable[Cell]], language: str = SWEDISH) -> bytes:
    r"""Return the bytes of a file with ``rows``.

    Text that a spreadsheet would take for a formula is preceded by an apostrophe; a plain negative
    number is none.

    Args:
        rows: of cells; a missing value is an empty cell, and floats keep all their digits.
        language: whose Excel is to read it.

    Example:
        >>> as_csv([["a", -1.5, None], ["=b", "c;d", 2]]).decode("utf-8-sig")
        'a;-1,5;\r\n\'=b;"c;d";2\r\n'
        >>> as_csv([["a", -1.5, None], ["@b", "c,d", 2]], "en").decode("utf-8-sig")
        'a,-1.5,\r\n\'@b,"c,d",2\r\n'
    """
    delimiter, point = _SIGNS[language]
    written = io.StringIO(newline="")
    csv.writer(written, delimiter=delimiter, lineterminator="\r\n").writerows(
        [_text(cell, point) for cell in row] for row in rows
    )
    return written.getvalue().encode("utf-8-sig")


def _text(cell: Cell, point: str) -> str:
    if cell is None:
        return ""
    if isinstance(cell, str):
        harmless = not cell.startswith(_FORMULA) or _NEGATIVE.fullmatch(cell)
        return cell if harmless else f"'{cell}"
    if isinstance(cell, float):
        return repr(cell).removesuffix(".0").replace(".", point)
    return cell.isoformat() if isinstance(cell, dt.date) else str(cell)
