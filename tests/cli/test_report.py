"""simulate report: a page from a stored run, in either language, without fitting or drawing."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from simulate.scenario.shipped import shipped
from tests.cli.calls import ROOT, Caller, modules_after
from tests.support.made import made

pytestmark = pytest.mark.slow  # whole runs, or processes of their own

SMALL = ROOT / "tests" / "bad" / "_valid.toml"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a small run, with its reports."""
    return made(SMALL, tmp_path_factory.mktemp("runs"), draws=1000)[2]


def reports(folder: Path) -> dict[str, bytes]:
    """Return the reports of a run by name."""
    return {path.name: path.read_bytes() for path in folder.glob("report.*")}


def test_both_languages(call: Caller, folder: Path) -> None:
    """Each language has its own file, both can lie side by side, and each is as `run` wrote it."""
    before = reports(folder)
    for path in folder.glob("report.*"):
        path.unlink()
    swedish = call("report", folder)
    assert (swedish.code, swedish.err) == (0, "")
    assert Path(swedish.out.strip()) == folder / "report.sv.html"
    assert set(reports(folder)) == {"report.sv.html"}
    english = call("report", folder, "--lang", "en")
    assert Path(english.out.strip()) == folder / "report.en.html"
    assert reports(folder) == before
    assert b'<html lang="en">' in before["report.en.html"]


def test_an_equal_report_is_left(call: Caller, folder: Path) -> None:
    """A file that is there already with the same bytes is not written again."""
    assert call("report", folder).code == 0
    path = folder / "report.sv.html"
    os.utime(path, (1000, 1000))
    assert call("report", folder).code == 0
    assert path.stat().st_mtime == 1000
    path.write_bytes(b"something else")
    assert call("report", folder).code == 0
    assert path.read_bytes().startswith(b"<!DOCTYPE html>")


def test_named_by_id_and_by_scenario(call: Caller, folder: Path) -> None:
    """The folder need not be written out."""
    outputs = folder.parent.parent
    for name in (folder.name[:4], folder.name, "litet"):
        answer = call("report", name, "--output", outputs)
        assert Path(answer.out.strip()) == folder / "report.sv.html", name


def test_no_sampler_is_imported(tmp_path: Path) -> None:
    """Neither PyMC nor what a simulation needs of SciPy is loaded to report on evidence.

    Of SciPy the page needs the special functions: for the ends of the priors that it moves.
    """
    folder = made(shipped()["team_nystart_slutredovisning"], tmp_path, draws=1000)[2]
    found = modules_after("report", str(folder))
    assert "simulate.report.page" in found
    assert not found & {"pymc", "nutpie", "pytensor", "numba", "arviz", "arviz_base", "rich"}
    assert not found & {"scipy.stats", "scipy.optimize", "h5netcdf"}


def test_two_at_once(folder: Path) -> None:
    """Several processes that write the same report leave one whole file, and nothing else."""
    (folder / "report.sv.html").unlink(missing_ok=True)
    code = "from simulate.cli import main; main()"
    command = [sys.executable, "-c", code, "report", str(folder)]
    running = [
        subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
        for _ in range(2)
    ]
    for one in running:
        _, said = one.communicate(timeout=120)
        assert (one.returncode, said) == (0, b"")
    assert reports(folder)["report.sv.html"].rstrip().endswith(b"</html>")
    assert not [path for path in folder.iterdir() if path.name.startswith(".")]
