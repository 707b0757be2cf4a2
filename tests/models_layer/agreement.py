"""How far a sampled posterior is from an exact one, in Monte Carlo standard errors."""

from __future__ import annotations

import numpy as np

from models.interface import Floats, Marginal
from models.mcmc import mcmc_variance


def distances(values: Floats, exact: Marginal) -> dict[str, float]:
    """Return |sampled − exact| of mean, sd and quantiles in standard errors.

    Args:
        values: dims (chain, draw).
        exact: what they should be draws from.
    """
    square = (values - exact.mean) ** 2
    found = {"mean": _score(values, exact.mean), "sd": _score(square, exact.sd**2)}
    for p, value in exact.quantiles.items():
        found[f"quantile {p}"] = _score((values <= value).astype(float), p)
    return found


def _score(series: Floats, truth: float) -> float:
    return abs(float(np.mean(series)) - truth) / float(np.sqrt(mcmc_variance(series)))
