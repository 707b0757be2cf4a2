"""Internal rate of return on dated flows: effektiv årlig avkastning."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from simulate.draws.values import Floats

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

    Undefined (NaN) where nothing is paid out, where no rate solves it, and where all money moves
    on one day. With one change of sign the root is unique; with more, the root nearest to zero is
    returned and flagged.

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
    changes = _sign_changes(flows)
    rate = np.where(paid, -1.0, np.nan)
    plain = paid & received & (changes == 1)
    if plain.any():
        ends = np.full(int(plain.sum()), _LOWEST), np.full(int(plain.sum()), _HIGHEST)
        rate[plain] = np.expm1(_log_rate(t, flows[plain], *ends))
    tangled = paid & received & (changes > 1)
    if tangled.any():
        rate[tangled] = np.expm1(_nearest_root(t, flows[tangled]))
    return Irr(rate, changes > 1)


def _surplus(t: Floats, flows: Floats, x: Floats) -> tuple[Floats, Floats]:
    """Return ln Σ received e^(−x t) − ln Σ paid e^(−x t) and its slope, at one x a draw.

    It has the roots of the net present value and is nearly a straight line in x, also for returns
    near −100 %.
    """
    paid, received = np.maximum(-flows, 0.0), np.maximum(flows, 0.0)
    weight = np.exp(-x[:, None] * t)
    out, back = (paid * weight).sum(axis=1), (received * weight).sum(axis=1)
    slope = (paid * weight) @ t / out - (received * weight) @ t / back
    return np.log(back / out), slope


def _log_rate(t: Floats, flows: Floats, low: Floats, high: Floats) -> Floats:
    """Return the root between ``low`` and ``high``, by Newton steps in the shrinking bracket.

    NaN where the surplus has the same sign at both ends.
    """
    at_low, at_high = (np.sign(_surplus(t, flows, x)[0]) for x in (low, high))
    x = np.clip(np.zeros(len(flows)), low, high)
    for _ in range(_STEPS):
        value, slope = _surplus(t, flows, x)
        with np.errstate(divide="ignore", invalid="ignore"):
            step = x - value / slope
        settled = (value == 0) | (np.abs(step - x) <= 1e-14 * (1.0 + np.abs(x)))
        if np.all(settled):
            break
        below = np.sign(value) == at_low
        low, high = np.where(below, x, low), np.where(below, high, x)
        inside = (step > low) & (step < high)
        x = np.where(settled, x, np.where(inside, step, (low + high) / 2))
    return np.where(at_low * at_high < 0, x, np.nan)


def _nearest_root(t: Floats, flows: Floats) -> Floats:
    """Return the root nearest to zero, looked for between the points of a grid."""
    grid = np.linspace(-5.0, 5.0, 2001)
    signs = np.stack([np.sign(_surplus(t, flows, np.full(len(flows), x))[0]) for x in grid], axis=1)
    crossing = signs[:, :-1] * signs[:, 1:] <= 0
    distance = np.where(crossing, np.abs(grid[:-1] + grid[1:]), np.inf)
    place = np.argmin(distance, axis=1)
    low, high = grid[place], grid[place + 1]
    root = _log_rate(t, flows, low, high)
    # A root that lies on the grid itself has a zero at one end of its cell.
    for end, at in (
        (low, signs[np.arange(len(flows)), place]),
        (high, signs[np.arange(len(flows)), place + 1]),
    ):
        root = np.where(at == 0, end, root)
    return np.where(crossing.any(axis=1), root, np.nan)


def _sign_changes(flows: Floats) -> NDArray[np.int64]:
    """Return how often the sign changes along the days, zeros passed over."""
    changes = np.zeros(len(flows), dtype=np.int64)
    last = np.zeros(len(flows))
    for column in flows.T:
        sign = np.sign(column)
        changes += (sign * last < 0).astype(np.int64)
        last = np.where(sign != 0, sign, last)
    return changes
