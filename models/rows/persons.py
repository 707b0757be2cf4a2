"""Who the persons are: each stands there once, and in one of the groups."""

from __future__ import annotations

from collections.abc import Iterator

from models.rows.frame import TREATED, RowProblem
from models.rows.numbers import missing
from models.rows.scan import Flaw
from models.rows.secrecy import personal
from models.rows.source import Groups, RowSource
from models.rows.table import Table, Value, text

# Fewer are never a group: what is said of it would be said of a child.
LEAST_PERSONS = 5


def person_problems(source: RowSource, table: Table) -> Iterator[RowProblem]:
    """Yield what is wrong with the column that tells persons apart."""
    cells = table.columns.get(source.person, [])
    rows: dict[str, list[int]] = {}
    for cell, place in zip(cells, table.places, strict=bool(cells)):
        rows.setdefault("" if missing(cell) else text(cell), []).append(place)
    if lacking := rows.pop("", []):
        yield RowProblem("rows_person_missing", source.person, tuple(lacking))
    if numbers := sorted(
        place for one, places in rows.items() if personal(one) for place in places
    ):
        yield RowProblem("rows_person_number", source.person, tuple(numbers))
    twice = sorted(place for places in rows.values() if len(places) > 1 for place in places)
    if twice:
        yield RowProblem("rows_person_twice", source.person, tuple(twice))


def groups_of(
    source: RowSource, table: Table, least: int
) -> tuple[tuple[str, ...], list[RowProblem]]:
    """Return the group of each person, and what is wrong with them.

    Args:
        source: what stands in the file for each group.
        table: what was read.
        least: fewest persons that the model can be fitted to.
    """
    count = len(table.places)
    needed = least if source.group else max(least, LEAST_PERSONS)
    problems = [RowProblem("rows_few", context={"allowed": needed})] if count < needed else []
    if source.group is None:
        return (TREATED,) * count, problems
    found, wrong = _grouped(source.group, table)
    return found, problems + wrong


def _grouped(groups: Groups, table: Table) -> tuple[tuple[str, ...], list[RowProblem]]:
    named = {groups.treated: TREATED, **{value: name for name, value in groups.compared.items()}}
    if groups.column not in table.columns:
        return (), []
    lacking, strange, found = [], [], []
    for cell, place in zip(table.columns[groups.column], table.places, strict=True):
        if _nothing(cell):
            lacking.append(place)
        elif text(cell) not in named:
            strange.append(place)
        else:
            found.append(named[text(cell)])
    problems = []
    if lacking:
        problems.append(RowProblem("rows_group_missing", groups.column, tuple(lacking)))
    if strange:
        context = {"allowed": ", ".join(named)}
        problems.append(RowProblem("rows_group_unknown", groups.column, tuple(strange), context))
    if not lacking and not strange:
        problems += _sized(groups, named, found)
    return tuple(found), problems


def _nothing(cell: Value) -> bool:
    return isinstance(cell, Flaw) or missing(cell)


def _sized(groups: Groups, named: dict[str, str], found: list[str]) -> Iterator[RowProblem]:
    for value, group in named.items():
        count = found.count(group)
        if count == 0:
            yield RowProblem("rows_group_empty", groups.column, context={"found": value})
        elif count < LEAST_PERSONS:
            # How many they are would already say something of them.
            context = {"found": value, "allowed": LEAST_PERSONS}
            yield RowProblem("rows_group_small", groups.column, context=context)
