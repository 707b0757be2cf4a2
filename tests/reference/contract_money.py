"""Money of the contract's twin: whole öre, rounded as docs/metod.md says, in exact fractions."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from math import floor

MOST = 9 * 10**12  # öre: no amount is larger


def exact(x: float) -> Fraction:
    """Return a number as it is written in decimals."""
    return Fraction(Decimal(repr(float(x))))


def half_up(x: Fraction) -> int:
    """Return the nearest whole number, the middle upwards."""
    return floor(x + Fraction(1, 2))


def away(x: Fraction) -> int:
    """Return the nearest whole number, the middle away from zero."""
    return half_up(x) if x >= 0 else -half_up(-x)


def ore(sek: float) -> int:
    """Return an amount in kronor as whole öre."""
    return max(-MOST, min(MOST, away(exact(sek) * 100)))


def even(x: Fraction) -> int:
    """Return the nearest whole number, the middle to the even one."""
    return round(x)


def of(amount: int, share: float) -> int:
    """Return a share, in whole millionths, of an amount."""
    return half_up(amount * Fraction(even(exact(share) * 10**6), 10**6))


def parts(amount: int, count: int) -> list[int]:
    """Return equal parts, what is left over in the last."""
    return [amount // count] * (count - 1) + [amount - amount // count * (count - 1)]
