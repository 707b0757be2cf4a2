"""Each way in which rows can be wrong is told once and where it is, never with their content."""

from __future__ import annotations

import string
from pathlib import Path

import pytest

from simulate.errors import BadInput, Problem
from simulate.language.problems import PROBLEMS
from simulate.language.row_problems import ROWS
from simulate.scenario.read import to_fit
from tests.rows.cases import CASES, CODES, IN_RUNS, Case


def brought_about(case: Case, scenario: Path) -> tuple[Problem, ...]:
    """Return what is wrong when the files of a case lie beside a scenario."""
    data = scenario.parent / "data"
    data.mkdir()
    (data / "mapp.csv").mkdir()
    (data / "krets.csv").symlink_to("krets.csv")
    if case.content is not None:
        (scenario.parent / case.name).write_bytes(case.content)
    text = scenario.read_text(encoding="utf-8")
    for old, new in case.changes.items():
        assert old in text
        text = text.replace(old, new)
    scenario.write_text(text, encoding="utf-8", newline="\n")
    with pytest.raises(BadInput) as caught:
        to_fit(str(scenario))
    return caught.value.problems


def test_every_code_has_a_case() -> None:
    """No message exists that no file brings about."""
    assert set(ROWS) == CODES - IN_RUNS


@pytest.mark.parametrize("code", sorted(CASES))
def test_a_bad_file_is_refused(code: str, scenario: Path) -> None:
    """The code comes alone, on a line, under its key, and names the rows and no others."""
    case = CASES[code]
    problem, *more = brought_about(case, scenario)
    assert (problem.code, more) == (code, [])
    assert problem.key == ".".join(filter(None, ("evidence.tiny.rows", case.key)))
    assert problem.line > 0
    assert problem.context.get("rows", "") == case.rows
    words = PROBLEMS[code]
    for part in (words.found, words.allowed, words.remedy):
        names = {name for _, name, _, _ in string.Formatter().parse(part) if name}
        assert names - {"meant"} <= set(problem.context)
    if case.rows:
        assert case.rows in problem.words.found
