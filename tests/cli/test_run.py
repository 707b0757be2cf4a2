"""simulate run from end to end, on a scenario without evidence and on fits that fail."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from tests.cli.calls import Answer, Caller, subprocess_call
from tests.cli.cases import VALID

RUN = ("run", VALID, "--draws", "4096", "--seed", "7")

EVIDENCE = """
[evidence.studie]
model = "cost_comparison"
treated = { n = 21, total = "20 mkr" }
comparison = { n = 19, total = "21 mkr" }
sampling = { draws = 10, tune = 10, chains = 2 }

[evidence.studie.prior]
level = { lognormal = { median = "1 mkr", sigma = 1.0 } }
cv = { interval = [0.4, 1.2], family = "lognormal" }
mean_effect = { normal = { mean = 0, sd = 0.1 } }
between_place_sd = 0.1
comparison_bias = { normal = { mean = 0, sd = 0.2 } }
"""


def contents(folder: Path) -> dict[str, bytes]:
    """Return every file of all runs in a folder, without the one that may differ."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != "timings.json" and ".cache" not in path.parts
    }


@pytest.fixture(scope="module")
def stored(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Answer]:
    """The folder of a run in a process of its own, and what the process said."""
    folder = tmp_path_factory.mktemp("first")
    return folder, subprocess_call(*RUN, "--format", "json", "--output", folder)


def test_figures_go_to_stdout(stored: tuple[Path, Answer]) -> None:
    """Stdout is the figures and nothing else; without a terminal no progress is shown."""
    _, answer = stored
    assert (answer.code, answer.err) == (0, "")
    plain = json.loads(answer.out)
    assert (plain["scenario"], plain["seed"], plain["draws"]) == ("litet", 7, 4096)
    assert plain["diagnostics"] == {"verdict": "pass", "codes": [], "reasons": []}
    assert len(plain["measures"]) > 20
    for measure in plain["measures"]:
        assert {"party", "measure", "value", "mcse", "unit", "status"} <= set(measure)


def test_what_is_stored(stored: tuple[Path, Answer]) -> None:
    """The run folder holds what was said, and no half-written neighbour."""
    folder, answer = stored
    plain = json.loads(answer.out)
    made = folder / "litet" / plain["run_id"]
    assert {path.name for path in (folder / "litet").iterdir()} == {plain["run_id"]}
    assert (made / "risk.json").read_text(encoding="utf-8") == answer.out
    names = {"scenario.toml", "manifest.json", "result.nc", "report.sv.html", "timings.json"}
    assert names <= {path.name for path in made.iterdir()}


def test_same_bytes_elsewhere(stored: tuple[Path, Answer], call: Caller, tmp_path: Path) -> None:
    """The same run in another folder and process has the same bytes in every file but timings."""
    answer = call(*RUN, "--format", "json", "--output", tmp_path)
    assert (answer.code, answer.out) == (0, stored[1].out)
    assert contents(tmp_path) == contents(stored[0])


@pytest.mark.slow
def test_same_bytes_in_english(stored: tuple[Path, Answer], call: Caller, tmp_path: Path) -> None:
    """What is stored but the page, and what programs read, is the same in every language."""
    answer = call(*RUN, "--lang", "en", "--format", "json", "--output", tmp_path)
    assert (answer.code, answer.out) == (0, stored[1].out)
    found, wanted = contents(tmp_path), contents(stored[0])
    english = {name for name in found if name.endswith("report.en.html")}
    swedish = {name for name in wanted if name.endswith("report.sv.html")}
    assert len(english) == len(swedish) == 1
    assert {n: found[n] for n in found.keys() - english} == {
        n: wanted[n] for n in wanted.keys() - swedish
    }


@pytest.mark.slow
def test_two_languages_in_one_folder(call: Caller, tmp_path: Path) -> None:
    """The same run in another language adds its page, and leaves all else."""
    assert call(*RUN, "--output", tmp_path).code == 0
    before = contents(tmp_path)
    assert call(*RUN, "--lang", "en", "--output", tmp_path).code == 0
    both = contents(tmp_path)
    added = both.keys() - before.keys()
    assert [name.rpartition("/")[2] for name in added] == ["report.en.html"]
    assert {name: both[name] for name in before} == before
    assert call(*RUN, "--lang", "en", "--output", tmp_path).code == 0
    assert contents(tmp_path) == both


def test_an_existing_run_is_left(stored: tuple[Path, Answer], call: Caller) -> None:
    """Running again compares with what is there and leaves it, timings included."""
    folder, _ = stored
    before = {path: path.stat().st_mtime_ns for path in folder.rglob("*") if path.is_file()}
    answer = call(*RUN, "--output", folder)
    assert answer.code == 0
    assert "Fonden" in answer.out
    assert {path: path.stat().st_mtime_ns for path in before} == before


def test_a_changed_run_is_told(stored: tuple[Path, Answer], call: Caller, tmp_path: Path) -> None:
    """A stored run that has been tampered with is told by name, and is not mended in silence."""
    shutil.copytree(stored[0], tmp_path, dirs_exist_ok=True)
    risk = next(tmp_path.rglob("risk.json"))
    risk.write_text("{}", encoding="utf-8")
    answer = call(*RUN, "--output", tmp_path)
    assert answer.code == 1
    assert "skiljer sig i risk.json" in answer.err and "åtgärd: " in answer.err
    assert risk.read_text(encoding="utf-8") == "{}"


@pytest.mark.parametrize("place", ["taken", "taken/below"])
def test_no_folder_to_write_in(call: Caller, tmp_path: Path, place: str) -> None:
    """A folder that cannot be made is bad input, told at once, and what is there is left."""
    (tmp_path / "taken").write_text("mine", encoding="utf-8")
    answer = call(*RUN, "--output", tmp_path / place)
    assert (answer.code, answer.out) == (2, "")
    assert "--output: mappen går inte att använda" in answer.err and "åtgärd: " in answer.err
    assert [path.name for path in tmp_path.iterdir()] == ["taken"]


@pytest.mark.slow
def test_folder_of_the_scenario_is_taken(call: Caller, tmp_path: Path) -> None:
    """A file in the place of the scenario's own folder fails the run, and nothing is half-made."""
    (tmp_path / "litet").write_text("mine", encoding="utf-8")
    answer = call(*RUN, "--output", tmp_path)
    assert (answer.code, answer.out) == (1, "")
    assert "kan inte skrivas" in answer.err
    assert [path.name for path in tmp_path.iterdir() if path.name != ".cache"] == ["litet"]


@pytest.mark.slow  # compiles a model: half of the time of all tests of the command line
def test_failed_diagnosis(call: Caller, tmp_path: Path) -> None:
    """A fit that fails its diagnosis ends with 1 and stores no run, unless it is accepted."""
    scenario = tmp_path / "short.toml"
    text = Path(VALID).read_text(encoding="utf-8") + EVIDENCE
    effect = "effect = { normal = { mean = -0.1, sd = 0.1 } }"
    text = text.replace(effect, 'effect = { evidence = "studie.log_ratio_new" }')
    scenario.write_text(text, encoding="utf-8")
    output = tmp_path / "out"
    answer = call("run", scenario, "--draws", "4096", "--output", output)
    assert (answer.code, answer.out) == (1, "")
    assert "diagnosen underkänner anpassningen" in answer.err
    assert "--accept-failed" in answer.err
    assert not (output / "litet").exists()
    accepted = call("run", scenario, "--draws", "4096", "--output", output, "--accept-failed",
                    "--format", "json")  # fmt: skip
    assert accepted.code == 0
    assert json.loads(accepted.out)["diagnostics"]["verdict"] == "fail"
