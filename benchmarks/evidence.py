"""Each evidence model beside PyMC's own NUTS: the same model and settings, in turn in one process.

Effective size is the smallest bulk one over the uncertain quantities that are handed on. Its rate
is told twice: by the seconds of sampling, as samplers are compared, and by all that a person waits
for, where compiling weighs most for models as small as these.
"""

from __future__ import annotations

import logging
import subprocess
import sys
import time
from dataclasses import dataclass
from functools import partial
from statistics import median
from typing import Any

import arviz_stats as azs
import numpy as np
import xarray as xr

from models.evidence import NAMES, load_model
from models.fit import CORES, compiled, inputs_of, quiet, sampled
from models.spec import Evidence
from simulate.scenario.read import load
from simulate.scenario.shipped import shipped

SEED = 1
ROUNDS = 3


@dataclass(frozen=True)
class Timed:
    """One fit.

    Attributes:
        seconds: in all: building, compiling, sampling.
        sampling: of these, from the first tuning draw to the last draw.
        size: effective number of draws.
    """

    seconds: float
    sampling: float
    size: float


@dataclass(frozen=True)
class Speed:
    """How fast one model is fitted; medians over rounds taken in turn.

    Attributes:
        cold: seconds in a new process, imports included.
        warm: seconds in a process that has fitted before.
        sampler: effective draws a second of sampling; ours, theirs, ratio round by round.
        whole: the same by all seconds.
    """

    cold: float
    warm: float
    sampler: tuple[float, float, float]
    whole: tuple[float, float, float]


def block_of(name: str) -> Evidence:
    """Return the first block of a model in the shipped scenarios."""
    for path in shipped().values():
        for spec in load(path, data=path.parent).scenario.evidence.values():
            if spec.model == name:
                return spec
    raise LookupError(name)


def speeds(rounds: int = ROUNDS) -> dict[str, Speed]:
    """Return the speed of every model."""
    return {name: _speed(name, rounds) for name in NAMES}


def _speed(name: str, rounds: int) -> Speed:
    begun = time.perf_counter()
    code = f"from benchmarks.evidence import block_of, ours; ours(block_of({name!r}), 1)"
    subprocess.run([sys.executable, "-c", code], check=True, capture_output=True)
    cold = time.perf_counter() - begun
    spec = block_of(name)
    ours(spec, SEED), theirs(spec, SEED)  # the first of each also imports
    pairs = [(ours(spec, SEED + one), theirs(spec, SEED + one)) for one in range(1, rounds + 1)]
    return Speed(
        cold,
        median(mine.seconds for mine, _ in pairs),
        _rates([(a.size / a.sampling, b.size / b.sampling) for a, b in pairs]),
        _rates([(a.size / a.seconds, b.size / b.seconds) for a, b in pairs]),
    )


def _rates(pairs: list[tuple[float, float]]) -> tuple[float, float, float]:
    return (
        median(mine for mine, _ in pairs),
        median(peer for _, peer in pairs),
        median(mine / peer for mine, peer in pairs),
    )


def ours(spec: Evidence, seed: int) -> Timed:
    """Fit as the program does."""
    begun = time.perf_counter()
    with quiet():
        ready = compiled(partial(load_model(spec).build, spec))
        between = time.perf_counter()
        tree = sampled(ready, spec.sampling, seed, CORES)
    ended = time.perf_counter()
    return Timed(ended - begun, ended - between, _effective(spec, tree))


def theirs(spec: Evidence, seed: int) -> Timed:
    """Fit by PyMC's own NUTS with the same settings."""
    import pymc as pm

    logging.getLogger("pymc").setLevel(logging.ERROR)
    begun = time.perf_counter()
    with quiet(), load_model(spec).build(spec):
        tree = pm.sample(
            draws=spec.sampling.draws,
            tune=spec.sampling.tune,
            chains=spec.sampling.chains,
            cores=CORES,
            random_seed=seed,
            nuts_sampler="pymc",
            nuts={"target_accept": spec.sampling.target_accept},
            progressbar=False,
            compute_convergence_checks=False,
        )
    seconds = time.perf_counter() - begun
    sampling = float(tree["posterior"].attrs["sampling_time"])
    return Timed(seconds, sampling, _effective(spec, tree))


def _effective(spec: Evidence, tree: Any) -> float:
    model = load_model(spec)
    handed = model.derive(inputs_of(model, spec, tree), spec)
    moving = {name: (("chain", "draw"), x) for name, x in handed.items() if np.ptp(x) > 1e-12}
    sizes = azs.ess(xr.Dataset(moving), method="bulk")
    return min(float(x) for x in sizes.data_vars.values())
