"""What goes wrong around the program: an interrupt, a full disk, an old terminal."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import IO

import pytest

from tests.cli.calls import ROOT
from tests.cli.cases import VALID

pytestmark = pytest.mark.slow  # whole runs, or processes of their own

CALL = "import sys; from simulate.cli import main; main()"


def started(
    *arguments: str | Path,
    code: str = CALL,
    out: int | IO[bytes] = subprocess.PIPE,
    **more: str,
) -> subprocess.Popen[bytes]:
    """Start the program in a process of its own."""
    return subprocess.Popen(
        [sys.executable, "-c", code, *map(str, arguments)],
        cwd=ROOT,
        stdout=out,
        stderr=subprocess.PIPE,
        env={**os.environ, **more},
    )


def left_in(folder: Path) -> list[str]:
    """Return what lies in a folder, fits apart."""
    return [path.name for path in folder.rglob("*") if path.is_file() and ".cache" not in str(path)]


@pytest.mark.skipif(sys.platform == "win32", reason="interrupts are sent otherwise there")
def test_an_interrupt_ends_a_run(tmp_path: Path) -> None:
    """Ctrl-C in the middle of the draws ends with 130, in words, and leaves no half of a run."""
    call = ("run", VALID, "--draws", "8000000", "--quiet", "--output", tmp_path)
    process = started(*call)
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and not tmp_path.exists():
        time.sleep(0.05)
    time.sleep(12.0)
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=60)
    assert (process.returncode, out) == (130, b"")
    assert err.decode("utf-8").strip() == "Avbrutet."
    assert left_in(tmp_path) == []


@pytest.mark.skipif(sys.platform == "win32", reason="no limits on the size of files there")
def test_a_full_disk(tmp_path: Path) -> None:
    """Where a file cannot be written to its end the run fails in words, and nothing is left."""
    code = (
        "import resource, signal\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))\n" + CALL
    )
    process = started("run", VALID, "--draws", "4096", "--output", tmp_path, code=code)
    out, err = process.communicate(timeout=120)
    said = err.decode("utf-8")
    assert (process.returncode, out) == (1, b""), said
    assert "kan inte skrivas" in said and "åtgärd: " in said
    assert "Traceback" not in said
    assert left_in(tmp_path) == []


def test_a_cache_that_is_a_file(tmp_path: Path) -> None:
    """A fit that cannot be kept is a failure in words, with the path."""
    (tmp_path / ".cache").write_text("x", encoding="utf-8")
    process = started("fit", "servicetrainee", "--quiet", "--output", tmp_path)
    _, err = process.communicate(timeout=300)
    said = err.decode("utf-8")
    assert process.returncode == 1, said
    assert f"{tmp_path / '.cache'}" in said and "det finns en fil med det namnet" in said
    assert "Traceback" not in said


def test_figures_without_a_page(tmp_path: Path) -> None:
    """Where the page cannot be written, what was found is printed, and that is said."""
    (tmp_path / "litet" / "matning.sv.html").mkdir(parents=True)
    process = started("design", VALID, "--draws", "100", "--quiet", "--output", tmp_path)
    out, err = process.communicate(timeout=120)
    assert process.returncode == 1
    assert "Vad som betalas" in out.decode("utf-8")
    assert "matning.sv.html: kan inte skrivas (det finns en mapp med det namnet)" in err.decode(
        "utf-8"
    )


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no such device there")
@pytest.mark.parametrize("form", ["text", "json"])
def test_figures_into_a_full_disk(tmp_path: Path, form: str) -> None:
    """Figures that cannot be written are a failure in words, and the page is there all the same."""
    call = ("compare", VALID, VALID, "--draws", "100", "--quiet", "--format", form)
    with Path("/dev/full").open("wb") as full:
        process = started(*call, "--output", tmp_path, out=full)
    _, err = process.communicate(timeout=120)
    said = err.decode("utf-8")
    assert process.returncode == 1, said
    assert said.startswith("Fel: utskriften kan inte skrivas (disken är full)")
    assert said.count("\n") == 2
    assert any(name.endswith(".html") for name in left_in(tmp_path))


@pytest.mark.skipif(sys.platform == "win32", reason="pipes break otherwise there")
def test_a_reader_who_goes_away(tmp_path: Path) -> None:
    """As with `| head -1`: no failure, nothing said, and the page is there."""
    process = started("compare", VALID, VALID, "--draws", "100", "--quiet", "--output", tmp_path)
    assert process.stdout is not None
    process.stdout.close()
    _, err = process.communicate(timeout=120)
    assert (process.returncode, err) == (0, b"")
    assert any(name.endswith(".html") for name in left_in(tmp_path))


def test_an_old_terminal_loses_no_figure(tmp_path: Path) -> None:
    """In cp1252 the same figures are printed, with plain signs where it lacks one."""
    call = ("run", VALID, "--draws", "2048", "--quiet", "--output", tmp_path)
    texts = []
    for encoding in ("utf-8", "cp1252"):
        process = started(*call, PYTHONIOENCODING=encoding, COLUMNS="100")
        out, err = process.communicate(timeout=120)
        assert process.returncode == 0, err
        texts.append(out.decode(encoding))
    digits = ["".join(c for c in text.partition("Körningen")[0] if c.isdigit()) for text in texts]
    assert digits[0] == digits[1]
    assert len(digits[0]) > 100
