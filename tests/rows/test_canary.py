"""No cell of a row is in anything that the program writes, whatever is asked and how it ends.

Sixty-seven persons are planted whose names and numbers can be known again. Every byte that comes
out is searched: what is printed, what is stored, unpacked and as numbers of every size.
"""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from models.evidence import EVIDENCE
from simulate.sweep.plan import Base, plan_of, read_cells
from simulate.sweep.work import Task
from tests.cli.calls import Answer, Caller
from tests.rows.canaries import CANARIES
from tests.rows.planted import PEOPLE, Planted, found_in, stored_in
from tests.rows.tiny import VALID
from tests.support.spread import slow_but

SPOILT = {
    "number": {"{column}": "4711.31337kr"},
    "range": {"{column}": "-4711.31337"},
    "level": {"kon": "kanarieannat"},
    "group": {"grupp": "kanariegrupp"},
    "twice": {"kodnamn": PEOPLE[2]},
    "age": {"alder": "1.2.3"},
    "ragged": {"hemligt": "a;b"},
    "broken": {"hemligt": '"'},
}


# Every fault with one or two of the models, and every model with some; the others wait.
REFUSED = [
    pytest.param(kind, model, marks=() if (row + column) % 3 == 0 else (pytest.mark.slow,))
    for row, kind in enumerate(sorted(SPOILT))
    for column, model in enumerate(sorted(CANARIES))
]


# Two of the models by default.
SOME = pytest.mark.parametrize(
    "planted", slow_but(sorted(CANARIES), ("cost_comparison", "placement_days")), indirect=True
)


def test_every_model_that_reads_rows_has_a_canary() -> None:
    """A new model that reads rows is held to it too."""
    reading = {name for name, spec in EVIDENCE.items() if spec.COLUMNS}
    assert reading <= CANARIES.keys()


@pytest.fixture(params=sorted(CANARIES))
def planted(request: pytest.FixtureRequest, tiny: None) -> Planted:
    """One model at a time."""
    return CANARIES[request.param]


@pytest.fixture
def scenario(planted: Planted, tmp_path: Path) -> Path:
    """Return a scenario with planted rows beside it."""
    (tmp_path / "in" / "data").mkdir(parents=True)
    path = tmp_path / "in" / "scenario.toml"
    text = VALID.read_text(encoding="utf-8") + planted.toml()
    path.write_text(text, encoding="utf-8", newline="\n")
    spoil(path, planted)
    return path


def spoil(scenario: Path, planted: Planted, **cells: str) -> None:
    """Write the rows, with the cells of one person replaced."""
    file = scenario.parent / "data" / "rader.csv"
    file.write_text(planted.csv(**cells), encoding="utf-8")


def leaks(planted: Planted, outputs: Path, *answers: Answer) -> set[str]:
    """Return what of the planted rows is in what was printed and stored."""
    found = set()
    for answer in answers:
        found |= found_in((answer.out + answer.err).encode(), planted)
    for path in (one for one in outputs.rglob("*") if one.is_file()):
        found |= found_in(path.read_bytes() + path.name.encode(), planted)
        if path.suffix == ".nc":
            found |= stored_in(path, planted)
    return found


@pytest.mark.parametrize(("kind", "planted"), REFUSED, indirect=["planted"])
def test_a_refusal_tells_no_cell(
    kind: str, planted: Planted, scenario: Path, call: Caller, tmp_path: Path
) -> None:
    """Whatever is wrong, the message names rows and not what stands there; so in both languages."""
    column = next(iter(planted.columns))
    cells = {name.format(column=column): text for name, text in SPOILT[kind].items()}
    spoil(scenario, planted, **cells)
    outputs = tmp_path / "out"
    answers = [
        call("check", scenario),
        call("--lang", "en", "check", scenario),
        call("check", scenario, "--format", "json"),
        call("run", scenario, "--output", outputs, "--quiet"),
    ]
    assert [answer.code for answer in answers] == [2] * 4
    assert leaks(planted, outputs, *answers) == set()
    said = "".join(answer.out + answer.err for answer in answers)
    assert not [text for text in cells.values() if len(text) > 3 and text in said]


def test_a_file_without_headings_tells_no_cell(
    planted: Planted, scenario: Path, call: Caller
) -> None:
    """The first line is then a child's; none of it is suggested as a heading."""
    file = scenario.parent / "data" / "rader.csv"
    lines = file.read_text(encoding="utf-8").split("\n")
    for first in ("", *(f"kodnamn;{'x;' * count}" for count in range(2))):
        body = [first + lines[1], *lines[2:]]
        file.write_text("\n".join(body), encoding="utf-8")
        answer = call("check", scenario)
        assert answer.code == 2
        assert found_in((answer.out + answer.err).encode(), planted) == set()
        assert "kanarie" not in answer.err.replace("kanarieflicka, kanariepojke", "")


