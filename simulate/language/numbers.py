"""Numbers as the language that is spoken writes them, to the digits that their error supports."""

from __future__ import annotations

import math
from collections.abc import Sequence

from models.language import ENGLISH, SWEDISH, language, say

MINUS = "\u2212"
THIN = "\u202f"
HARD = "\u00a0"

# Language → between thousands, before decimals.
_SEPARATORS = {SWEDISH: (THIN, ","), ENGLISH: (",", ".")}


def decimals_supported(value: float, mcse: float, most: int) -> int:
    """Return how many decimals to print: the last printed digit is at least two mcse.

    Negative means that even whole tens are not supported. A value that is told from nought keeps
    its first digit all the same: 48 ± 6 is 50, neither nought nor a hundred.

    Example:
        >>> decimals_supported(0.4321, 0.003, 4), decimals_supported(12345.0, 60.0, 2)
        (2, -3)
        >>> decimals_supported(48.0, 6.0, 1), decimals_supported(11.0, 6.0, 1)
        (-1, -2)
    """
    if mcse <= 0.0 or not math.isfinite(mcse):
        return most
    supported = math.floor(-math.log10(2.0 * mcse))
    if abs(value) > 2.0 * mcse:
        supported = max(supported, -math.floor(math.log10(abs(value))))
    return min(most, supported)


def _rounded(value: float, decimals: int) -> float:
    """Half away from zero, as people round by hand; 1e-9 lets 2.675 be what it looks like."""
    scale = 10.0 ** abs(decimals)
    size = abs(value) * scale if decimals >= 0 else abs(value) / scale
    whole = math.floor(size + 0.5 + 1e-9)
    return math.copysign(whole / scale if decimals >= 0 else whole * scale, value)


INFINITE = "∞"


def number(value: float, decimals: int = 0) -> str:
    """Return a number as people write it: 1 254,5 with a real minus; −3 rounds to thousands.

    Example:
        >>> from models.language import speaking
        >>> number(-1254.55, 1).replace(THIN, " "), number(2500, -3).replace(THIN, " ")
        ('−1 254,6', '3 000')
        >>> with speaking("en"):
        ...     number(-1254.55, 1)
        '−1,254.6'
    """
    rounded = _rounded(value, decimals)
    return (MINUS if rounded < 0 else "") + _spelt(f"{abs(rounded):,.{max(decimals, 0)}f}")


def _spelt(digits: str) -> str:
    """Return Python's 1,254.5 as the language that is spoken writes it."""
    between, before = _SEPARATORS[language()]
    return before.join(part.replace(",", between) for part in digits.split("."))


def significant(value: float, digits: int = 3) -> str:
    """Return a number to so many significant digits, without trailing zeros after the point.

    Example:
        >>> significant(0.138157), significant(2.0), significant(-0.08)
        ('0,138', '2', '−0,08')
    """
    if value == 0.0 or not math.isfinite(value):
        return "0" if value == 0.0 else say("oändligt")
    decimals = digits - 1 - math.floor(math.log10(abs(value)))
    text = number(value, decimals)
    return text.rstrip("0").rstrip(_SEPARATORS[language()][1]) if decimals > 0 else text


def million(sek: float, mcse: float = 0.0, most: int = 2) -> str:
    """Return an amount in mkr, to the digits that are supported."""
    decimals = decimals_supported(sek / 1e6, mcse / 1e6, most)
    return mkr(number(sek / 1e6, decimals))


def mkr(amount: str) -> str:
    """Return a number that is printed already with the unit mkr."""
    return say("{amount}\u00a0mkr", amount=amount)


def percent(share: float, mcse: float = 0.0, most: int = 1) -> str:
    """Return a share as per cent, to the digits that are supported; none for never and always."""
    return per_cent(_hundredths(share, mcse, 0 if share in (0.0, 1.0) else most))


def points(share: float, mcse: float = 0.0, most: int = 1) -> str:
    """Return a difference between shares in percentage points, to the digits supported."""
    return say("{hundredths}\u00a0procentenheter", hundredths=_hundredths(share, mcse, most))


def _hundredths(share: float, mcse: float, most: int) -> str:
    return number(share * 100, decimals_supported(share * 100, mcse * 100, most))


def per_cent(hundredths: str) -> str:
    """Return a number that is printed already with its sign: 40 % in Swedish, 40% in English."""
    return say("{hundredths}\u00a0%", hundredths=hundredths)


def one_of(share: float) -> str:
    """Return a small share as how many there are to each one: 1 400 kr of 1.7 mkr is one of 1 214.

    Example:
        >>> one_of(1400 / 1.7e6).replace(THIN, " ")
        '1 214'
    """
    return number(1.0 / share) if share > 0.0 else INFINITE


def amount_exact(ore: int) -> str:
    """Return whole öre as kronor with two decimals, exactly.

    Example:
        >>> amount_exact(300000000).replace(THIN, " ")
        '3 000 000,00'
    """
    kronor, rest = divmod(abs(ore), 100)
    return (MINUS if ore < 0 else "") + _spelt(f"{kronor:,}.{rest:02d}")


# «8 av 10» may stand for 80 % give or take this much; else hundredths are said.
_CLOSE = 0.025


def frequency(share: float, mcse: float = 0.0) -> str:
    """Return a probability as a frequency, in tenths only where they are near enough.

    Finer than tenths only where one in so many is at least two ``mcse``.

    Example:
        >>> frequency(0.31), frequency(0.849), frequency(0.0042), frequency(1.0)
        ('3 av 10', '85 av 100', '4 av 1000', 'alla')
        >>> frequency(0.849, mcse=0.02)
        '8 av 10'
    """
    supported = [of for of in (10, 100, 1000) if of == 10 or 2.0 * mcse * of <= 1.0]
    if share in (0.0, 1.0):
        return say("{times} av {of}", times=0, of=supported[-1]) if share == 0.0 else say("alla")
    for of in supported:
        times = math.floor(share * of + 0.5)
        near = of != 10 or of == supported[-1] or abs(times / of - share) <= _CLOSE
        enough = 2 if of < supported[-1] else 1
        if near and min(times, of - times) >= 1 and times >= enough:
            return say("{times} av {of}", times=times, of=of)
    finest = supported[-1]
    if share < 0.5:
        return say("färre än 1 av {of}", of=finest)
    return say("fler än {times} av {of}", times=finest - 1, of=finest)


def either(parts: Sequence[str]) -> str:
    """Return one or more things of which one will do.

    Example:
        >>> either([".csv"]), either([".csv", ".xlsx"])
        ('.csv', '.csv eller .xlsx')
    """
    if len(parts) == 1:
        return parts[0]
    return say("{first} eller {last}", first=", ".join(parts[:-1]), last=parts[-1])


def duration(seconds: float) -> str:
    """Return a length of time in words, as roughly as it is known.

    Example:
        >>> duration(3.2), duration(17.0), duration(200.0)
        ('5 sekunder', '15 sekunder', '3 minuter')
    """
    if seconds < 90.0:
        return say("{count} sekunder", count=max(5, 5 * round(seconds / 5.0)))
    if seconds < 5400.0:
        return say("{count} minuter", count=round(seconds / 60.0))
    return say("{count} timmar", count=round(seconds / 3600.0))
