"""A model whose posterior is known, made up so that faults can be planted in it cheaply.

    μ ~ N(0, PRIOR_SD),   y_i ~ N(μ, 1),   i = 1…n

Samples of the posterior are drawn outright, so that nothing is wrong but what is planted.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

import numpy as np
import scipy
import xarray as xr
from numpy.typing import NDArray

from models import chains, fit, loo, power
from models.diagnosis import Check, Diagnosis, Figures
from models.reasons import judge

Floats = NDArray[np.float64]

PRIOR_SD, PERSONS = 0.3, 60
SHAPE = (4, 1000)


@dataclass(frozen=True, eq=False)
class Made:
    """Everything that a fit is judged by.

    Attributes:
        data: dims (person,).
        mu: posterior samples, dims (chain, draw).
        energy, diverging, deep: how the sampler moved, dims (chain, draw).
        seed: of the predictions.
    """

    data: Floats
    mu: Floats
    energy: Floats
    diverging: NDArray[np.bool_]
    deep: NDArray[np.bool_]
    seed: int


def made(seed: int, truth: float | None = None, noise: Callable[..., Floats] | None = None) -> Made:
    """Return a sound fit.

    Args:
        seed: of everything.
        truth: the mean that data come from; by default drawn from the prior.
        noise: what makes the deviations of the persons, from a generator and their number.
    """
    rng = np.random.default_rng([20_260, seed])
    mean = rng.normal(0.0, PRIOR_SD) if truth is None else truth
    deviations = rng.standard_normal(PERSONS) if noise is None else noise(rng, PERSONS)
    data = mean + deviations
    energy = rng.gamma(2.0, 1.0, SHAPE)
    none = np.zeros(SHAPE, dtype=bool)
    return Made(data, posterior(data, rng), energy, none, none, seed)


def posterior(data: Floats, rng: np.random.Generator) -> Floats:
    """Return independent samples of the exact posterior."""
    precision = 1.0 / PRIOR_SD**2 + len(data)
    return rng.normal(data.sum() / precision, precision**-0.5, SHAPE)


def with_data(one: Made, data: Floats) -> Made:
    """Return the same fit to other data."""
    rng = np.random.default_rng([20_261, one.seed])
    return replace(one, data=data, mu=posterior(data, rng))


def checks(one: Made) -> Mapping[str, Check]:
    """Return predicted against observed, for the mean and the standard deviation."""
    rng = np.random.default_rng([20_262, one.seed])
    found = {}
    for name, statistic in (("mean", np.mean), ("sd", np.std)):
        seen = float(statistic(one.data))
        tails = []
        for mu in (rng.normal(0.0, PRIOR_SD, 2000), one.mu.ravel()[:2000]):
            new = mu[:, None] + rng.standard_normal((len(mu), len(one.data)))
            tails.append(fit._tail(statistic(new, axis=1), seen))
        found[name] = Check(seen, *tails)
    return found


def diagnosed(one: Made) -> Diagnosis:
    """Return what the program says of the fit: figures, leaving out, power and verdict."""
    found = chains.agreement(xr.Dataset({"mu": (("chain", "draw"), one.mu)}))["mu"]
    figures = Figures(
        found.rhat,
        found.bulk,
        found.tail,
        int(one.diverging.sum()),
        fit._ebfmi(one.energy),
        float(one.deep.mean()),
    )
    pointwise = scipy.stats.norm.logpdf(one.data, one.mu.reshape(-1, 1), 1.0)
    cdf = scipy.stats.norm.cdf(one.data, one.mu.reshape(-1, 1), 1.0)
    prior = np.random.default_rng([20_263, one.seed]).normal(0.0, PRIOR_SD, 20_000)
    moved = power.powers(
        {"mu": one.mu},
        {"mu": prior},
        scipy.stats.norm.logpdf(one.mu, 0.0, PRIOR_SD),
        pointwise.sum(axis=1).reshape(one.mu.shape),
    )
    return judge(figures, checks(one), loo.summary(pointwise, cdf, persons=True), moved)
