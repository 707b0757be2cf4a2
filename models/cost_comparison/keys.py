"""TOML keys of the tables in a block of the cost comparison."""

from __future__ import annotations

from typing import Annotated, Self

from pydantic import AfterValidator, Field, ValidationError, model_validator
from pydantic_core import InitErrorDetails

from models.number import Count, Logit, LogRatio, Number, Ratio, Sek, Share
from models.spec import CERTAIN, POSITIVE, PRIOR, WHOLE, refuse, value_of
from models.table import Flag, Identifier, Table, Text

Persons = Annotated[Count, WHOLE, POSITIVE]
# The covariate that is a place: pooled over, never a slope.
PLACE = "place"
# Missing values are latent variables: more of them is not a gap but another study.
MOST_MISSING = 20
# Fewer persons with a cost say nothing of how much it is, and too much of each of them.
LEAST_WITH_COST = 5


def _open(number: Number) -> Number:
    if number.distribution.support() in ((0.0, 0.0), (1.0, 1.0)):
        raise refuse("out_of_range", found=0, allowed="0 < x < 1", example="0.3")
    return number


OPEN = AfterValidator(_open)


class Arm(Table):
    """A group as it was published: how many persons, and what they cost together.

    Attributes:
        n: persons.
        total: SEK for all of them together in the window.
        without_cost: how many of them had no cost at all; left out when it was not published.
    """

    n: Persons
    total: Annotated[Sek, CERTAIN, POSITIVE]
    without_cost: Annotated[Count, WHOLE] | None = None

    @model_validator(mode="after")
    def _someone_pays(self) -> Self:
        if self.without_cost is not None and value_of(self.without_cost) >= value_of(self.n):
            allowed = f"0–{value_of(self.n) - 1:g}"
            found = value_of(self.without_cost)
            raise refuse(
                "out_of_range", found=found, allowed=allowed, example=allowed, at="without_cost"
            )
        return self


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
        share_without_cost: share of the comparison group that has no cost at all. With it, level,
            CV and effects are those of the persons who have a cost.
        effect_without_cost: what the programme adds to the log odds of having no cost.
        coefficient_sd: rows with covariates: prior sd of what one sd of a covariate adds to the
            log of the cost, and to the log odds of having none.
        place_level_sd: rows from several places: how much costs differ between places, log scale.
    """

    level: Annotated[Sek, PRIOR, POSITIVE]
    cv: Annotated[Ratio, PRIOR, POSITIVE]
    mean_effect: Annotated[LogRatio, PRIOR]
    between_place_sd: Annotated[Ratio, PRIOR]
    comparison_bias: Annotated[LogRatio, PRIOR]
    share_without_cost: Annotated[Share, PRIOR, OPEN] | None = None
    effect_without_cost: Annotated[Logit, PRIOR] | None = None
    coefficient_sd: Annotated[Ratio, PRIOR] | None = None
    place_level_sd: Annotated[Ratio, PRIOR] | None = None


EXTRA = ("share_without_cost", "effect_without_cost", "coefficient_sd", "place_level_sd")


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
        if wrong := unused(self.prior, ()):
            raise ValidationError.from_exception_data("lines", wrong)
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


def unused(prior: Prior, used: tuple[str, ...]) -> list[InitErrorDetails]:
    """Return an error for each prior that the form of the evidence has no use for."""
    return [
        {"type": refuse("prior_unused", found=key), "loc": ("prior", key), "input": key}
        for key in EXTRA
        if key not in used and getattr(prior, key) is not None
    ]


def missing(*place: str) -> InitErrorDetails:
    """Return the error of a key that is not there."""
    return {"type": "missing", "loc": place, "input": {}}
