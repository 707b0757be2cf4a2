"""A sweep that is killed at any moment goes on where it was, and ends in the same bytes."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.cli.calls import ROOT
from tests.sweep.conftest import GUARANTEE, VALID, computed, files

_CODE = "import sys; from simulate.cli import main; main()"
_CELLS = 24


def _started(
    output: Path, workers: int, last: str = "0.6", stderr: int | None = None
) -> subprocess.Popen[bytes]:
    values = [f"{0.2 + 0.4 * place / (_CELLS - 1):.6g}" for place in range(_CELLS - 1)]
    vary = f"{GUARANTEE}={','.join([*values, last])}"
    words = ["sweep", VALID, "--vary", vary, "--draws", "20000", "--workers", str(workers),
             "--quiet", "--output", str(output), "--measures",
             "p_loss,repayment_mean"]  # fmt: skip
    return subprocess.Popen(
        [sys.executable, "-c", _CODE, *words], cwd=ROOT, stdout=subprocess.DEVNULL, stderr=stderr
    )


def _wait_for(begun: subprocess.Popen[bytes], output: Path, cells: int) -> None:
    while begun.poll() is None and _cells(output) < cells:
        time.sleep(0.002)


def _cells(output: Path) -> int:
    return len(list(output.glob(".cells/*/*.json")))


def _kills(output: Path, times: int, workers: int, seed: int) -> list[int]:
    """Kill so many sweeps in turn, each at a random moment; return the cells after each."""
    chosen = random.Random(seed)
    after = []
    for _ in range(times):
        begun = _started(output, workers)
        wanted = _cells(output) + chosen.randrange(0, 1 + 2 * _CELLS // times)
        while begun.poll() is None and _cells(output) < wanted:
            time.sleep(0.002)
        time.sleep(chosen.uniform(0.0, 0.05))
        begun.kill()
        begun.wait()
        after.append(_cells(output))
    return after


@pytest.mark.slow  # processes of their own
@pytest.mark.skipif(sys.platform == "win32", reason="processes are told to end otherwise there")
def test_told_to_end(tmp_path: Path) -> None:
    """Told to end, a sweep does so at once, in words, with 143, and says how to go on."""
    begun = _started(tmp_path, 2, stderr=subprocess.PIPE)
    _wait_for(begun, tmp_path, 4)
    begun.terminate()
    _, err = begun.communicate(timeout=20)
    assert begun.returncode == 143
    said = err.decode("utf-8").split()
    assert " ".join(said) == (
        "Det som är räknat är sparat: kör samma kommando igen för resten. Avbrutet."
    )
    assert not list(tmp_path.rglob("*.part"))


@pytest.mark.slow  # processes of their own
@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="finds processes as Linux does")
def test_a_process_that_is_killed(tmp_path: Path) -> None:
    """As when memory runs out: the sweep fails in words, and what was worked out is kept."""
    begun = _started(tmp_path, 2, stderr=subprocess.PIPE)
    _wait_for(begun, tmp_path, 4)
    main = Path(f"/proc/{begun.pid}/task/{begun.pid}/children")
    children = [Path("/proc") / one for one in main.read_text(encoding="ascii").split()]
    (first, *_) = [one for one in children if b"spawn_main" in (one / "cmdline").read_bytes()]
    os.kill(int(first.name), signal.SIGKILL)
    _, err = begun.communicate(timeout=20)
    said = err.decode("utf-8")
    assert begun.returncode == 1, said
    assert "en av processerna avslutades utifrån" in said and "färre --workers" in said
    assert "Traceback" not in said
    assert 4 <= _cells(tmp_path) < _CELLS


@pytest.mark.slow  # processes of their own
@pytest.mark.parametrize(("times", "workers"), [(5, 1), (20, 2)])
def test_killed_at_random_points(tmp_path: Path, times: int, workers: int) -> None:
    """Whatever a kill leaves behind, the sweep ends in the bytes of one that nobody disturbed."""
    calm, killed = tmp_path / "calm", tmp_path / "killed"
    assert _started(calm, 1).wait() == 0
    after = _kills(killed, times, workers, seed=times)
    assert after == sorted(after) and any(0 < count < _CELLS for count in after)
    assert _started(killed, workers).wait() == 0
    assert _cells(killed) == _CELLS + 1  # and what the cells are compared with
    left = {name: data for name, data in files(killed).items() if not name.endswith(".part")}
    assert left == files(calm)
    assert _started(killed, workers, last="0.61").wait() == 0
    assert computed(killed) == 1
    assert _cells(killed) == _CELLS + 2
