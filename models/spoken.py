"""Numbers in what is said of a fit, in the language that is spoken."""

from __future__ import annotations

import math
from collections.abc import Sequence

from models.language import SWEDISH, Name, inside, language, say

_LEAST = 0.001
# Of a longer list nobody reads more.
_MOST = 5


def decimal(value: float, digits: int) -> str:
    """Return a number with so many decimals.

    Example:
        >>> decimal(1.004, 2), decimal(math.nan, 2)
        ('1,00', 'går inte att beräkna')
    """
    if not math.isfinite(value):
        return say("går inte att beräkna")
    text = f"{value:.{digits}f}"
    return text.replace(".", ",") if language() == SWEDISH else text


def probability(value: float) -> str:
    """Return a probability to three decimals; never nought for what is only improbable.

    Example:
        >>> probability(0.0042), probability(0.0)
        ('0,004', 'under 0,001')
    """
    if value < _LEAST:
        return say("under {least}", least=decimal(_LEAST, 3))
    return decimal(value, 3)


def listed(parts: Sequence[str]) -> str:
    """Return one or more things as a list in a sentence.

    Example:
        >>> listed(["a"]), listed(["a", "b", "c"])
        ('a', 'a, b och c')
    """
    if len(parts) == 1:
        return parts[0]
    return say("{first} och {last}", first=_row(parts[:-1]), last=parts[-1])


def some(parts: Sequence[str]) -> str:
    """Return one or more things as a list in a sentence: of many the first five, and how many more.

    Example:
        >>> some("abc"), some("abcdefg")
        ('a, b och c', 'a, b, c, d, e och 2 till')
    """
    if len(parts) <= _MOST:
        return listed(parts)
    return say("{first} och {more} till", first=_row(parts[:_MOST]), more=len(parts) - _MOST)


def _row(parts: Sequence[str]) -> str:
    """Return things with commas between: the first may begin a sentence, the others cannot."""
    first, *others = parts
    rest = [inside(one) for one in others]
    return Name(", ".join([first, *rest]), ", ".join([inside(first), *rest]))
