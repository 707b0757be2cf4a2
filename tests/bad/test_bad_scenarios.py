"""One bad scenario for each way to be wrong; its first lines say what must be found.

The headers are read off the files, never copied from what the program says.
"""

from __future__ import annotations

import string
from pathlib import Path

import pytest

from simulate.errors import BadInput, Problem
from simulate.language.problems import PROBLEMS
from simulate.scenario.read import load
from tests.cli.cases import CODES as ON_THE_COMMAND_LINE
from tests.models_layer.days_cases import CODES as IN_DAYS
from tests.models_layer.row_cases import CODES as OF_MODELS
from tests.rows.cases import CODES as IN_ROWS
from tests.sheets.cases import CODES as IN_FORMS

HERE = Path(__file__).parent
FILES = sorted(HERE.glob("[!_]*.toml"))
EMPTY = {"code": "empty_file", "line": "0", "key": "-", "found": "filen är tom"}


def expected(path: Path) -> dict[str, str]:
    """Return what the first lines of a file say that must be found in it."""
    lines = path.read_text(encoding="utf-8", errors="replace").split("\n")[:4]
    if path.stem == EMPTY["code"]:
        return EMPTY
    return dict(line[2:].split(": ", 1) for line in lines)


def problems(path: Path) -> tuple[Problem, ...]:
    """Return what is wrong with a file."""
    with pytest.raises(BadInput) as caught:
        load(path)
    return caught.value.problems


def test_the_plain_scenario_is_good() -> None:
    """What every bad file is a variant of has no problem at all."""
    assert load(HERE / "_valid.toml").scenario.id == "litet"


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.stem))
def test_bad_scenario(path: Path) -> None:
    """Exactly the one thing that is wrong is told, on its line and under its key."""
    want = expected(path)
    found = problems(path)
    assert [(one.code, str(one.line), one.key or "-") for one in found] == [
        (want["code"], want["line"], want["key"])
    ]
    words = found[0].words
    if path.stem != "not_utf8":  # its header cannot be read in either encoding
        assert words.found.startswith(want["found"])
    for part in (words.found, words.allowed, words.remedy):
        assert part.strip(" –")
        assert not any(mark in part for mark in ("<class", "None", "Number(", "datetime"))


def test_every_code_has_a_bad_file() -> None:
    """No message exists that no bad scenario or command line brings about, and none is missing."""
    covered = {expected(path)["code"] for path in FILES} | set(ON_THE_COMMAND_LINE)
    covered |= IN_FORMS | IN_DAYS | IN_ROWS | OF_MODELS
    assert set(PROBLEMS) == covered


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.stem))
def test_messages_are_complete(path: Path) -> None:
    """Whatever a message asks for is in what was found: no gap is filled with a dash."""
    for one in problems(path):
        words = PROBLEMS[one.code]
        for part in (words.found, words.allowed, words.remedy):
            names = {name for _, name, _, _ in string.Formatter().parse(part) if name}
            assert names - {"meant"} <= set(one.context), one.code


def test_all_at_once(tmp_path: Path) -> None:
    """Slips in different parts of a file are told together, in the order of their lines."""
    slips = {
        'type = "investor"': 'type = "invester"',
        'provider = "kommun"': 'provider = "komun"',
        "indexation = 0": "indexation = { value = 1.4, sorce = 3 }",
        "pays_on = 2024-12-31": "pays_on = 2034-12-31",
    }
    text = (HERE / "_valid.toml").read_text(encoding="utf-8")
    for old, new in slips.items():
        text = text.replace(old, new, 1)
    path = tmp_path / "slips.toml"
    path.write_text(text, encoding="utf-8")
    found = [(one.code, one.key) for one in problems(path)]
    assert found == [
        ("not_one_of", "parties.fond.type"),
        ("unknown_party", "programme.provider"),
        ("unknown_key", "measurements.saving.indexation.sorce"),
        ("share_out_of_range", "measurements.saving.indexation"),
        ("outside_horizon", "contract.pays_on"),
    ]
