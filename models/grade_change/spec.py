"""TOML keys of the change in grades."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Annotated, Any, ClassVar, Literal, Self

from pydantic import ValidationError, model_validator
from pydantic_core import InitErrorDetails

from models import distributions as d
from models import quantity as q
from models.language import mark, say
from models.number import Count, Logit, Number, Points, Ratio, Share, Shift
from models.quantity import Dimension
from models.rows.frame import TREATED, Frame, RowProblem
from models.rows.source import RowSource
from models.spec import CERTAIN, POSITIVE, PRIOR, WHOLE, Evidence, Statistic, refuse, value_of
from models.table import Table

Persons = Annotated[Count, WHOLE]
_NOBODY = Number(d.Fixed(0.0), q.COUNT)
_ONE_POINT = Number(d.Fixed(1.0), q.POINTS)
_COUNTS = ("negative", "neutral", "positive")
_PUBLISHED = (*_COUNTS, "undeterminable", "not_due", "point_sum")
# Fewer persons with a result say nothing of the change, and too much of each of them.
LEAST_DETERMINED = 5


class Prior(Table):
    """What was believed before the results were seen.

    Attributes:
        shift: how far the group has moved, in standard deviations of a person's latent change;
            positive is better. With a comparison group ``trend`` and ``effect`` stand instead.
        half_width: half the width of the band in which a change is called neutral, same scale.
        extra_step: probability that a person who moved a step moves one more.
        missing_shift: how much further than the determined those without a result have moved,
            same scale: an assumption that no data can move. Left out or 0, they are missing at
            random.
        trend: how far the comparison group has moved.
        effect: how much further the programme moves its persons.
        comparison_bias: how much further the treated would have moved without the programme.
        eligible_gain: share of those not eligible before who are eligible after.
        eligible_loss: share of those eligible before who are not eligible after.
        eligible_effect: what the programme adds to the log odds of being eligible after.
        coefficient_sd: rows with covariates: prior sd of how much further one sd of a covariate
            moves a person. Eligibility is not told apart by covariates.
    """

    shift: Annotated[Shift, PRIOR] | None = None
    half_width: Annotated[Ratio, PRIOR, POSITIVE]
    extra_step: Annotated[Share, PRIOR]
    missing_shift: Annotated[Shift, PRIOR] | None = None
    trend: Annotated[Shift, PRIOR] | None = None
    effect: Annotated[Shift, PRIOR] | None = None
    comparison_bias: Annotated[Shift, PRIOR] | None = None
    eligible_gain: Annotated[Share, PRIOR] | None = None
    eligible_loss: Annotated[Share, PRIOR] | None = None
    eligible_effect: Annotated[Logit, PRIOR] | None = None
    coefficient_sd: Annotated[Ratio, PRIOR] | None = None


COMPARED = ("trend", "effect", "comparison_bias")
ELIGIBLE = ("eligible_gain", "eligible_loss")
_OPTIONAL = ("shift", *COMPARED, *ELIGIBLE, "eligible_effect", "coefficient_sd")


class GradeChange(Evidence):
    """Change in school grades, from published counts or from rows.

    Called change and never effect where there is no comparison group.

    Attributes:
        negative, neutral, positive: persons whose results got worse, stayed, got better.
        undeterminable: persons assessed without a result.
        not_due: persons whose assessment had not come yet.
        prior: what was believed before.
        point_sum: sum of everyone's points; a person who moved counts at least one.
        rows: one row a person, instead of the counts; with ``change``, or ``before`` and
            ``after``, and 0 or 1 in ``eligible_before`` and ``eligible_after``.
        step: points of one step, for rows: 2.5 for merit values.
    """

    QUANTITIES: ClassVar = {
        "shift": q.SHIFT,
        "half_width": q.RATIO,
        "extra_step": q.SHARE,
    }
    COLUMNS: ClassVar = {
        "change": q.POINTS,
        "before": q.POINTS,
        "after": q.POINTS,
        "eligible_before": q.SHARE,
        "eligible_after": q.SHARE,
    }
    STATISTICS: ClassVar = {
        "negative": Statistic(mark("antal sämre"), q.COUNT),
        "neutral": Statistic(mark("antal oförändrade"), q.COUNT),
        "positive": Statistic(mark("antal bättre"), q.COUNT),
        "point_sum": Statistic(mark("poängsumma"), q.POINTS),
        "mean": Statistic(mark("medelförändring i poäng"), q.POINTS),
        "sd": Statistic(mark("förändringens standardavvikelse i poäng"), q.POINTS),
        "eligible": Statistic(mark("andel behöriga efteråt"), q.SHARE),
    }
    TITLES: ClassVar[Mapping[str, str]] = {
        "shift": mark("Förskjutning av resultaten (sd)"),
        "half_width": mark("Halva bredden av «oförändrad» (sd)"),
        "extra_step": mark("Sannolikhet för ett steg till"),
        "missing_shift": mark("De som saknar resultat, mot de bedömda (sd)"),
        "cohort_points": mark("Väntad poängsumma, alla inräknade"),
        "determined_points": mark("Poängsumma för dem som har resultat"),
        "trend": mark("Förskjutning i jämförelsegruppen (sd)"),
        "effect": mark("Insatsens effekt på resultaten (sd)"),
        "comparison_bias": mark("Jämförelsens skevhet (sd)"),
        "eligible_gain": mark("Andel som blir behöriga"),
        "eligible_loss": mark("Andel som förlorar sin behörighet"),
        "eligible_effect": mark("Effekt på behörighet (log-odds)"),
        "coefficient_sd": mark("Vad bakgrunden betyder (sd)"),
    }

    model: Literal["grade_change"]
    negative: Persons = _NOBODY
    neutral: Persons = _NOBODY
    positive: Persons = _NOBODY
    undeterminable: Persons = _NOBODY
    not_due: Persons = _NOBODY
    point_sum: Annotated[Points, WHOLE] | None = None
    rows: RowSource | None = None
    step: Annotated[Points, CERTAIN, POSITIVE] = _ONE_POINT
    prior: Prior

    @model_validator(mode="before")
    @classmethod
    def _one_form(cls, raw: Any) -> Any:
        if not isinstance(raw, Mapping):
            return raw
        if "rows" in raw:
            for key in _PUBLISHED:
                if key in raw:
                    raise refuse("two_forms", found=key, form="rows", at=key)
        elif wrong := [_missing(key) for key in _COUNTS if key not in raw]:
            raise ValidationError.from_exception_data(cls.__name__, wrong)
        return raw

    @property
    def headline(self) -> str:  # type: ignore[override]  # depends on whether anyone is compared
        """The quantity that says most: the effect where there is one, else the change."""
        return "effect" if self.compared else "shift"

    @property
    def form(self) -> Literal["counts", "rows"]:
        """How the block is written: the module with the functions for it."""
        return "counts" if self.rows is None else "rows"

    @property
    def own_rows(self) -> RowSource:
        """The file of the form with rows."""
        if self.rows is None:
            raise TypeError("no rows: the block is written from what was published")
        return self.rows

    @property
    def compared(self) -> bool:
        """Whether there is a comparison group, so that an effect can be told."""
        return self.rows is not None and self.rows.group is not None

    @property
    def eligibility(self) -> bool:
        """Whether eligibility before and after is in the rows."""
        return self.rows is not None and "eligible_after" in self.rows.columns

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

    @property
    def used(self) -> tuple[str, ...]:
        """The priors that this form needs beside those that all forms need."""
        used: tuple[str, ...] = COMPARED if self.compared else ("shift",)
        if self.eligibility:
            used += (*ELIGIBLE, "eligible_effect") if self.compared else ELIGIBLE
        if self.rows is not None and self.rows.covariates:
            used += ("coefficient_sd",)
        return used

    @property
    def quantities(self) -> Mapping[str, Dimension]:
        """What this block hands on, with dimension."""
        found: dict[str, Dimension] = dict(self.QUANTITIES)
        if self.compared:
            found |= dict.fromkeys(COMPARED, q.SHIFT)
        if self.eligibility:
            found |= dict.fromkeys(ELIGIBLE, q.SHARE)
            found |= {"eligible_effect": q.LOGIT} if self.compared else {}
        if self.prior.missing_shift is not None:
            found |= {"missing_shift": q.SHIFT, "cohort_points": q.POINTS}
            found |= {"determined_points": q.POINTS} if self.rows is not None else {}
        return found

    @property
    def titles(self) -> Mapping[str, str]:  # type: ignore[override]  # those of what is handed on
        """What a person calls each parameter and quantity, in Swedish."""
        return {name: self.TITLES[name] for name in dict.fromkeys((*self.quantities, *self.used))}

    @property
    def needed_columns(self) -> tuple[str, ...]:
        """The columns of rows that the model cannot do without."""
        named = self.rows.columns if self.rows is not None else {}
        points = ("change",) if "change" in named else ("before", "after")
        asked = {"eligible_before", "eligible_after"} & set(named)
        return points + (("eligible_before", "eligible_after") if asked else ())

    @property
    def may_lack(self) -> tuple[str, ...]:
        """Results: who has none adds nothing to the likelihood."""
        return tuple(self.COLUMNS)

    @property
    def least_rows(self) -> int:
        """Fewest persons: as many as there are unknowns."""
        told = self.rows.covariates.values() if self.rows is not None else ()
        slopes = sum(len(one.levels or ("", "")) - 1 for one in told)
        return 2 + len(self.used) + slopes

    def stand_in(self, column: str) -> float:
        """Return points and eligibility of a made-up person before anything has happened."""
        return {"before": 200.0, "eligible_before": 1.0}.get(column, 0.0)

    def row_problems(self, frame: Frame) -> Iterator[RowProblem]:
        """Yield what is wrong with the rows that only this model can tell."""
        yield from row_problems(self, frame)

    @model_validator(mode="after")
    def _complete(self) -> Self:
        stated = {key for key in _OPTIONAL if getattr(self.prior, key) is not None}
        wrong = [_missing("prior", key) for key in self.used if key not in stated]
        for key in _OPTIONAL:
            if key in stated - set(self.used):
                error = refuse("prior_unused", found=key)
                wrong.append({"type": error, "loc": ("prior", key), "input": key})
        if self.rows is None and value_of(self.step) != 1.0:
            error = refuse("prior_unused", found="step")
            wrong.append({"type": error, "loc": ("step",), "input": "step"})
        if wrong:
            raise ValidationError.from_exception_data("grade_change", wrong)
        return self

    @model_validator(mode="after")
    def _possible(self) -> Self:
        certain = self.prior.extra_step.distribution.support()
        if certain == (1.0, 1.0):
            raise refuse("out_of_range", found=1, allowed="under 1", example="0.3")
        if self.rows is not None:
            if certain == (0.0, 0.0):
                raise refuse("out_of_range", found=0, allowed="> 0", example="0.3")
            return self
        negative, _, positive = self.counts
        if sum(self.counts) == 0:
            raise refuse("not_positive", found=say("0 bedömda personer"))
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


def _missing(*place: str) -> InitErrorDetails:
    return {"type": "missing", "loc": place, "input": {}}


def changes(spec: GradeChange, frame: Frame) -> tuple[float | None, ...]:
    """Return the change of each person in points; ``None`` for who has no result."""
    if "change" in frame.columns:
        return frame.columns["change"]
    both = zip(frame.columns["before"], frame.columns["after"], strict=True)
    return tuple(None if x is None or y is None else y - x for x, y in both)


def row_problems(spec: GradeChange, frame: Frame) -> Iterator[RowProblem]:
    """Yield what is wrong with changes and eligibility."""
    found, step = changes(spec, frame), value_of(spec.step)
    between = tuple(
        row
        for row, x in zip(frame.places, found, strict=True)
        if x is not None and abs(x / step - round(x / step)) > 1e-6
    )
    last = "change" if "change" in frame.columns else "after"
    if between:
        yield RowProblem("rows_not_steps", last, between, {"allowed": f"{step:g}"})
    for treated in (True, False) if spec.compared else (True,):
        determined = sum(
            1
            for group, x in zip(frame.group, found, strict=True)
            if (group == TREATED) is treated and x is not None
        )
        if determined < LEAST_DETERMINED:
            yield RowProblem("rows_few_results", last, context={"allowed": LEAST_DETERMINED})
            break
    for name in ("eligible_before", "eligible_after"):
        told = zip(frame.places, frame.columns.get(name, ()), strict=False)
        if wrong := tuple(row for row, x in told if x not in (None, 0.0, 1.0)):
            yield RowProblem("rows_not_yes_or_no", name, wrong)


SPEC = GradeChange
