"""A sweep that is killed at any moment goes on where it was, and ends in the same bytes."""

from __future__ import annotations

import random
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.cli.calls import ROOT
from tests.sweep.conftest import GUARANTEE, VALID, computed, files

_CODE = "import sys; from simulate.cli import main; main()"
_CELLS = 24


def _started(output: Path, workers: int, last: str = "0.6") -> subprocess.Popen[bytes]:
    values = [f"{0.2 + 0.4 * place / (_CELLS - 1):.6g}" for place in range(_CELLS - 1)]
    vary = f"{GUARANTEE}={','.join([*values, last])}"
    words = ["sweep", VALID, "--vary", vary, "--draws", "20000", "--workers", str(workers),
             "--quiet", "--output", str(output), "--measures",
             "p_loss,repayment_mean"]  # fmt: skip
    return subprocess.Popen(
        [sys.executable, "-c", _CODE, *words], cwd=ROOT, stdout=subprocess.DEVNULL
    )


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
