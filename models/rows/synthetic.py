"""Rows that are made up say so themselves, so that they are never taken for real ones."""

from __future__ import annotations

from collections.abc import Iterator

from models.rows.frame import RowProblem
from models.rows.source import RowSource
from models.rows.table import Table, text

# Heading and content of a column that every file of made-up rows has; also part of its name.
COLUMN = "syntetisk"
YES = "ja"


def synthetic_problems(source: RowSource, table: Table) -> Iterator[RowProblem]:
    """Yield where the file and the scenario do not agree on whether the rows are made up."""
    cells = table.columns.get(COLUMN)
    if cells is None:
        if COLUMN in source.file.casefold() and not source.synthetic:
            yield RowProblem("rows_synthetic", key=("synthetic",))
        return
    marked = [text(cell).casefold() == YES for cell in cells]
    rest = tuple(place for place, made in zip(table.places, marked, strict=True) if not made)
    if rest and len(rest) < len(marked):
        yield RowProblem("rows_synthetic_some", COLUMN, rest, key=("file",))
    elif bool(rest) == source.synthetic:
        yield RowProblem("rows_synthetic", key=("synthetic",))
