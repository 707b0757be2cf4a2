"""A sweep on a Dask cluster of two workers, one of which is killed: the same bytes."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.cli.calls import ROOT, subprocess_call
from tests.sweep.conftest import GUARANTEE, VALID, files

_PATIENCE = 120.0  # seconds, on a machine that does much else


@contextmanager
def _cluster(
    folder: Path,
) -> Iterator[tuple[str, list[subprocess.Popen[bytes]], subprocess.Popen[bytes]]]:
    """Start a scheduler and two workers on loopback; end them, and nothing else."""
    file = folder / "scheduler.json"
    quiet = {"cwd": ROOT, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    module = [sys.executable, "-m", "distributed.cli.dask_scheduler"]
    options = ["--host", "127.0.0.1", "--port", "0", "--no-dashboard", "--no-show"]
    begun = [subprocess.Popen([*module, *options, "--scheduler-file", str(file)], **quiet)]  # type: ignore[call-overload]
    try:
        address = _address(file)
        worker = [sys.executable, "-m", "distributed.cli.dask_worker", address, "--nthreads", "1",
                  "--no-nanny", "--no-dashboard", "--host", "127.0.0.1", "--local-directory",
                  str(folder)]  # fmt: skip
        begun += [subprocess.Popen(worker, **quiet) for _ in range(2)]  # type: ignore[call-overload]
        yield address, begun[1:], begun[0]
    finally:
        for one in begun:
            one.kill()
            one.wait()


def _address(file: Path) -> str:
    import json

    until = time.monotonic() + _PATIENCE
    while time.monotonic() < until:
        if file.is_file() and (text := file.read_text(encoding="utf-8")).endswith("}"):
            return str(json.loads(text)["address"])
        time.sleep(0.05)
    raise AssertionError("the scheduler did not start")


def _wait_for_workers(address: str, count: int) -> None:
    code = (
        "import sys; from distributed import Client\n"
        "c = Client(sys.argv[1], timeout='60s', set_as_default=False)\n"
        "c.wait_for_workers(int(sys.argv[2]), timeout=100)\n"
    )
    subprocess.run([sys.executable, "-c", code, address, str(count)], check=True, cwd=ROOT)


def _words(output: Path) -> list[str]:
    return ["sweep", VALID, "--vary", f"{GUARANTEE}=0.2:0.6:30", "--draws", "20000", "--quiet",
            "--output", str(output), "--measures", "p_loss,repayment_mean"]  # fmt: skip


@pytest.mark.slow  # a cluster of its own
def test_a_cluster_gives_the_same_bytes(tmp_path: Path) -> None:
    """Two workers, one killed on the way: its cells are worked out by the other."""
    here, there = tmp_path / "here", tmp_path / "there"
    with _cluster(tmp_path) as (address, workers, _):
        _wait_for_workers(address, 2)
        code = "import sys; from simulate.cli import main; main()"
        words = [*_words(there), "--scheduler", address]
        sweep = subprocess.Popen([sys.executable, "-c", code, *words], cwd=ROOT,
                                 stdout=subprocess.DEVNULL)  # fmt: skip
        while sweep.poll() is None and len(list(there.glob(".cells/*/*.json"))) < 5:
            time.sleep(0.01)
        assert sweep.poll() is None  # so that the worker dies with cells on it
        workers[0].kill()
        assert sweep.wait() == 0
    assert subprocess_call(*_words(here), "--workers", "1").code == 0
    assert files(there) == files(here)


@pytest.mark.slow  # a cluster of its own
def test_a_cluster_whose_scheduler_is_lost(tmp_path: Path) -> None:
    """It is said in words, what was worked out is kept, and one process does the rest."""
    here, there = tmp_path / "here", tmp_path / "there"
    with _cluster(tmp_path) as (address, _, scheduler):
        _wait_for_workers(address, 2)
        code = "import sys; from simulate.cli import main; main()"
        words = [*_words(there), "--scheduler", address]
        sweep = subprocess.Popen([sys.executable, "-c", code, *words], cwd=ROOT,
                                 stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)  # fmt: skip
        while sweep.poll() is None and len(list(there.glob(".cells/*/*.json"))) < 5:
            time.sleep(0.01)
        scheduler.kill()
        said = sweep.communicate()[1].decode()
    assert sweep.returncode == 1
    assert "schemaläggare svarar inte längre" in said and "åtgärd: " in said
    assert len(list(there.glob(".cells/*/*.json"))) >= 5
    for folder in (there, here):
        assert subprocess_call(*_words(folder), "--workers", "1").code == 0
    assert files(there) == files(here)


@pytest.mark.slow  # a scheduler of its own
def test_a_cluster_without_workers(tmp_path: Path) -> None:
    """A scheduler alone is told of, and nothing waits for ever."""
    with _cluster(tmp_path) as (address, workers, _):
        _wait_for_workers(address, 2)
        for one in workers:
            one.kill()
            one.wait()
        time.sleep(2.0)
        answer = subprocess_call(*_words(tmp_path / "out"), "--scheduler", address)
    assert answer.code == 1
    assert "klustret har inga arbetare" in answer.err and "åtgärd: " in answer.err
