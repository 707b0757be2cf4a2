"""Integration against a prior on a grid: what the exact solutions stand on."""

from __future__ import annotations

from typing import Any

import numpy as np
from scipy import stats

from models import distributions as d
from models.interface import Floats

WHOLE = (-6.5, 6.5)
_NEGLIGIBLE = 1e-14


def nodes(
    distribution: d.Distribution, count: int, window: tuple[float, float] = WHOLE
) -> tuple[Floats, Floats]:
    """Return points and weights for expectations under ``distribution``.

    The trapezoid rule on the standard normal scale z, x = F⁻¹(Φ(z)): for smooth integrands its
    error falls faster than any power of the number of points.

    Args:
        distribution: a prior.
        count: number of points; one for a certain number.
        window: lowest and highest z; the weights add to the prior's mass between them.

    Example:
        >>> x, w = nodes(d.Normal(2.0, 3.0), 101)
        >>> round(float(w @ x), 9), round(float(w @ (x - 2) ** 2), 5)
        (2.0, 9.0)
    """
    if isinstance(distribution, d.Fixed):
        return np.array([distribution.value]), np.ones(1)
    z = np.linspace(*window, count)
    return _inverse(distribution, z), stats.norm.pdf(z) * (z[1] - z[0])


def narrowed(weight: Floats, window: tuple[float, float]) -> tuple[float, float]:
    """Return the part of ``window`` that holds all but a negligible share of the mass.

    Args:
        weight: posterior mass at each node of the window.
        window: lowest and highest z of those nodes.
    """
    if weight.size == 1:
        return window
    z = np.linspace(*window, weight.size)
    inside = np.flatnonzero(weight > _NEGLIGIBLE * weight.max())
    step = z[1] - z[0]
    return float(z[inside[0]] - 2 * step), float(z[inside[-1]] + 2 * step)


def moments(x: Floats, weight: Floats) -> tuple[float, float]:
    """Return mean and standard deviation of the points ``x`` under ``weight``."""
    mean = float(weight @ x)
    return mean, float(np.sqrt(weight @ (x - mean) ** 2))


def _inverse(distribution: d.Distribution, z: Floats) -> Floats:
    frozen = _scipy(distribution)
    # The upper half by the survival function: Φ(z) rounds to one long before the density is gone.
    lower, upper = frozen.ppf(stats.norm.cdf(z)), frozen.isf(stats.norm.sf(z))
    return np.asarray(np.where(z < 0, lower, upper))


def _scipy(distribution: d.Distribution) -> Any:
    match distribution:
        case d.Normal(mean, sd):
            return stats.norm(mean, sd)
        case d.LogNormal(median, sigma):
            return stats.lognorm(sigma, scale=median)
        case d.Beta(a, b):
            return stats.beta(a, b)
        case d.Gamma(mean, cv):
            return stats.gamma(1 / cv**2, scale=mean * cv**2)
        case d.Uniform(low, high):
            return stats.uniform(low, high - low)
    raise TypeError(f"no density for {type(distribution).__name__}")
