"""A sweep that is killed at any moment goes on where it was, and ends in the same bytes."""

from __future__ import annotations

import multiprocessing
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace
from typing import Any, NoReturn

import pytest

from simulate.errors import RunFailed
from simulate.sweep import work
from simulate.sweep.pool import Processes
from tests.cli.calls import ROOT
from tests.sweep.conftest import GUARANTEE, VALID, computed, files

_CODE = "import sys; from simulate.cli import main; main()"
_CELLS = 24


def _started(
    output: Path,
    workers: int,
    last: str = "0.6",
    stderr: int | None = None,
    quiet: bool = True,
) -> subprocess.Popen[bytes]:
    values = [f"{0.2 + 0.4 * place / (_CELLS - 1):.6g}" for place in range(_CELLS - 1)]
    vary = f"{GUARANTEE}={','.join([*values, last])}"
    words = ["sweep", VALID, "--vary", vary, "--draws", "20000", "--workers", str(workers),
             "--output", str(output), "--measures", "p_loss,repayment_mean",
             *(["--quiet"] if quiet else [])]  # fmt: skip
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
    """As when memory runs out: it costs what it was at, and the sweep goes on with another."""
    calm, killed = tmp_path / "calm", tmp_path / "killed"
    assert _started(calm, 1).wait() == 0
    begun = _started(killed, 2, stderr=subprocess.PIPE, quiet=False)
    _wait_for(begun, killed, 4)
    main = Path(f"/proc/{begun.pid}/task/{begun.pid}/children")
    children = [Path("/proc") / one for one in main.read_text(encoding="ascii").split()]
    (first, *_) = [one for one in children if b"spawn_main" in (one / "cmdline").read_bytes()]
    os.kill(int(first.name), signal.SIGKILL)
    _, err = begun.communicate(timeout=60)
    said = err.decode("utf-8")
    assert begun.returncode == 0, said
    assert "En process avslutades utifrån" in said and "Traceback" not in said
    assert files(killed) == files(calm)


@dataclass(frozen=True)
class Deadly:
    """Ends the process that reads it."""

    def __reduce__(self) -> tuple[Callable[[int], NoReturn], tuple[int]]:
        return os._exit, (1,)


@pytest.mark.slow  # processes of their own
def test_processes_that_are_always_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    """A cell that no process survives is given up, in words; not tried for ever."""
    monkeypatch.setattr(work, "begun", lambda _: None)
    task: Any = SimpleNamespace(key="one", scenario=Deadly())
    common: Any = None
    with Processes(1) as by, pytest.raises(RunFailed, match="avslutades utifrån"):
        list(by(common, [task]))
    assert by.ended == 2


def _twice(number: int) -> int:
    """Return twice a number, but in the process that asks only; others have time to begin."""
    if multiprocessing.parent_process() is not None:
        os._exit(1)
    time.sleep(0.1)
    return 2 * number


@pytest.mark.slow  # processes of their own
def test_who_asks_makes_what_is_left() -> None:
    """What is read and drawn for a sweep is there, in order, whoever is ended meanwhile."""
    with Processes(2) as by:
        assert list(by.each(_twice, range(40))) == [2 * number for number in range(40)]
        assert by.ended == 1


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
