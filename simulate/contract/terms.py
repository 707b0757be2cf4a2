"""What the clauses of a contract can see and do: amounts in öre, measures, limits."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

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
        redeemed: calendar year in which the investor leaves, 0 where she stays; ``None`` where the
            contract's own rule decides.
        lent_on: days on which the drawn amount is paid out.
        instalments: on how many of those days, from the first on, it is paid out; ``None`` for all.
        lent: what is paid out on each of them, dims (draw, day); ``None`` for equal parts.
        day: of the payment that is worked out.
        unit: what clauses, caps and floors are rounded to, in öre.
    """

    drawn: Ore
    delivered: Mask
    readings: Mapping[str, Reading]
    values: Values
    redeemed: Ore | None = None
    lent_on: tuple[date, ...] = ()
    instalments: Ore | None = None
    lent: Ore | None = None
    day: date | None = None
    unit: int = 1

    @property
    def nothing(self) -> Ore:
        """Zero öre."""
        return np.zeros_like(self.drawn)

    @property
    def drawdowns(self) -> Ore:
        """What is paid out on each day of drawdown, dims (draw, day)."""
        if self.lent is not None:
            return self.lent
        return money.instalments(self.drawn, max(len(self.lent_on), 1), self.instalments)

    def part(self, amount: Ore, share: Number) -> Ore:
        """Return a share of an amount."""
        return money.part(amount, self.values.of(share))

    def limit(self, bound: Limit) -> Ore:
        """Return a limit in öre; unlimited is the largest amount there is."""
        if bound.amount is not None:
            return np.asarray(money.ore(self.values.of(bound.amount)))
        if bound.of_drawn is not None:
            return money.part(self.drawn, self.values.of(bound.of_drawn))
        if bound.irr is not None:
            return self.owed(bound.irr)
        return np.asarray(money.LARGEST)

    def on(self, day: date | None) -> Terms:
        """Return the same situation on another day of payment; ``None`` for the same day."""
        return self if day is None or day == self.day else replace(self, day=day)

    def owed(self, rate: Number, paid: Mapping[date, Ore] | None = None) -> Ore:
        """Return what is paid on this day if the dated flows are to return ``rate`` a year.

        Compound, act/365: the drawdowns so far and their yield, less what was ``paid`` before with
        its yield; never less than nothing. Half an öre is rounded up.
        """
        grows = 1.0 + self.values.of(rate)
        balance = np.zeros(np.shape(self.drawn))
        if self.day is None:
            return self.nothing
        flows = [(day, self.drawdowns[..., place]) for place, day in enumerate(self.lent_on)]
        flows += [(day, -amount) for day, amount in (paid or {}).items()]
        for day, amount in flows:
            if day <= self.day:
                balance = balance + amount * grows ** ((self.day - day).days / 365.0)
        return np.floor(np.clip(balance, 0.0, float(money.LARGEST)) + 0.5).astype(np.int64)

    def rounded(self, amount: Ore) -> Ore:
        """Return an amount in the whole units that the contract rounds to."""
        return money.whole(amount, self.unit)

    def between_levels(
        self, measure: str, low: tuple[Number, Limit], high: tuple[Number, Limit]
    ) -> Ore:
        """Return what a straight line between two (level, amount) pays, held at its ends.

        Exact: a measure in money is read in öre, any other to twelve decimals.
        """
        (start, first), (end, last) = low, high
        begin, stop = (self._whole(self._level(measure, one)) for one in (start, end))
        at = np.clip(self._whole(self._exact(measure)), begin, stop)
        lowest, highest = self.limit(first), self.limit(last)
        rises = highest - lowest
        return lowest + money.proportion(rises, at - begin, np.maximum(stop - begin, 1))

    def number(self, number: Number) -> Ore:
        """Return a number of persons or claims as a whole number."""
        return np.floor(self.values.of(number) + 0.5).astype(np.int64)

    def times(self, count: Ore, price: Number) -> Ore:
        """Return a whole number of units at a price; held at the largest amount there is."""
        each = np.maximum(money.ore(self.values.of(price)), 0)
        most = money.LARGEST // np.maximum(each, 1)
        return np.asarray(np.minimum(count, most) * each)

    def least(self, one: Ore, other: Ore) -> Ore:
        """Return the smaller of two amounts."""
        return np.minimum(one, other)

    def greatest(self, one: Ore, other: Ore) -> Ore:
        """Return the larger of two amounts."""
        return np.maximum(one, other)

    def count(self, measure: str) -> Ore:
        """Return a measure as a whole number, not below zero."""
        return np.floor(np.maximum(self.readings[measure].value, 0.0) + 0.5).astype(np.int64)

    def _whole(self, value: NDArray[np.float64] | Ore) -> Ore:
        """A measure as an integer: öre, or billionths of thousandths of its unit."""
        if value.dtype == np.int64:
            return np.asarray(value)
        return np.rint(value * 1e12).astype(np.int64)

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
