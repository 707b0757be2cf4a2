"""A price list of outcomes: so much for each claim, with caps and a discount on the whole card."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import TYPE_CHECKING, Annotated, ClassVar, Literal

import pydantic

from models.number import Sek, Share
from models.table import Day, Identifier, Table, Text
from simulate.contract.bound import Bound, Most
from simulate.contract.clauses.base import Clause, Fault
from simulate.errors import Path

if TYPE_CHECKING:
    from simulate.contract.money import Ore
    from simulate.contract.terms import Terms


class PersonCap(Table):
    """What the card pays at most for each person, counted on all of them together.

    Attributes:
        measure: number of persons with at least one claim.
        amount: for each of them.
    """

    measure: Identifier
    amount: Sek


class CardLine(Table):
    """One outcome on the card.

    Attributes:
        id: names the line.
        title: the outcome in a few words, for people.
        measure: number of claims, whole.
        price: for each claim, before the discount.
        most_claims: claims that are paid for, or ``"unlimited"``.
        cap: of the line, after the discount.
        pays_on: day of the payment; left out when it is the clause's.
    """

    id: Identifier
    title: Text
    measure: Identifier
    price: Sek
    most_claims: Most
    cap: Bound
    pays_on: Day | None = None


class RateCard(Clause):
    """Pays Σ min(cap, price × claims × (1 − discount)), the whole held at the card's own caps.

    Law: 0 ≤ payment ≤ cap; non-decreasing in every count. What the caps of the card cut off is cut
    from the last payment first.

    Attributes:
        lines: the outcomes.
        discount: on the whole card, as offered in the bid.
        per_person: cap for each person; left out when there is none.
        cap: of the whole card.
    """

    EXAMPLE: ClassVar[Mapping[str, object]] = {
        "id": "card",
        "title": "Card",
        "type": "rate_card",
        "lines": [
            {
                "id": "job",
                "title": "Job",
                "measure": "jobs",
                "price": "35 tkr",
                "most_claims": 40,
                "cap": "unlimited",
            },
            {
                "id": "exam",
                "title": "Exam",
                "measure": "exams",
                "price": "12 tkr",
                "most_claims": "unlimited",
                "cap": "300 tkr",
            },
        ],
        "discount": "10 %",
        "cap": {"amount": "2 mkr"},
    }

    type: Literal["rate_card"]
    lines: Annotated[tuple[CardLine, ...], pydantic.Field(min_length=1)]
    discount: Share
    cap: Bound
    per_person: PersonCap | None = None

    def reads(self) -> Iterator[tuple[Path, str]]:
        yield from self.counts()
        yield from super().reads()

    def counts(self) -> Iterator[tuple[Path, str]]:
        for line in self.lines:
            yield ("lines", line.id, "measure"), line.measure
        if self.per_person is not None:
            yield ("per_person", "measure"), self.per_person.measure

    def days(self) -> Iterator[tuple[Path, date | None]]:
        for line in self.lines:
            yield ("lines", line.id, "pays_on"), line.pays_on or self.pays_on

    def faults(self) -> Iterator[Fault]:
        names = [line.id for line in self.lines]
        for place, name in enumerate(names):
            if name in names[:place]:
                yield "duplicate_id", ("lines", place, "id"), {"found": name}

    def amount(self, terms: Terms) -> Ore:
        paid = terms.nothing
        for _, amount in self.payments(terms):
            paid = paid + amount
        return paid

    def payments(self, terms: Terms) -> Iterator[tuple[date | None, Ore]]:
        room = terms.on(self.pays_on).limit(self.cap)
        if self.per_person is not None:
            persons = terms.count(self.per_person.measure)
            room = terms.least(room, terms.times(persons, self.per_person.amount))
        for line in sorted(self.lines, key=lambda one: self._when(one, terms)):
            day = line.pays_on or self.pays_on
            paid = terms.least(self._line(line, terms.on(day)), room)
            room = room - paid
            yield day, paid

    def _when(self, line: CardLine, terms: Terms) -> date:
        return line.pays_on or self.pays_on or terms.day or date.max

    def _line(self, line: CardLine, terms: Terms) -> Ore:
        claims = terms.count(line.measure)
        if line.most_claims is not None:
            claims = terms.least(claims, terms.number(line.most_claims))
        full = terms.times(claims, line.price)
        return terms.at_most(full - terms.part(full, self.discount), line.cap)


CLAUSE = RateCard
