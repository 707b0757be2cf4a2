"""simulate schema: printed, or written where the scenario lies."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.calls import Caller, modules_after


@pytest.mark.slow  # the whole schema is made again and again
@pytest.mark.parametrize("there", [True, False])
def test_printed_and_written_alike(call: Caller, tmp_path: Path, there: bool) -> None:
    """The same bytes, and a schema that is there already is made anew."""
    printed = call("schema")
    assert (printed.code, printed.err) == (0, "")
    assert json.loads(printed.out)["$schema"].endswith("2020-12/schema")
    path = tmp_path / "scenario.schema.json"
    if there:
        path.write_text("{}", encoding="utf-8")
    written = call("schema", "--output", path)
    assert (written.code, written.out) == (0, f"{path}\n")
    assert path.read_text(encoding="utf-8") == printed.out
    assert [one.name for one in tmp_path.iterdir()] == [path.name]


@pytest.mark.parametrize(
    ("name", "said"),
    [("plan.toml", "slutar inte rätt"), ("none/a.json", "mappen finns inte")],
)
def test_nothing_else_is_written_over(call: Caller, tmp_path: Path, name: str, said: str) -> None:
    """Only a file that is called .json, in a folder that exists."""
    answer = call("schema", "--output", tmp_path / name)
    assert (answer.code, answer.out) == (2, "")
    assert said in answer.err
    assert not list(tmp_path.iterdir())


def test_it_is_light() -> None:
    """Editors ask often: neither numpy nor PyMC."""
    assert not modules_after("schema") & {"numpy", "xarray", "pymc", "scipy"}
