"""Internal rate of return on dated flows: effektiv årlig avkastning."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from simulate.draws.draw import Floats

_STEPS = 60
_LOWEST, _HIGHEST = -20.0, 20.0


@dataclass(frozen=True)
class Irr:
    """Rates and what is special about them, dims (draw,).

    Attributes:
        rate: annual effective rate; −1 when nothing comes back, NaN when it is undefined.
        several: whether more than one root is possible (more than one change of sign).
    """

    rate: Floats
    several: NDArray[np.bool_]


def irr(days: tuple[dt.date, ...], flows: Floats) -> Irr:
    """Return the root in [−1, ∞) of Σ flow × (1 + r)^(−days/365), act/365.

    Undefined (NaN) where nothing is paid out. With one change of sign the root is unique; else
    the one that the search meets is returned and flagged.

    Args:
        days: in order.
        flows: dims (draw, day), SEK; negative is paid out.

    Example:
        >>> days = (dt.date(2021, 1, 1), dt.date(2022, 1, 1))
        >>> irr(days, np.array([[-100.0, 110.0], [-100.0, 0.0]])).rate.round(12)
        array([ 0.1, -1. ])
    """
    t = np.asarray([(day - days[0]).days / 365.0 for day in days])
    paid, received = (flows < 0).any(axis=1), (flows > 0).any(axis=1)
    rate = np.where(paid, -1.0, np.nan)
    solvable = paid & received
    if solvable.any():
        rate[solvable] = np.expm1(_log_rate(t, flows[solvable]))
    return Irr(rate, _sign_changes(flows) > 1)


def _log_rate(t: Floats, flows: Floats) -> Floats:
    """Solve ln Σ received e^(−x t) = ln Σ paid e^(−x t) by Newton steps in a shrinking bracket.

    The difference of the logarithms is nearly a straight line in x, also for returns near −100 %.
    """
    paid, received = np.maximum(-flows, 0.0), np.maximum(flows, 0.0)
    low, high = np.full(len(flows), _LOWEST), np.full(len(flows), _HIGHEST)
    x = np.zeros(len(flows))
    for _ in range(_STEPS):
        weight = np.exp(-x[:, None] * t)
        out, back = (paid * weight).sum(axis=1), (received * weight).sum(axis=1)
        value = np.log(back / out)
        slope = (paid * weight) @ t / out - (received * weight) @ t / back
        high = np.where(value <= 0, x, high)
        low = np.where(value >= 0, x, low)
        with np.errstate(divide="ignore", invalid="ignore"):
            step = x - value / slope
        settled = (value == 0) | (np.abs(step - x) <= 1e-14 * (1.0 + np.abs(x)))
        if np.all(settled):
            break
        inside = (step > low) & (step < high)
        x = np.where(settled, x, np.where(inside, step, (low + high) / 2))
    return x


def _sign_changes(flows: Floats) -> NDArray[np.int64]:
    """Return how often the sign changes along the days, zeros passed over."""
    changes = np.zeros(len(flows), dtype=np.int64)
    last = np.zeros(len(flows))
    for column in flows.T:
        sign = np.sign(column)
        changes += (sign * last < 0).astype(np.int64)
        last = np.where(sign != 0, sign, last)
    return changes
