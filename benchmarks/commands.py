"""Whole commands of the installed entry point: medians of five."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

ROUNDS = 5


def seconds() -> dict[str, float]:
    """Return the median seconds of each command."""
    entry = shutil.which("simulate", path=str(Path(sys.executable).parent))
    assert entry is not None, "install the project first"
    with tempfile.TemporaryDirectory() as folder:
        run = [entry, "run", "team_nystart", "--output", f"{folder}/runs", "--format", "json"]
        begun = time.perf_counter()
        subprocess.run(run, check=True, capture_output=True)
        found = {"run, cold fit": time.perf_counter() - begun}
        for name, command in {
            "--help": [entry, "--help"],
            "check": [entry, "check", "team_nystart"],
            "contract": [entry, "contract", "halsoobligation"],
            "run, 100 000 draws, cached fit": run,
        }.items():
            found[name] = median(_once(command) for _ in range(ROUNDS))
    return found


def _once(command: list[str]) -> float:
    begun = time.perf_counter()
    subprocess.run(command, check=True, capture_output=True)
    return time.perf_counter() - begun
