"""The same tasks by this program."""

from __future__ import annotations

import json
import random
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import scipy
from numpy.typing import NDArray

from simulate.sensitivity.basis import scores, smooth
from simulate.sensitivity.information import Known, worth
from simulate.sensitivity.shapley import shapley
from simulate.sensitivity.sobol import indices

Floats = NDArray[np.float64]

# E max(Z, 0)
BOUNDARY = 1.0 / np.sqrt(2.0 * np.pi)
_A, _B = 7.0, 0.1
_CODE = "import sys; from simulate.cli import main; main()"
SCENARIO, KEY = "koto_sib", "society.inflation"


def evppi(seeds: Sequence[int], draws: int, known: bool) -> Floats:
    """Return value, low and high end of knowing z, where z + 2 ε stands against 0.

    Dims (seed, 3).

    Args:
        seeds, draws: of plain pseudo-random numbers.
        known: whether ε's distribution is known too, and steadies the estimate.
    """
    grid = smooth(scores((np.arange(4096) + 0.5) / 4096))
    found = []
    for seed in seeds:
        z, noise = np.random.default_rng(seed).normal(size=(2, draws))
        columns = [smooth(z), *([smooth(noise)] if known else [])]
        (one,) = worth(z + 2.0 * noise, columns, [Known((0,), grid)])
        found.append((one.value, one.low, one.high))
    return np.array(found)


def ishigami(x: Floats) -> Floats:
    """Return Ishigami's function of points, dims (point, input) → (point,)."""
    one = np.sin(x[:, 0]) * (1.0 + _B * x[:, 2] ** 4)
    return np.asarray(one + _A * np.sin(x[:, 1]) ** 2)


def truth() -> Floats:
    """Return first and total order of independent inputs, dims (2, input)."""
    one = 0.5 * (1.0 + _B * np.pi**4 / 5.0) ** 2
    two, both = _A**2 / 8.0, _B**2 * np.pi**8 * (1.0 / 18.0 - 1.0 / 50.0)
    return np.array([[one, two, 0.0], [one + both, two, both]]) / (one + two + both)


def tied_truth(rho: float) -> tuple[Floats, Floats]:
    """Return what is true where x₁ and x₃ have a Gaussian copula.

    The shares of {x₁, x₃} and x₂, dims (2,), and the Shapley effects, dims (3,).
    """
    nodes, weights = np.polynomial.hermite_e.hermegauss(160)
    weights = weights / weights.sum()
    first, own = nodes[:, None], nodes[None, :]

    def part(one: Floats, other: Floats) -> Floats:
        x, z = (np.pi * (2.0 * scipy.special.ndtr(score) - 1.0) for score in (one, other))
        return np.asarray(np.sin(x) * (1.0 + _B * z**4))

    tied = rho * first + np.sqrt(1.0 - rho**2) * own
    values = part(first, tied)  # dims (score of x₁, what else x₃ is made of)
    mean = weights @ values @ weights
    whole = weights @ (values - mean) ** 2 @ weights
    of_first = weights @ (values @ weights - mean) ** 2
    of_third = weights @ (part(tied, first) @ weights - mean) ** 2
    two = _A**2 / 8.0
    effects = np.array([of_first + whole - of_third, 2.0 * two, of_third + whole - of_first])
    return np.array([whole, two]) / (whole + two), 0.5 * effects / (whole + two)


def shares(seed: int, n: int, rho: float | None) -> Floats:
    """Return first and total order, from n (groups + 2) evaluations, dims (2, group).

    Args:
        seed, n: of the scrambled Sobol' points.
        rho: correlation of the scores of x₁ and x₃, which then are one group; ``None`` leaves all
            three apart.
    """
    groups = [[0], [1], [2]] if rho is None else [[0, 2], [1]]
    points = scipy.stats.qmc.Sobol(6, rng=np.random.default_rng(seed)).random(n)
    each = scores(np.clip(points, 1e-12, 1.0 - 1e-12))
    a, b = each[:, :3], each[:, 3:]

    def value(score: Floats) -> Floats:
        return ishigami(_places(score, rho or 0.0))

    mixed = []
    for group in groups:
        one = a.copy()
        one[:, group] = b[:, group]
        mixed.append(value(one))
    columns = [
        [np.column_stack([smooth(side[:, one]) for one in group]) for group in groups]
        for side in (a, b)
    ]
    found = indices(value(a), value(b), mixed, *columns)
    return np.array([[getattr(one, order).value for one in found] for order in ("first", "total")])


