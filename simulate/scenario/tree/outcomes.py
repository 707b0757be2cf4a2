"""What the insats changes: costs, persons who succeed, school results. The truth of the walk.

A priced outcome says what one person at full effect saves a year; an unpriced outcome (school
results) is never given a price silently.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, ClassVar, Literal

from models.number import (
    Count,
    Logit,
    LogRatio,
    Number,
    Rate,
    Ratio,
    Sek,
    SekPerYear,
    Share,
    Shift,
    Years,
)
from models.spec import WHOLE
from models.table import Identifier, Table, Text, chosen_by


class Cashable(Table):
    """The share of a saving that can really leave a budget, from short to long run.

    Rises linearly with calendar time from ``short_run`` at the first intake to ``long_run`` after
    ``ramp`` years.

    Attributes:
        short_run: the share at the first intake.
        long_run: the share once everything has adapted.
        ramp: years from the one to the other.
    """

    short_run: Share
    long_run: Share
    ramp: Years


class Course(Table):
    """The effect on one person over time since inclusion.

    Attributes:
        during: share of the full effect while the insats lasts.
        half_life: years after the end of the insats until half of the effect is left.
    """

    during: Share
    half_life: Years


class Outcome(Table):
    """Anything the insats changes.

    Attributes:
        title: the outcome in a few words, for people.
        improves: sign of an effect that is good, on the effect's own scale.
    """

    CHANCE: ClassVar[tuple[str, ...]] = ()
    improves: ClassVar[float] = 1.0

    title: Text

    @property
    def effects(self) -> tuple[Number, ...]:
        """The effect nodes: what is *set* when the programme is said to have no effect."""
        raise NotImplementedError


class Priced(Outcome):
    """An outcome in kronor.

    Attributes:
        falls_on: share of the saving by party; the shares add to one.
        cashable: how much of it leaves the budgets.
        course: the effect over time.
    """

    falls_on: dict[Identifier, Share]
    cashable: Cashable
    course: Course


class CostOutcome(Priced):
    """Cost per person: effect θ is the log ratio of mean cost with and without the insats.

    Attributes:
        cost_per_person: μ0, mean cost without the insats at the level of the follow-up period.
        per: length of the period that the cost refers to.
        cv: coefficient of variation between persons of the cost in the window.
        effect: θ; negative saves money.
    """

    improves: ClassVar[float] = -1.0

    type: Literal["cost"]
    cost_per_person: Sek
    per: Years
    cv: Ratio
    effect: LogRatio

    @property
    def effects(self) -> tuple[Number, ...]:
        return (self.effect,)


class SuccessOutcome(Priced):
    """Persons who reach a goal: effect is the difference in log odds.

    Attributes:
        without: share who reach it without the insats.
        effect: difference in log odds; positive is good.
        value: saving a year for one person who reaches the goal thanks to the insats.
    """

    type: Literal["success"]
    without: Share
    effect: Logit
    value: SekPerYear

    @property
    def effects(self) -> tuple[Number, ...]:
        return (self.effect,)


class GradesOutcome(Outcome):
    """School results before and after, as an ordered probit with steps of whole points.

    Attributes:
        trend: shift that would come without the insats, in standard deviations.
        effect: shift that the insats causes, in standard deviations.
        half_width: half of the width of the band that counts as no change.
        extra_step: probability of each further point after the first in a step.
    """

    type: Literal["grades"]
    trend: Shift
    effect: Shift
    half_width: Ratio
    extra_step: Share

    @property
    def effects(self) -> tuple[Number, ...]:
        return (self.effect,)


class Answers(Table):
    """What is already known of a group that has been followed up, in part.

    Attributes:
        persons: those of the group of whom it is known.
        reached: those of them who reached it.
    """

    persons: Annotated[Count, WHOLE]
    reached: Annotated[Count, WHOLE]


class PersonsOutcome(Outcome):
    """Persons who reach something that has no price: a human gain, shown beside the money.

    The share with the insats is either ``without`` moved by ``effect``, or stated as ``share``.

    Attributes:
        without: share who reach it without the insats.
        effect: difference in log odds; positive is good.
        share: share who reach it with the insats, where that is what is known.
        answers: of whom in the group it is already known; only the others are left to chance.
        persons: size of the group; left out where the programme says who takes part.
        target: number of persons that was printed as the target.
        target_share: share of the group that was printed as the target.
    """

    CHANCE: ClassVar[tuple[str, ...]] = ("reached",)

    type: Literal["persons"]
    without: Share
    effect: Logit | None = None
    share: Share | None = None
    answers: Answers | None = None
    persons: Count | None = None
    target: Count | None = None
    target_share: Share | None = None

    @property
    def effects(self) -> tuple[Number, ...]:
        return () if self.effect is None else (self.effect,)


def gains_of(outcomes: Mapping[str, Outcome]) -> dict[str, PersonsOutcome]:
    """Return the outcomes that are persons without a price, by id."""
    return {key: one for key, one in outcomes.items() if isinstance(one, PersonsOutcome)}


OUTCOMES: dict[str, type[Table]] = {
    "cost": CostOutcome,
    "success": SuccessOutcome,
    "grades": GradesOutcome,
    "persons": PersonsOutcome,
}

AnyOutcome = Annotated[Outcome, chosen_by("type", OUTCOMES)]

__all__ = [
    "OUTCOMES",
    "AnyOutcome",
    "Cashable",
    "CostOutcome",
    "Course",
    "GradesOutcome",
    "Outcome",
    "PersonsOutcome",
    "Priced",
    "Rate",
    "SuccessOutcome",
]
