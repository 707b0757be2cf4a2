"""TOML keys of the change in grades."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal, Self

from pydantic import model_validator

from models import distributions as d
from models import quantity as q
from models.language import mark, say
from models.number import Count, LogRatio, Number, Points, Ratio, Share
from models.spec import POSITIVE, PRIOR, WHOLE, Evidence, refuse, value_of
from models.table import Table

Persons = Annotated[Count, WHOLE]
_NOBODY = Number(d.Fixed(0.0), q.COUNT)


class Prior(Table):
    """What was believed before the counts were seen.

    Attributes:
        shift: how far the group has moved, in standard deviations of a person's latent change;
            positive is better.
        half_width: half the width of the band in which a change is called neutral, same scale.
        extra_step: probability that a person who moved a step moves one more.
    """

    shift: Annotated[LogRatio, PRIOR]
    half_width: Annotated[Ratio, PRIOR, POSITIVE]
    extra_step: Annotated[Share, PRIOR]


class GradeChange(Evidence):
    """Change in school grades, from counts of persons and, where published, their sum of points.

    Called change and never effect: there is no comparison group.

    Attributes:
        negative, neutral, positive: persons whose results got worse, stayed, got better.
        undeterminable: persons assessed without a result.
        not_due: persons whose assessment had not come yet.
        prior: what was believed before.
        point_sum: sum of everyone's points; a person who moved counts at least one.
    """

    QUANTITIES: ClassVar = {
        "shift": q.LOG_RATIO,
        "half_width": q.RATIO,
        "extra_step": q.SHARE,
    }
    headline: ClassVar = "shift"
    titles: ClassVar = {
        "shift": mark("Förskjutning av resultaten (sd)"),
        "half_width": mark("Halva bredden av «oförändrad» (sd)"),
        "extra_step": mark("Sannolikhet för ett steg till"),
    }

    model: Literal["grade_change"]
    negative: Persons
    neutral: Persons
    positive: Persons
    undeterminable: Persons = _NOBODY
    not_due: Persons = _NOBODY
    point_sum: Annotated[Points, WHOLE] | None = None
    prior: Prior

    @property
    def counts(self) -> tuple[int, int, int]:
        """Persons who got worse, stayed, got better."""
        worse, same, better = (
            int(value_of(x)) for x in (self.negative, self.neutral, self.positive)
        )
        return worse, same, better

    @property
    def missing(self) -> int:
        """Persons without a result."""
        return int(value_of(self.undeterminable) + value_of(self.not_due))

    @property
    def points(self) -> int | None:
        """The published sum of points."""
        return None if self.point_sum is None else int(value_of(self.point_sum))

    @model_validator(mode="after")
    def _possible(self) -> Self:
        negative, _, positive = self.counts
        if sum(self.counts) == 0:
            raise refuse("not_positive", found=say("0 bedömda personer"))
        certain = self.prior.extra_step.distribution.support()
        if certain == (1.0, 1.0):
            raise refuse("out_of_range", found=1, allowed="under 1", example="0.3")
        if self.points is None:
            return self
        extra = self.points - (positive - negative)
        if (
            (extra > 0 and positive == 0)
            or (extra < 0 and negative == 0)
            or (extra != 0 and certain == (0.0, 0.0))
        ):
            raise refuse(
                "point_sum_impossible",
                found=self.points,
                negative=negative,
                positive=positive,
            )
        return self


SPEC = GradeChange