def by_itself(cache: Path, *arguments: str | Path) -> Answer:
    """Call the program in a process that keeps its compiled functions in a folder of its own."""
    code = "from tests.rows.tiny import know\nknow()\nfrom simulate.cli import main\nmain()\n"
    done = subprocess.run(
        [sys.executable, "-c", code, *map(str, arguments)],
        check=False,
        capture_output=True,
        encoding="utf-8",
        env=os.environ | {"XDG_CACHE_HOME": str(cache), "PYTHONIOENCODING": "utf-8"},
    )
    return Answer(done.returncode, done.stdout, done.stderr)


@pytest.mark.slow
def test_a_run_stores_and_shows_no_cell(
    planted: Planted, scenario: Path, call: Caller, tmp_path: Path
) -> None:
    """Fitted, stored, reported, shown, described and run again: nothing of any row is there."""
    outputs = tmp_path / "out"
    run = ("--draws", "2000", "--output", outputs, "--quiet", "--accept-failed")
    compiled = tmp_path / "cache"
    answers = [
        by_itself(compiled, "run", scenario, *run),
        call("check", scenario),
        call("describe", scenario),
        call("run", scenario, *run),
        call("run", scenario, *run, "--format", "json"),
        call("fit", scenario, *run[2:5]),
        call("fit", scenario, *run[2:5], "--format", "json"),
        call("diagnose", scenario, *run[:5]),
        call("report", "litet", "--lang", "en", "--output", outputs),
        call("show", "litet", "--output", outputs),
        call("show", scenario),
        call("sweep", scenario, *run, "--vary", "society.inflation=1 %,2 %", "--workers", "1"),
        call("compare", scenario, scenario, *run, "--set-b", "society.inflation=1 %"),
    ]
    # Whether the diagnosis passes is of no matter here: 1 is an answer too.
    assert {answer.code for answer in answers} <= {0, 1}, answers
    assert not [answer for answer in answers if "Traceback" in answer.err]
    assert {path.suffix for path in outputs.rglob("*.*")} >= {".nc", ".html", ".json", ".toml"}
    assert leaks(planted, outputs, *answers) == set()
    # Machine code holds what a model takes as given, such as ages; of persons none is kept.
    assert not [one for one in compiled.rglob("*") if one.suffix in (".nbc", ".nbi")]
    assert leaks(planted, compiled) == set()
    folder = next(path.parent for path in outputs.glob("*/*/manifest.json"))
    without = call("verify", folder, "--output", outputs)
    assert (without.code, "--data" in without.err) == (2, True)
    again = call("verify", folder, "--output", outputs, "--reuse", "--data", scenario.parent)
    assert again.code == 0, again
    spoil(scenario, planted, alder="12.5")
    other = call("verify", folder, "--output", outputs, "--data", scenario.parent)
    assert other.code == 2
    assert leaks(planted, outputs, without, again, other) == set()


@SOME
def test_what_is_sent_to_workers_holds_no_cell(planted: Planted, scenario: Path) -> None:
    """A cell of a sweep is named by its rows, and is sent without them."""
    base = Base(str(scenario), ())
    cells = ((("society.inflation", "1 %"),), (("society.inflation", "2 %"),))
    loaded = read_cells(base, cells, "--vary", lambda share: None)
    plan = plan_of(base, cells, loaded, seed=1, draws=1000)
    tasks = [Task(one.key, one.loaded.scenario, one.fitted) for one in plan.cells]
    assert found_in(pickle.dumps(tasks), planted) == set()
    assert found_in(pickle.dumps(plan.evidence), planted)  # negative control: where they are read
    spoil(scenario, planted, alder="12.5")
    again = plan_of(base, cells, loaded, seed=1, draws=1000)
    assert not {one.key for one in plan.cells} & {one.key for one in again.cells}


@SOME
def test_the_search_finds_what_is_planted(planted: Planted, tmp_path: Path) -> None:
    """The search is no good unless it finds a name, a number and an axis that do stand there."""
    import h5py
    import numpy as np

    value = planted.values()[5]
    assert found_in(f"… {PEOPLE[2]} …".encode(), planted) == {PEOPLE[2]}
    assert found_in(b"&Auml;lva &Ouml;st02&aring;", planted) == {"Älva Öst02å"}
    assert found_in(f"{value:.9f}".encode(), planted) == {repr(value)}
    assert found_in(np.array([value]).tobytes(), planted)
    path = tmp_path / "a.nc"
    with h5py.File(path, "w") as file:
        file.create_dataset("x", data=np.array([0.0, value] * 100), compression="gzip")
        file.create_dataset("y", data=np.zeros(len(PEOPLE)))
        file["x"].attrs["said"] = PEOPLE[1]
        file["z"] = np.array([planted.values()[6]], dtype=np.float32)
    assert len(stored_in(path, planted)) == 4
    assert stored_in(path, replace(planted, whole=frozenset(planted.columns)))
