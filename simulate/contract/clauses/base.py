"""What every clause is: data with an id, an optional gate, and a law that pays whole öre.

A clause is written against :class:`simulate.contract.terms.Terms` alone, so the same few lines pay
one stated outcome and a hundred thousand drawn ones, and a scenario can be read without numpy.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterator, Mapping
from datetime import date
from typing import TYPE_CHECKING, Annotated, ClassVar

from pydantic import BeforeValidator, InstanceOf
from pydantic_core import PydanticCustomError

from models import quantity as q
from models.number import Number, parse_number
from models.number_schema import NumberSchema
from models.quantity import QuantityError
from models.table import Day, Identifier, Table, Text
from models.units import MONEY
from simulate.contract.bound import Limit
from simulate.errors import Path

if TYPE_CHECKING:
    from simulate.contract.money import Ore
    from simulate.contract.terms import Terms


_NOTES = ("source", "kind", "known_from", "hindsight", "reason", "family")


def _written(raw: object) -> str:
    """Return a value with its unit out of a number, whatever its form; empty where it has none."""
    if isinstance(raw, str):
        return raw
    if isinstance(raw, Mapping):
        unit = raw.get("unit")
        inside = [value for key, value in raw.items() if key not in (*_NOTES, "unit")]
        return f"1 {unit}" if isinstance(unit, str) else _written(inside)
    if isinstance(raw, list):
        return next((found for found in map(_written, raw) if found), "")
    return ""


def _threshold(raw: object) -> object:
    """A level of a measure: a share with %, money with a money unit, else a plain number."""
    if isinstance(raw, Number):
        return raw
    shown = _written(raw)
    dimension = q.POINTS
    if shown:
        unit = shown.strip(" -+\u2212.,0123456789\u00a0\u202f")
        below = shown.strip()[:1] in ("-", "\u2212")
        share = q.SIGNED_SHARE if below else q.SHARE
        dimension = share if unit == "%" else q.SIGNED_SEK if unit in MONEY else q.POINTS
    try:
        return parse_number(raw, dimension)
    except QuantityError as error:
        raise PydanticCustomError(error.code, "{found}", dict(error.context)) from None


Threshold = Annotated[
    InstanceOf[Number],
    BeforeValidator(_threshold),
    NumberSchema((q.POINTS, q.SHARE, q.SIGNED_SEK)),
]


# (code, place inside the clause, what the message needs)
Fault = tuple[str, Path, Mapping[str, object]]


class Gate(Table):
    """A condition: the clause pays only where ``measure`` is strictly above ``above``.

    Attributes:
        measure: the measure that decides.
        above: what it must be above.
    """

    measure: Identifier
    above: Threshold


class Clause(Table):
    """A part of a contract that pays a non-negative number of whole öre.

    Attributes:
        EXAMPLE: the clause as a scenario may write it; the tests pay it out.
        id: name of the clause in results.
        title: the clause in a few words, for people.
        gate: condition on another measure; left out when there is none.
        pays_on: day of the payment; left out when it is the contract's.
    """

    guarantee: ClassVar[bool] = False
    EXAMPLE: ClassVar[Mapping[str, object]]

    id: Identifier
    title: Text
    gate: Gate | None = None
    pays_on: Day | None = None

    @abstractmethod
    def amount(self, terms: Terms) -> Ore:
        """Return what the clause pays in öre, dims (draw,), before its gate."""

    def thresholds(self) -> Iterator[tuple[str, Number]]:
        """Yield (measure, level) wherever the payment jumps; used for the dispute zone."""
        if self.gate is not None:
            yield self.gate.measure, self.gate.above

    def reads(self) -> Iterator[tuple[Path, str]]:
        """Yield (place inside the clause, measure) of all that decides what it pays; gate last."""
        if self.gate is not None:
            yield ("gate", "measure"), self.gate.measure

    def measures(self) -> Iterator[str]:
        """Yield the measures that decide what the clause pays."""
        yield from (measure for _, measure in self.reads())

    def levels(self) -> Iterator[tuple[str, Number]]:
        """Yield (measure, number) of every number that must be in the measure's own unit."""
        yield from self.thresholds()

    def knots(self) -> Iterator[tuple[str, Limit]]:
        """Yield (measure, limit) wherever a money measure changes what a krona more pays."""
        yield from ()

    def money_measures(self) -> Iterator[str]:
        """Yield the measures that must be amounts of money."""
        yield from ()

    def counts(self) -> Iterator[tuple[Path, str]]:
        """Yield (place inside the clause, measure) of the measures that must be whole numbers."""
        yield from ()

    def faults(self) -> Iterator[Fault]:
        """Yield what does not fit together in the clause."""
        yield from ()

    def payments(self, terms: Terms) -> Iterator[tuple[date | None, Ore]]:
        """Yield (day, öre) of each payment before its gate; no day is that of ``terms``."""
        yield self.pays_on, self.amount(terms.on(self.pays_on))

    def days(self) -> Iterator[tuple[Path, date | None]]:
        """Yield (place inside the clause, day) of every payment; no day is the contract's."""
        yield ("pays_on",), self.pays_on

    def dated(self, terms: Terms) -> dict[date | None, Ore]:
        """Return what the clause pays by day, each in öre, dims (draw,), gate and rounding in."""
        found: dict[date | None, Ore] = {}
        for day, amount in self.payments(terms):
            when = terms.day if day is None else day
            paid = terms.rounded(amount)
            if self.gate is not None:
                paid = terms.where(terms.above(self.gate.measure, self.gate.above), paid)
            found[when] = found[when] + paid if when in found else paid
        return found

    def pay(self, terms: Terms) -> Ore:
        """Return what the clause pays in all, in öre, dims (draw,), gate and rounding included."""
        paid = terms.nothing
        for amount in self.dated(terms).values():
            paid = paid + amount
        return paid
