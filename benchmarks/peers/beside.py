"""Ours beside theirs: the value of information, shares of variance, a sweep that is killed."""

from __future__ import annotations

import json
import os
import random
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benchmarks.peers import ours

Floats = NDArray[np.float64]

_INSTALLED = ("heormodel==0.7.4", "SALib==1.6.0", "ema_workbench==3.0.0", "scipy==1.18.1")
_SCRIPT = Path(__file__).with_name("theirs.py")
DRAWS, TRIALS, GP_TRIALS = 1000, 1000, 40
POINTS, SEEDS, RHO = 1024, 120, 0.6
CELLS, KILLS, FUTURES = 40, 20, 20_000


@dataclass(frozen=True)
class Theirs:
    """An environment of its own with the other programs; nothing of it reaches this project's."""

    python: Path

    def begin(self, task: str, argument: Any, folder: Path | None = None) -> subprocess.Popen[str]:
        """Begin a task."""
        command = [str(self.python), str(_SCRIPT), task, json.dumps(argument)]
        quiet, clean = subprocess.DEVNULL, {**os.environ, "PYTHONPATH": ""}
        return subprocess.Popen(
            command, cwd=folder, env=clean, stdout=subprocess.PIPE, stderr=quiet, encoding="utf-8"
        )

    def ask(self, task: str, argument: Any, folder: Path | None = None) -> Any:
        """Return the answer to a task; nothing where the program ended in an error."""
        begun = self.begin(task, argument, folder)
        said, _ = begun.communicate()
        return json.loads(said) if begun.returncode == 0 else None


@contextmanager
def environment() -> Iterator[Theirs]:
    """Install the other programs in a folder of their own, for as long as they are needed."""
    with tempfile.TemporaryDirectory() as folder:
        python = Path(folder) / "env" / "bin" / "python"
        made = ["uv", "venv", "--quiet", "--python", "3.13", str(python.parents[1])]
        subprocess.run(made, check=True)
        added = ["uv", "pip", "install", "--quiet", "--python", str(python), *_INSTALLED]
        subprocess.run(added, check=True)
        yield Theirs(python)


@dataclass(frozen=True)
class Trials:
    """An estimate over many trials.

    Attributes:
        bias, rmse: of the estimate.
        covered: how often the 95 % interval held the truth; ``None`` without one.
        count: of trials.
    """

    bias: float
    rmse: float
    covered: float | None
    count: int


def information(theirs: Theirs) -> dict[str, Trials]:
    """Return how well each values z, where z + 2 ε stands against 0."""
    found = {
        "ours, distribution of ε known": ours.evppi(range(TRIALS), DRAWS, known=True),
        "ours, nothing known of ε": ours.evppi(range(TRIALS), DRAWS, known=False),
    }
    for method, count in (("spline", TRIALS), ("gp", GP_TRIALS)):
        task = {"seeds": list(range(count)), "draws": DRAWS, "methods": [method]}
        values = np.array(theirs.ask("evppi", task)[method])
        found[f"heormodel, {method}"] = values[:, None]
    return {name: _trials(values) for name, values in found.items()}


def _trials(values: Floats) -> Trials:
    off = values[:, 0] - ours.BOUNDARY
    covered = None
    if values.shape[1] == 3:
        held = (values[:, 1] <= ours.BOUNDARY) & (ours.BOUNDARY <= values[:, 2])
        covered = float(held.mean())
    return Trials(float(off.mean()), float(np.sqrt((off**2).mean())), covered, len(off))


def indices(theirs: Theirs) -> dict[str, Floats]:
    """Return the largest error of first and of total order in each trial, dims (seed, 2)."""
    seeds = list(range(SEEDS))
    true, tied = ours.truth(), ours.tied_truth(RHO)[0]
    own = np.array([ours.shares(seed, POINTS, None) for seed in seeds])
    other = theirs.ask("indices", {"seeds": seeds, "n": POINTS, "groups": False})
    own_tied = np.array([ours.shares(seed, POINTS, RHO) for seed in seeds])
    grouped = theirs.ask("indices", {"seeds": seeds, "n": POINTS, "groups": True})
    told = {
        "ours": own - true,
        "SALib": np.array(other["SALib"]) - true,
        "scipy.stats.sobol_indices": np.array(other["scipy"]) - true,
        f"ours, x1 and x3 tied ({RHO})": own_tied - tied,
        f"SALib, x1 and x3 tied ({RHO})": np.array(grouped["SALib"]) - tied,
    }
    return {name: np.abs(one).max(axis=2) for name, one in told.items()}


def effects() -> Floats:
    """Return the largest error of Shapley effects of tied inputs in each trial, dims (seed,)."""
    true = ours.tied_truth(RHO)[1]
    each = [ours.effects(seed, 4 * POINTS, RHO) - true for seed in range(SEEDS)]
    return np.asarray(np.abs(each).max(axis=1))


@dataclass(frozen=True)
class Lost:
    """What EMAworkbench has left after being killed.

    Attributes:
        kills: how many times it was killed on the way.
        done: experiments that it had finished when it was killed, in all.
        kept: results on disk after the kills.
        rounds: experiments that the undisturbed run after them worked out.
        to_files: whether its callback that writes files while running works at all.
    """

    kills: int
    done: int
    kept: int
    rounds: int
    to_files: bool


def killed(theirs: Theirs) -> tuple[ours.Killed, Lost]:
    """Return what becomes of a sweep that is killed with −9 at random points, ours and theirs."""
    with tempfile.TemporaryDirectory() as folder:
        own = ours.killed(Path(folder), CELLS, KILLS, FUTURES, seed=1)
    with tempfile.TemporaryDirectory() as folder:
        return own, _lost(theirs, Path(folder))


def _lost(theirs: Theirs, folder: Path) -> Lost:
    values = [place / (CELLS - 1) for place in range(CELLS)]
    task = {"folder": str(folder), "work": 100, "values": values, "to_files": False}
    chosen = random.Random(1)
    log, kills, done = folder / "done", 0, 0
    for _ in range(KILLS):
        log.unlink(missing_ok=True)
        begun, wanted = theirs.begin("sweep", task, folder), chosen.randrange(1, CELLS - 1)
        while begun.poll() is None and (not log.is_file() or log.stat().st_size < wanted):
            time.sleep(0.002)
        kills += begun.poll() is None
        begun.kill()
        begun.communicate()
        done += log.stat().st_size
    kept = sum(one.name not in ("begun", "done") for one in folder.iterdir())
    log.unlink()
    theirs.ask("sweep", task, folder)
    rounds = log.stat().st_size
    return Lost(
        kills, done, kept, rounds, theirs.ask("sweep", task | {"to_files": True}) is not None
    )
