"""Rows about persons that the evidence of a scenario rests on: read, checked, handed on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from models.language import say, say_count
from models.rows.frame import RowProblem
from models.rows.read import Reads, Unfit, read
from models.rows.source import RowSource
from models.spec import Evidence
from models.spoken import listed
from simulate.errors import Path as Key
from simulate.errors import Problem
from simulate.scenario.tree.scenario import Scenario

_MOST_NAMED = 10


def read_rows[Kind: Scenario](
    scenario: Kind, folder: Path, unsound: frozenset[str] = frozenset()
) -> tuple[Kind, list[Problem]]:
    """Return a scenario with its rows, and everything that is wrong with them.

    Args:
        scenario: as read; the same is returned when no evidence rests on rows.
        folder: that the names of the files start from, and that they must lie in.
        unsound: parts of the scenario that could not be read.
    """
    if "evidence" in unsound:
        return scenario, []
    evidence: dict[str, Evidence] = {}
    problems: list[Problem] = []
    for block, spec in scenario.evidence.items():
        source = spec.source_of_rows
        if source is None:
            continue
        try:
            evidence[block] = _holding(spec, source, folder)
        except Unfit as error:
            problems += [_problem(block, source, one) for one in error.problems]
    if evidence:
        held = {"evidence": {**scenario.evidence, **evidence}}
        scenario = scenario.model_copy(update=held)
    return scenario, problems


def _holding(spec: Evidence, source: RowSource, folder: Path) -> Evidence:
    reads = Reads(spec.COLUMNS, spec.needed_columns, spec.may_lack, spec.least_rows)
    frame = read(source, reads, folder)
    if found := list(spec.row_problems(frame)):
        raise Unfit(found)
    return spec.model_copy(update={"rows": source.holding(frame)})


def digests(scenario: Scenario) -> dict[str, str]:
    """Return the checksum of the rows of each evidence block that has read any."""
    sources = ((block, spec.source_of_rows) for block, spec in scenario.evidence.items())
    return {block: source.frame.digest for block, source in sources if source is not None}


def synthetic_blocks(scenario: Scenario) -> tuple[str, ...]:
    """Return the evidence blocks that rest on rows that are made up, by what the scenario says."""
    sources = ((block, spec.source_of_rows) for block, spec in scenario.evidence.items())
    return tuple(block for block, source in sources if source is not None and source.synthetic)


def _problem(block: str, source: RowSource, found: RowProblem) -> Problem:
    key = found.key or _key_of(source, found.column)
    column = source.columns.get(found.column)
    context: dict[str, Any] = {
        "file": source.file,
        "column": column.column if column else found.column,
        "rows": places(found.rows),
        **found.context,
    }
    return Problem(found.code, ("evidence", block, "rows", *key), context)


def _key_of(source: RowSource, column: str) -> Key:
    """Return where in its table a scenario names a column."""
    return next((key for key, name in _named(source) if column in (name, key[-1])), ("file",))


def _named(source: RowSource) -> Iterator[tuple[Key, str]]:
    yield ("person",), source.person
    if source.group is not None:
        yield ("group",), source.group.column
    for name, column in source.columns.items():
        yield ("columns", name), column.column
    for name, covariate in source.covariates.items():
        yield ("covariates", name), covariate.column


def places(rows: Sequence[int]) -> str:
    """Return row numbers as people write them, the first ten and how many more there are.

    Example:
        >>> places([7]), places([2, 3, 9]), places(range(2, 14))[-13:]
        ('rad 7', 'raderna 2, 3 och 9', '11 och 2 till')
    """
    if len(rows) == 1:
        return say("rad {row}", row=rows[0])
    named = [str(row) for row in rows[:_MOST_NAMED]]
    more = len(rows) - _MOST_NAMED
    if more > 0:
        numbers = say_count(
            "{numbers} och {count} till", "{numbers} och {count} till", more,
            numbers=", ".join(named),
        )  # fmt: skip
        return say("raderna {rows}", rows=numbers)
    return say("raderna {rows}", rows=listed(named)) if rows else ""
