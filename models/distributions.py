"""Distributions as data: what a scenario may write for an uncertain number.

Pure specifications, standard library only, so that a scenario can be read and checked without
numpy. Quantile functions are in :mod:`models.quantile`. A certain number is :class:`Fixed`, a
distribution without spread, so that nothing downstream has a special case.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from statistics import NormalDist

INF = math.inf
# Half the width of a 90 % interval of the standard normal distribution.
Z90 = NormalDist().inv_cdf(0.95)


@dataclass(frozen=True)
class Distribution:
    """Base of all distributions."""

    def support(self) -> tuple[float, float]:
        """Return the smallest and largest value that can occur."""
        raise NotImplementedError

    @property
    def certain(self) -> bool:
        """Whether there is only one possible value."""
        return False

    def moments(self) -> tuple[float, float] | None:
        """Return mean and standard deviation; ``None`` where they are not worked out.

        Example:
            >>> Uniform(0.0, 6.0).moments()[0], round(LogNormal(1.0, 1.0).moments()[1], 4)
            (3.0, 2.1612)
        """
        return None

    def on_log(self) -> Distribution | None:
        """Return the distribution of the logarithm, where that is the scale to judge it on."""
        return None


@dataclass(frozen=True)
class Fixed(Distribution):
    """A known number."""

    value: float

    def support(self) -> tuple[float, float]:
        return self.value, self.value

    @property
    def certain(self) -> bool:
        return True

    def moments(self) -> tuple[float, float]:
        return self.value, 0.0


@dataclass(frozen=True)
class Normal(Distribution):
    """Normal with mean and standard deviation."""

    mean: float
    sd: float

    def support(self) -> tuple[float, float]:
        return -INF, INF

    def moments(self) -> tuple[float, float]:
        return self.mean, self.sd


@dataclass(frozen=True)
class LogNormal(Distribution):
    """exp(Normal(log median, sigma))."""

    median: float
    sigma: float

    def support(self) -> tuple[float, float]:
        return 0.0, INF

    def moments(self) -> tuple[float, float]:
        mean = self.median * math.exp(self.sigma**2 / 2)
        return mean, mean * math.sqrt(math.expm1(self.sigma**2))

    def on_log(self) -> Distribution:
        return Normal(math.log(self.median), self.sigma)


@dataclass(frozen=True)
class LogitNormal(Distribution):
    """A share whose log odds are Normal(location, scale)."""

    location: float
    scale: float

    def support(self) -> tuple[float, float]:
        return 0.0, 1.0


@dataclass(frozen=True)
class Beta(Distribution):
    """Beta(a, b) on 0–1, mean a / (a + b)."""

    a: float
    b: float

    def support(self) -> tuple[float, float]:
        return 0.0, 1.0

    def moments(self) -> tuple[float, float]:
        both = self.a + self.b
        return self.a / both, math.sqrt(self.a * self.b / (both + 1.0)) / both


@dataclass(frozen=True)
class Gamma(Distribution):
    """Gamma with mean and coefficient of variation: shape 1/cv², scale mean·cv²."""

    mean: float
    cv: float

    def support(self) -> tuple[float, float]:
        return 0.0, INF

    def moments(self) -> tuple[float, float]:
        return self.mean, self.mean * self.cv


@dataclass(frozen=True)
class Uniform(Distribution):
    """Equally likely anywhere from low to high."""

    low: float
    high: float

    def support(self) -> tuple[float, float]:
        return self.low, self.high

    def moments(self) -> tuple[float, float]:
        return (self.low + self.high) / 2, (self.high - self.low) / math.sqrt(12.0)


@dataclass(frozen=True)
class Triangular(Distribution):
    """Triangle from low over mode to high."""

    low: float
    mode: float
    high: float

    def support(self) -> tuple[float, float]:
        return self.low, self.high


@dataclass(frozen=True)
class Pert(Distribution):
    """Beta stretched over low–high with mean (low + 4 mode + high) / 6."""

    low: float
    mode: float
    high: float

    def support(self) -> tuple[float, float]:
        return self.low, self.high

    def shapes(self) -> tuple[float, float]:
        """Return the two shape parameters of the underlying beta distribution."""
        width = self.high - self.low
        return (
            1.0 + 4.0 * (self.mode - self.low) / width,
            1.0 + 4.0 * (self.high - self.mode) / width,
        )


@dataclass(frozen=True)
class Discrete(Distribution):
    """Finitely many values, sorted, with probabilities that add to one."""

    values: tuple[float, ...]
    weights: tuple[float, ...]

    def support(self) -> tuple[float, float]:
        return min(self.values), max(self.values)


@dataclass(frozen=True)
class FromEvidence(Distribution):
    """A quantity of a fitted model: ``block`` names the evidence, ``quantity`` what it hands on."""

    block: str
    quantity: str

    def support(self) -> tuple[float, float]:
        return -INF, INF


def from_interval(family: str, low: float, high: float) -> Distribution:
    """Return the distribution of ``family`` whose central 90 % interval is low–high.

    Raises:
        ValueError: the family is unknown, or cannot have this interval.

    Example:
        >>> from_interval("normal", -1.0, 1.0).mean
        0.0
    """
    if family == "normal":
        return Normal((low + high) / 2, (high - low) / (2 * Z90))
    if family == "lognormal" and low > 0:
        return LogNormal(math.sqrt(low * high), math.log(high / low) / (2 * Z90))
    if family == "logitnormal" and 0 < low and high < 1:
        lower, upper = (math.log(p / (1 - p)) for p in (low, high))
        return LogitNormal((lower + upper) / 2, (upper - lower) / (2 * Z90))
    raise ValueError(family)


INTERVAL_FAMILIES = ("normal", "lognormal", "logitnormal")
