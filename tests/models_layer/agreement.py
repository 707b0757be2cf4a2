"""How far a sampled posterior is from an exact one, in Monte Carlo standard errors."""

from __future__ import annotations

import numpy as np
from arviz_stats.base import array_stats

from models.interface import Floats, Marginal


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
    size = float(array_stats.ess(series, method="mean"))
    return abs(float(np.mean(series)) - truth) / float(np.std(series, ddof=1) / np.sqrt(size))
