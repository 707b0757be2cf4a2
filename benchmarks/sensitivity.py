"""Sensitivity: how long shares of variance and the value of information take."""

from __future__ import annotations

import tempfile
import time
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


def shares() -> tuple[float, int]:
    """Return the seconds that all indices of one answer take, and of how many factors they are.

    Choosing the factors that move anything is part of it; the posterior is fitted before.
    """
    scenario = load(shipped()["team_nystart"]).scenario
    with tempfile.TemporaryDirectory() as cache:
        fitted = posteriors(scenario, Path(cache))
    begun = time.perf_counter()
    bench = Bench(scenario, fitted, 1, BATCHES, answers(scenario).all)
    factors, _ = that_move(bench)
    found = Drawn(bench, factors, lambda share: None).shares(0)
    return time.perf_counter() - begun, len(found)


def information() -> float:
    """Return the seconds that the value of knowing each of 20 inputs takes on 10 000 draws."""
    z = np.random.default_rng(1).normal(size=(INPUTS, DRAWS))
    weights = np.linspace(0.1, 1.0, INPUTS)
    utilities = np.column_stack([weights @ z + z[0] * z[1], np.zeros(DRAWS)])
    begun = time.perf_counter()
    columns = [smooth(one) for one in z]
    grid = smooth(scores((np.arange(4096) + 0.5) / 4096))
    worth(utilities, columns, [Known((place,), grid) for place in range(INPUTS)])
    return time.perf_counter() - begun
