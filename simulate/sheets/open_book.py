"""Open a workbook: every sheet with all its cells, errors and unfinished formulas among them."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping

from models.rows.scan import Found, scan_ods, scan_xlsx
from simulate.errors import BadInput, Problem
from simulate.sheets.grid import Raw, Sheet

LARGEST_FILE = 20_000_000
_OLD = b"\xd0\xcf\x11\xe0"  # how old Excel files begin, and new ones with a password

SCANS: Mapping[str, Callable[[zipfile.ZipFile], dict[str, Found]]] = {
    ".xlsx": scan_xlsx,
    ".ods": scan_ods,
}
REFUSED: Mapping[str, str] = {
    ".xlsm": "book_macros",
    ".xlsb": "book_old",
    ".xls": "book_old",
    ".xltx": "book_old",
    ".xltm": "book_macros",
    ".numbers": "book_old",
}


def open_book(data: bytes, suffix: str) -> list[Sheet]:
    """Return the sheets of a workbook, in its order.

    Args:
        data: the bytes of the file.
        suffix: ``.xlsx`` or ``.ods``.

    Raises:
        BadInput: it cannot be opened, or is far larger than any form.
    """
    if data.startswith(_OLD):
        raise BadInput([Problem("book_locked")])
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as book:
            found = SCANS[suffix](book)
    except MemoryError:
        raise
    except Exception:  # a damaged archive can make the library raise nearly anything
        raise _broken(suffix) from None
    too_large = [
        Problem("sheet_too_large", cell=Sheet(title, []).place(*one.outermost))
        for title, one in found.items()
        if one.outermost
    ]
    if too_large:
        raise BadInput(too_large)
    return [
        Sheet(title, _marked(rows, found[title]), found[title].merged)
        for title, rows in _values(data, suffix).items()
        if title in found
    ]


def _values(data: bytes, suffix: str) -> dict[str, list[list[Raw]]]:
    import python_calamine  # slow to import, and used only here

    try:
        with python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data)) as book:
            return {
                name: [list(row) for row in book.get_sheet_by_name(name).to_python(False)]
                for name in book.sheet_names
            }
    except (KeyboardInterrupt, SystemExit, MemoryError):
        raise
    except BaseException:  # a panic of the library is no Exception
        raise _broken(suffix) from None


def _broken(suffix: str) -> BadInput:
    return BadInput([Problem("book_broken", (), {"found": suffix.removeprefix(".")})])


def _marked(rows: list[list[Raw]], found: Found) -> list[list[Raw]]:
    """Put the flaws where they stand; some lie outside what the library calls filled."""
    for (row, column), flaw in found.flaws.items():
        while len(rows) <= row:
            rows.append([])
        cells = rows[row]
        cells += [""] * (column + 1 - len(cells))
        cells[column] = flaw
    return rows
