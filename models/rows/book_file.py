"""Rows in a sheet of an Excel workbook; errors and formulas that are not worked out are seen."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Collection
from pathlib import Path

from models.rows.frame import Refused, RowProblem
from models.rows.place import LARGEST_FILE, too_large, unreadable
from models.rows.scan import Beyond, Found, Part, scan_sheet, sheets_of
from models.rows.table import MOST_ROWS, Table, Value, gather, too_many

_OLD = b"\xd0\xcf\x11\xe0"  # how old Excel files begin, and new ones with a password
_LARGEST_BOOK = 4 * LARGEST_FILE  # all parts together, unpacked


def read_book(path: Path, sheet: str | None, wanted: Collection[str]) -> Table:
    """Return the table in a sheet of a workbook.

    Args:
        path: of the file.
        sheet: its name; may be left out where there is but one.
        wanted: headings of the columns to keep.

    Raises:
        Refused: it cannot be read as a table.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise unreadable(error) from None
    if data.startswith(_OLD):
        raise Refused(RowProblem("rows_locked"))
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as book:
            if sum(part.file_size for part in book.infolist()) > _LARGEST_BOOK:
                raise too_large()
            name, part = _chosen(sheets_of(book), sheet)
            found = scan_sheet(book, part, Found(last_row=MOST_ROWS + 1, stops=True))
        rows = _values(data, name)
    except Beyond:
        raise too_many() from None
    except (Refused, MemoryError):
        raise
    except Exception:  # a damaged archive can make the library raise nearly anything
        raise Refused(RowProblem("rows_book_broken")) from None
    return gather(enumerate(_marked(rows, found), start=1), wanted)


def _chosen(sheets: dict[str, Part], asked: str | None) -> tuple[str, Part]:
    """Return the sheet that is meant. Names of sheets may say whom they are about."""
    if asked is None and len(sheets) != 1:
        raise Refused(RowProblem("rows_sheets", context={"found": len(sheets)}))
    name = next(iter(sheets)) if asked is None else asked
    if name not in sheets:
        raise Refused(RowProblem("rows_sheet_missing", context={"found": name}, key=("sheet",)))
    return name, sheets[name]


def _values(data: bytes, name: str) -> list[list[Value]]:
    import python_calamine  # slow to import, and used only here

    try:
        with python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data)) as book:
            return [list(row) for row in book.get_sheet_by_name(name).to_python(False)]
    except (KeyboardInterrupt, SystemExit, MemoryError):
        raise
    except BaseException:  # a panic of the library is no Exception
        raise Refused(RowProblem("rows_book_broken")) from None


def _marked(rows: list[list[Value]], found: Found) -> list[list[Value]]:
    """Put the flaws where they stand; some lie outside what the library calls filled."""
    width = max([len(row) for row in rows] + [column + 1 for _, column in found.flaws])
    for (row, column), flaw in found.flaws.items():
        while len(rows) <= row:
            rows.append([""] * width)
        rows[row] += [""] * (width - len(rows[row]))
        rows[row][column] = flaw
    return [[*row, *[""] * (width - len(row))] for row in rows]
