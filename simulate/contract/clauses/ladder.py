"""A payment that rises in straight lines between rungs, steeper in some bands than in others."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import TYPE_CHECKING, Annotated, ClassVar, Literal

from pydantic import Field

from models.number import Number
from models.table import Identifier
from simulate.contract.bound import Limit
from simulate.contract.clauses.base import Clause, Fault
from simulate.contract.clauses.tiers import Tier
from simulate.errors import Path

if TYPE_CHECKING:
    from simulate.contract.money import Ore
    from simulate.contract.terms import Terms


class Ladder(Clause):
    """Pays what the straight line between the two nearest rungs says; flat outside the outermost.

    Law: continuous and non-decreasing in the measure; first ≤ payment ≤ last.

    Attributes:
        measure: the measure that decides.
        rungs: levels with what is paid there, levels rising and payments not falling.
    """

    EXAMPLE: ClassVar[Mapping[str, object]] = {
        "id": "slope",
        "title": "Slope",
        "type": "ladder",
        "measure": "share",
        "rungs": [
            {"at": "5 %", "pays": "0 kr"},
            {"at": "10 %", "pays": {"of_drawn": 0.5}},
            {"at": "12.5 %", "pays": {"of_drawn": 1.2}},
        ],
    }

    type: Literal["ladder"]
    measure: Identifier
    rungs: Annotated[tuple[Tier, ...], Field(min_length=2)]

    def reads(self) -> Iterator[tuple[Path, str]]:
        yield ("measure",), self.measure
        yield from super().reads()

    def levels(self) -> Iterator[tuple[str, Number]]:
        yield from ((self.measure, knot.at) for knot in self.rungs)
        yield from super().levels()

    def knots(self) -> Iterator[tuple[str, Limit]]:
        if all(knot.at.dimension.name == "signed_sek" for knot in self.rungs):
            for knot in self.rungs:
                yield self.measure, Limit(amount=knot.at)

    def faults(self) -> Iterator[Fault]:
        for place, (low, high) in enumerate(pairwise(self.rungs), start=1):
            if low.at.distribution.support()[1] >= high.at.distribution.support()[0]:
                yield "ladder_not_rising", ("rungs", place, "at"), {"other": low.at.key}
            elif high.pays.below(low.pays):
                yield "ladder_falls", ("rungs", place, "pays"), {"other": low.at.key}

    def amount(self, terms: Terms) -> Ore:
        paid = terms.limit(self.rungs[0].pays) + terms.nothing
        for low, high in pairwise(self.rungs):
            line = terms.between_levels(self.measure, (low.at, low.pays), (high.at, high.pays))
            paid = terms.choose(terms.reaches(self.measure, low.at), line, paid)
        return paid


CLAUSE = Ladder
