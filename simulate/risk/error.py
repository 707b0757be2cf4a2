"""Monte Carlo standard errors that contain the posterior's own.

Every batch reuses the same posterior samples, so the spread over batches is only half of it::

    mcse² = variance between batches / B + MCMC variance of E[influence | posterior sample]

The second part is summed over independent evidence blocks, each by its own effective sample size.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from simulate.draws.streams import BATCH

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

FEWEST_BATCHES = 8


def mcse(
    influence: Floats,
    samples: Mapping[str, Ints],
    shapes: Mapping[str, tuple[int, int]],
) -> float:
    """Return the Monte Carlo standard error of an estimate.

    Args:
        influence: of every draw, dims (draw,), in the order they were drawn.
        samples: posterior sample that each draw used, by evidence block, dims (draw,).
        shapes: (chains, draws a chain) by evidence block.
    """
    variance = _between_batches(influence)
    for block, used in samples.items():
        variance += _posterior_part(influence, used, shapes[block])
    return float(np.sqrt(variance))


def _between_batches(influence: Floats) -> float:
    batches = len(influence) // BATCH
    if batches < FEWEST_BATCHES:
        # Too few batches to compare: as if the draws were independent, which overstates.
        return float(np.var(influence, ddof=1) / len(influence)) if len(influence) > 1 else 0.0
    means = influence[: batches * BATCH].reshape(batches, BATCH).mean(axis=1)
    return float(np.var(means, ddof=1) / batches)


def _posterior_part(influence: Floats, used: Ints, shape: tuple[int, int]) -> float:
    """Return the MCMC variance of E[influence | posterior sample], averaged over the samples.

    Autocovariances of the conditional means come from products of *different* draws, so chance
    inside a sample adds nothing to them, and samples that no draw used do no harm:
    lag 0 from pairs within a sample, lag k from pairs k steps apart in the same chain.
    """
    size = shape[0] * shape[1]
    count = np.bincount(used, minlength=size).astype(np.float64).reshape(shape)
    total = np.bincount(used, weights=influence, minlength=size).reshape(shape)
    if np.max(count) < 2.0:
        return 0.0
    products, pairs = _lagged(total), _lagged(count)
    products[0] -= float(np.sum(influence**2))
    pairs[0] -= float(count.sum())
    return _long_run_variance(products / np.maximum(pairs, 1.0)) / size


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
