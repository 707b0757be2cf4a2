"""simulate verify: the same bytes again, or which file differs and why that was to be expected."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from simulate.folder import MANIFEST
from simulate.scenario.shipped import shipped
from simulate.stored.facts import id_of
from tests.cli.calls import ROOT, Caller
from tests.support.made import made

pytestmark = pytest.mark.slow  # whole runs, or processes of their own

SMALL = ROOT / "tests" / "bad" / "_valid.toml"
FILES = ["manifest.json", "report.en.html", "report.sv.html", "result.nc", "risk.json",
         "scenario.toml"]  # fmt: skip


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a small run, which no test changes."""
    return made(SMALL, tmp_path_factory.mktemp("small"), draws=3000)[2]


@pytest.fixture
def folder(small: Path, tmp_path: Path) -> Path:
    """A copy of a small run to change."""
    return Path(shutil.copytree(small, tmp_path / "runs" / "litet" / small.name))


def listed(out: str, title: str) -> list[str]:
    """Return the names under a title."""
    lines = out.split("\n")
    after = lines[lines.index(title) + 1 :] if title in lines else []
    names = []
    for line in after:
        if not line.startswith("  "):
            break
        names.append(line.strip())
    return names


def test_an_untouched_run_is_equal(call: Caller, folder: Path) -> None:
    """Every file but the timings is made again, with the same bytes, in both languages."""
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    answer = call("verify", folder)
    assert (answer.code, answer.err) == (0, "")
    assert listed(answer.out, "Lika:") == FILES
    assert answer.out.endswith("Alla filer är lika.\n")
    assert {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()} == before


@pytest.mark.parametrize("name", ["risk.json", "result.nc", "report.en.html"])
def test_a_changed_file_is_named(call: Caller, folder: Path, name: str) -> None:
    """One byte is enough; so is a file that lacks."""
    data = (folder / name).read_bytes()
    (folder / name).write_bytes(data[:-1] + bytes([data[-1] ^ 1]))
    answer = call("verify", folder)
    assert (answer.code, answer.err) == (1, "")
    assert listed(answer.out, "Skiljer sig:") == [name]
    assert listed(answer.out, "Lika:") == [one for one in FILES if one != name]
    assert answer.out.endswith("1 fil skiljer sig.\n")
    (folder / name).unlink()
    without = call("verify", folder, "--quiet")
    report = name.startswith("report")
    assert without.code == (0 if report else 1)
    assert listed(without.out, "Skiljer sig:") == ([] if report else [name])


def test_timings_may_differ_and_other_files_are_apart(call: Caller, folder: Path) -> None:
    """What no run makes is told, and makes no difference."""
    (folder / "timings.json").write_text("{}", encoding="utf-8")
    (folder / "notes.txt").write_text("mine", encoding="utf-8")
    answer = call("verify", folder)
    assert answer.code == 0
    title = "Jämförs inte, för ingen körning skriver dem:"
    assert listed(answer.out, title) == ["notes.txt"]


def test_another_version_is_said_first(call: Caller, folder: Path) -> None:
    """Versions and code are told by name before anything is made, for differences follow."""
    plain = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    now = plain["versions"]["numpy"]
    plain["versions"]["numpy"] = "1.0"
    plain["code_sha256"] = "0" * 64
    plain["run_id"] = id_of(plain)
    (folder / MANIFEST).write_text(json.dumps(plain), encoding="utf-8")
    answer = call("verify", folder)
    assert answer.code == 1
    title = "Körningen gjordes med annat än nu, så skillnader är att vänta:"
    assert answer.out.startswith(title)
    assert listed(answer.out, title) == [f"numpy 1.0 → {now}", "programmets kod"]
    assert "manifest.json" in listed(answer.out, "Skiljer sig:")
    assert "result.nc" in listed(answer.out, "Lika:")


def test_a_changed_scenario_cannot_be_made_again(call: Caller, folder: Path) -> None:
    """It is another scenario, and is not run."""
    scenario = folder / "scenario.toml"
    scenario.write_bytes(scenario.read_bytes() + b"# mine\n")
    answer = call("verify", folder)
    assert (answer.code, answer.out) == (1, "")
    assert "är inte den fil som manifest.json talar om" in answer.err
    assert "åtgärd: " in answer.err


def test_saved_fits_are_used_only_when_asked(call: Caller, tmp_path: Path) -> None:
    """With --reuse the posteriors of the cache are trusted, here made-up ones."""
    outputs = tmp_path / "runs"
    folder = made(shipped()["team_nystart"], outputs, draws=1000)[2]
    answer = call("verify", folder.name, "--output", outputs, "--reuse")
    assert (answer.code, answer.err) == (0, "")
    assert "posterior/skolfam2.nc" in listed(answer.out, "Lika:")


def test_without_it_everything_is_fitted_anew(call: Caller, tmp_path: Path) -> None:
    """A made-up posterior is found out, and with it every figure."""
    folder = made(shipped()["team_nystart"], tmp_path, draws=1000)[2]
    answer = call("verify", folder, "--output", tmp_path)
    assert answer.code == 1
    assert {"posterior/skolfam2.nc", "risk.json"} <= set(listed(answer.out, "Skiljer sig:"))
    assert listed(answer.out, "Lika:") == ["scenario.toml"]
