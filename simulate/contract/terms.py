"""What the clauses of a contract can see and do: amounts in öre, measures, limits."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from models.number import Number
from models.quantity import SIGNED_SEK, Dimension
from simulate.contract import money
from simulate.contract.bound import Limit
from simulate.contract.money import Ore
from simulate.draws.values import Values

Mask = NDArray[np.bool_]


@dataclass(frozen=True)
class Reading:
    """The value of one measure, dims (draw,) or ().

    Attributes:
        value: in the unit of ``dimension``.
        dimension: money measures are rounded to the öre before any clause reads them.
    """

    value: NDArray[np.float64]
    dimension: Dimension


@dataclass(frozen=True)
class Terms:
    """The situation in which a contract pays, in one or many futures at once.

    Attributes:
        drawn: what was drawn, in öre.
        delivered: whether the activity was carried out.
        readings: the measures by id.
        values: what the numbers in the contract are.
    """

    drawn: Ore
    delivered: Mask
    readings: Mapping[str, Reading]
    values: Values

    @property
    def nothing(self) -> Ore:
        """Zero öre."""
        return np.zeros_like(self.drawn)

    def part(self, amount: Ore, share: Number) -> Ore:
        """Return a share of an amount."""
        return money.part(amount, self.values.of(share))

    def limit(self, bound: Limit) -> Ore:
        """Return a limit in öre; unlimited is the largest amount there is."""
        if bound.amount is not None:
            return np.asarray(money.ore(self.values.of(bound.amount)))
        if bound.of_drawn is not None:
            return money.part(self.drawn, self.values.of(bound.of_drawn))
        return np.asarray(money.LARGEST)

    def between(self, measure: str, above: Limit, up_to: Limit) -> Ore:
        """Return the part of a money measure that lies above one limit, up to another."""
        low, high = self.limit(above), self.limit(up_to)
        return np.maximum(np.minimum(self.money(measure), high) - low, 0)

    def money(self, measure: str) -> Ore:
        """Return a money measure in öre."""
        return money.ore(self.readings[measure].value)

    def above(self, measure: str, level: Number) -> Mask:
        """Return whether a measure is strictly above a level."""
        return self._exact(measure) > self._level(measure, level)

    def reaches(self, measure: str, level: Number) -> Mask:
        """Return whether a measure is at or above a level."""
        return self._exact(measure) >= self._level(measure, level)

    def where(self, condition: Mask, amount: Ore) -> Ore:
        """Return the amount where the condition holds, else nothing."""
        return np.where(condition, amount, 0)

    def choose(self, condition: Mask, amount: Ore, otherwise: Ore) -> Ore:
        """Return one amount where the condition holds and another elsewhere."""
        return np.where(condition, amount, otherwise)

    def at_most(self, amount: Ore, bound: Limit) -> Ore:
        """Return the amount, held at a limit."""
        return np.minimum(amount, self.limit(bound))

    def at_least(self, amount: Ore, bound: Limit) -> Ore:
        """Return the amount, lifted to a limit."""
        return np.maximum(amount, self.limit(bound))

    def _exact(self, measure: str) -> NDArray[np.float64] | Ore:
        reading = self.readings[measure]
        return self.money(measure) if reading.dimension is SIGNED_SEK else reading.value

    def _level(self, measure: str, level: Number) -> NDArray[np.float64] | Ore:
        value = self.values.of(level)
        return money.ore(value) if self.readings[measure].dimension is SIGNED_SEK else value
