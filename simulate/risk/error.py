"""Monte Carlo standard errors that contain the posterior's own.

Every batch reuses the same posterior samples, so the spread over batches is only half of it::

    mcse² = variance between batches / B + MCMC variance of E[influence | posterior sample]

The second part is summed over independent evidence blocks, each by its own effective sample size.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import scipy
import xarray as xr
from numpy.typing import NDArray

from simulate.draws.streams import BATCH

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

FEWEST_BATCHES = 8
# How many standard errors a 95 % interval reaches to either side, of errors that are well known.
NORMAL = 1.96


@dataclass(frozen=True, eq=False)
class Used:
    """Which sample of an evidence block's posterior each draw used.

    What every error needs of it is worked out once.

    Attributes:
        samples: dims (draw,), chain after chain.
        shape: (chains, draws a chain).
    """

    samples: Ints
    shape: tuple[int, int]

    @cached_property
    def count(self) -> Floats:
        """How many draws used each sample, dims (chain, draw of the chain)."""
        size = self.shape[0] * self.shape[1]
        return np.bincount(self.samples, minlength=size).astype(np.float64).reshape(self.shape)

    @cached_property
    def twice(self) -> bool:
        """Whether any sample was used by more than one draw."""
        return bool(np.max(self.count) >= 2.0)

    @cached_property
    def pairs(self) -> Floats:
        """How many pairs of different draws used samples so far apart, at least 1, dims (lag,)."""
        found = _lagged(self.count)
        found[0] -= float(self.count.sum())
        return np.maximum(found, 1.0)


def used_by(
    futures: xr.Dataset, shapes: Mapping[str, tuple[int, int]], first: int | None = None
) -> tuple[Used, ...]:
    """Return which samples the first so many futures used, or all, one for each evidence block.

    Args:
        futures: from :mod:`simulate.futures`.
        shapes: (chains, draws a chain) of each block's posterior.
        first: number of futures; all if left out.
    """
    return tuple(
        Used(futures["sample"].sel(evidence=block).values[:first], shape)
        for block, shape in shapes.items()
    )


def mcse(influence: Floats, used: Iterable[Used] = ()) -> float:
    """Return the Monte Carlo standard error of an estimate.

    Args:
        influence: of every draw, dims (draw,), in the order they were drawn.
        used: the posterior samples that the draws used, of each evidence block.
    """
    return mcse_of_sum(influence, ((influence, block) for block in used))


def mcse_of_sum(influence: Floats, parts: Iterable[tuple[Floats, Used]]) -> float:
    """Return the Monte Carlo standard error of a sum of estimates of the same draws.

    Args:
        influence: of every draw on the sum, dims (draw,).
        parts: for each posterior, the influence on what of the sum rests on it, dims (draw,), and
            which samples the draws used. Estimates that share a posterior share its error.
    """
    variance = _between_batches(influence)
    for part, block in parts:
        variance += _posterior_part(part, block)
    return float(np.sqrt(variance))


def reach(draws: int, p: float = 0.975) -> float:
    """Return how many standard errors an interval reaches, whose error is :func:`mcse`.

    An error that comes of a few batches is itself uncertain: Student's t with one degree of freedom
    less than there are batches.

    Args:
        draws: of the estimate.
        p: probability of what lies below the upper end.

    Example:
        >>> round(reach(8 * 2048), 2), round(reach(4 * 2048), 2), round(reach(500 * 2048, 0.95), 2)
        (2.36, 1.96, 1.65)
    """
    batches = draws // BATCH
    degrees = batches - 1 if batches >= FEWEST_BATCHES else np.inf
    return float(scipy.special.stdtrit(degrees, p))


def _between_batches(influence: Floats) -> float:
    batches = len(influence) // BATCH
    if batches < FEWEST_BATCHES:
        # Too few batches to compare: as if the draws were independent, which mostly overstates.
        return float(np.var(influence, ddof=1) / len(influence)) if len(influence) > 1 else 0.0
    means = influence[: batches * BATCH].reshape(batches, BATCH).mean(axis=1)
    return float(np.var(means, ddof=1) / batches)


def _posterior_part(influence: Floats, used: Used) -> float:
    """Return the MCMC variance of E[influence | posterior sample], averaged over the samples.

    Autocovariances of the conditional means come from products of *different* draws, so chance
    inside a sample adds nothing to them, and samples that no draw used do no harm:
    lag 0 from pairs within a sample, lag k from pairs k steps apart in the same chain.
    """
    size = used.count.size
    if not used.twice:
        return 0.0
    total = np.bincount(used.samples, weights=influence, minlength=size)
    products = _lagged(total.reshape(used.shape))
    products[0] -= float(np.sum(influence**2))
    return _long_run_variance(products / used.pairs) / size


def _lagged(series: Floats) -> Floats:
    """Return Σ xᵢ xᵢ₊ₖ over all chains for every lag k, by FFT; dims (lag,)."""
    length = series.shape[1]
    padded = np.fft.rfft(series, n=2 * length, axis=1)
    return np.fft.irfft(np.abs(padded) ** 2, n=2 * length, axis=1)[:, :length].sum(axis=0)


def _long_run_variance(covariance: Floats) -> float:
    """Return γ₀ + 2 Σ γₖ by Geyer's initial monotone sequence; never less than half of γ₀.

    Sums of neighbouring pairs of autocovariances fall and stay positive for a reversible chain;
    the first pair that does not is noise, and so is what follows.
    """
    first = max(float(covariance[0]), 0.0)
    total, last = -first, np.inf
    for lag in range(0, len(covariance) - 1, 2):
        pair = float(covariance[lag] + covariance[lag + 1])
        if pair <= 0.0:
            break
        last = min(pair, last)
        total += 2.0 * last
    return max(total, 0.5 * first)
