"""Quantile functions: from a uniform number to a value of a distribution.

One vectorised function, :func:`quantile`; the draws of a scenario and the tests use it alike.
"""

from __future__ import annotations

from functools import singledispatch

import numpy as np
import scipy
from numpy.typing import NDArray

from models import distributions as d

Floats = NDArray[np.float64]


@singledispatch
def quantile(distribution: d.Distribution, u: Floats) -> Floats:
    """Return F⁻¹(u), the lower quantile inf{x : F(x) ≥ u}.

    Args:
        distribution: any but :class:`models.distributions.FromEvidence`, whose values are
            posterior samples.
        u: uniform numbers in (0, 1), any shape.

    Returns:
        An array of the shape of ``u``, in the unit of the number.

    Example:
        >>> float(quantile(d.Uniform(2.0, 4.0), np.array(0.25)))
        2.5
    """
    raise TypeError(f"no quantile function for {type(distribution).__name__}")


@quantile.register
def _(dist: d.Fixed, u: Floats) -> Floats:
    return np.full_like(u, dist.value)


@quantile.register
def _(dist: d.Normal, u: Floats) -> Floats:
    return np.asarray(dist.mean + dist.sd * scipy.special.ndtri(u))


@quantile.register
def _(dist: d.LogNormal, u: Floats) -> Floats:
    return np.asarray(dist.median * np.exp(dist.sigma * scipy.special.ndtri(u)))


@quantile.register
def _(dist: d.LogitNormal, u: Floats) -> Floats:
    return np.asarray(scipy.special.expit(dist.location + dist.scale * scipy.special.ndtri(u)))


@quantile.register
def _(dist: d.Beta, u: Floats) -> Floats:
    return np.asarray(scipy.special.betaincinv(dist.a, dist.b, u))


@quantile.register
def _(dist: d.Gamma, u: Floats) -> Floats:
    shape = 1.0 / dist.cv**2
    return np.asarray(scipy.special.gammaincinv(shape, u) * dist.mean / shape)


@quantile.register
def _(dist: d.Uniform, u: Floats) -> Floats:
    return np.asarray(dist.low + (dist.high - dist.low) * u)


@quantile.register
def _(dist: d.Triangular, u: Floats) -> Floats:
    width, left = dist.high - dist.low, dist.mode - dist.low
    rising = dist.low + np.sqrt(u * width * left)
    falling = dist.high - np.sqrt((1.0 - u) * width * (dist.high - dist.mode))
    return np.where(u * width < left, rising, falling)


@quantile.register
def _(dist: d.Pert, u: Floats) -> Floats:
    a, b = dist.shapes()
    return np.asarray(dist.low + (dist.high - dist.low) * scipy.special.betaincinv(a, b, u))


@quantile.register
def _(dist: d.Discrete, u: Floats) -> Floats:
    ends = np.cumsum(dist.weights)
    place = np.searchsorted(ends, u, side="left")
    return np.asarray(dist.values)[np.minimum(place, len(dist.values) - 1)]
