"""Smooth functions of a factor with mean zero: what a conditional mean is put together of.

A factor is seen through its normal score, Φ⁻¹ of its uniform number, so that its distribution is
known exactly. The functions are natural cubic splines (Hastie, Tibshirani and Friedman, The
Elements of Statistical Learning, 5.2.1), made orthonormal under the standard normal distribution:
their means are known to be zero, which is what makes them control variates.
"""

from __future__ import annotations

from functools import cache

import numpy as np
import scipy
from numpy.typing import NDArray

Floats = NDArray[np.float64]

# Where the pieces meet, as probabilities; straight lines beyond the outermost.
_KNOTS = tuple(0.015 + 0.97 * step / 9 for step in range(10))
WIDTH = len(_KNOTS) - 1
_GRID = 1 << 16


def scores(uniforms: Floats) -> Floats:
    """Return normal scores of uniform numbers in (0, 1), same dims."""
    return np.asarray(scipy.special.ndtri(uniforms))


def ranked(samples: Floats) -> Floats:
    """Return the normal scores of samples by their rank, dims (sample,); equal ones are alike.

    Example:
        >>> [round(float(x), 2) for x in ranked(np.array([3.0, 1.0, 2.0]))]
        [0.97, -0.97, 0.0]
    """
    ranks = scipy.stats.rankdata(samples)
    return scores((ranks - 0.5) / len(samples))


def smooth(score: Floats) -> Floats:
    """Return the functions at standard normal scores, dims (draw, WIDTH).

    Under the standard normal distribution each has mean 0 and variance 1, and none is correlated
    with another. The first is the score itself.

    Example:
        >>> values = smooth(scores((np.arange(4096) + 0.5) / 4096))
        >>> values.shape, bool(np.all(abs(values.mean(axis=0)) < 0.01))
        ((4096, 9), True)
    """
    centre, turn = _orthonormal()
    return np.asarray((_raw(score) - centre) @ turn)


def orthonormal(columns: Floats) -> Floats:
    """Return columns with mean 0 and variance 1, uncorrelated, that span the same functions.

    Args:
        columns: dims (sample, column), each sample equally likely; what the others span already
            is left out.
    """
    centred = columns - columns.mean(axis=0)
    scale = centred.std(axis=0)
    left, sizes, _ = np.linalg.svd(
        centred[:, scale > 0.0] / scale[scale > 0.0], full_matrices=False
    )
    kept = sizes > 1e-6 * max(sizes.max(initial=0.0), 1.0)
    return np.asarray(left[:, kept] * np.sqrt(len(columns)))


def products(columns: Floats) -> Floats:
    """Return the product of every pair of columns, dims (draw, pair)."""
    first, second = np.triu_indices(columns.shape[1], 1)
    return np.asarray(columns[:, first] * columns[:, second])


@cache
def _orthonormal() -> tuple[Floats, Floats]:
    """Return the means of the raw functions, and what makes them orthonormal, in order."""
    raw = _raw(scores((np.arange(_GRID) + 0.5) / _GRID))
    centre = raw.mean(axis=0)
    spread = (raw - centre).T @ (raw - centre) / _GRID
    return centre, np.linalg.inv(np.linalg.cholesky(spread)).T


def _raw(score: Floats) -> Floats:
    knots = scores(np.array(_KNOTS))
    last = knots[-1]

    def piece(knot: float) -> Floats:
        bent = np.maximum(score - knot, 0.0) ** 3 - np.maximum(score - last, 0.0) ** 3
        return np.asarray(bent / (last - knot))

    steepest = piece(float(knots[-2]))
    bent = [piece(float(knot)) - steepest for knot in knots[:-2]]
    return np.stack([score, *bent], axis=-1)
