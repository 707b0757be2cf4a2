"""Pareto-smoothed importance sampling: from samples of one distribution to those of another.

The largest weights are replaced by the expected order statistics of a generalised Pareto
distribution fitted to them (Vehtari, Simpson, Gelman, Yao & Gabry 2024, with the fit of Zhang &
Stephens 2009). Its shape k tells whether the weights can be trusted: above 0.7 they cannot.
"""

from __future__ import annotations

import numpy as np
import scipy
from numpy.typing import NDArray

Floats = NDArray[np.float64]

K_LIMIT = 0.7
_FEWEST = 5
_TINY = float(np.log(np.finfo(np.float64).tiny))


def smoothed(log_ratio: Floats) -> tuple[Floats, float]:
    """Return smoothed weights that add to one, and the Pareto shape k.

    Args:
        log_ratio: log of wanted density over sampled density, up to a constant; dims (sample,).

    Returns:
        (weights, k); k is minus infinity where all ratios are equal, infinity where the tail is
        too short to be fitted.

    Example:
        >>> weights, k = smoothed(np.zeros(100))
        >>> float(weights[0]), k
        (0.01, -inf)
    """
    ratio = np.asarray(log_ratio, dtype=np.float64) - np.max(log_ratio)
    size = len(ratio)
    if np.ptp(ratio) < 1e-12:
        return np.full(size, 1.0 / size), float("-inf")
    order = np.argsort(ratio, kind="stable")
    count = int(min(size / 5, 3 * np.sqrt(size)))
    cut = max(float(ratio[order[-count - 1]]), _TINY)
    tail = order[ratio[order] > cut]
    k = float("inf")
    if len(tail) >= _FEWEST:
        excess = np.exp(ratio[tail]) - np.exp(cut)
        k, scale = _fit(excess)
        if np.isfinite(k):
            place = (np.arange(len(tail)) + 0.5) / len(tail)
            expected = np.log(_quantile(place, k, scale) + np.exp(cut))
            ratio = ratio.copy()
            ratio[tail] = np.minimum(expected, 0.0)
    weights = np.exp(ratio - scipy.special.logsumexp(ratio))
    return weights / weights.sum(), k


def effective(weights: Floats) -> float:
    """Return how many equally weighted samples are worth as much."""
    return float(np.sum(weights) ** 2 / np.sum(weights**2))


def _fit(x: Floats) -> tuple[float, float]:
    """Shape and scale of a generalised Pareto distribution; ``x`` rises and is above nought."""
    size = len(x)
    grid = 30 + int(np.sqrt(size))
    b = 1.0 - np.sqrt(grid / (np.arange(1, grid + 1) - 0.5))
    b = b / (3.0 * x[int(size / 4 + 0.5) - 1]) + 1.0 / x[-1]
    shape = np.log1p(-b[:, None] * x).mean(axis=1)
    profile = size * (np.log(-b / shape) - shape - 1.0)
    weight = np.exp(profile - scipy.special.logsumexp(profile))
    kept = weight >= 10 * np.finfo(np.float64).eps
    centre = float(np.sum(b[kept] * weight[kept]) / np.sum(weight[kept]))
    k = float(np.log1p(-centre * x).mean())
    # A weak prior around 0.5, worth ten points, steadies the shape of a short tail.
    return (size * k + 5.0) / (size + 10.0), -k / centre


def _quantile(p: Floats, k: float, scale: float) -> Floats:
    if abs(k) < np.finfo(np.float64).eps:
        return np.asarray(-scale * np.log1p(-p))
    return np.asarray(scale * np.expm1(-k * np.log1p(-p)) / k)
