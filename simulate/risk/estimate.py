"""Estimates from draws, each with the influence of every draw on it.

An estimate θ̂ is linear in the draws to first order: θ̂ − θ ≈ mean of influence. The influence is
all that :mod:`simulate.risk.error` needs for the Monte Carlo error of any measure, whether mean,
probability, quantile, tail mean or ratio.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Mask = NDArray[np.bool_]

NEVER, NEVER_EXPOSED = "never", "never_exposed"
UNDEFINED, AT_ATOM = "undefined", "at_atom"


@dataclass(frozen=True)
class Estimate:
    """A figure and how each draw moves it.

    Attributes:
        value: the figure; ``None`` when it is infinite or undefined.
        influence: dims (draw,), mean zero; ``None`` when the figure has no Monte Carlo error.
        status: ``never``, ``never_exposed``, ``undefined``, ``at_atom``, or ``None``.
        given: probability of the condition of a conditional figure.
        atom: probability of the atom at which a quantile lies.
        least: the error is at least this.
    """

    value: float | None
    influence: Floats | None = None
    status: str | None = None
    given: float | None = None
    atom: float | None = None
    least: float = 0.0


def undefined() -> Estimate:
    """Return a figure that does not exist."""
    return Estimate(None, None, UNDEFINED)


def mean(x: Floats) -> Estimate:
    """Return E x."""
    value = float(np.mean(x))
    return Estimate(value, x - value)


_CARRYING = 100.0


def spread(x: Floats) -> Estimate:
    """Return the standard deviation of x."""
    apart = x - np.mean(x)
    value = float(np.sqrt(np.mean(np.square(apart))))
    influence = (np.square(apart) - value**2) / (2.0 * value) if value > 0.0 else 0.0 * apart
    return Estimate(value, influence)


def certain(x: Floats, tolerance: float) -> Estimate:
    """Return the certainty equivalent −R log E exp(−x/R): the sure amount that is as good as x.

    Undefined where so few draws carry the mean, (Σw)²/Σw² of their weights w = exp(−x/R), that
    neither it nor its error can be told from them.

    Args:
        x: uncertain amounts.
        tolerance: R, above 0, in the unit of ``x``. The smaller, the farther below the mean.

    Example:
        >>> round(certain(np.tile([0.0, 10.0], 100), 5.0).value, 2)
        2.83
        >>> certain(np.linspace(0.0, 1.0, 1000), 0.01).status
        'undefined'
    """
    lowest = float(np.min(x))
    # Of amounts above the lowest, so that no exponent is too large for 64 bits.
    loss = np.exp(-(x - lowest) / tolerance)
    average = float(np.mean(loss))
    if np.sum(loss) ** 2 < _CARRYING * np.sum(np.square(loss)):
        return undefined()
    value = lowest - tolerance * float(np.log(average))
    return Estimate(value, tolerance * (1.0 - loss / average))


def total(estimates: Sequence[Estimate]) -> Estimate:
    """Return the sum of estimates of the same draws; undefined where one of them is."""
    value, least = 0.0, 0.0
    influence: Floats | None = None
    for one in estimates:
        if one.value is None:
            return undefined()
        value += one.value
        least = max(least, one.least)
        if one.influence is not None:
            influence = one.influence if influence is None else influence + one.influence
    return Estimate(value, influence, least=least)


def less(one: Estimate, other: Estimate) -> Estimate:
    """Return ``one`` − ``other``, estimates of the same draws: their common error leaves with it.

    Where neither of two probabilities of 0 or 1 moved, the error is at least one draw.

    Example:
        >>> x = np.array([1.0, 2.0, 6.0])
        >>> less(mean(x + 1.0), mean(x)).influence.tolist()
        [0.0, 0.0, 0.0]
    """
    if other.value is None:
        return undefined()
    opposite = None if other.influence is None else -other.influence
    return total([one, Estimate(-other.value, opposite, least=other.least)])


def probability(event: Mask) -> Estimate:
    """Return P(event).

    Where it happened in every draw or in none, the error is at least one draw: that none of n
    draws shows a loss does not make a loss impossible.
    """
    found = mean(event.astype(np.float64))
    return replace(found, least=1.0 / len(event)) if found.value in (0.0, 1.0) else found


def mean_given(x: Floats, condition: Mask) -> Estimate:
    """Return E(x | condition) with P(condition); undefined if the condition never holds."""
    weight = condition.astype(np.float64)
    share = float(weight.mean())
    if share == 0.0:
        return Estimate(None, None, UNDEFINED, given=0.0)
    value = float(np.sum(np.where(condition, x, 0.0)) / weight.sum())
    influence = np.where(condition, x - value, 0.0) / share
    return Estimate(value, influence, given=share)


def probability_given(event: Mask, condition: Mask) -> Estimate:
    """Return P(event | condition) with P(condition)."""
    found = mean_given(event.astype(np.float64), condition)
    count = int(condition.sum())
    return replace(found, least=1.0 / count) if found.value in (0.0, 1.0) else found


# A value that more than this share of the draws have, to one part in a million, is an atom:
# rounding to the öre moves a rate of return by less.
_ATOM, _SAME, _NOTHING = 1e-3, 1e-6, 1e-9
_REPEATS = 5


def quantile(x: Floats, p: float) -> Estimate:
    """Return the lower quantile inf{x : F(x) ≥ p}.

    At an atom it has no batch error: the estimate says so and carries the atom's probability. An
    infinite quantile has a status and no value.
    """
    place = int(np.ceil(p * len(x))) - 1
    ordered = np.sort(x)
    value = float(ordered[max(place, 0)])
    if np.isinf(value):
        return Estimate(None, None, NEVER if value > 0 else NEVER_EXPOSED)
    if np.isnan(value):
        return undefined()
    atom = float(np.mean(np.abs(x - value) <= _SAME * abs(value) + _NOTHING))
    if atom > _ATOM and atom * len(x) >= _REPEATS:
        return Estimate(value, None, AT_ATOM, atom=atom)
    density = _density(ordered, p)
    if density <= 0:
        return Estimate(value)
    return Estimate(value, (p - (x <= value).astype(np.float64)) / density)


def _density(ordered: Floats, p: float) -> float:
    """Return the density at the p-quantile, by the spacing of its neighbours."""
    n = len(ordered)
    width = max(2.0 * n ** (-1 / 3) * np.sqrt(p * (1 - p)), 4.0 / n) / 4.0
    low, high = max(p - width, 0.5 / n), min(p + width, 1.0 - 0.5 / n)
    x_low, x_high = ordered[int(low * n)], ordered[min(int(high * n), n - 1)]
    spacing = float(x_high - x_low)
    return (high - low) / spacing if np.isfinite(spacing) and spacing > 0 else 0.0


def tail_mean(x: Floats, p: float) -> Estimate:
    """Return the mean of the worst 1 − p: q + E(x − q)⁺ / (1 − p), right at atoms too."""
    q = quantile(x, p).value
    if q is None:
        return undefined()
    return mean(q + np.maximum(x - q, 0.0) / (1.0 - p))