def effects(seed: int, n: int, rho: float) -> Floats:
    """Return the Shapley effects of correlated inputs, from n evaluations, dims (3,)."""
    points = np.random.default_rng(seed).random((n, 3))
    x = _places(scores(points), rho)
    return np.array([one.value for one in shapley(ishigami(x), list(x.T))])


def _places(score: Floats, rho: float) -> Floats:
    tied = score.copy()
    tied[:, 2] = rho * score[:, 0] + np.sqrt(1.0 - rho**2) * score[:, 2]
    return np.asarray(np.pi * (2.0 * scipy.special.ndtr(tied) - 1.0))


@dataclass(frozen=True)
class Killed:
    """A sweep that was killed again and again.

    Attributes:
        kills: how many times it was killed on the way.
        kept: cells there after the last kill.
        same: whether the final files are those of a sweep that nobody disturbed.
        again: how many cells a sweep works out of which all but one are there.
        cells: in all.
    """

    kills: int
    kept: int
    same: bool
    again: int
    cells: int


def killed(folder: Path, cells: int, kills: int, draws: int, seed: int) -> Killed:
    """Return what becomes of a sweep that is killed with −9 at random points.

    Args:
        folder: to work in.
        cells, draws: of the sweep.
        kills, seed: how often, and of the points.
    """
    calm, other = folder / "calm", folder / "killed"
    words = ["--vary", f"{KEY}=0.01:0.03:{cells}", "--draws", str(draws)]
    _run(calm, words).wait()
    happened, kept = _disturb(lambda: _run(other, words), other, kills, cells, seed)
    _run(other, words).wait()
    same = _files(other) == _files(calm)
    values = [f"{0.01 + 0.02 * place / (cells - 1):.12g}" for place in range(cells)]
    values[cells // 2] = "0.0199"
    _run(other, ["--vary", f"{KEY}={','.join(values)}", "--draws", str(draws)]).wait()
    newest = max(other.glob("*/sweep-*/timings.json"), key=lambda one: one.stat().st_mtime_ns)
    again = int(json.loads(newest.read_text(encoding="utf-8"))["computed"])
    return Killed(happened, kept, same, again, cells)


def _disturb(
    begin: Callable[[], subprocess.Popen[bytes]], folder: Path, kills: int, cells: int, seed: int
) -> tuple[int, int]:
    """Kill a sweep at random points; return how often it was on its way, and the cells kept."""
    chosen = random.Random(seed)
    points = sorted(chosen.uniform(0.0, cells - 2.0) for _ in range(kills))
    happened = 0
    for point in points:
        begun = begin()
        while begun.poll() is None and _kept(folder) < point:
            time.sleep(0.002)
        time.sleep(chosen.uniform(0.0, 0.05))
        happened += begun.poll() is None
        begun.kill()
        begun.wait()
    return happened, _kept(folder)


def _run(output: Path, words: Sequence[str]) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-c", _CODE, "sweep", SCENARIO, *words, "--workers", "2"]
    quiet = ["--quiet", "--output", str(output)]
    none = subprocess.DEVNULL
    return subprocess.Popen([*command, *quiet], stdout=none, stderr=none)


def _kept(folder: Path) -> int:
    return len(list(folder.glob(".cells/*/*.json")))


def _files(folder: Path) -> dict[str, bytes]:
    """Return what must be the same: all but how long it took and what a kill left half-written."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != "timings.json" and path.suffix != ".part"
    }
