"""Contract money in whole öre, as 64-bit integers: nothing is lost and nothing drifts.

Rounding rules, stated once: an amount in SEK becomes whole öre, half away from zero; a share
becomes whole millionths; a share of an amount is rounded half up to the öre.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from models.quantity import LARGEST_SEK

Ore = NDArray[np.int64]
MILLION = 1_000_000
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
