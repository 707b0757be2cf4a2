"""One investment of the fund: what it costs, what is to come back, and what is really saved."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated, ClassVar, Literal

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
from models.table import Day, Flag, Identifier, Table, Text, chosen_by
from simulate.scenario.tree.aterforing import AnySplit, Terms, YearKey, names_of
from simulate.scenario.tree.claims import Claims, LineKey
from simulate.scenario.tree.yearly import Yearly, YearlyShare


class Effect(Table):
    """A line of lower cost, in the years and the purse where it comes.

    Attributes:
        id: names the line in results.
        title: the line in a few words, for people.
        measured_by: what the follow-up looks at to see whether the line came true.
        claims: the cost that it lowers; two lines that claim the same cost of the same persons in
            a year count it twice, and are refused.
        disjoint: lines with the same claim that it does not overlap, ``"line"`` or
            ``"investment.line"``, each with the reason why.
    """

    id: Identifier
    title: Text
    measured_by: Text | None = None
    claims: Claims | None = None
    disjoint: dict[LineKey, Text] = Field(default_factory=dict)


class PlanShare(Effect):
    """Realised is a share of what the plan says, in each year and nämnd of the plan.

    Attributes:
        share: realised over planned; above one when more is saved than planned.
    """

    type: Literal["plan_share"]
    share: Ratio


class Priced(Yearly, Effect):
    """A saving of its own.

    Attributes:
        falls_on: the party whose cost is lower.
        cashable: share of it that can really leave the budget (realiserbar andel): one, or one
            from each of some calendar years, from short run to long run.
        occurs: probability that the effect occurs at all; in each future it does, in all years of
            the line, or it does not. Left out, it does. A substitution follows the line that it
            replaces.
        event: of the investment, that must happen for the effect to occur: the lines that name it
            occur in the same futures, and beside it each as its own ``occurs`` says.
        realised: how much of what is counted comes true where the effect occurs, the same in all
            years of the line; left out, all of it. Neither is part of the plan, which is what the
            line says.
    """

    COUNTED: ClassVar[str]

    falls_on: Identifier
    cashable: YearlyShare
    occurs: Share | None = None
    event: Identifier | None = None
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
            place of an HVB; ``cashable`` is then the share of it that is really paid.
    """

    direction: Literal["less", "more"] = "less"


class Signed(Priced):
    """A line whose own numbers say whether a cost falls or grows, future by future.

    Attributes:
        cashable_growth: share of it that is really paid in the futures and years where the cost
            grows, where ``cashable`` does not count; one, or one from each of some calendar years.
            Left out, all of it.
    """

    cashable_growth: YearlyShare | None = None


class DaysEffect(Directed):
    """Fewer days of care: days × price a day, less the price of what comes instead.

    Attributes:
        days: days fewer, by calendar year.
        price: kronor a day.
        instead: kronor a day for what comes in their place, such as a day in familjehem for one in
            HVB; left out, nothing does, or the price is a difference already.
    """

    COUNTED: ClassVar[str] = "days"

    type: Literal["days"]
    days: Annotated[dict[YearKey, Days], Field(min_length=1)]
    price: SekPerDay
    instead: SekPerDay | None = None


class UnitsEffect(Directed):
    """Fewer units of anything: units × price a unit, less the price of what comes instead.

    Attributes:
        units: units fewer, by calendar year; or cases, where ``each`` says how many each gives.
        each: units of each case, worked out for one as an example; left out, one.
        price: kronor a unit, or a unit and year.
        instead: kronor a unit for what comes in their place; left out, nothing does.
    """

    COUNTED: ClassVar[str] = "units"

    type: Literal["units"]
    units: Annotated[dict[YearKey, Count], Field(min_length=1)]
    each: Count | None = None
    price: SekPerUnit
    instead: SekPerUnit | None = None


class PercentageEffect(Directed):
    """A part of a yearly cost that falls away: share × cost a year.

    Attributes:
        shares: part of the cost, by calendar year: 0.3 % of what öppenvård costs, or 25 % of one
            position.
        cost: kronor a year of the whole that it is a part of.
    """

    COUNTED: ClassVar[str] = "shares"

    type: Literal["percentage"]
    shares: Annotated[dict[YearKey, Share], Field(min_length=1)]
    cost: SekPerYear


class AmountEffect(Directed):
    """A saving that is stated as money.

    Attributes:
        amounts: kronor less, by calendar year.
    """

    COUNTED: ClassVar[str] = "amounts"

    type: Literal["amount"]
    amounts: Annotated[dict[YearKey, Sek], Field(min_length=1)]


