"""Changes as people write them: with their sign, and beside their error to the same digit."""

from __future__ import annotations

import math

from models.language import say
from simulate.language.numbers import HARD, number
from simulate.risk.risk import Figure

# What is smaller, in the unit that is shown, is what adding leaves.
_NONE = 1e-6
_MOST = 3


def beside(value: float, error: float, most: int = _MOST) -> tuple[str, str]:
    """Return a value with its sign and its error, to the first digit of the error.

    Args:
        value: in the unit that is shown.
        error: its standard error; what is without is shown as a whole number.
        most: decimals at most.

    Example:
        >>> [one.replace(HARD, " ") for one in beside(63.09, 5.58)], beside(0.0, 0.0)
        (['+63', '± 6'], ('0', ''))
        >>> [one.replace(HARD, " ") for one in beside(-59.6, 16.8)]
        ['−60', '± 17']
    """
    if error < _NONE:
        text = number(value, 0 if abs(value) < _NONE or abs(value) >= 10.0 else 1)
        return _signed(value, text), ""
    first = -math.floor(math.log10(error))
    # One digit of the error, or two where the first is a one.
    decimals = min(most, first + (error * 10.0**first < 2.0))
    return _signed(value, number(value, decimals)), f"±{HARD}{number(error, max(decimals, 0))}"


def _signed(value: float, text: str) -> str:
    return f"+{text}" if value > 0.0 and any(digit in text for digit in "123456789") else text


def thousands(figure: Figure) -> str:
    """Return a change in tkr with its error in parentheses, without the unit.

    Example:
        >>> thousands(Figure("a", "npv_mean", -63094.0, 5577.0, "sek", None)).replace(HARD, " ")
        '−63 (± 6)'
    """
    return _shown(figure, 1e-3)


def tkr(figure: Figure) -> str:
    """Return a change in tkr with its error and the unit."""
    if figure.value is None:
        return say("odefinierat")
    text, error = beside(*_scaled(figure, 1e-3), 1)
    return _with(say("{amount}\u00a0tkr", amount=text), error)


def size(figure: Figure) -> str:
    """Return how large a change is, in tkr, without its sign."""
    text, error = beside(*_scaled(figure, 1e-3), 1)
    return _with(say("{amount}\u00a0tkr", amount=text.lstrip("+−")), error)


def hundredths(figure: Figure) -> str:
    """Return a change of a probability in percentage points, without the unit."""
    return _shown(figure, 100.0, 2)


def told_apart(figure: Figure) -> bool:
    """Return whether a change can be told from nothing: more than two standard errors."""
    value, error = abs(figure.value or 0.0), figure.mcse or 0.0
    return value > 2.0 * error and value > 0.005


def _shown(figure: Figure, factor: float, most: int = 1) -> str:
    return "–" if figure.value is None else _with(*beside(*_scaled(figure, factor), most))


def _scaled(figure: Figure, factor: float) -> tuple[float, float]:
    return (figure.value or 0.0) * factor, (figure.mcse or 0.0) * factor


def _with(text: str, error: str) -> str:
    return f"{text} ({error})" if error else text
