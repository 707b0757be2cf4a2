"""How many independent draws a Markov chain is worth, in plain numpy.

The risk stage asks this of money quantities and must not wait for ArviZ to be imported.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


def effective_size(values: Floats) -> float:
    """Return the effective sample size for the mean of a chain series.

    Chains are split in halves and the autocorrelation is summed by Geyer's initial monotone
    sequence (Vehtari, Gelman, Simpson, Carpenter, Bürkner 2021, section 3, without ranks).

    Args:
        values: dims (chain, draw), at least four draws.

    Returns:
        At most ``values.size · log10(values.size)``; ``values.size`` for a constant series, NaN
        when a value is not finite.

    Example:
        >>> rng = np.random.default_rng(1)
        >>> bool(3000 < effective_size(rng.normal(size=(4, 1000))) < 5500)
        True
    """
    values = np.asarray(values, dtype=np.float64)
    if not np.isfinite(values).all():
        return float("nan")
    halves = _split(values)
    if np.ptp(halves) == 0:
        return float(values.size)
    rho = _autocorrelation(halves)
    tau = max(_time(rho), 1.0 / np.log10(halves.size))
    return float(halves.size / tau)


def mcmc_variance(values: Floats) -> float:
    """Return the Monte Carlo variance of the mean of a chain series.

    s² / effective size, in the squared unit of the values; nought for a constant series.

    Args:
        values: dims (chain, draw).

    Example:
        >>> mcmc_variance(np.ones((2, 100)))
        0.0
    """
    values = np.asarray(values, dtype=np.float64)
    if np.ptp(values) == 0:
        return 0.0
    return float(np.var(values, ddof=1) / effective_size(values))


def _split(values: Floats) -> Floats:
    half = values.shape[1] // 2
    return np.concatenate([values[:, :half], values[:, -half:]])


def _autocorrelation(chains: Floats) -> Floats:
    """Autocorrelation at each lag, pooled over chains, with the spread between chains added."""
    draws = chains.shape[1]
    centred = chains - chains.mean(axis=1, keepdims=True)
    spectrum = np.fft.rfft(centred, n=2 * draws, axis=1)
    covariance = np.fft.irfft(np.abs(spectrum) ** 2, axis=1)[:, :draws].mean(axis=0) / draws
    within = covariance[0] * draws / (draws - 1)
    pooled = covariance[0] + np.var(chains.mean(axis=1), ddof=1)
    rho = 1.0 - (within - covariance) / pooled
    rho[0] = 1.0
    return np.asarray(rho)


def _time(rho: Floats) -> float:
    """Integrated autocorrelation time by the initial monotone sequence."""
    draws = rho.size
    even, odd = 1.0, float(rho[1])
    pairs = [even + odd]
    lag = 1
    while lag < draws - 3 and even + odd > 0:
        even, odd = float(rho[lag + 1]), float(rho[lag + 2])
        if even + odd >= 0:
            pairs.append(min(even + odd, pairs[-1]))
        lag += 2
    # The first even lag after the sequence has ended improves antithetic chains.
    tail = even if even > 0 else 0.0
    return -1.0 + 2.0 * sum(pairs) + tail
