"""Numbers in what is said of a fit, in the language that is spoken."""

from __future__ import annotations

import math

from models.language import SWEDISH, language, say

_LEAST = 0.001


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
