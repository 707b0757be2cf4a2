"""What the evaluation will show: a finite group, a yardstick, a window, missing persons."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

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


class Windowed(Measurement):
    """A measure over a window: from inclusion, or from the end of the insats for the person.

    Attributes:
        window: how long each person is followed.
        window_from: when the window opens for a person.
    """

    window: Years
    window_from: WindowFrom


class CostSaving(Windowed):
    """Measured saving S = expected cost E − actual cost A of the whole group, in SEK.

    Attributes:
        comparison: the yardstick, planned or observed.
        drift: log of the follow-up level of cost over the comparison period's.
        indexation: share of the drift that the contract's index removes.
        actual: the stated actual cost, once it is known.
    """

    CHANCE: ClassVar[tuple[str, ...]] = ("expected", "actual")
    OF: ClassVar[str] = "cost"
    dimension: ClassVar[Dimension] = SIGNED_SEK

    type: Literal["cost_saving"]
    comparison: AnyComparison
    drift: LogRatio
    indexation: Share
    actual: Sek | None = None


class SchoolPoints(Measurement):
    """Sum of school points over the persons whose result can be determined.

    Attributes:
        assessable: share of the participants that will have a determined result; the others
            count as nothing, which is the contract's missing-data rule.
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
    stated: Points | None = None


class SuccessShare(Windowed):
    """Share of the participants who reach the goal."""

    CHANCE: ClassVar[tuple[str, ...]] = ("successes",)
    OF: ClassVar[str] = "success"
    dimension: ClassVar[Dimension] = SHARE

    type: Literal["success_share"]


MEASUREMENTS: dict[str, type[Table]] = {
    "cost_saving": CostSaving,
    "school_points": SchoolPoints,
    "success_share": SuccessShare,
}

AnyMeasurement = Annotated[Measurement, chosen_by("type", MEASUREMENTS)]
