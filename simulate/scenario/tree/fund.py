"""The social investment fund: its capital, and the rule by which nämnder fill it again."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from models.number import CalendarYear, Ratio, Sek
from models.table import Identifier, Integer, Table
from simulate.scenario.tree.aterforing import Aterforing, WholeYear, YearKey
from simulate.scenario.tree.yearly import Yearly

YearsAfter = Annotated[str, Field(pattern=r"^[0-9]{1,2}$")]


class TopUp(Table):
    """Capital that is paid in later, in a year that may be uncertain.

    Attributes:
        amount: what is paid in.
        year: calendar year; one after the horizon is never.
    """

    amount: Sek
    year: CalendarYear


class CommonFactor(Table):
    """Something that several investments share: a policy, a price, the labour market.

    Attributes:
        factor: multiplies what each of them realises, in each future by the same.
        on: the investments, by id.
        loading: how strongly it acts: the factor to this power. Left out, one.
    """

    factor: Ratio
    on: Annotated[tuple[Identifier, ...], Field(min_length=1)]
    loading: Ratio | None = None


class Grants(Table):
    """Further investments of a typical kind, granted year by year while free capital allows.

    Free capital at the beginning of a year is the balance with what is paid in that year, less
    everything that is due on what has been granted so far.

    Attributes:
        first_year, last_year: calendar years in which grants are decided, both included.
        per_year: the most that are granted in a year.
        while_free: a further one is granted as long as free capital is at least this.
        planned_ahead: years, the present one included, whose planned returns count as free
            capital too; nothing of it where left out.
        size: what is granted for one.
        paid_over: years over which it is paid, in equal parts from the year of the decision.
        plan: planned return as a share of the grant, by years after the decision.
        realised: what is realised over what is planned, the same for all of them.
        provider: the party that runs them; it gets the grants and bears the cost.
        namnd: the nämnd in which they save, and which returns.
    """

    first_year: WholeYear
    last_year: WholeYear
    per_year: Annotated[Integer, Field(ge=1, le=100)] = 1
    while_free: Sek
    planned_ahead: Annotated[Integer, Field(ge=0, le=50)] = 0
    size: Sek
    paid_over: Annotated[Integer, Field(ge=1, le=20)] = 1
    plan: Annotated[dict[YearsAfter, Ratio], Field(min_length=1)]
    realised: Ratio
    provider: Identifier
    namnd: Identifier


class Fund(Yearly):
    """A social investment fund.

    Attributes:
        party: the party that is the fund.
        capital: what is paid in to it, by calendar year.
        aterforing: the rule of återföring.
        common_factor: multiplies what every investment realises, in each future by the same: what
            they share of policy, labour market and budget discipline. Left out, each investment
            goes its own way. The same as a named common factor on all of them.
        common_factors: what some of them share, by name; they multiply each other.
        top_ups: what is paid in beside ``capital``, in years that need not be known.
        grants: the rule by which further investments are granted; left out, none are.
    """

    party: Identifier
    capital: Annotated[dict[YearKey, Sek], Field(min_length=1)]
    aterforing: Aterforing
    common_factor: Ratio | None = None
    common_factors: dict[Identifier, CommonFactor] = Field(default_factory=dict)
    top_ups: tuple[TopUp, ...] = ()
    grants: Grants | None = None
