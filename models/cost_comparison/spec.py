"""TOML keys of the cost comparison."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, ClassVar, Literal, Self

from pydantic import ValidationError, model_validator
from pydantic_core import InitErrorDetails

from models import quantity as q
from models.cost_comparison.keys import (
    EXTRA,
    LEAST_WITH_COST,
    MOST_MISSING,
    PLACE,
    Arm,
    Lines,
    Prior,
    missing,
    unused,
)
from models.language import mark, named, say
from models.quantity import Dimension
from models.rows.frame import TREATED, Frame, RowProblem
from models.rows.source import RowSource
from models.spec import Evidence, Statistic, refuse

# Handed on of every group of lines: name before that of the group, dimension, title.
_BY_GROUP: tuple[tuple[str, Dimension, str], ...] = (
    ("log_ratio_study", q.LOG_RATIO, mark("{group}: effekt på den studerade platsen (log)")),
    ("log_ratio_new", q.LOG_RATIO, mark("{group}: effekt på en ny plats (log)")),
    ("mean_without", q.SEK, mark("{group}: medelkostnad utan insats")),
    ("change", q.SIGNED_SEK, mark("{group}: ändrad kostnad per person på en ny plats")),
)
_OF_PRIORS: tuple[tuple[str, str], ...] = (
    ("level", mark("{group}: kostnadsnivå per person")),
    ("cv", mark("{group}: variation mellan personer (CV)")),
    ("mean_effect", mark("{group}: effekt i genomsnitt över platser (log)")),
    ("between_place_sd", mark("{group}: skillnad mellan platser (log)")),
    ("comparison_bias", mark("{group}: jämförelsens skevhet (log)")),
)
_OF_HURDLE: Mapping[str, Dimension] = {
    "share_without_cost": q.SHARE,
    "effect_without_cost": q.LOGIT,
}
_OF_ALL = ("log_ratio_study", "log_ratio_new", "mean_without")


_ARMS = ("treated", "comparison")


def _incomplete(rows: RowSource) -> list[InitErrorDetails]:
    """What a table of persons must say here that it need not say elsewhere."""
    wrong = [] if rows.group else [missing("rows", "group")]
    place = rows.covariates.get(PLACE)
    if place is not None and not place.levels:
        wrong.append(missing("rows", "covariates", PLACE, "levels"))
    return wrong


def row_problems(spec: CostComparison, frame: Frame) -> Iterator[RowProblem]:
    """Yield what is wrong with costs, exposure, and how much is missing."""
    years = frame.columns.get("exposure", ())
    if none := tuple(row for row, x in zip(frame.places, years, strict=False) if x == 0.0):
        yield RowProblem("rows_no_exposure", "exposure", none)
    yield from _cost_problems(spec, frame)
    holes = 0
    for name, values in frame.covariates.items():
        empty = tuple(row for row, x in zip(frame.places, values, strict=True) if x is None)
        holes += len(empty)
        if holes > MOST_MISSING:
            yield RowProblem("rows_many_missing", name, empty, {"allowed": MOST_MISSING})
            return


def _cost_problems(spec: CostComparison, frame: Frame) -> Iterator[RowProblem]:
    cost = frame.columns["cost"]
    if 0.0 in cost and not spec.hurdle:
        yield RowProblem("rows_without_cost", "cost")
    for treated in (True, False):
        paying = sum(
            1
            for group, x in zip(frame.group, cost, strict=True)
            if (group == TREATED) is treated and x
        )
        if paying < LEAST_WITH_COST:
            yield RowProblem("rows_few_costs", "cost", context={"allowed": LEAST_WITH_COST})
            return


class CostComparison(Evidence):
    """Cost per person of a treated group against a comparison group.

    Written in one of three forms: (n, total) per group, ``lines`` of a published table, or
    ``rows`` about persons. Without ``treated`` only the level is learned and the effect stays at
    its prior: the case before a programme has been tried.

    Attributes:
        treated: the group that had the programme; left out before it has been tried.
        comparison: the group that had not.
        prior: what was believed before.
        lines: the costs by kind, instead of the three above.
        rows: one row a person, instead of ``treated`` and ``comparison``.
        distribution: of the costs of those who have one; for rows only.

    Example:
        >>> spec = CostComparison.model_validate({
        ...     "model": "cost_comparison",
        ...     "comparison": {"n": 19, "total": "21 737 612 kr"},
        ...     "prior": {
        ...         "level": {"lognormal": {"median": "1 mkr", "sigma": 0.5}},
        ...         "cv": 0.5, "mean_effect": {"normal": {"mean": 0, "sd": 0.2}},
        ...         "between_place_sd": 0.1, "comparison_bias": 0,
        ...     },
        ... })
        >>> spec.form, spec.comparison.n.distribution.value
        ('totals', 19.0)
    """

    QUANTITIES: ClassVar = {
        "log_ratio_study": q.LOG_RATIO,
        "log_ratio_new": q.LOG_RATIO,
        "mean_without": q.SEK,
        "level": q.SEK,
        "cv": q.RATIO,
        "comparison_bias": q.LOG_RATIO,
    }
    STATISTICS: ClassVar = {
        "mean": Statistic(mark("medelkostnad per person"), q.SEK),
        "sd": Statistic(mark("kostnadens standardavvikelse mellan personer"), q.SEK),
        "share_without_cost": Statistic(mark("andel utan kostnad"), q.SHARE),
        "zeros": Statistic(mark("antal utan kostnad"), q.COUNT),
    }
    TITLES: ClassVar[Mapping[str, str]] = {
        "level": mark("Kostnadsnivå per person"),
        "cv": mark("Variation mellan personer (CV)"),
        "mean_effect": mark("Effekt i genomsnitt över platser (log)"),
        "between_place_sd": mark("Skillnad mellan platser (log)"),
        "comparison_bias": mark("Jämförelsens skevhet (log)"),
        "log_ratio_study": mark("Effekt på den studerade platsen (log)"),
        "log_ratio_new": mark("Effekt på en ny plats (log)"),
        "mean_without": mark("Medelkostnad utan insats"),
        "share_without_cost": mark("Andel utan kostnad i jämförelsegruppen"),
        "effect_without_cost": mark("Effekt på att inte ha någon kostnad (log-odds)"),
        "coefficient_sd": mark("Vad bakgrunden betyder (sd, log)"),
        "place_level_sd": mark("Skillnad i kostnad mellan platser (sd, log)"),
        "substitution": mark("Andel av besparingen som äts upp av det som ersätter"),
    }
    headline: ClassVar = "log_ratio_new"
    COLUMNS: ClassVar = {"cost": q.SEK, "exposure": q.YEARS}

    model: Literal["cost_comparison"]
    treated: Arm | None = None
    comparison: Arm | None = None
    prior: Prior | None = None
    lines: Lines | None = None
    rows: RowSource | None = None
    distribution: Literal["gamma", "lognormal"] = "gamma"

    @model_validator(mode="before")
    @classmethod
    def _one_form(cls, raw: Any) -> Any:
        if not isinstance(raw, Mapping):
            return raw
        forms = {"lines": ("treated", "comparison", "prior", "rows"), "rows": _ARMS}
        form = next((key for key in forms if key in raw), "totals")
        for key in forms.get(form, ()):
            if key in raw:
                raise refuse("two_forms", found=key, form=form, at=key)
        needed = {"lines": (), "rows": ("prior",), "totals": ("comparison", "prior")}[form]
        if wrong := [missing(key) for key in needed if key not in raw]:
            raise ValidationError.from_exception_data(cls.__name__, wrong)
        return raw

    @model_validator(mode="after")
    def _complete(self) -> Self:
        if self.prior is not None:
            used = self._used()
            lacking = [key for key in used if getattr(self.prior, key) is None]
            wrong = [missing("prior", key) for key in lacking] + unused(self.prior, used)
            if self.rows is not None:
                wrong += _incomplete(self.rows)
            if wrong:
                raise ValidationError.from_exception_data("cost_comparison", wrong)
        if self.distribution != "gamma" and self.rows is None:
            raise refuse("prior_unused", found="distribution", at="distribution")
        return self

    def _used(self) -> tuple[str, ...]:
        """The priors that this form needs beside those that all forms need."""
        used: tuple[str, ...] = ()
        if self.rows is not None:
            stated = self.stated
            if stated.share_without_cost or stated.effect_without_cost:
                used += EXTRA[:2]
            if set(self.rows.covariates) - {PLACE}:
                used += ("coefficient_sd",)
            return used + (("place_level_sd",) if PLACE in self.rows.covariates else ())
        arms = [arm for arm in (self.treated, self.comparison) if arm is not None]
        return EXTRA[:2] if any(arm.without_cost is not None for arm in arms) else ()

    @property
    def form(self) -> Literal["totals", "hurdle", "lines", "rows"]:
        """How the block is written: the module with the functions for it."""
        if self.lines is not None:
            return "lines"
        if self.rows is not None:
            return "rows"
        return "hurdle" if self.hurdle else "totals"

    @property
    def hurdle(self) -> bool:
        """Whether some persons may have no cost at all."""
        return self.prior is not None and self.prior.share_without_cost is not None

    @property
    def stated(self) -> Prior:
        """The prior, in a form that has one."""
        if self.prior is None:
            raise TypeError("no prior: the block is written as lines")
        return self.prior

    @property
    def published(self) -> Lines:
        """The table of the form with lines."""
        if self.lines is None:
            raise TypeError("no lines: the block is not written as lines")
        return self.lines

    @property
    def own_rows(self) -> RowSource:
        """The file of the form with rows."""
        if self.rows is None:
            raise TypeError("no rows: the block is written from what was published")
        return self.rows

    @property
    def places(self) -> tuple[str, ...]:
        """Names of the places that rows come from; empty when they are not told apart."""
        place = self.rows.covariates.get(PLACE) if self.rows is not None else None
        return () if place is None else tuple(place.levels or ())

    @property
    def needed_columns(self) -> tuple[str, ...]:
        """The columns of rows that the model cannot do without."""
        return ("cost",)

    @property
    def may_lack(self) -> tuple[str, ...]:
        """Covariates that are numbers: for a level, 0 or 1, no normal variable can stand."""
        told = self.rows.covariates if self.rows is not None else {}
        return tuple(name for name, one in told.items() if one.levels is None)

    @property
    def least_rows(self) -> int:
        """Fewest persons: as many as there are unknowns of a mean."""
        if self.rows is None:
            return 1
        slopes = sum(
            len(one.levels or ("", "")) - 1
            for name, one in self.rows.covariates.items()
            if name != PLACE
        )
        parts = 2 if self.hurdle else 1
        return parts * (2 + slopes) + 1 + 2 * max(len(self.places) - 1, 0)

    def stand_in(self, column: str) -> float:
        """Return a year for a made-up person's exposure, and a krona before the cost is drawn."""
        return 1.0

    def row_problems(self, frame: Frame) -> Iterator[RowProblem]:
        """Yield what is wrong with the rows that only this model can tell."""
        yield from row_problems(self, frame)

    @property
    def quantities(self) -> Mapping[str, Dimension]:
        """What this block hands on, with dimension."""
        if self.lines is None:
            return {**self.QUANTITIES, **(_OF_HURDLE if self.hurdle else {})}
        found = {name: self.QUANTITIES[name] for name in _OF_ALL}
        for group in self.lines.groups:
            found |= {f"{name}_{group}": dimension for name, dimension, _ in _BY_GROUP}
        return found | ({"substitution": q.SHARE} if self.lines.substitution else {})

    @property
    def statistics(self) -> Mapping[str, Statistic]:
        """Kinds of statistics of this block: of each group of lines, or of the whole cost."""
        if self.lines is None:
            return self.STATISTICS
        return {
            key: Statistic(say("{lines}, medelkostnad per person", lines=named(group.title)), q.SEK)
            for key, group in self.lines.groups.items()
        }

    @property
    def titles(self) -> Mapping[str, str]:  # type: ignore[override]  # depends on the groups
        """What a person calls each parameter and quantity, in Swedish."""
        if self.lines is None:
            dropped = {"substitution", *EXTRA} - set(self._used())
            return {name: text for name, text in self.TITLES.items() if name not in dropped}
        found = {name: self.TITLES[name] for name in _OF_ALL}
        titled = (*((name, title) for name, _, title in _BY_GROUP), *_OF_PRIORS)
        for key, group in self.lines.groups.items():
            found |= {
                f"{name}_{key}": say(title, group=named(group.title)) for name, title in titled
            }
        if self.lines.substitution:
            found["substitution"] = self.TITLES["substitution"]
        return found


SPEC = CostComparison
