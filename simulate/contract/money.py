"""Contract money in whole öre, as 64-bit integers: nothing is lost and nothing drifts.

Rounding rules, stated once: an amount in SEK becomes whole öre, half away from zero; a share
becomes whole millionths; a share of an amount is rounded half up to the öre. A contract may round
what its clauses pay, and its caps and floors, to something coarser (:data:`UNITS`).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from models.quantity import LARGEST_SEK

Ore = NDArray[np.int64]
MILLION = 1_000_000
# What a contract may round to → how many öre it is.
UNITS = {"ore": 1, "krona": 100, "hundra_kronor": 10_000, "tusen_kronor": 100_000}
# Largest amount whose product with a share of one still fits in 64 bits.
LARGEST: int = int(LARGEST_SEK) * 100


def ore(sek: NDArray[np.float64] | float) -> Ore:
    """Return SEK as whole öre, half away from zero; amounts beyond ± 90 billion are held there.

    Example:
        >>> int(ore(7_500_000.005))
        750000001
    """
    scaled = np.clip(np.asarray(sek, dtype=np.float64) * 100.0, -float(LARGEST), float(LARGEST))
    return (np.sign(scaled) * np.floor(np.abs(scaled) + 0.5)).astype(np.int64)


def sek(amount: Ore) -> NDArray[np.float64]:
    """Return whole öre as SEK."""
    return np.asarray(amount, dtype=np.float64) / 100.0


def part(amount: Ore, share: NDArray[np.float64]) -> Ore:
    """Return ``share`` of a non-negative ``amount``, rounded half up to the öre.

    A multiple above one is taken as its whole part and the rest apart, so that it cannot overflow.

    Example:
        >>> int(part(np.asarray(750_000_001), np.asarray(0.4)))
        300000000
    """
    millionths = np.rint(np.asarray(share) * MILLION).astype(np.int64)
    whole, rest = np.divmod(millionths, MILLION)
    return np.asarray(amount * whole + (amount * rest + MILLION // 2) // MILLION)


def whole(amount: Ore, unit: int) -> Ore:
    """Return an amount in whole units of so many öre, half away from zero.

    Example:
        >>> whole(np.asarray([149, 150, -150]), 100).tolist()
        [100, 200, -200]
    """
    if unit == 1:
        return amount
    return np.asarray(np.sign(amount) * ((np.abs(amount) + unit // 2) // unit * unit))


def proportion(amount: Ore, of: Ore, whole_of: Ore) -> Ore:
    """Return amount × of / whole_of, rounded half up, in exact integers of any size.

    Args:
        amount: öre.
        of: numerator, same sign convention.
        whole_of: denominator, above zero.

    Example:
        >>> int(proportion(np.asarray(9 * 10**11), np.asarray(10**12), np.asarray(3 * 10**12)))
        300000000000
    """
    top = np.asarray(amount).astype(object) * np.asarray(of).astype(object)
    bottom = np.asarray(whole_of).astype(object)
    return np.asarray((2 * top + bottom) // (2 * bottom)).astype(np.int64)


def instalments(amount: Ore, parts: int, taken: Ore | None = None) -> Ore:
    """Return ``amount`` in equal whole öre, dims (…, part); the last takes the remainder.

    Args:
        amount: öre.
        parts: how many parts there are.
        taken: how many of them there are in each future, from the first on, where that differs;
            the others are nothing.

    Example:
        >>> instalments(np.asarray([100]), 3).tolist()
        [[33, 33, 34]]
        >>> instalments(np.asarray([67]), 3, np.asarray([2])).tolist()
        [[33, 34, 0]]
    """
    if taken is not None:
        number = np.arange(1, parts + 1)
        some = np.maximum(taken, 1)[..., None]
        each = np.asarray(amount)[..., None] // some
        last = np.asarray(amount)[..., None] - each * (some - 1)
        shares = np.where(number < some, each, np.where(number == some, last, 0))
        return np.asarray(shares)
    each = amount // parts
    shares = np.repeat(np.asarray(each)[..., None], parts, axis=-1)
    shares[..., -1] += amount - each * parts
    return shares
