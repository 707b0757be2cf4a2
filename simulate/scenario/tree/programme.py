"""The insats: who takes part, from when, for how long, and what it costs."""

from __future__ import annotations

from typing import Annotated, ClassVar

from pydantic import Field

from models.number import Count, CountPerYear, Sek, Share, Years
from models.table import Day, Identifier, Integer, Table, Text
from simulate.contract.bound import Bound


class Recruitment(Table):
    """How many come: arrivals over the intake are Poisson(eligible a year × take-up × years).

    Attributes:
        eligible_per_year: how many are asked each year.
        take_up: share of them who come.
    """

    eligible_per_year: CountPerYear
    take_up: Share


class CostLine(Table):
    """One line of the programme's budget.

    Attributes:
        id: names the line in results.
        title: the line in a few words, for people.
        amount: what the line will cost in all, in SEK.
        ceiling: most of it that the investor finances.
    """

    id: Identifier
    title: Text
    amount: Sek
    ceiling: Bound


class Programme(Table):
    """The insats.

    Attributes:
        name: what the insats is called.
        cost_lines: its budget.
        provider: the party that runs and pays the insats day by day.
        participants: number of persons at most.
        intake_first, intake_last: first and last day on which a person is included.
        cohorts: number of equally long intake periods; persons are included at their middles.
        duration: length of the insats for a person, in years.
        delivery: probability that the activity is carried out as the contract asks.
        recruitment: left out when the number of participants is certain to be reached.
    """

    CHANCE: ClassVar[tuple[str, ...]] = ("recruitment", "delivery")

    name: Text
    provider: Identifier
    participants: Count
    intake_first: Day
    intake_last: Day
    cohorts: Annotated[Integer, Field(ge=1, le=120)]
    duration: Years
    delivery: Share
    recruitment: Recruitment | None = None
    cost_lines: Annotated[tuple[CostLine, ...], Field(min_length=1)]
