"""What the evaluation will show: a finite group, a yardstick, a window, missing persons."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal, get_args

from models.number import Count, LogRatio, Points, Sek, Share, Years
from models.quantity import POINTS, SHARE, SIGNED_SEK, Dimension
from models.table import Identifier, Table, Text, chosen_by

WindowFrom = Literal["inclusion", "end"]


class Comparison(Table):
    """A comparison group.

    Attributes:
        persons: how many it has.
    """

    persons: Count


class Planned(Comparison):
    """Not drawn yet: the expected cost will come from ``persons`` persons."""

    type: Literal["planned"]


class Observed(Comparison):
    """Already known: the expected cost of the participants is the stated number.

    Attributes:
        expected: what the participants would have cost together, by the comparison group.
    """

    type: Literal["observed"]
    expected: Sek


COMPARISONS: dict[str, type[Table]] = {"planned": Planned, "observed": Observed}
AnyComparison = Annotated[Comparison, chosen_by("type", COMPARISONS)]


class Measurement(Table):
    """A measure that the contract may pay for.

    Attributes:
        title: the measure in a few words, for people.
        outcome: the outcome that is measured.
    """

    CHANCE: ClassVar[tuple[str, ...]] = ()
    OF: ClassVar[str] = ""
    dimension: ClassVar[Dimension] = POINTS

    title: Text
    outcome: Identifier

    @property
    def further_chance(self) -> tuple[str, ...]:
        """Chance factors of keys that may be left out; drawn after all others, which they spare."""
        return ()

    @property
    def rules(self) -> tuple[str, ...]:
        """What may be agreed for persons who cannot be assessed; empty when all can."""
        return ()


class Windowed(Measurement):
    """A measure over a window: from inclusion, or from the end of the insats for the person.

    Attributes:
        window: how long each person is followed.
        window_from: when the window opens for a person.
    """

    window: Years
    window_from: WindowFrom


class Alternative(Table):
    """Another way to measure that could be defended as well; what is left out is the measure's own.

    Attributes:
        id: names it in results.
        title: the alternative in a few words, for people.
        weight: how much it counts; what is left of one is the weight of the measure as agreed.
        persons: size of the comparison group. A larger group holds the agreed one and more; a
            smaller one is a part of it.
        window, window_from, drift, indexation: as in the measure.
    """

    id: Identifier
    title: Text
    weight: Share
    persons: Count | None = None
    window: Years | None = None
    window_from: WindowFrom | None = None
    drift: LogRatio | None = None
    indexation: Share | None = None


CostMissing = Literal["nothing", "as_the_others", "as_expected"]


class CostSaving(Windowed):
    """Measured saving S = expected cost E − actual cost A of the whole group, in SEK.

    Attributes:
        comparison: the yardstick, planned or observed.
        drift: log of the follow-up level of cost over the comparison period's.
        indexation: share of the drift that the contract's index removes.
        actual: the stated actual cost, once it is known.
        followed: share of the participants whose cost can be followed through the window; left out
            when all can.
        missing: what one who has moved, died or is not yet due counts as: no cost (``nothing``),
            the mean of the others, or what was expected without the insats.
        alternatives: other measurements that could be defended; none of them is paid for.
    """

    CHANCE: ClassVar[tuple[str, ...]] = ("expected", "actual")
    OF: ClassVar[str] = "cost"
    dimension: ClassVar[Dimension] = SIGNED_SEK

    type: Literal["cost_saving"]
    comparison: AnyComparison
    drift: LogRatio
    indexation: Share
    actual: Sek | None = None
    followed: Share | None = None
    missing: CostMissing = "as_the_others"
    alternatives: tuple[Alternative, ...] = ()

    @property
    def further_chance(self) -> tuple[str, ...]:
        followed = () if self.followed is None else ("followed",)
        return (*followed, *(("compared_beyond",) if self.alternatives else ()))

    @property
    def rules(self) -> tuple[str, ...]:
        return () if self.followed is None else get_args(CostMissing)


PointsMissing = Literal["nothing", "as_the_others", "one_down"]


class SchoolPoints(Measurement):
    """Sum of school points over the participants.

    Attributes:
        assessable: share of the participants that will have a determined result.
        missing: what the others count as: nothing, the mean of those who have a result, or one
            point down each.
        stated: the stated sum, once it is known.
    """

    CHANCE: ClassVar[tuple[str, ...]] = (
        "assessed",
        "negative",
        "positive",
        "steps_down",
        "steps_up",
    )
    OF: ClassVar[str] = "grades"

    type: Literal["school_points"]
    assessable: Share
    missing: PointsMissing = "nothing"
    stated: Points | None = None

    @property
    def rules(self) -> tuple[str, ...]:
        return () if self.stated is not None else get_args(PointsMissing)


ShareMissing = Literal["nothing", "as_the_others"]


class SuccessShare(Windowed):
    """Share of the participants who reach the goal.

    Attributes:
        assessable: share of the participants of whom it will be known; left out when all are.
        missing: what the others count as: not there (``nothing``), or as those of whom it is known.
    """

    CHANCE: ClassVar[tuple[str, ...]] = ("successes",)
    OF: ClassVar[str] = "success"
    dimension: ClassVar[Dimension] = SHARE

    type: Literal["success_share"]
    assessable: Share | None = None
    missing: ShareMissing = "nothing"

    @property
    def further_chance(self) -> tuple[str, ...]:
        return () if self.assessable is None else ("assessed",)

    @property
    def rules(self) -> tuple[str, ...]:
        return () if self.assessable is None else get_args(ShareMissing)


MEASUREMENTS: dict[str, type[Table]] = {
    "cost_saving": CostSaving,
    "school_points": SchoolPoints,
    "success_share": SuccessShare,
}

AnyMeasurement = Annotated[Measurement, chosen_by("type", MEASUREMENTS)]
