"""Yearly interest on what is still lent, at a rate that each year's measure decides."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING, Annotated, ClassVar, Literal

import pydantic

from models import number as n
from models.number import Number, Share
from models.table import Day, Identifier, Table
from simulate.contract.clauses.base import Clause, Fault, Threshold
from simulate.errors import Path
from simulate.language.numbers import significant

if TYPE_CHECKING:
    from simulate.contract.money import Ore
    from simulate.contract.terms import Terms


class Period(Table):
    """One year of interest.

    Attributes:
        measure: decides the rate of this year.
        pays_on: day on which it is paid.
        floor: lowest rate this year, whatever the measure; ``"0 %"`` where there is none.
        repays: share of the drawn amount that is repaid the same day, after the interest.
    """

    measure: Identifier
    pays_on: Day
    floor: n.Rate
    repays: Share


class Step(Table):
    """From ``at`` (included) upwards the rate is ``rate``, until the next step.

    Attributes:
        at: level of the measure.
        rate: a year.
    """

    at: Threshold
    rate: n.Rate


class Coupon(Clause):
    """Pays each year max(floor, rate of the highest step reached) × principal, and what it repays.

    Principal: drawn × (1 − shares repaid earlier). Below the first step the rate is ``otherwise``.
    Law: interest ≥ floor × principal; non-decreasing in every measure.

    Attributes:
        periods: the years, in order of their days.
        steps: rates by level, both rising.
        otherwise: rate below the first step.
    """

    EXAMPLE: ClassVar[Mapping[str, object]] = {
        "id": "coupon",
        "title": "Coupon",
        "type": "coupon",
        "periods": [
            {"measure": "one", "pays_on": date(2022, 12, 31), "floor": "2 %", "repays": "0 %"},
            {"measure": "two", "pays_on": date(2023, 12, 31), "floor": "0 %", "repays": "100 %"},
        ],
        "steps": [{"at": "30 %", "rate": "3 %"}, {"at": "40 %", "rate": "5 %"}],
        "otherwise": "0 %",
    }

    type: Literal["coupon"]
    periods: Annotated[tuple[Period, ...], pydantic.Field(min_length=1)]
    steps: Annotated[tuple[Step, ...], pydantic.Field(min_length=1)]
    otherwise: n.Rate

    def reads(self) -> Iterator[tuple[Path, str]]:
        for place, period in enumerate(self.periods):
            yield ("periods", place, "measure"), period.measure
        yield from super().reads()

    def thresholds(self) -> Iterator[tuple[str, Number]]:
        for period in self.periods:
            yield from ((period.measure, step.at) for step in self.steps)
        yield from super().thresholds()

    def days(self) -> Iterator[tuple[Path, date | None]]:
        for place, period in enumerate(self.periods):
            yield ("periods", place, "pays_on"), period.pays_on

    def faults(self) -> Iterator[Fault]:
        for place, (low, high) in enumerate(pairwise(self.steps), start=1):
            level = low.at.distribution.support()[0] >= high.at.distribution.support()[0]
            if level or low.rate.distribution.support()[0] > high.rate.distribution.support()[0]:
                yield "tiers_not_rising", ("steps", place), {"other": low.at.key}
        steps = ((("steps", place, "rate"), one.rate) for place, one in enumerate(self.steps))
        rates: list[tuple[Path, Number]] = [(("otherwise",), self.otherwise), *steps]
        rates += [
            (("periods", place, "floor"), one.floor) for place, one in enumerate(self.periods)
        ]
        for where, rate in rates:
            if rate.distribution.support()[0] < 0.0:
                yield "rate_below_zero", where, {}
        for place, (before, after) in enumerate(pairwise(self.periods), start=1):
            if after.pays_on <= before.pays_on:
                context = {"found": after.pays_on, "start": before.pays_on}
                yield "end_before_start", ("periods", place, "pays_on"), context
        repaid = sum(period.repays.distribution.support()[1] for period in self.periods)
        if repaid > 1.0 + 1e-9:
            where = ("periods", len(self.periods) - 1, "repays")
            yield (
                "repaid_twice",
                where,
                {
                    "found": significant(repaid),
                    "other": f"contract.clauses.{self.id}.periods[0].repays",
                },
            )

    def amount(self, terms: Terms) -> Ore:
        paid = terms.nothing
        for _, amount in self.payments(terms):
            paid = paid + amount
        return paid

    def payments(self, terms: Terms) -> Iterator[tuple[date | None, Ore]]:
        left = terms.drawn
        for period in self.periods:
            interest = terms.part(left, self.otherwise)
            for step in self.steps:
                reached = terms.reaches(period.measure, step.at)
                interest = terms.choose(reached, terms.part(left, step.rate), interest)
            least = terms.part(left, period.floor)
            repaid = terms.least(terms.part(terms.drawn, period.repays), left)
            left = left - repaid
            yield period.pays_on, terms.greatest(interest, least) + repaid


CLAUSE = Coupon
