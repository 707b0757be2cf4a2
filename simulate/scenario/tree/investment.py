"""One investment of the fund: what it costs, what is to come back, and what is really saved."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, ClassVar, Literal

from pydantic import Field

from models.number import Count, Days, Number, Ratio, Sek, SekPerDay, SekPerUnit, Share
from models.table import Day, Identifier, Table, Text, chosen_by
from simulate.scenario.tree.fund import YearKey


class Effect(Table):
    """A line of lower cost, in the years and the purse where it comes.

    Attributes:
        id: names the line in results.
        title: the line in a few words, for people.
    """

    id: Identifier
    title: Text


class PlanShare(Effect):
    """Realised is a share of what the plan says, in each year and nämnd of the plan.

    Attributes:
        share: realised over planned; above one when more is saved than planned.
    """

    type: Literal["plan_share"]
    share: Ratio


class Priced(Effect):
    """A saving of its own.

    Attributes:
        falls_on: the party whose cost is lower.
        cashable: share of it that can really leave the budget (realiserbar andel).
        direction: ``more`` for a cost that grows instead, such as the familjehem that takes the
            place of an HVB.
        realised: how much of what is counted comes true, the same in all years of the line; left
            out, all of it. It is no part of the plan, which is what the line says.
    """

    COUNTED: ClassVar[str]

    falls_on: Identifier
    cashable: Share
    direction: Literal["less", "more"] = "less"
    realised: Ratio | None = None

    @property
    def counted(self) -> Mapping[str, Number]:
        """What is counted, by calendar year."""
        found: Mapping[str, Number] = getattr(self, self.COUNTED)
        return found


class DaysEffect(Priced):
    """Fewer days of care: days × price a day.

    Attributes:
        days: days fewer, by calendar year.
        price: kronor a day.
    """

    COUNTED: ClassVar[str] = "days"

    type: Literal["days"]
    days: Annotated[dict[YearKey, Days], Field(min_length=1)]
    price: SekPerDay


class UnitsEffect(Priced):
    """Fewer units of anything: units × price a unit.

    Attributes:
        units: units fewer, by calendar year.
        price: kronor a unit, or a unit and year.
    """

    COUNTED: ClassVar[str] = "units"

    type: Literal["units"]
    units: Annotated[dict[YearKey, Count], Field(min_length=1)]
    price: SekPerUnit


class AmountEffect(Priced):
    """A saving that is stated as money.

    Attributes:
        amounts: kronor less, by calendar year.
    """

    COUNTED: ClassVar[str] = "amounts"

    type: Literal["amount"]
    amounts: Annotated[dict[YearKey, Sek], Field(min_length=1)]


EFFECTS: dict[str, type[Table]] = {
    "plan_share": PlanShare,
    "days": DaysEffect,
    "units": UnitsEffect,
    "amount": AmountEffect,
}
AnyEffect = Annotated[Effect, chosen_by("type", EFFECTS)]


class Investment(Table):
    """An investment that the fund grants.

    Attributes:
        title: the investment in a few words, for people.
        granted: day of the decision.
        provider: the party that runs it; it gets the grant and bears the cost.
        partners: the förvaltningar and others that the source names as partners.
        costs: what it costs and the fund grants, by calendar year.
        aterforing: what is planned to be returned, by calendar year; left out, the plan is the
            effect lines at their medians.
        split: share of the planned återföring by nämnd; the shares add to one. Left out where
            the plan is made of the effect lines, which have their own nämnd.
        effects: what is really saved.
    """

    title: Text
    granted: Day
    provider: Identifier
    partners: tuple[Text, ...] = ()
    costs: Annotated[dict[YearKey, Sek], Field(min_length=1)]
    aterforing: Annotated[dict[YearKey, Sek], Field(min_length=1)] | None = None
    split: Annotated[dict[Identifier, Share], Field(min_length=1)] | None = None
    effects: Annotated[tuple[AnyEffect, ...], Field(min_length=1)]
