"""Sensitivity: how long shares of variance and the value of information take."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from simulate.evidence import posteriors
from simulate.evidence_sensitivity.targets import answers
from simulate.scenario.read import load
from simulate.scenario.shipped import shipped
from simulate.sensitivity.basis import scores, smooth
from simulate.sensitivity.bench import Bench
from simulate.sensitivity.information import Known, worth
from simulate.sensitivity.study import Drawn, that_move

BATCHES, INPUTS, DRAWS = 8, 20, 10_000


@dataclass(frozen=True)
class Seconds:
    """How long something took.

    Attributes:
        wall, processor: by the clock, and of all its threads together.
    """

    wall: float
    processor: float


@contextmanager
def clock() -> Iterator[list[Seconds]]:
    """Time what is done inside a ``with`` block; the list is filled as it ends."""
    found: list[Seconds] = []
    begun = time.perf_counter(), time.process_time()
    yield found
    found.append(Seconds(time.perf_counter() - begun[0], time.process_time() - begun[1]))


def shares() -> tuple[Seconds, int]:
    """Return how long all indices of one answer take, and of how many factors they are.

    Choosing the factors that move anything is part of it; the posterior is fitted before.
    """
    scenario = load(shipped()["team_nystart"]).scenario
    with tempfile.TemporaryDirectory() as cache:
        fitted = posteriors(scenario, Path(cache))
    with clock() as took:
        bench = Bench(scenario, fitted, 1, BATCHES, answers(scenario).all)
        factors, _ = that_move(bench)
        found = Drawn(bench, factors, lambda share: None).shares(0)
    return took[0], len(found)


def information() -> Seconds:
    """Return how long the value of knowing each of 20 inputs takes on 10 000 draws."""
    z = np.random.default_rng(1).normal(size=(INPUTS, DRAWS))
    weights = np.linspace(0.1, 1.0, INPUTS)
    gain = weights @ z + z[0] * z[1]
    with clock() as took:
        columns = [smooth(one) for one in z]
        grid = smooth(scores((np.arange(4096) + 0.5) / 4096))
        worth(gain, columns, [Known((place,), grid) for place in range(INPUTS)])
    return took[0]
