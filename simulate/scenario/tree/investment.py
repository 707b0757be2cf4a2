"""One investment of the fund: what it costs, what is to come back, and what is really saved."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, ClassVar, Literal

from pydantic import Field

from models.number import (
    Count,
    Days,
    LogRatio,
    Number,
    Ratio,
    Sek,
    SekPerDay,
    SekPerUnit,
    SekPerYear,
    Share,
    SignedDays,
    SignedShare,
    Years,
)
from models.table import Day, Identifier, Table, Text, chosen_by
from simulate.scenario.tree.aterforing import AnySplit, Terms, YearKey


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
        realised: how much of what is counted comes true, the same in all years of the line; left
            out, all of it. It is no part of the plan, which is what the line says.
    """

    COUNTED: ClassVar[str]

    falls_on: Identifier
    cashable: Share
    realised: Ratio | None = None

    @property
    def counted(self) -> Mapping[str, Number]:
        """What is counted, by calendar year."""
        found: Mapping[str, Number] = getattr(self, self.COUNTED)
        return found


class Directed(Priced):
    """A saving that is counted by hand, as so many fewer.

    Attributes:
        direction: ``more`` for a cost that grows instead, such as the familjehem that takes the
            place of an HVB.
    """

    direction: Literal["less", "more"] = "less"


class DaysEffect(Directed):
    """Fewer days of care: days × price a day.

    Attributes:
        days: days fewer, by calendar year.
        price: kronor a day.
    """

    COUNTED: ClassVar[str] = "days"

    type: Literal["days"]
    days: Annotated[dict[YearKey, Days], Field(min_length=1)]
    price: SekPerDay


class UnitsEffect(Directed):
    """Fewer units of anything: units × price a unit.

    Attributes:
        units: units fewer, by calendar year.
        price: kronor a unit, or a unit and year.
    """

    COUNTED: ClassVar[str] = "units"

    type: Literal["units"]
    units: Annotated[dict[YearKey, Count], Field(min_length=1)]
    price: SekPerUnit


class AmountEffect(Directed):
    """A saving that is stated as money.

    Attributes:
        amounts: kronor less, by calendar year.
    """

    COUNTED: ClassVar[str] = "amounts"

    type: Literal["amount"]
    amounts: Annotated[dict[YearKey, Sek], Field(min_length=1)]


class PersonDays(Priced):
    """Days of care that persons avoid: persons × days ÷ window × price a day.

    Attributes:
        persons: persons whose days are fewer, by calendar year.
        days_avoided: days that one person avoids in the window; negative where care grows.
        window: the time in which those days are avoided, evenly.
        price: kronor a day.
    """

    COUNTED: ClassVar[str] = "persons"

    type: Literal["person_days"]
    persons: Annotated[dict[YearKey, Count], Field(min_length=1)]
    days_avoided: SignedDays
    window: Years
    price: SekPerDay


class PersonYears(Priced):
    """Years of support that persons or households avoid: persons × share of the year × price.

    Attributes:
        persons: persons or households, by calendar year.
        avoided: share of the calendar year that one of them avoids; negative where support
            grows. The same years as ``persons``.
        price: kronor for a full year.
        part: the part of the price that the effect reaches, such as försörjningsstödets part of
            ekonomiskt bistånd; left out, all of it.
    """

    COUNTED: ClassVar[str] = "persons"

    type: Literal["person_years"]
    persons: Annotated[dict[YearKey, Count], Field(min_length=1)]
    avoided: Annotated[dict[YearKey, SignedShare], Field(min_length=1)]
    price: SekPerYear
    part: Share | None = None


class CostRatio(Priced):
    """A lower cost per person: persons × cost without ÷ period × (1 − cost with ÷ without).

    Attributes:
        persons: persons whose cost is lower, by calendar year.
        cost_per_person: kronor that a person costs without the insats, in the period.
        per: length of the period that the cost refers to.
        effect: log of the cost with the insats over that without; negative saves.
    """

    COUNTED: ClassVar[str] = "persons"

    type: Literal["cost_ratio"]
    persons: Annotated[dict[YearKey, Count], Field(min_length=1)]
    cost_per_person: Sek
    per: Years
    effect: LogRatio


class Substitution(Priced):
    """A cost that comes in the place of what another line saves, there or in another purse.

    The familjehem after the HVB; the unemployment insurance of the state after försörjningsstöd.
    It comes true as far as the other line does, and in the same years.

    Attributes:
        of: id of that line, of the same investment.
        share: kronor that come in the place of a krona, before any of it is cashable.
    """

    COUNTED: ClassVar[str] = ""

    type: Literal["substitution"]
    of: Identifier
    share: Share

    @property
    def counted(self) -> Mapping[str, Number]:
        """Nothing of its own: see the line it replaces."""
        return {}


EFFECTS: dict[str, type[Table]] = {
    "plan_share": PlanShare,
    "days": DaysEffect,
    "units": UnitsEffect,
    "amount": AmountEffect,
    "person_days": PersonDays,
    "person_years": PersonYears,
    "cost_ratio": CostRatio,
    "substitution": Substitution,
}
AnyEffect = Annotated[Effect, chosen_by("type", EFFECTS)]


class Investment(Table):
    """An investment that the fund grants.

    Attributes:
        title: the investment in a few words, for people.
        granted: day of the decision.
        provider: the party that runs it; it gets the grant and bears the cost.
        partners: the förvaltningar and others that the source names as partners.
        costs: what the fund grants for it, by calendar year.
        overrun: how much more than the grant it costs, as a share of the grant, the same in all
            years; the provider bears it. Left out, it costs what is granted.
        aterforing: what is planned to be returned, by calendar year; left out, the plan is the
            effect lines at their medians.
        split: share of the planned återföring by nämnd, or a table of such for each year; the
            shares add to one. Left out where the plan is made of the effect lines, which have
            their own nämnd.
        terms: the terms on which this investment is returned, if they are not the fund's.
        effects: what is really saved.
        reservations: what a reader must know before using the figures, and no number says.
    """

    title: Text
    granted: Day
    provider: Identifier
    partners: tuple[Text, ...] = ()
    costs: Annotated[dict[YearKey, Sek], Field(min_length=1)]
    overrun: Ratio | None = None
    aterforing: Annotated[dict[YearKey, Sek], Field(min_length=1)] | None = None
    split: AnySplit | None = None
    terms: Terms | None = None
    effects: Annotated[tuple[AnyEffect, ...], Field(min_length=1)]
    reservations: tuple[Text, ...] = ()

    def replaced(self, effect: Priced) -> Priced:
        """Return the line whose saving ``effect`` replaces; any other line is its own.

        Raises:
            KeyError: there is no such line.
        """
        if not isinstance(effect, Substitution):
            return effect
        lines = {one.id: one for one in self.effects if isinstance(one, Priced)}
        return lines[effect.of]
