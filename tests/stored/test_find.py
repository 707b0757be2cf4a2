"""How a run is named on the command line."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from simulate.errors import BadInput, Problem
from simulate.folder import MANIFEST
from simulate.stored.find import find_run, runs

# Scenario → its runs, oldest first.
RUNS = {"abba": ("0123456789ab", "0124000000cd"), "skola": ("ffff00000000", "abba11111111")}


@pytest.fixture
def outputs(tmp_path: Path) -> Path:
    """A folder of runs, with what else lies in one."""
    age = 1000
    for scenario, ids in RUNS.items():
        for name in ids:
            manifest = tmp_path / "outputs" / scenario / name / MANIFEST
            manifest.parent.mkdir(parents=True)
            manifest.write_text("{}", encoding="utf-8")
            age += 10
            os.utime(manifest, (age, age))
    for other in (".cache/x", "skola/.making.x", "skola/ffffffffffff"):
        (tmp_path / "outputs" / other).mkdir(parents=True)
    half = tmp_path / "outputs" / "skola" / ".making.y" / MANIFEST
    half.parent.mkdir()
    half.write_text("{}", encoding="utf-8")
    return tmp_path / "outputs"


def wrong(name: str, outputs: Path) -> Problem:
    """Return what is wrong with the name of a run."""
    with pytest.raises(BadInput) as caught:
        find_run(name, outputs)
    (problem,) = caught.value.problems
    return problem


def test_only_whole_runs_are_runs(outputs: Path) -> None:
    """The cache, what killed runs leave behind and folders without a manifest are none."""
    found = [(one.parent.name, one.name) for one in runs(outputs)]
    assert sorted(found) == sorted((name, one) for name, ids in RUNS.items() for one in ids)
    assert list(runs(outputs / "nowhere")) == []


@pytest.mark.parametrize("name", ["0123456789ab", "0123", "01234567"])
def test_an_id_or_how_it_begins(outputs: Path, name: str) -> None:
    """Four characters are enough where no other run begins so."""
    assert find_run(name, outputs) == outputs / "abba" / "0123456789ab"


def test_a_scenario_is_its_newest_run(outputs: Path) -> None:
    """By the time at which it was stored, and although an id begins with the same letters."""
    assert find_run("abba", outputs).name == "0124000000cd"
    os.utime(outputs / "abba" / "0123456789ab" / MANIFEST, (9999, 9999))
    assert find_run("abba", outputs).name == "0123456789ab"


def test_a_folder(outputs: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder is meant by a slash, or by its name where nothing else has it."""
    folder = outputs / "skola" / "ffff00000000"
    assert find_run(str(folder), Path("elsewhere")) == folder
    assert find_run(f"{folder}/", Path("elsewhere")) == folder
    monkeypatch.chdir(outputs / "skola")
    assert find_run("ffff00000000", Path("outputs")) == Path("ffff00000000")


def test_several_begin_so(outputs: Path) -> None:
    """All that do are told."""
    (outputs / "abba" / "012300000000").mkdir()
    (outputs / "abba" / "012300000000" / MANIFEST).write_text("{}", encoding="utf-8")
    problem = wrong("0123", outputs)
    assert problem.code == "run_ambiguous"
    assert problem.words.allowed == "012300000000, 0123456789ab"


@pytest.mark.parametrize("name", ["012", "0123456789abc", "ABBA", "01*3", "", "skol", "."])
def test_no_such_run(outputs: Path, name: str) -> None:
    """What there is is told; three characters are too few, and a star is no joker."""
    problem = wrong(name, outputs)
    assert problem.code == "run_unknown"
    assert "abba 0123456789ab" in problem.words.allowed


def test_only_some_of_many_are_named(outputs: Path) -> None:
    """A message stays short however many runs there are."""
    for number in range(30):
        manifest = outputs / "mycket" / f"{number:012d}" / MANIFEST
        manifest.parent.mkdir(parents=True)
        manifest.write_text("{}", encoding="utf-8")
    assert wrong("zzzz", outputs).words.allowed.endswith("och 26 till")
    assert wrong("zzzz", outputs / "nowhere").words.allowed.endswith("här finns ingen körning")


def test_a_folder_that_is_no_run(outputs: Path) -> None:
    """A folder without a manifest, a file and nothing at all are told apart."""
    manifest = outputs / "abba" / "0123456789ab" / MANIFEST
    found = [
        wrong(str(path), outputs).words.found
        for path in (outputs, manifest, outputs / "nothing" / "here")
    ]
    assert found == [
        "manifest.json saknas i mappen", "sökvägen är en fil", "mappen finns inte"
    ]  # fmt: skip
