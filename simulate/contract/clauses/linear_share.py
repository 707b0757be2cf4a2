"""A share of a measured amount of money between two knots."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, ClassVar, Literal

from models.number import Share
from models.table import Identifier
from simulate.contract.bound import Bound, Limit
from simulate.contract.clauses.base import Clause, Fault
from simulate.errors import Path

if TYPE_CHECKING:
    from simulate.contract.money import Ore
    from simulate.contract.terms import Terms


class LinearShare(Clause):
    """Pays min(cap, share × the part of the measure that lies above ``above`` up to ``up_to``).

    Law: 0 ≤ payment ≤ cap; continuous and non-decreasing in the measure.

    Attributes:
        measure: a measure in money.
        share: of what lies between the knots.
        above, up_to: the knots: where a krona more begins and ceases to pay.
        cap: most that the clause pays.
    """

    EXAMPLE: ClassVar[Mapping[str, object]] = {
        "id": "part",
        "title": "Del av besparingen",
        "type": "linear_share",
        "measure": "saving",
        "share": "60 %",
        "above": "0 kr",
        "up_to": {"of_drawn": 1.0},
        "cap": "unlimited",
    }

    type: Literal["linear_share"]
    measure: Identifier
    share: Share
    above: Bound
    up_to: Bound
    cap: Bound

    def reads(self) -> Iterator[tuple[Path, str]]:
        yield ("measure",), self.measure
        yield from super().reads()

    def knots(self) -> Iterator[tuple[str, Limit]]:
        yield self.measure, self.above
        yield self.measure, self.up_to

    def money_measures(self) -> Iterator[str]:
        yield self.measure

    def faults(self) -> Iterator[Fault]:
        if self.above.reaches(self.up_to):
            other = f"contract.clauses.{self.id}.up_to"
            yield "knots_not_rising", ("above",), {"other": other}

    def amount(self, terms: Terms) -> Ore:
        between = terms.between(self.measure, self.above, self.up_to)
        return terms.at_most(terms.part(between, self.share), self.cap)


CLAUSE = LinearShare
