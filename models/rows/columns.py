"""The columns of numbers and words that a model reads, and everything that is wrong with them."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field

from models.language import say
from models.quantity import Dimension
from models.rows.frame import RowProblem
from models.rows.numbers import Numbers, missing, numbers
from models.rows.scan import Flaw
from models.rows.source import Column, Covariate, RowSource
from models.rows.table import Table, Value, text
from models.rows.units import dimension_of

Values = dict[str, tuple[float | None, ...]]
# Told in this order, whichever comes first in the file.
_CODES = (
    "rows_error", "rows_formula", "rows_missing", "rows_not_a_number", "rows_unclear",
    "rows_not_finite", "rows_out_of_range",
)  # fmt: skip
_FLAWS = {"cell_error": "rows_error", "cell_formula": "rows_formula"}


@dataclass(eq=False, repr=False)
class Taken:
    """What a model reads. Never printed, stored or compared.

    Attributes:
        columns, covariates: as in :class:`models.rows.frame.Frame`.
        problems: what is wrong.
        marks: decimal mark → row numbers where it is used, in any column.
    """

    columns: Values = field(default_factory=dict)
    covariates: Values = field(default_factory=dict)
    problems: list[RowProblem] = field(default_factory=list)
    marks: dict[str, set[int]] = field(default_factory=dict)


def take(
    source: RowSource, known: Mapping[str, Dimension], may_lack: Collection[str], table: Table
) -> Taken:
    """Return what a model reads of a table.

    Args:
        source: what is where in the file, and what an empty cell means.
        known: the model's own columns, with dimension.
        may_lack: columns and covariates in which the model can do with empty cells.
        table: what was read.
    """
    taken = Taken()
    for name, column in source.columns.items():
        if name in known:
            empty = _empty(name, source, may_lack)
            values = _numbers(column, known[name], empty, table, taken)
            if values and all(value == 0.0 for value in values):
                taken.problems.append(RowProblem("rows_all_zero", column.column))
            taken.columns[name] = values
    for name, covariate in source.covariates.items():
        found = _covariate(name, covariate, _empty(name, source, may_lack), table, taken)
        for key, values in found.items():
            if values and len(set(values)) == 1:
                taken.problems.append(_constant(key, covariate))
            taken.covariates[key] = values
    taken.problems += _mixed(taken.marks)
    return taken


def _empty(name: str, source: RowSource, may_lack: Collection[str]) -> str:
    """The code of what is wrong with an empty cell; none where it is modelled."""
    if name not in may_lack:
        return "rows_not_modelled"
    return "" if source.missing == "model" else "rows_missing"


def _numbers(
    column: Column, dimension: Dimension, empty: str, table: Table, taken: Taken
) -> tuple[float | None, ...]:
    """The values of a column; what is wrong is noted, and then there are none."""
    cells = table.columns.get(column.column)
    if cells is None:
        return ()
    try:
        found = numbers(cells, table.places, dimension, column.unit)
    except ValueError:  # the unit does not suit, which is told of the scenario
        return ()
    for mark, places in found.marks.items():
        taken.marks.setdefault(mark, set()).update(places)
    problems = list(_wrong(column.column, found, empty))
    taken.problems += problems
    return () if problems else tuple(found.values)


def _wrong(heading: str, found: Numbers, empty: str) -> Iterator[RowProblem]:
    for code in _CODES:
        rows = tuple(sorted(found.wrong.get(code, ())))
        told = empty if code == "rows_missing" else code
        if rows and told:
            yield RowProblem(told, heading, rows, {"allowed": found.allowed})


def _covariate(name: str, covariate: Covariate, empty: str, table: Table, taken: Taken) -> Values:
    if covariate.levels is not None:
        return _levels(name, covariate, empty, table, taken)
    dimension = dimension_of(covariate.unit)
    if dimension is None:
        return {}
    return {name: _numbers(covariate, dimension, empty, table, taken)}


def _levels(name: str, covariate: Covariate, empty: str, table: Table, taken: Taken) -> Values:
    """A column of 0 and 1 for each level but the first."""
    levels = covariate.levels or ()
    read: list[str | None] = []
    wrong: dict[str, list[int]] = {}
    cells = table.columns.get(covariate.column, [])
    for cell, place in zip(cells, table.places, strict=bool(cells)):
        level, code = _level(cell, levels)
        read.append(level)
        if told := empty if code == "rows_missing" else code:
            wrong.setdefault(told, []).append(place)
    context = {"allowed": ", ".join(levels)}
    taken.problems += [
        RowProblem(code, covariate.column, tuple(rows), context) for code, rows in wrong.items()
    ]
    if wrong or not read:
        return {}
    if levels[0] not in read:
        taken.problems.append(_constant(f"{name}.{levels[0]}", covariate))
    return {
        f"{name}.{one}": tuple(None if level is None else float(level == one) for level in read)
        for one in levels[1:]
    }


def _level(cell: Value, levels: tuple[str, ...]) -> tuple[str | None, str]:
    """The level in a cell, and the code of what is wrong with it."""
    if isinstance(cell, Flaw):
        return None, _FLAWS[cell.code]
    if text(cell) in levels:
        return text(cell), ""
    return None, "rows_missing" if missing(cell) else "rows_level"


def _constant(key: str, covariate: Covariate) -> RowProblem:
    """A covariate that is the same for everyone tells nobody apart."""
    _, _, level = key.partition(".")
    code = "rows_level_constant" if level else "rows_constant"
    return RowProblem(code, covariate.column, context={"found": level} if level else {})


def _mixed(marks: Mapping[str, set[int]]) -> Iterator[RowProblem]:
    """Yield where the rarer decimal mark stands, when the file has both."""
    if len(marks) > 1:
        rarer = min(marks, key=lambda mark: (len(marks[mark]), mark))
        mark = say("decimalkomma") if rarer == "," else say("decimalpunkt")
        yield RowProblem("rows_mixed", rows=tuple(sorted(marks[rarer])), context={"found": mark})
