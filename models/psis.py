"""Pareto-smoothed importance sampling: from samples of one distribution to those of another.

The largest weights are replaced by the expected order statistics of a generalised Pareto
distribution fitted to them (Vehtari, Simpson, Gelman, Yao & Gabry 2024). Its shape k tells whether
the weights can be trusted: above 0.7 they cannot. Done by ArviZ; here are the ends that it leaves.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

K_LIMIT = 0.7
FEWEST = 25  # samples: a fifth of them is the tail, and no shape is fitted to fewer than five


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
    from arviz_stats.base import array_stats  # slow, and only fits and reviews need it

    if np.ptp(log_ratio) < 1e-12:
        return np.full(len(log_ratio), 1.0 / len(log_ratio)), float("-inf")
    if len(log_ratio) < FEWEST:
        weights = np.exp(log_ratio - np.max(log_ratio))
        return weights / weights.sum(), float("inf")
    log_weights, k = array_stats.psislw(-np.asarray(log_ratio, dtype=np.float64))
    weights = np.exp(log_weights)
    # Where all weight but one underflows ArviZ finds no shape: nothing could be worse.
    return weights / weights.sum(), float(k) if np.isfinite(k) else float("inf")


def effective(weights: Floats) -> float:
    """Return how many equally weighted samples are worth as much."""
    return float(np.sum(weights) ** 2 / np.sum(weights**2))
