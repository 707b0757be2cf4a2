"""simulate show: a stored run for people, programs and Excel, and the file of a scenario."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from pathlib import Path

import pytest

from simulate.scenario.shipped import shipped
from tests.cli.calls import ROOT, Caller, subprocess_call
from tests.support.made import made

pytestmark = pytest.mark.slow  # whole runs, or processes of their own

SMALL = ROOT / "tests" / "bad" / "_valid.toml"
RUN = ("run", str(SMALL), "--draws", "1000")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a run with evidence."""
    return made(shipped()["team_nystart"], tmp_path_factory.mktemp("runs"), draws=3000)[2]


@pytest.mark.parametrize("form", ["text", "json"])
@pytest.mark.parametrize("language", ["sv", "en"])
def test_what_run_printed(call: Caller, tmp_path: Path, form: str, language: str) -> None:
    """The same bytes as when the run was made, in either language."""
    answer = call(*RUN, "--output", tmp_path, "--format", form, "--lang", language)
    assert (answer.code, answer.err) == (0, "")
    again = call("show", "litet", "--output", tmp_path, "--format", form, "--lang", language)
    assert (again.code, again.out) == (0, answer.out)


def test_json_is_the_stored_file(call: Caller, folder: Path) -> None:
    """Also for a shipped scenario by name, whose file is shown otherwise."""
    answer = call("show", "team_nystart", "--output", folder.parents[1], "--format", "json")
    assert answer.out == (folder / "risk.json").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", ["team_nystart", str(SMALL), str(SMALL.relative_to(ROOT))])
def test_the_file_of_a_scenario(name: str) -> None:
    """Its bytes, whatever the terminal can write: what is piped into a file is a scenario."""
    path = shipped().get(name, ROOT / name)
    done = subprocess.run(
        [sys.executable, "-c", "from simulate.cli import main; main()", "show", name],
        cwd=ROOT,
        check=True,
        capture_output=True,
        env={"PYTHONIOENCODING": "cp1252"},
    )
    assert (done.stdout, done.stderr) == (path.read_bytes(), b"")


def test_a_scenario_that_is_not_there(call: Caller, tmp_path: Path) -> None:
    """A missing file, and a name that is neither run nor scenario, are told apart."""
    missing = call("show", tmp_path / "nothing.toml")
    assert (missing.code, missing.out) == (2, "")
    assert "filen finns inte" in missing.err
    neither = call("show", "team_nystat", "--output", tmp_path)
    assert (neither.code, neither.out) == (2, "")
    assert "ingen körning" in neither.err


def table(data: bytes, delimiter: str) -> list[dict[str, str]]:
    """Return the rows of a CSV file as Excel reads them."""
    assert data.startswith(b"\xef\xbb\xbf")
    text = data.decode("utf-8-sig")
    assert text.count("\n") == text.count("\r\n")
    return list(csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter))


def written(*arguments: str | Path) -> bytes:
    """Return the bytes that a call writes."""
    return subprocess.run(
        [sys.executable, "-c", "from simulate.cli import main; main()", *map(str, arguments)],
        cwd=ROOT,
        check=True,
        stdout=subprocess.PIPE,
    ).stdout


@pytest.mark.parametrize(("language", "delimiter", "point"), [("sv", ";", ","), ("en", ",", ".")])
def test_figures_for_excel(folder: Path, language: str, delimiter: str, point: str) -> None:
    """Every figure with all its digits, as the Excel of that language reads it."""
    rows = table(written("show", folder, "--format", "csv", "--lang", language), delimiter)
    measures = json.loads((folder / "risk.json").read_text(encoding="utf-8"))["measures"]
    assert len(rows) == len(measures)
    for row, measure in zip(rows, measures, strict=True):
        party, title, value, error, unit, _, given, atom, *ids = row.values()
        assert ids == [measure["party"], measure["measure"], folder.name]
        assert party and title and unit
        for cell, key in ((value, "value"), (error, "mcse"), (given, "given"), (atom, "atom")):
            found = float(cell.replace(point, ".")) if cell else None
            assert found == measure.get(key), (ids, key)
    assert any(row for row in rows if point in list(row.values())[2])
    assert all(("Part" if language == "sv" else "Party") in row for row in rows[:1])


def test_a_name_is_no_formula(tmp_path: Path) -> None:
    """The names of parties come from files that others write; negative numbers stay numbers."""
    scenario = tmp_path / "own.toml"
    text = SMALL.read_text(encoding="utf-8")
    assert 'name = "Fonden"' in text
    text = text.replace('name = "Fonden"', 'name = "=HYPERLINK(\\"http://x\\";1)"')
    scenario.write_text(text, encoding="utf-8")
    _, _, folder = made(scenario, tmp_path / "runs", draws=1000)
    rows = table(written("show", folder, "--format", "csv"), ";")
    names = {row["Part"] for row in rows}
    assert '\'=HYPERLINK("http://x";1)' in names
    assert any(row["Värde"].startswith("-") for row in rows)


def test_damage_is_told_in_every_form(call: Caller, tmp_path: Path) -> None:
    """Figures that are not those of the run are not shown, in any form."""
    folder = made(SMALL, tmp_path, draws=1000)[2]
    text = (folder / "risk.json").read_text(encoding="utf-8")
    (folder / "risk.json").write_text(text.replace("1", "2"), encoding="utf-8")
    for form in ("text", "json", "csv"):
        answer = call("show", folder, "--format", form)
        assert (answer.code, answer.out) == (2, "")
        assert '"risk.json": innehållet stämmer inte med manifest.json' in answer.err


def test_json_is_light(folder: Path) -> None:
    """What a program reads needs neither arrays nor pictures."""
    code = "import sys\nsys.argv = ['simulate', 'show', sys.argv[1], '--format', 'json']\n"
    code += "import atexit\natexit.register(lambda: print(*sys.modules, file=sys.stderr))\n"
    code += "from simulate.cli import main\nmain()\n"
    done = subprocess.run(
        [sys.executable, "-c", code, str(folder)],
        cwd=ROOT,
        check=True,
        capture_output=True,
        encoding="utf-8",
    )
    assert not {"numpy", "xarray", "matplotlib", "h5py"} & set(done.stderr.split())


def test_in_a_process_of_its_own(folder: Path) -> None:
    """What people see is written to stdout alone."""
    answer = subprocess_call("show", str(folder))
    assert (answer.code, answer.err) == (0, "")
    assert f"Körningen ligger i {folder}" in answer.out
