"""Rows are a part of a scenario: read where they lie, every problem told with its line."""

from __future__ import annotations

from pathlib import Path

import pytest

from simulate.errors import BadInput, Problem
from simulate.scenario.read import load, to_fit, with_rows
from tests.rows.tiny import lines, written


def found(path: Path) -> tuple[Problem, ...]:
    """Return what is wrong with a scenario and its rows."""
    with pytest.raises(BadInput) as caught:
        to_fit(str(path))
    return caught.value.problems


def test_rows_are_read_where_they_lie(scenario: Path) -> None:
    """The frame holds the rows in file order, in canonical units, with their row numbers."""
    written(scenario.parent, lines())
    frame = to_fit(str(scenario)).scenario.evidence["tiny"].source_of_rows.frame
    assert frame.columns["days"] == tuple(10.0 * row for row in range(2, 14))
    assert frame.places == tuple(range(2, 14))
    assert frame.count("treated") == frame.count("comparison") == 6
    loaded = load(scenario)
    with pytest.raises(RuntimeError):
        _ = loaded.scenario.evidence["tiny"].source_of_rows.frame
    again = with_rows(loaded, scenario.parent)
    assert again.scenario.evidence["tiny"].source_of_rows.frame.digest == frame.digest


def test_problems_of_scenario_and_rows_come_together(scenario: Path) -> None:
    """A slip in the contract and bad cells are told at once, each with its line."""
    written(scenario.parent, lines({3: "tolv", 5: "-4", 6: ""}))
    text = scenario.read_text(encoding="utf-8")
    slipped = text.replace('type = "investor"', 'type = "invester"')
    scenario.write_text(slipped, encoding="utf-8")
    at = text.split("\n").index('columns.days = { column = "hvb_dygn", unit = "dygn" }') + 1
    problems = found(scenario)
    assert [(one.code, one.context.get("rows")) for one in problems] == [
        ("not_one_of", None),
        ("rows_missing", "rad 6"),
        ("rows_not_a_number", "rad 3"),
        ("rows_out_of_range", "rad 5"),
    ]
    assert {one.line for one in problems[1:]} == {at}
    assert problems[1].key == "evidence.tiny.rows.columns.days"


@pytest.mark.parametrize(
    ("headings", "close"),
    [
        (["barn", "grupp", "HVB-dygn"], "HVB-dygn"),
        (["barn", "grupp", "hvb_dygn2"], ""),  # a digit may be a child's
        (["barn", "grupp", "hvbdygn", "7777"], ""),  # numbers: no line of headings
        (["barn", "grupp", "annat"], ""),
        (["barn7", "insats", "7777"], ""),
    ],
)
def test_a_heading_is_suggested_only_where_it_surely_is_one(
    scenario: Path, headings: list[str], close: str
) -> None:
    """A first line may be a child's: what it holds is then not shown, however like it is."""
    body = [[*line, "1"][: len(headings)] for line in lines()[1:]]
    written(scenario.parent, [headings, *body])
    problems = found(scenario)
    assert [one.context.get("close", "") for one in problems] == [close]
    if not close:
        assert not any(
            one in problems[0].text() for one in {*headings} - {"barn", "grupp", "insats"}
        )
