"""Shares of variance where inputs hang together: Shapley effects from draws that are already made.

With c(u) = Var E(y | x_u) / Var y, the Shapley effect of an input is what it adds to c, averaged
over all orders in which the inputs can become known (Owen 2014; Song, Nelson and Staum 2016).
Effects are never negative but by their error, and add up to what all inputs together explain. c(u)
comes from regression on smooth functions of the inputs in u and their products in pairs, with R²
corrected for the number of functions; what those cannot follow is counted to the rest.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import combinations
from math import comb

import numpy as np
from numpy.typing import NDArray

from simulate.risk.error import mcse, reach
from simulate.sensitivity.basis import ranked, smooth
from simulate.sensitivity.sobol import Index

Floats = NDArray[np.float64]
MOST = 8
# Of so many inputs, this many functions of each are multiplied by as many of each other one.
_MULTIPLIED = {1: 0, 2: 5, 3: 5, 4: 4, 5: 3, 6: 2, 7: 2, 8: 1}


def shapley(
    y: Floats, inputs: Sequence[Floats], error: Callable[[Floats], float] = mcse
) -> tuple[Index, ...]:
    """Return the Shapley effect of each input.

    Args:
        y: the quantity, dims (draw,).
        inputs: each dims (draw,); at most :data:`MOST`, with any dependence.
        error: from the influence of every draw, dims (draw,), to a standard error.

    Raises:
        ValueError: there are too many inputs.

    Example:
        >>> rng = np.random.default_rng(1)
        >>> x = rng.multivariate_normal([0, 0], [[1, 0.5], [0.5, 1]], 4000).T
        >>> [round(one.value, 1) for one in shapley(x[0] + x[1], x)]
        [0.5, 0.5]
    """
    count = len(inputs)
    if count > MOST:
        raise ValueError(f"{count} inputs: at most {MOST}")
    variance = float(np.var(y))
    if variance == 0.0:
        return tuple(Index(0.0, 0.0) for _ in inputs)
    columns, of = _columns([smooth(ranked(one)) for one in inputs])
    gram, moment = columns.T @ columns, columns.T @ (y - y.mean())
    found: dict[tuple[int, ...], Floats] = {(): np.zeros(len(y))}
    for size in range(1, count + 1):
        for subset in combinations(range(count), size):
            own = [place for place, members in enumerate(of) if members <= set(subset)]
            slopes, _, rank, _ = np.linalg.lstsq(gram[np.ix_(own, own)], moment[own], rcond=1e-10)
            found[subset] = _less(y, columns[:, own] @ slopes, int(rank))
    return tuple(_effect(place, count, found, variance, y, error) for place in range(count))


def _columns(smoothed: Sequence[Floats]) -> tuple[Floats, list[frozenset[int]]]:
    """Return functions of each input and of each pair, standardised, and whose each of them is."""
    parts, of = list(smoothed), []
    for place, one in enumerate(smoothed):
        of += [frozenset([place])] * one.shape[1]
    few = _MULTIPLIED[len(smoothed)]
    for first, second in combinations(range(len(smoothed)), 2):
        one, other = smoothed[first][:, :few], smoothed[second][:, :few]
        parts.append((one[:, :, None] * other[:, None, :]).reshape(len(one), -1))
        of += [frozenset([first, second])] * parts[-1].shape[1]
    return _standard(np.column_stack(parts)), of


def explained(y: Floats, columns: Floats) -> Floats:
    """Return what each draw adds to Var E(y | x), dims (draw,): its mean is the estimate.

    Args:
        y: dims (draw,).
        columns: functions of x, dims (draw, column).
    """
    design = _standard(columns)
    moment = design.T @ (y - y.mean())
    slopes, _, rank, _ = np.linalg.lstsq(design.T @ design, moment, rcond=1e-10)
    return _less(y, design @ slopes, int(rank))


def _standard(columns: Floats) -> Floats:
    design = columns - columns.mean(axis=0)
    return np.asarray(design / np.maximum(design.std(axis=0), 1e-300))


def _less(y: Floats, fitted: Floats, rank: int) -> Floats:
    """Return by how much a fit makes each square smaller, corrected for its number of functions."""
    centred = y - y.mean()
    correction = (len(y) - 1) / max(len(y) - rank - 1, 1)
    return np.asarray(centred**2 - (centred - fitted) ** 2 * correction)


def _effect(
    place: int,
    count: int,
    found: dict[tuple[int, ...], Floats],
    variance: float,
    y: Floats,
    error: Callable[[Floats], float],
) -> Index:
    part = np.zeros(len(y))
    for subset, explained in found.items():
        if place in subset:
            without = tuple(other for other in subset if other != place)
            part += (explained - found[without]) / (count * comb(count - 1, len(without)))
    value = float(part.mean()) / variance
    off = error((part - value * (y - y.mean()) ** 2) / variance)
    return Index(value, off, reach(len(y)))
