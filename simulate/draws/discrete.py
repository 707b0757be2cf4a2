"""Quantile functions of counts, for chance in finite groups; dims (draw,) throughout."""

from __future__ import annotations

from types import ModuleType

import numpy as np

from simulate.draws.values import Floats


def _stats() -> ModuleType:
    from scipy import stats  # slow, and only a draw needs it

    return stats


def poisson(u: Floats, mean: Floats) -> Floats:
    """Return the u-quantile of a Poisson count.

    Example:
        >>> float(poisson(np.array(0.5), np.array(3.0)))
        3.0
    """
    return np.asarray(_stats().poisson.ppf(u, mean))


def binomial(u: Floats, n: Floats, p: Floats) -> Floats:
    """Return the u-quantile of the number of successes among ``n`` (whole) with probability p."""
    return np.asarray(_stats().binom.ppf(u, n, p))


def further_points(u: Floats, steps: Floats, extra: Floats) -> Floats:
    """Return the sum of ``steps`` geometric numbers, P(k) = (1 − extra) extraᵏ, exactly."""
    steps, extra = np.broadcast_arrays(steps, extra, u)[:2]
    some = (steps > 0) & (extra > 0.0)
    result = np.zeros(u.shape)
    result[some] = _stats().nbinom.ppf(u[some], steps[some], 1.0 - extra[some])
    return result
