"""Integration against a prior on a grid: what the exact solutions stand on."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np
from scipy import stats

from models import distributions as d
from models.interface import PROBABILITIES, Floats, Marginal

WHOLE = (-6.5, 6.5)
_NEGLIGIBLE = 1e-14
_BINS = 40_000


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


@dataclass
class Tally:
    """Weighted points of one quantity, any number of them, as moments and a fine histogram.

    Example:
        >>> x, w = nodes(d.Normal(2.0, 3.0), 2001)
        >>> tally = Tally()
        >>> tally.add(x, w)
        >>> found = tally.marginal()
        >>> round(found.mean, 6), round(found.sd, 4), round(found.quantiles[0.95], 2)
        (2.0, 3.0, 6.93)
    """

    powers: Floats = field(default_factory=lambda: np.zeros(3))
    mass: Floats = field(default_factory=lambda: np.zeros(_BINS))
    sums: Floats = field(default_factory=lambda: np.zeros(_BINS))

    def add(self, x: Floats, weight: Floats) -> None:
        """Add points ``x`` with ``weight``, of shapes that broadcast."""
        x, weight = (one.ravel() for one in np.broadcast_arrays(x, weight))
        self.powers += np.array([np.sum(weight), weight @ x, weight @ x**2])
        # The inverse tangent brings every quantity into one bounded range.
        place = ((np.arctan(2.0 * x) / np.pi + 0.5) * _BINS).astype(int)
        self.mass += np.bincount(place, weight, _BINS)
        self.sums += np.bincount(place, weight * x, _BINS)

    def marginal(self, *, quantiles: bool = True) -> Marginal:
        """Return moments, and quantiles if they are asked for."""
        total, first, second = self.powers
        mean = first / total
        sd = float(np.sqrt(max(second / total - mean**2, 0.0)))
        if not quantiles:
            return Marginal(float(mean), sd, {})
        kept = self.mass > 0
        mass, x = self.mass[kept], self.sums[kept] / self.mass[kept]
        ends = (np.cumsum(mass) - mass / 2) / total
        return Marginal(float(mean), sd, {p: float(np.interp(p, ends, x)) for p in PROBABILITIES})


def normal_nodes(mean: float, sd: float, count: int) -> tuple[Floats, Floats]:
    """Return :func:`nodes` of a normal distribution; one point when ``sd`` is nought."""
    return nodes(d.Normal(mean, sd) if sd else d.Fixed(mean), count)


def carried(
    seen: Floats, weight: Floats, shared: d.Normal, total: float, own: float, mean: float
) -> tuple[Floats, Floats]:
    """Carry weights over a normal variable to another one that has a part in common with it.

    Args:
        seen: nodes of a variable with standard deviation ``total``, of which ``shared`` is a part.
        weight: its posterior mass, last axis over ``seen``.
        shared: the part in common, before the data.
        total: standard deviation of the first variable, before the data.
        own: variance of the second variable, before the data; at least that of ``shared``.
        mean: of the first variable, before the data.

    Returns:
        Nodes of the second variable, and its posterior mass in place of the first one's.
    """
    if total == 0.0:
        return np.full_like(seen, shared.mean), weight
    slope = shared.sd**2 / total**2
    variance = max(own - slope * shared.sd**2, 0.0)
    middle = shared.mean + slope * (seen - mean)
    if variance < 1e-12:  # the one follows from the other
        return middle, weight
    points, _ = normal_nodes(shared.mean, float(np.sqrt(own)), seen.size)
    kernel = stats.norm.pdf(points[:, None], middle, np.sqrt(variance))
    kernel /= kernel.sum(axis=0)
    return points, weight @ kernel.T


def as_normal(distribution: d.Distribution) -> d.Normal:
    """Return a normal prior, a certain one with standard deviation nought.

    Raises:
        TypeError: the prior is of another family.
    """
    match distribution:
        case d.Normal():
            return distribution
        case d.Fixed(value):
            return d.Normal(value, 0.0)
    raise TypeError(f"the oracle needs a normal prior, not {type(distribution).__name__}")


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
