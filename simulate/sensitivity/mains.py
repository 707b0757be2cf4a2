"""What a quantity does on average as one factor moves: all factors in one least-squares fit.

The fit is made on some of the draws and used on the others, so that what it says of a draw owes
nothing to that draw. Its functions have known means of zero: the effects of the other factors are
taken away from the noise without moving any mean.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

_FOLDS = 2
# Keeps a fit with more functions than draws from running away.
_RIDGE = 1e-9


@dataclass(frozen=True, eq=False)
class Fit:
    """One fit.

    Attributes:
        fold: the draws that it was not made on, as a slice.
        constant: fitted mean.
        slopes: by factor, dims (column,).
    """

    fold: slice
    constant: float
    slopes: tuple[Floats, ...]


def fits(y: Floats, columns: Sequence[Floats], folds: int = _FOLDS) -> tuple[Fit, ...]:
    """Return a fit for each part of the draws, made on all others.

    Args:
        y: dims (draw,).
        columns: of each factor, dims (draw, column), with known means of zero.
        folds: into how many parts the draws fall; two are halves.

    Example:
        >>> x = np.random.default_rng(1).normal(size=(1000, 1))
        >>> one, other = fits(3.0 + 2.0 * x[:, 0], [x])
        >>> round(one.constant, 6), round(float(other.slopes[0][0]), 6)
        (3.0, 2.0)
    """
    ends = np.linspace(0, len(y), folds + 1).astype(int)
    design = np.column_stack([np.ones(len(y)), *columns])
    places = np.cumsum([1, *(one.shape[1] for one in columns)])
    gram, moment = design.T @ design, design.T @ y
    found = []
    for low, high in pairwise(ends):
        left = design[low:high]
        inner = gram - left.T @ left
        inner[np.diag_indices_from(inner)] += _RIDGE * len(y)
        solved = np.linalg.solve(inner, moment - left.T @ y[low:high])
        slopes = tuple(solved[a:b] for a, b in pairwise(places))
        found.append(Fit(slice(int(low), int(high)), float(solved[0]), slopes))
    return tuple(found)


def effects(known: Sequence[Fit], columns: Sequence[Floats]) -> Floats:
    """Return what each factor adds to the mean in each draw, dims (factor, draw)."""
    found = np.empty((len(columns), known[-1].fold.stop))
    for fit in known:
        for place, (one, slopes) in enumerate(zip(columns, fit.slopes, strict=True)):
            found[place, fit.fold] = one[fit.fold] @ slopes
    return found


def variances(known: Sequence[Fit], draws: int) -> Floats:
    """Return the variance of what each factor adds, as the columns are known to vary.

    Dims (factor, draw): that of the fit that is used on the draw.
    """
    found = np.empty((len(known[0].slopes), draws))
    for fit in known:
        found[:, fit.fold] = np.array([float(one @ one) for one in fit.slopes])[:, None]
    return found
