"""From a file with one row a person to a frame, or to everything that is wrong with it at once.

What is told of a file is where something is wrong and never what stands there. A heading is data
too, for a file may lack headings: only those that the scenario names are ever shown, and the one
that was probably meant where the first line surely holds headings.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from models.quantity import YEARS, Dimension
from models.rows.book_file import read_book
from models.rows.columns import Taken, take
from models.rows.csv_file import read_csv
from models.rows.frame import Frame, Refused, RowProblem
from models.rows.headings import heading_problems
from models.rows.parquet_file import read_parquet
from models.rows.persons import groups_of, person_problems
from models.rows.place import place_of
from models.rows.source import RowSource
from models.rows.synthetic import COLUMN, synthetic_problems
from models.rows.table import Table
from models.rows.units import dimension_of, unit_problem
from models.units import UNITS


@dataclass(frozen=True, eq=False)
class Reads:
    """What a model reads of rows.

    Attributes:
        columns: name of a column → dimension.
        needed: names of those it cannot do without.
        may_lack: names of columns and covariates in which it can do with empty cells.
        least: fewest persons that it can be fitted to.
    """

    columns: Mapping[str, Dimension]
    needed: Collection[str] = ()
    may_lack: Collection[str] = ()
    least: int = 1


def read(source: RowSource, reads: Reads, folder: Path) -> Frame:
    """Return the rows of a file.

    Args:
        source: which file, and what is where in it.
        reads: what the model reads.
        folder: that the name of the file starts from.

    Raises:
        Unfit: with everything that is wrong.
    """
    problems = list(_mapped(source, reads))
    try:
        table = _table(source, place_of(source.file, folder))
    except Refused as error:
        raise Unfit([*problems, error.problem]) from None
    problems += heading_problems(source, table)
    problems += synthetic_problems(source, table)
    problems += person_problems(source, table)
    group, found = groups_of(source, table, reads.least)
    problems += found
    taken = take(source, reads.columns, reads.may_lack, table)
    problems += taken.problems
    if problems:
        raise Unfit(problems)
    return _frame(group, taken, table)


class Unfit(Exception):
    """Rows that cannot be used; carries every problem that was found, and no value.

    Args:
        problems: what is wrong.
    """

    def __init__(self, problems: Collection[RowProblem]) -> None:
        self.problems = tuple(problems)
        super().__init__(", ".join(problem.code for problem in problems))


def _mapped(source: RowSource, reads: Reads) -> Iterator[RowProblem]:
    """Yield what is wrong with what the scenario says of the columns, whatever the file holds."""
    allowed = ", ".join(reads.columns)
    for name, column in source.columns.items():
        key = ("columns", name)
        if name not in reads.columns:
            context = {"found": name, "allowed": allowed, "close": ""}
            yield RowProblem("rows_column_unknown", context=context, key=key)
        else:
            wrong = unit_problem(reads.columns[name], column.unit, column.column, key)
            if wrong is not None:
                yield wrong
    for name in reads.needed:
        if name not in source.columns:
            yield RowProblem("rows_column_missing", context={"found": name}, key=("columns",))
    for name, covariate in source.covariates.items():
        if dimension_of(covariate.unit) is None:
            allowed = ", ".join(unit for unit in UNITS if "/" not in unit)
            context = {"found": covariate.unit or "", "allowed": allowed}
            context["example"] = f'unit = "{YEARS.unit}"'
            yield RowProblem("unit_unknown", context=context, key=("covariates", name, "unit"))


def _table(source: RowSource, path: Path) -> Table:
    wanted = (*source.headings, COLUMN)
    if path.suffix.lower() == ".parquet":
        return read_parquet(path, wanted)
    if path.suffix.lower() == ".xlsx":
        return read_book(path, source.sheet, wanted)
    return read_csv(path, wanted)


def _frame(group: tuple[str, ...], taken: Taken, table: Table) -> Frame:
    plain = json.dumps([group, taken.columns, taken.covariates], sort_keys=True)
    digest = hashlib.sha256(plain.encode()).hexdigest()
    return Frame(group, taken.columns, taken.covariates, tuple(table.places), digest)
