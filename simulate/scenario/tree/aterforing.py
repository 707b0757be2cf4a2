"""The rules by which nämnder fill the fund again, as data."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal, cast, get_args

from pydantic import Field, TypeAdapter, ValidationInfo

from models.language import mark
from models.number import Number, Ratio, Share
from models.table import Chosen, Identifier, Integer, Table

YEAR = r"^(19|20|21)[0-9]{2}$"
YearKey = Annotated[str, Field(pattern=YEAR)]
WholeYear = Annotated[Integer, Field(ge=1900, le=2199)]
Rule = Literal["planned", "lesser", "realised_share", "until_repaid"]
RULES: tuple[Rule, ...] = get_args(Rule)
Bearer = Literal["fund", "namnd", "provider"]
# Beside the rules: what the scenario itself says, where its investments do not all follow one.
OWN = "own"

RULE_NAMES: Mapping[str, str] = {
    "planned": mark("enligt plan"),
    "lesser": mark("det lägsta av plan och realiserat"),
    "realised_share": mark("en andel av det realiserade"),
    "until_repaid": mark("det realiserade tills allt är återbetalat"),
    OWN: mark("varje investerings egen regel"),
}
RULE_WORDS: Mapping[Rule, str] = {
    "planned": mark(
        "Nämndernas ramar minskas med det planerade beloppet, vad som än realiseras: nämnderna bär "
        "risken."
    ),
    "lesser": mark(
        "Nämndernas ramar minskas med det lägsta av planerat och realiserat, för varje "
        "investering, nämnd och år: fonden bär risken."
    ),
    "realised_share": mark(
        "Nämndernas ramar minskas med en andel av det realiserade, för varje investering, nämnd "
        "och år: fonden och nämnderna delar både förlust och vinst."
    ),
    "until_repaid": mark(
        "Nämndernas ramar minskas med det realiserade tills summan över nämnder och år är lika "
        "stor som det beviljade: fonden bär risken, och nämnderna behåller det som kommer sedan."
    ),
}

Split = Annotated[dict[Identifier, Share], Field(min_length=1)]
SplitByYear = Annotated[dict[YearKey, Split], Field(min_length=1)]
_ONE, _BY_YEAR = TypeAdapter(Split), TypeAdapter(SplitByYear)


def _read_split(raw: object, info: ValidationInfo) -> object:
    by_year = isinstance(raw, Mapping) and bool(raw) and all(str(key).isdigit() for key in raw)
    return (_BY_YEAR if by_year else _ONE).validate_python(raw, context=info.context)


# One table for all years, or one for each calendar year.
AnySplit = Annotated[
    Mapping[str, Any],
    Chosen(_read_split, {"one": cast(Any, Split), "by_year": cast(Any, SplitByYear)}),
]


def split_in(split: Mapping[str, Any], year: str) -> Mapping[str, Number]:
    """Return how what is planned in a year is split over the nämnder.

    Raises:
        KeyError: the split is written by year, and not for that year.

    Example:
        >>> split_in({"2015": {"socialnamnden": 1.0}}, "2015")
        {'socialnamnden': 1.0}
    """
    found: Mapping[str, Number] = split[year] if by_year(split) else split
    return found


def names_of(split: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the nämnder of a split, in order of appearance.

    Example:
        >>> names_of({"2015": {"a": 1.0}, "2016": {"a": 0.5, "b": 0.5}})
        ('a', 'b')
    """
    each = split.values() if by_year(split) else [split]
    return tuple(dict.fromkeys(name for one in each for name in one))


def by_year(split: Mapping[str, Any]) -> bool:
    """Whether a split is written by year."""
    return all(isinstance(one, Mapping) for one in split.values())


class Terms(Table):
    """How much of a budget is cut and returned to the fund.

    Attributes:
        rule: ``planned`` returns what the plan says, whatever is realised; ``lesser`` the lesser
            of what is planned and realised, by investment, nämnd and year; ``realised_share`` a
            share of what is realised; ``until_repaid`` what is realised, until an investment has
            returned what was granted for it.
        share: of what is realised that is returned, under ``realised_share``; where another rule
            is chosen, that of the comparison between rules. Left out there, all of it.
        lag: whole years between a saving and its return. What falls after the horizon is
            outstanding.
        ceiling: the most that an investment returns in all, as a multiple of what was granted.
        gap: who pays what an investment has so far returned less than planned: ``fund`` goes
            without, ``namnd`` is cut for it none the less, ``provider`` is whoever runs it.
    """

    rule: Rule
    share: Share | None = None
    lag: Annotated[Integer, Field(ge=0, le=50)] = 0
    ceiling: Ratio | None = None
    gap: Bearer = "fund"


class Abolished(Table):
    """The risk that the fund's rules do not survive: from some year nothing more is returned.

    Attributes:
        first_year: the first calendar year in which it can happen.
        hazard: probability in each year, given that it has not happened before.
    """

    first_year: WholeYear
    hazard: Share


class Aterforing(Terms):
    """The terms of the fund, which an investment may replace by its own.

    Attributes:
        abolished: the risk that all of it ends, drawn once for the fund; left out, it cannot.
    """

    abolished: Abolished | None = None
