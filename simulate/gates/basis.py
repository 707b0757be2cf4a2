"""What a meeting knows, as functions that a regression can use."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from simulate.draws.streams import BATCH
from simulate.gates.futures import Futures
from simulate.sensitivity.basis import scores, smooth

Floats = NDArray[np.float64]
Mask = NDArray[np.bool_]

_RIDGE = 1e-7
_QUANTILES = 1023


def halves(draws: int) -> tuple[slice, slice]:
    """Return two halves of the draws; whole batches, which are independent, where there are two.

    Example:
        >>> halves(3 * 2048)
        (slice(0, 2048, None), slice(2048, 6144, None))
    """
    batches = draws // BATCH
    middle = batches // 2 * BATCH if batches > 1 else draws // 2
    return slice(0, middle), slice(middle, draws)


@dataclass(frozen=True, eq=False)
class Scale:
    """Normal scores of a quantity by its rank in one half of the draws.

    Attributes:
        knots: its quantiles there, rising.
    """

    knots: Floats

    @classmethod
    def of(cls, values: Floats) -> Scale:
        """Return the scale of some values; NaN is left out."""
        known = values[np.isfinite(values)]
        p = (np.arange(_QUANTILES) + 0.5) / _QUANTILES
        return cls(np.quantile(known, p) if len(known) else np.zeros(_QUANTILES))

    def score(self, values: Floats) -> Floats:
        """Return normal scores; zero where a value is not known, or where all are alike."""
        if np.ptp(self.knots) <= 0.0:
            return np.zeros(len(values))
        knots, shares = self._rising
        found = scores(np.interp(values, knots, shares))
        return np.where(np.isfinite(values), found, 0.0)

    @property
    def _rising(self) -> tuple[Floats, Floats]:
        """The knots without repetitions, each with the middle of its shares."""
        p = (np.arange(_QUANTILES) + 0.5) / _QUANTILES
        values, first, count = np.unique(self.knots, return_index=True, return_counts=True)
        return values, p[first] + (count - 1) / (2.0 * _QUANTILES)


def told(found: Futures, meeting: int) -> list[Floats]:
    """Return what a meeting knows, each dims (draw,): cost, and persons so far.

    The cost is over the expected of the same months, or of a month where that is not known. What
    is drawn so far is no news: the drawdowns are equal parts of a sum that is not settled until the
    last.

    Args:
        found: the futures.
        meeting: its place, from zero.
    """
    cost = found.index if found.compared else found.monthly
    return [cost[:, meeting], found.persons[:, meeting]]


@dataclass(frozen=True, eq=False)
class Basis:
    """Functions of what a meeting knows.

    Attributes:
        scales: of each quantity that is known.
    """

    scales: tuple[Scale, ...]

    @classmethod
    def of(cls, quantities: Sequence[Floats]) -> Basis:
        """Return the functions that fit some draws."""
        return cls(tuple(Scale.of(one) for one in quantities))

    def columns(self, quantities: Sequence[Floats]) -> Floats:
        """Return their values, dims (draw, column); the first is one.

        A spline of the cost so far, gentler curves of the others, and their products.
        """
        cost, *others = (
            scale.score(one) for scale, one in zip(self.scales, quantities, strict=True)
        )
        known = np.isfinite(quantities[0]).astype(np.float64)
        found = [np.ones((len(cost), 1)), known[:, None], smooth(cost) * known[:, None]]
        for one in others:
            found += [smooth(one)[:, :3], (one * cost)[:, None]]
        return np.concatenate(found, axis=1)


@dataclass(frozen=True, eq=False)
class Curve:
    """A conditional mean as a function of what a meeting knows.

    Attributes:
        basis: the functions.
        slopes: dims (column,), or (column, quantity) of several.
    """

    basis: Basis
    slopes: Floats

    @classmethod
    def fitted(cls, quantities: Sequence[Floats], y: Floats) -> Curve:
        """Return the least-squares curve of ``y`` on what is known.

        Args:
            quantities: what is known, each dims (draw,).
            y: what is to be expected, dims (draw,), or (draw, quantity) for several at once.
        """
        return cls.read(quantities, y)[0]

    @classmethod
    def read(cls, quantities: Sequence[Floats], y: Floats) -> tuple[Curve, Floats]:
        """Return the same curve, and its values where it was fitted, dims as ``y``."""
        basis = Basis.of(quantities)
        columns = basis.columns(quantities)
        gram = columns.T @ columns
        gram[np.diag_indices_from(gram)] += _RIDGE * len(y)
        curve = cls(basis, np.linalg.solve(gram, columns.T @ y))
        return curve, np.asarray(columns @ curve.slopes)

    def at(self, quantities: Sequence[Floats]) -> Floats:
        """Return the curve's values, dims as what it was fitted to."""
        return np.asarray(self.basis.columns(quantities) @ self.slopes)


def cross(quantities: Sequence[Floats], y: Floats) -> tuple[Floats, tuple[Curve, ...]]:
    """Return conditional means fitted on one half of the draws and read on the other.

    Args:
        quantities, y: as in :meth:`Curve.fitted`.

    Returns:
        (values, dims as ``y``; the two curves, the first fitted on the second half).
    """
    found, curves = np.empty(y.shape), []
    for own, other in (halves(len(y)), halves(len(y))[::-1]):
        curve = Curve.fitted([one[other] for one in quantities], y[other])
        found[own] = curve.at([one[own] for one in quantities])
        curves.append(curve)
    return found, tuple(curves)


def bins(ranked: Floats, count: int) -> list[NDArray[np.int64]]:
    """Return the draws in so many groups of equal size, by rising value."""
    order = np.argsort(ranked, kind="stable")
    ends = np.linspace(0, len(order), count + 1).astype(int)
    return [order[low:high] for low, high in pairwise(ends)]
