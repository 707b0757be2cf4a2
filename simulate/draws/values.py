"""What a number is: the one question that laws and clauses ask of the draws."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from models.number import Number
from models.quantile import quantile

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


class Values(Protocol):
    """Anything that knows what a number is, in each of some futures."""

    def of(self, number: Number) -> Floats:
        """Return the values of ``number``, dims (draw,), or () when it is the same in all."""
        ...


@dataclass(frozen=True)
class Central:
    """Every number at its median: for paying out on stated outcomes, without probability."""

    def of(self, number: Number) -> Floats:
        """Return the median of ``number``, dims ()."""
        return quantile(number.distribution, np.asarray(0.5))