class PersonDays(Signed):
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


class PersonYears(Signed):
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


class CostRatio(Signed):
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


class CasesEffect(Signed):
    """Fewer persons who come to need something dear: persons × risk × reduction × price.

    Attributes:
        persons: persons who are offered the insats.
        risk: share of them who would come to need it without the insats.
        reduction: relative reduction of the risk; negative where it grows.
        price: kronor for one who does, in all years together.
        spread: share of that price that falls in each calendar year; what falls later is no part
            of the horizon.
    """

    COUNTED: ClassVar[str] = "spread"

    type: Literal["cases"]
    persons: Count
    risk: Share
    reduction: SignedShare
    price: Sek
    spread: Annotated[dict[YearKey, Share], Field(min_length=1)]


class Substitution(Signed):
    """A cost that comes in the place of what another line saves, there or in another purse.

    The familjehem after the HVB; the unemployment insurance of the state after försörjningsstöd.
    It comes true as far as the other line does, and in the same years.

    Attributes:
        of: id of that line, of the same investment.
        share: kronor that come in the place of a krona, before any of it is cashable; one, or one
            from each of some calendar years, such as an insurance that runs out.
    """

    COUNTED: ClassVar[str] = ""

    type: Literal["substitution"]
    of: Identifier
    share: YearlyShare

    @property
    def counted(self) -> Mapping[str, Number]:
        """Nothing of its own: see the line it replaces."""
        return {}


EFFECTS: dict[str, type[Table]] = {
    "plan_share": PlanShare,
    "days": DaysEffect,
    "units": UnitsEffect,
    "amount": AmountEffect,
    "percentage": PercentageEffect,
    "person_days": PersonDays,
    "person_years": PersonYears,
    "cost_ratio": CostRatio,
    "cases": CasesEffect,
    "substitution": Substitution,
}
AnyEffect = Annotated[Effect, chosen_by("type", EFFECTS)]


class Lines:
    """What is run and what it saves: that which has effect lines.

    No table of its own, so that each table has its keys in its own order: that is the order of
    the dimensions of its draws.
    """

    if TYPE_CHECKING:
        effects: tuple[Effect, ...]

    def replaced(self, effect: Priced) -> Priced:
        """Return the line whose saving ``effect`` replaces; any other line is its own.

        Raises:
            KeyError: there is no such line.
        """
        if not isinstance(effect, Substitution):
            return effect
        lines = {one.id: one for one in self.effects if isinstance(one, Priced)}
        return lines[effect.of]


class Implementation(Lines, Yearly):
    """The insats in ordinary operations, after the grant: nothing of it is returned to the fund.

    Attributes:
        paid_by: the nämnd whose frame pays for it.
        costs: what it costs to run, by calendar year: one that the grant does not pay.
        shared_years: years that both pay, such as half a year each, with how they share them.
        effects: what it saves then.
        decided: whether it is decided on. If not, it is worked out beside the rest and is no part
            of any flow.
    """

    paid_by: Identifier
    costs: Annotated[dict[YearKey, Sek], Field(min_length=1)]
    shared_years: dict[YearKey, Text] = Field(default_factory=dict)
    effects: Annotated[tuple[AnyEffect, ...], Field(min_length=1)]
    decided: Flag = False


class Investment(Lines, Yearly):
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
        paid_to: share of what it costs that the provider pays to someone outside for work that
            they do: it covers what the work costs them, and they save nothing.
        terms: the terms on which this investment is returned, if they are not the fund's.
        effects: what is really saved.
        implementation: how it goes on in ordinary operations, if that is an option.
        events: probability of what several lines have in common, such as that the insats has an
            effect at all, by name; lines of ordinary operations may name them too.
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
    paid_to: Annotated[dict[Identifier, Share], Field(min_length=1)] | None = None
    terms: Terms | None = None
    effects: Annotated[tuple[AnyEffect, ...], Field(min_length=1)]
    implementation: Implementation | None = None
    events: dict[Identifier, Share] = Field(default_factory=dict)
    reservations: tuple[Text, ...] = ()

    @property
    def named_parties(self) -> tuple[str, ...]:
        """The parties that it names, in order of appearance."""
        after = self.implementation
        lines = [*self.effects, *(after.effects if after else ())]
        bearers = [one.falls_on for one in lines if isinstance(one, Priced)]
        payers = [after.paid_by] if after else []
        split = names_of(self.split) if self.split else ()
        return (self.provider, *(self.paid_to or ()), *split, *bearers, *payers)
