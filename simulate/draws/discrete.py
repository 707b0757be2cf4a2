"""Quantile functions of counts, for chance in finite groups; dims (draw,) throughout."""

from __future__ import annotations

import numpy as np
import scipy

from simulate.draws.remembered import remembered
from simulate.draws.values import Floats


@remembered
def poisson(u: Floats, mean: Floats) -> Floats:
    """Return the u-quantile of a Poisson count.

    Example:
        >>> float(poisson(np.array(0.5), np.array(3.0)))
        3.0
    """
    return np.asarray(scipy.stats.poisson.ppf(u, mean))


@remembered
def binomial(u: Floats, n: Floats, p: Floats) -> Floats:
    """Return the u-quantile of the number of successes among ``n`` (whole) with probability p."""
    return np.asarray(scipy.stats.binom.ppf(u, n, p))


@remembered
def further_points(u: Floats, steps: Floats, extra: Floats) -> Floats:
    """Return the sum of ``steps`` geometric numbers, P(k) = (1 − extra) extraᵏ, exactly."""
    steps, extra = np.broadcast_arrays(steps, extra, u)[:2]
    some = (steps > 0) & (extra > 0.0)
    result = np.zeros(u.shape)
    result[some] = scipy.stats.nbinom.ppf(u[some], steps[some], 1.0 - extra[some])
    return result
