"""The year in which a party has its money back, for good."""

from __future__ import annotations

import numpy as np

from simulate.draws.values import Floats

NEVER = np.inf
NEVER_EXPOSED = -np.inf


def payback_year(flows: Floats, years: tuple[int, ...]) -> Floats:
    """Return the first year from which the cumulated flow, having been negative, stays ≥ 0.

    :data:`NEVER` when it is negative at the horizon, :data:`NEVER_EXPOSED` when it never was
    negative: both are outcomes with a probability, not missing values. Less than half an öre
    below zero counts as zero.

    Args:
        flows: dims (draw, year), SEK, discounted or not.
        years: calendar years of the second dimension.

    Example:
        >>> payback_year(np.array([[-2.0, 1.0, 1.0], [-2.0, 0.0, 1.0]]), (2016, 2017, 2018))
        array([2018.,   inf])
    """
    below = np.cumsum(flows, axis=1) < -0.005
    exposed, lost = below.any(axis=1), below[:, -1]
    last_below = below.shape[1] - 1 - np.argmax(below[:, ::-1], axis=1)
    after = np.minimum(last_below + 1, below.shape[1] - 1)
    year = np.asarray(years, dtype=np.float64)[after]
    return np.where(exposed, np.where(lost, NEVER, year), NEVER_EXPOSED)


def exposure(flows: Floats, years: tuple[int, ...]) -> tuple[Floats, Floats]:
    """Return how far below zero the cumulated flow falls at most, and in which year it does first.

    The amount is positive, SEK; 0 and :data:`NEVER_EXPOSED` where it never falls below zero, by the
    same half öre as in :func:`payback_year`.

    Args:
        flows: dims (draw, year), SEK.
        years: calendar years of the second dimension.

    Example:
        >>> exposure(np.array([[-2.0, -1.0, 5.0], [1.0, 0.0, 0.0]]), (2016, 2017, 2018))
        (array([3., 0.]), array([2017.,  -inf]))
    """
    total = np.cumsum(flows, axis=1)
    lowest = np.argmin(total, axis=1)
    amount = -np.take_along_axis(total, lowest[:, None], axis=1)[:, 0]
    exposed = amount > 0.005
    year = np.asarray(years, dtype=np.float64)[lowest]
    return np.where(exposed, amount, 0.0), np.where(exposed, year, NEVER_EXPOSED)
