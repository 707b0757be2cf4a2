"""What the evaluation will show: a finite group, a yardstick, a window, missing persons."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Annotated, ClassVar, Literal, get_args

from pydantic import Field

from models.number import Count, LogRatio, Points, Ratio, Sek, Share, Years
from models.quantity import COUNT, POINTS, SHARE, SIGNED_SEK, SIGNED_SHARE, Dimension
from models.table import Day, Identifier, Integer, Table, Text, chosen_by

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
    """

    CHANCE: ClassVar[tuple[str, ...]] = ()
    DIMENSION: ClassVar[Dimension] = POINTS

    title: Text

    @property
    def further_chance(self) -> tuple[str, ...]:
        """Chance factors of keys that may be left out; drawn after all others, which they spare."""
        return ()

    @property
    def rules(self) -> tuple[str, ...]:
        """What may be agreed for persons who cannot be assessed; empty when all can."""
        return ()

    @property
    def dimension(self) -> Dimension:
        """What is measured in."""
        return self.DIMENSION


class Direct(Measurement):
    """A measure of an outcome.

    Attributes:
        outcome: the outcome that is measured.
    """

    OF: ClassVar[str] = ""

    outcome: Identifier


class Windowed(Direct):
    """A measure over a window: from inclusion, or from the end of the insats for the person.

    Attributes:
        window: how long each person is followed.
        window_from: when the window opens for a person.
    """

    window: Years
    window_from: WindowFrom


CostMissing = Literal["nothing", "as_the_others", "as_expected"]


class Alternative(Table):
    """Another way to measure that could be defended as well; what is left out is the measure's own.

    Attributes:
        id: names it in results.
        title: the alternative in a few words, for people.
        weight: how much it counts; what is left of one is the weight of the measure as agreed.
        persons: size of the comparison group. A larger group holds the agreed one and more; a
            smaller one is a part of it.
        window, window_from, drift, indexation, followed, missing: as in the measure.
        pays_on: when the contract would pay on it; left out, as much later than it does as the
            window ends later.
        cost: what it costs beyond what the agreed measure costs, paid when the contract pays.
        paid_by: who would pay that.
    """

    id: Identifier
    title: Text
    weight: Share
    persons: Count | None = None
    window: Years | None = None
    window_from: WindowFrom | None = None
    drift: LogRatio | None = None
    indexation: Share | None = None
    followed: Share | None = None
    missing: CostMissing | None = None
    pays_on: Day | None = None
    cost: Sek | None = None
    paid_by: Identifier | None = None


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
    DIMENSION: ClassVar[Dimension] = SIGNED_SEK

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
        beyond = ("compared_beyond",) if self.alternatives else ()
        if any(one.followed is not None for one in self.alternatives):
            beyond = (*beyond, "followed_beyond")
        return (*followed, *beyond)

    @property
    def rules(self) -> tuple[str, ...]:
        return () if self.followed is None else get_args(CostMissing)


PointsMissing = Literal["nothing", "as_the_others", "one_down"]


class SchoolPoints(Direct):
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
    DIMENSION: ClassVar[Dimension] = SHARE

    type: Literal["success_share"]
    assessable: Share | None = None
    missing: ShareMissing = "nothing"

    @property
    def further_chance(self) -> tuple[str, ...]:
        return () if self.assessable is None else ("assessed",)

    @property
    def rules(self) -> tuple[str, ...]:
        return () if self.assessable is None else get_args(ShareMissing)


class Claims(Windowed):
    """Number of claims: each participant may reach the goal a few times, each time a claim.

    Attributes:
        most_per_person: claims that are counted for one person at most.
    """

    CHANCE: ClassVar[tuple[str, ...]] = ("claims",)
    OF: ClassVar[str] = "success"
    DIMENSION: ClassVar[Dimension] = COUNT

    type: Literal["claims"]
    most_per_person: Annotated[Integer, Field(ge=1, le=100)]


class RelativeReduction(Windowed):
    """How much fewer, in proportion, fail to reach the goal than in a comparison group.

    Attributes:
        cohort: share of the participants that are measured here.
        comparison: the group without the insats.
    """

    CHANCE: ClassVar[tuple[str, ...]] = ("failures", "expected")
    OF: ClassVar[str] = "success"
    DIMENSION: ClassVar[Dimension] = SIGNED_SHARE

    type: Literal["relative_reduction"]
    cohort: Share
    comparison: Comparison


BlendUnit = Literal["money", "share", "points"]
_IN: Mapping[str, Dimension] = {"money": SIGNED_SEK, "share": SIGNED_SHARE, "points": POINTS}


class Blend(Measurement):
    """A weighted sum of several estimates of the same thing.

    Attributes:
        unit: what all of them are measured in.
        weights: of other measures, by id; none of them a blend.
    """

    type: Literal["blend"]
    unit: BlendUnit
    weights: Annotated[dict[Identifier, Ratio], Field(min_length=2)]

    @property
    def dimension(self) -> Dimension:
        """What is measured in."""
        return _IN[self.unit]


MEASUREMENTS: dict[str, type[Table]] = {
    "cost_saving": CostSaving,
    "school_points": SchoolPoints,
    "success_share": SuccessShare,
    "claims": Claims,
    "relative_reduction": RelativeReduction,
    "blend": Blend,
}

AnyMeasurement = Annotated[Measurement, chosen_by("type", MEASUREMENTS)]


def direct(measures: Mapping[str, Measurement], names: Iterable[str]) -> list[str]:
    """Return the measures in ``names``, each once, a blend's parts in its stead."""
    found: dict[str, None] = {}
    for name in names:
        measure = measures.get(name)
        found |= dict.fromkeys(measure.weights if isinstance(measure, Blend) else [name])
    return list(found)
