"""Tables as the CSV that a Swedish Excel opens with a double click.

UTF-8 with BOM, semicolons, decimal commas, CRLF.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Iterable

Cell = str | int | float | dt.date | None
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def as_csv(rows: Iterable[Iterable[Cell]]) -> bytes:
    r"""Return the bytes of a file with ``rows``.

    Text that a spreadsheet would take for a formula is preceded by an apostrophe.

    Example:
        >>> as_csv([["a", 1.5, None], ["=b", "c;d", 2]]).decode("utf-8-sig")
        'a;1,5;\r\n\'=b;"c;d";2\r\n'
    """
    written = io.StringIO(newline="")
    csv.writer(written, delimiter=";", lineterminator="\r\n").writerows(
        [_text(cell) for cell in row] for row in rows
    )
    return written.getvalue().encode("utf-8-sig")


def _text(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, str):
        return f"'{cell}" if cell.startswith(_FORMULA) else cell
    if isinstance(cell, float):
        return repr(cell).removesuffix(".0").replace(".", ",")
    return cell.isoformat() if isinstance(cell, dt.date) else str(cell)
