"""Rows in a Parquet file, as statistics programs write them."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

from models.rows.frame import Refused, RowProblem
from models.rows.place import LARGEST_FILE, too_large, unreadable
from models.rows.table import MOST_ROWS, Line, Table, Value, gather, too_many


def read_parquet(path: Path, wanted: Collection[str]) -> Table:
    """Return the table in a Parquet file; its first person has row 2, below headings on row 1.

    Args:
        path: of the file.
        wanted: headings of the columns to keep.

    Raises:
        Refused: it cannot be read as a table.
    """
    from pyarrow import ArrowException, parquet  # slow to import, and used only here

    try:
        with parquet.ParquetFile(path) as file:
            names = [str(name) for name in file.schema_arrow.names]
            return gather(_lines(file, names, wanted), wanted, every=True)
    except (Refused, MemoryError):
        raise
    except OSError as error:
        if error.errno is None:  # the library's own error of a damaged file
            raise Refused(RowProblem("rows_parquet_broken")) from None
        raise unreadable(error) from None
    except (ArrowException, ValueError, TypeError, KeyError, ArithmeticError):
        raise Refused(RowProblem("rows_parquet_broken")) from None


def _lines(file: Any, names: list[str], wanted: Collection[str]) -> Iterator[Line]:
    """Yield the headings, then the rows; what is not asked for is told of and never read."""
    if file.metadata.num_rows > MOST_ROWS:
        raise too_many()
    size = sum(file.metadata.row_group(at).total_byte_size for at in range(file.num_row_groups))
    if size > 4 * LARGEST_FILE:
        raise too_large()
    # Nested columns are none of those that can be asked for.
    read = [name for name in names if name in wanted and names.count(name) == 1]
    columns: dict[str, list[Value]] = {name: [] for name in read}
    for batch in file.iter_batches(columns=read) if read else ():
        for name, cells in zip(batch.schema.names, batch.columns, strict=True):
            columns[name].extend(map(_plain, cells.to_pylist()))
    yield 1, names
    for row in range(file.metadata.num_rows):
        yield row + 2, [columns[name][row] if name in columns else None for name in names]


def _plain(cell: Any) -> Any:
    """A value as a cell of any other file; something nested is no value."""
    if isinstance(cell, Decimal):
        return float(cell)
    if isinstance(cell, bytes):
        return cell.decode("utf-8", errors="replace")
    if isinstance(cell, dict | list | tuple):
        return str(type(cell))
    return cell
