"""Swedish numbers, to the digits that their Monte Carlo error supports."""

from __future__ import annotations

import math

MINUS = "\u2212"
THIN = "\u202f"
HARD = "\u00a0"


def decimals_supported(value: float, mcse: float, most: int) -> int:
    """Return how many decimals to print: the last printed digit is at least two mcse.

    Negative means that even whole tens are not supported.

    Example:
        >>> decimals_supported(0.4321, 0.003, 4), decimals_supported(12345.0, 60.0, 2)
        (2, -3)
    """
    if mcse <= 0.0 or not math.isfinite(mcse):
        return most
    return min(most, math.floor(-math.log10(2.0 * mcse)))


def number(value: float, decimals: int = 0) -> str:
    """Return a number as Swedes write it: 1 254,5 with a real minus.

    Example:
        >>> number(-1254.55, 1).replace(THIN, " ")
        '−1 254,6'
    """
    rounded = round(value, decimals)
    if decimals > 0:
        # Half away from zero, as people round by hand.
        scale = 10**decimals
        rounded = math.copysign(math.floor(abs(value) * scale + 0.5 + 1e-9), value) / scale
    elif decimals == 0:
        rounded = math.copysign(math.floor(abs(value) + 0.5), value)
    text = f"{abs(rounded):,.{max(decimals, 0)}f}".replace(",", THIN).replace(".", ",")
    return (MINUS if rounded < 0 else "") + text


def million(sek: float, mcse: float = 0.0, most: int = 2) -> str:
    """Return an amount in mkr, to the digits that are supported."""
    decimals = decimals_supported(sek / 1e6, mcse / 1e6, most)
    return number(sek / 1e6, decimals) + HARD + "mkr"


def percent(share: float, mcse: float = 0.0, most: int = 1) -> str:
    """Return a share as per cent, to the digits that are supported."""
    decimals = decimals_supported(share * 100, mcse * 100, most)
    return number(share * 100, decimals) + HARD + "%"


def amount_exact(ore: int) -> str:
    """Return whole öre as kronor with two decimals, exactly.

    Example:
        >>> amount_exact(300000000).replace(THIN, " ")
        '3 000 000,00'
    """
    kronor, rest = divmod(abs(ore), 100)
    sign = MINUS if ore < 0 else ""
    return f"{sign}{kronor:,}".replace(",", THIN) + f",{rest:02d}"


def frequency(share: float) -> str:
    """Return a probability as a frequency: «3 av 10 framtider»."""
    for of in (10, 100, 1000):
        times = round(share * of)
        if times >= 1 and (of - times >= 1 or share == 1.0) and (times >= 2 or of > 10):
            return f"{times} av {of}"
    return "färre än 1 av 1000" if share < 0.5 else "fler än 999 av 1000"
