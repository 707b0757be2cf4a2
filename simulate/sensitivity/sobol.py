"""Shares of variance by pick-freeze: first and total order of each factor or group of factors.

A and B are two independent sets of draws; AB is A with one factor from B. With V the variance,

    first order = Cov(f(B), f(AB)) / V        what the factor does by itself
    total order = E (f(A) − f(AB))² / 2V      what would be left if all others were known

(Saltelli and others 2010; Jansen 1999). A fitted sum of one function for each factor is taken away
first and its share, which is known exactly, put back: both estimates stay without bias whatever the
fit, and what is left to estimate is small. What A and B share by chance is taken away too, so that
a factor that does nothing gets no share. A group counts as one factor, so inputs that hang
together are put in one group.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from simulate.risk.error import NORMAL, mcse, reach
from simulate.sensitivity.mains import effects, fits, variances

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Index:
    """A share of variance.

    Attributes:
        value: estimate; may fall below 0 or above 1 by its error.
        mcse: its Monte Carlo standard error.
        reach: of the 95 % interval, in standard errors.
    """

    value: float
    mcse: float
    reach: float = NORMAL

    @property
    def low(self) -> float:
        """Lower end of the 95 % interval."""
        return self.value - self.reach * self.mcse

    @property
    def high(self) -> float:
        """Upper end of the 95 % interval."""
        return self.value + self.reach * self.mcse


@dataclass(frozen=True)
class Indices:
    """Both shares of one factor.

    Attributes:
        first, total: order.
    """

    first: Index
    total: Index


def indices(
    a: Floats,
    b: Floats,
    mixed: Sequence[Floats],
    columns_a: Sequence[Floats],
    columns_b: Sequence[Floats],
    error: Callable[[Floats], float] = mcse,
) -> tuple[Indices, ...]:
    """Return the indices of every factor.

    Args:
        a, b: of the quantity, dims (draw,).
        mixed: of each factor, the quantity where that factor alone comes from B, dims (draw,).
        columns_a, columns_b: of each factor, functions of it that vary as :func:`basis.smooth`
            does, dims (draw, column), in A and in B; a factor may have none.
        error: from the influence of every draw, dims (draw,), to a standard error.
    """
    known = fits(a, columns_a)
    main_a, main_b = effects(known, columns_a), effects(known, columns_b)
    share = variances(known, len(a))
    rest_a, rest_b = a - main_a.sum(axis=0), b - main_b.sum(axis=0)
    middle = 0.5 * (rest_a.mean() + rest_b.mean())
    rest_a, rest_b = rest_a - middle, rest_b - middle
    whole = share.sum(axis=0)
    for mains, rest in ((main_a, rest_a), (main_b, rest_b)):
        whole = whole + 0.5 * (2.0 * mains.sum(axis=0) * rest + rest**2)
    found = []
    apart = rest_a * rest_b  # A and B are independent: its mean is zero
    for place, one in enumerate(mixed):
        own_a, own_b = main_a[place], main_b[place]
        rest = one - (main_a.sum(axis=0) - own_a) - own_b - middle
        shared = rest_b * rest
        alike = float(shared @ apart) / max(float(apart @ apart), 1e-300)
        first = share[place] + own_b * (rest_b + rest) + shared - alike * apart
        step, turn = own_a - own_b, rest_a - rest
        total = share[place] + step * turn + 0.5 * turn**2
        found.append(Indices(_ratio(first, whole, error), _ratio(total, whole, error)))
    return tuple(found)


def _ratio(part: Floats, whole: Floats, error: Callable[[Floats], float]) -> Index:
    variance = float(whole.mean())
    if variance <= 0.0:
        return Index(0.0, 0.0)
    value = float(part.mean()) / variance
    return Index(value, error((part - value * whole) / variance), reach(len(part)))
