"""A step function of a measure: nothing below the first step."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import TYPE_CHECKING, Annotated, ClassVar, Literal

from pydantic import Field

from models.number import Number
from models.table import Identifier, Table
from simulate.contract.bound import Bound
from simulate.contract.clauses.base import Clause, Fault, Threshold
from simulate.errors import Path

if TYPE_CHECKING:
    from simulate.contract.money import Ore
    from simulate.contract.terms import Terms


class Tier(Table):
    """From ``at`` (included) upwards the clause pays ``pays``, until the next tier.

    Attributes:
        at: level of the measure at which the tier begins, itself included.
        pays: what the clause pays there.
    """

    at: Threshold
    pays: Bound


class Tiers(Clause):
    """Pays the highest tier whose level the measure reaches, or nothing.

    Law: non-decreasing in the measure when the tiers rise; constant between levels.

    Attributes:
        measure: the measure that decides.
        tiers: in rising order.
    """

    EXAMPLE: ClassVar[Mapping[str, object]] = {
        "id": "steps",
        "title": "Trappa",
        "type": "tiers",
        "measure": "saving",
        "tiers": [
            {"at": "1 mkr", "pays": {"of_drawn": 0.3}},
            {"at": "5 mkr", "pays": {"of_drawn": 1.0}},
        ],
    }

    type: Literal["tiers"]
    measure: Identifier
    tiers: Annotated[tuple[Tier, ...], Field(min_length=1)]

    def reads(self) -> Iterator[tuple[Path, str]]:
        yield ("measure",), self.measure
        yield from super().reads()

    def thresholds(self) -> Iterator[tuple[str, Number]]:
        yield from ((self.measure, tier.at) for tier in self.tiers)
        yield from super().thresholds()

    def faults(self) -> Iterator[Fault]:
        for place, (low, high) in enumerate(pairwise(self.tiers), start=1):
            falling = low.at.distribution.support()[0] >= high.at.distribution.support()[0]
            if falling or low.pays.reaches(high.pays):
                yield "tiers_not_rising", ("tiers", place), {"other": low.at.key}

    def amount(self, terms: Terms) -> Ore:
        paid = terms.nothing
        for tier in self.tiers:
            paid = terms.choose(terms.reaches(self.measure, tier.at), terms.limit(tier.pays), paid)
        return paid


CLAUSE = Tiers
