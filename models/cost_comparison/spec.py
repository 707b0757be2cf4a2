"""TOML keys of the cost comparison."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, ClassVar, Literal, Self

from pydantic import Field, ValidationError, model_validator
from pydantic_core import InitErrorDetails

from models import quantity as q
from models.language import mark, named, say
from models.number import Count, LogRatio, Ratio, Sek, Share
from models.quantity import Dimension
from models.spec import CERTAIN, POSITIVE, PRIOR, WHOLE, Evidence, refuse, value_of
from models.table import Flag, Identifier, Table, Text

Persons = Annotated[Count, WHOLE, POSITIVE]


class Arm(Table):
    """A group as it was published: how many persons, and what they cost together.

    Attributes:
        n: persons.
        total: SEK for all of them together in the window.
    """

    n: Persons
    total: Annotated[Sek, CERTAIN, POSITIVE]


class Prior(Table):
    """What was believed before the totals were seen.

    Attributes:
        level: SEK per person in the comparison group in the window.
        cv: coefficient of variation of the cost per person, the same in both groups. Totals say
            next to nothing about it.
        mean_effect: log ratio of cost with to cost without, on average over places.
        between_place_sd: how much the effect differs between places, on the log scale.
        comparison_bias: log of (what the treated would have cost without the programme / the
            comparison group's mean). For a historical group this is the drift of costs.
    """

    level: Annotated[Sek, PRIOR, POSITIVE]
    cv: Annotated[Ratio, PRIOR, POSITIVE]
    mean_effect: Annotated[LogRatio, PRIOR]
    between_place_sd: Annotated[Ratio, PRIOR]
    comparison_bias: Annotated[LogRatio, PRIOR]


class Line(Table):
    """A line of a published table of costs.

    Attributes:
        title: what the line is called.
        treated, comparison: SEK for all persons of the group together; nought is allowed.
    """

    title: Text
    treated: Annotated[Sek, CERTAIN]
    comparison: Annotated[Sek, CERTAIN]


class LineGroup(Table):
    """Lines that are added up before anything is learned from them.

    Attributes:
        title: what a person calls the group.
        items: its lines.
        prior: what was believed of the sum of the lines per person.
    """

    title: Text
    items: tuple[Line, ...] = Field(min_length=1)
    prior: Prior

    @model_validator(mode="after")
    def _not_nought(self) -> Self:
        # A line may be nought for one of the groups of persons, a sum of lines may not: a gamma
        # distributed sum is above nought, and its ratio to another would have no bounds.
        for arm in (self.treated, self.comparison):
            if arm == 0.0:
                raise refuse("empty_lines", found=self.title)
        return self

    @property
    def treated(self) -> float:
        """SEK of the treated for all lines together."""
        return sum(value_of(line.treated) for line in self.items)

    @property
    def comparison(self) -> float:
        """SEK of the comparison group for all lines together."""
        return sum(value_of(line.comparison) for line in self.items)


class Substitution(Table):
    """How much of a saving on one group of lines another group eats.

    Attributes:
        saved: group of lines that is saved on.
        absorbed: group of lines that grows instead.
        share: absorbed SEK per saved SEK, as it is used in money: a prior, handed on as it
            stands. Two small groups cannot bound it; how far the lines go is said in words.
    """

    saved: Identifier
    absorbed: Identifier
    share: Annotated[Share, PRIOR]


class Lines(Table):
    """A published table of costs by kind, of the same persons in every line.

    Attributes:
        treated, comparison: persons in each group.
        discounted: whether the amounts were discounted before they were published. They are then
            never discounted again.
        groups: groups of lines by name.
        substitution: between two of the groups.
    """

    treated: Persons
    comparison: Persons
    discounted: Flag
    groups: dict[Identifier, LineGroup] = Field(min_length=1)
    substitution: Substitution | None = None

    @model_validator(mode="after")
    def _possible(self) -> Self:
        wrong: list[InitErrorDetails] = []
        for key in ("saved", "absorbed") if self.substitution else ():
            found, allowed = getattr(self.substitution, key), ", ".join(self.groups)
            if found not in self.groups:
                error = refuse("not_one_of", found=found, allowed=allowed, close="")
                wrong.append({"type": error, "loc": ("substitution", key), "input": found})
        if wrong:
            raise ValidationError.from_exception_data("lines", wrong)
        return self


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
_OF_ALL = ("log_ratio_study", "log_ratio_new", "mean_without")


class CostComparison(Evidence):
    """Cost per person of a treated group against a comparison group.

    Written in one of two forms: (n, total) per group, or ``lines`` of a published table. Without
    ``treated`` only the level is learned and the effect stays at its prior: the case before a
    programme has been tried.

    Attributes:
        treated: the group that had the programme; left out before it has been tried.
        comparison: the group that had not.
        prior: what was believed before.
        lines: the costs by kind, instead of the three above.

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
    TITLES: ClassVar[Mapping[str, str]] = {
        "level": mark("Kostnadsnivå per person"),
        "cv": mark("Variation mellan personer (CV)"),
        "mean_effect": mark("Effekt i genomsnitt över platser (log)"),
        "between_place_sd": mark("Skillnad mellan platser (log)"),
        "comparison_bias": mark("Jämförelsens skevhet (log)"),
        "log_ratio_study": mark("Effekt på den studerade platsen (log)"),
        "log_ratio_new": mark("Effekt på en ny plats (log)"),
        "mean_without": mark("Medelkostnad utan insats"),
        "substitution": mark("Andel av besparingen som äts upp av det som ersätter"),
    }
    headline: ClassVar = "log_ratio_new"

    model: Literal["cost_comparison"]
    treated: Arm | None = None
    comparison: Arm | None = None
    prior: Prior | None = None
    lines: Lines | None = None

    @model_validator(mode="before")
    @classmethod
    def _one_form(cls, raw: Any) -> Any:
        if not isinstance(raw, Mapping):
            return raw
        totals = ("treated", "comparison", "prior")
        if "lines" in raw:
            for key in totals:
                if key in raw:
                    raise refuse("two_forms", found=key, form="lines", at=key)
            return raw
        wrong = [
            InitErrorDetails(type="missing", loc=(key,), input=raw)
            for key in totals[1:]
            if key not in raw
        ]
        if wrong:
            raise ValidationError.from_exception_data(cls.__name__, wrong)
        return raw

    @property
    def form(self) -> Literal["totals", "lines"]:
        """How the block is written."""
        return "totals" if self.lines is None else "lines"

    @property
    def stated(self) -> Prior:
        """The prior of the form with totals."""
        if self.prior is None:
            raise TypeError("no prior: the block is not written as totals")
        return self.prior

    @property
    def published(self) -> Lines:
        """The table of the form with lines."""
        if self.lines is None:
            raise TypeError("no lines: the block is not written as lines")
        return self.lines

    @property
    def quantities(self) -> Mapping[str, Dimension]:
        """What this block hands on, with dimension."""
        if self.lines is None:
            return self.QUANTITIES
        found = {name: self.QUANTITIES[name] for name in _OF_ALL}
        for group in self.lines.groups:
            found |= {f"{name}_{group}": dimension for name, dimension, _ in _BY_GROUP}
        return found | ({"substitution": q.SHARE} if self.lines.substitution else {})

    @property
    def titles(self) -> Mapping[str, str]:  # type: ignore[override]  # depends on the groups
        """What a person calls each parameter and quantity, in Swedish."""
        if self.lines is None:
            return {name: text for name, text in self.TITLES.items() if name != "substitution"}
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
