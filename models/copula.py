"""Rank correlations between uncertain numbers: a Gaussian copula on their normal scores.

What is stated is Spearman's rank correlation. Between two numbers whose normal scores have
correlation r it is 6/π · arcsin(r/2) (Pearson 1907), so r = 2 sin(π·rank/6). Ranks do not ask how
a number is distributed, so each keeps its own distribution.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Pair = tuple[str, str]
_ROUNDS, _SMALLEST = 500, 1e-9


def pearson(rank: float) -> float:
    """Return the correlation of normal scores that gives a rank correlation.

    Example:
        >>> round(pearson(0.5), 4), pearson(1.0)
        (0.5176, 1.0)
    """
    return round(2.0 * math.sin(math.pi * rank / 6.0), 15)


def spearman(score: float) -> float:
    """Return the rank correlation that a correlation of normal scores gives.

    Example:
        >>> round(spearman(pearson(0.5)), 12)
        0.5
    """
    return round(6.0 / math.pi * math.asin(score / 2.0), 15)


def matrix(names: Sequence[str], ranks: Mapping[Pair, float]) -> Floats:
    """Return the correlation matrix of normal scores; pairs that are not named have none.

    Args:
        names: of the numbers, in the order of rows and columns.
        ranks: rank correlation by pair of names, in either order.
    """
    found = np.eye(len(names))
    for (one, other), rank in ranks.items():
        i, j = names.index(one), names.index(other)
        found[i, j] = found[j, i] = pearson(rank)
    return found


def possible(correlations: Floats) -> bool:
    """Whether numbers can have these correlations, none of them settled by the others."""
    return bool(np.linalg.eigvalsh(correlations)[0] > _SMALLEST)


def conflict(correlations: Floats) -> tuple[int, ...]:
    """Return a set of numbers that cannot have their correlations, though any fewer of them could.

    Raises:
        ValueError: the matrix is possible.
    """
    if possible(correlations):
        raise ValueError("these correlations are possible")
    kept = list(range(len(correlations)))
    for one in range(len(correlations)):
        fewer = [other for other in kept if other != one]
        if not possible(correlations[np.ix_(fewer, fewer)]):
            kept = fewer
    return tuple(kept)


def nearest(correlations: Floats) -> Floats:
    """Return the nearest correlation matrix: alternating projections (Higham 2002).

    It lies on the border of what is possible, where it is not possible already.
    """
    found, correction = correlations, np.zeros_like(correlations)
    for _ in range(_ROUNDS):
        values, vectors = np.linalg.eigh(found - correction)
        positive = (vectors * np.maximum(values, 0.0)) @ vectors.T
        correction = positive - (found - correction)
        found = positive.copy()
        np.fill_diagonal(found, 1.0)
    return found


def offered(correlations: Floats) -> Floats:
    """Return possible rank correlations near those of a matrix, with two decimals.

    Example:
        >>> wanted = np.array([[1, 0.9, 0.9], [0.9, 1, -0.5], [0.9, -0.5, 1.0]])
        >>> possible(matrix("abc", {("a", "b"): float(offered(wanted)[0, 1])}))
        True
    """
    close = nearest(correlations)
    for percent in range(101):
        part = close * (1.0 - percent / 100.0)
        ranks = np.trunc(100.0 * 6.0 / np.pi * np.arcsin(np.clip(part, -1, 1) / 2.0)) / 100.0
        again = 2.0 * np.sin(np.pi * ranks / 6.0)
        np.fill_diagonal(again, 1.0)
        if possible(again):
            break
    return np.asarray(ranks)
