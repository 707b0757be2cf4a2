"""Figures of a sensitivity study as people write them, each with its Monte Carlo error."""

from __future__ import annotations

import math

from models.language import say
from models.quantity import Dimension
from simulate.evidence_sensitivity.targets import Target
from simulate.language.numbers import HARD, million, mkr, number, per_cent, percent, significant
from simulate.language.quantities import quantity
from simulate.report.learned import figure, signed
from simulate.sensitivity.sobol import Index

# Beside its error a figure has one digit more than the error supports.
_MORE = 10.0
# SEK; what lies between is told in thousands.
_THOUSANDS = (500.0, 1e5)
# An error of less than this, in the unit that is shown, is what adding leaves.
_NONE = 1e-6


def answer(target: Target, told: tuple[float, float]) -> str:
    """Return an answer with its error, such as «87,3 % (± 0,1)»."""
    return _with(figure(target, told[0], told[1] / _MORE), target.unit == "share", told[1])


def change(target: Target, told: tuple[float, float]) -> str:
    """Return a difference between two answers, with its sign and its error."""
    return _with(signed(target, *told), target.unit == "share", told[1])


def index(one: Index) -> str:
    """Return a share of variance with its error."""
    return share(one.value, one.mcse)


def share(value: float, error: float) -> str:
    """Return a share in per cent with its error.

    Example:
        >>> [share(0.52, e).replace(HARD, " ") for e in (0.006, 0.00002)]
        ['52 % (± 0,6)', '52,0 % (< 0,01)']
    """
    return _with(percent(value, error / _MORE), True, error)


def interval(one: Index) -> str:
    """Return a share of variance with its 95 % interval."""
    if one.mcse == 0.0:
        return percent(one.value)
    low, high = (number(100.0 * end, 1) for end in (one.low, one.high))
    share = percent(one.value, one.mcse / _MORE)
    return say("{share} ({low} till {high})", share=share, low=low, high=high)


def money(value: float, error: float) -> str:
    """Return an amount with its error."""
    if value == 0.0 and error == 0.0:
        return mkr("0")
    return _with(million(value, error / _MORE, most(value)), False, error)


def cost(value: float) -> str:
    """Return a stated amount, as exactly as it matters."""
    return million(value, 0.0, most(value))


def most(value: float) -> int:
    """Return how many decimals of an amount in mkr say something: thousands where it is small."""
    low, high = _THOUSANDS
    return 3 if low <= abs(value) < high else 2


def level(value: float, dimension: Dimension) -> str:
    """Return a value of a factor; of a log ratio also the change, in per cent.

    Example:
        >>> from models.quantity import LOG_RATIO, SHIFT
        >>> [level(-0.133, one).replace(HARD, " ") for one in (LOG_RATIO, SHIFT)]
        ['−0,133 (−12 %)', '−0,133']
    """
    text = quantity(value, dimension, 3)
    if dimension.name != "log_ratio" or value == 0.0:
        return text
    change = significant(100.0 * math.expm1(value), 2)
    return f"{text} ({'+' if value > 0.0 else ''}{per_cent(change)})"


def percentile(p: float, error: float) -> str:
    """Return a percentile with its error."""
    return _with(number(100.0 * p, 1), True, error)


def _with(text: str, share: bool, error: float) -> str:
    scale, decimals = (100.0, 1) if share else (1e-6, 2)
    if scale * error < _NONE:
        return text
    finest = 10.0 ** -(decimals + 1)
    if scale * error < finest:
        # Further digits of the error say nothing of a figure that has fewer.
        return f"{text} (<{HARD}{number(finest, decimals + 1)})"
    # One significant digit, and never fewer decimals than the unit has.
    decimals = max(decimals, -math.floor(math.log10(scale * error)))
    return f"{text} (±{HARD}{number(scale * error, decimals)})"
