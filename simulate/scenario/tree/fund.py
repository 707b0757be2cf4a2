"""The social investment fund: its capital, and the rule by which nämnder fill it again."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Literal, get_args

from pydantic import Field

from models.language import mark
from models.number import Ratio, Sek
from models.table import Identifier, Table

YEAR = r"^(19|20|21)[0-9]{2}$"
YearKey = Annotated[str, Field(pattern=YEAR)]
Rule = Literal["planned", "lesser"]
RULES: tuple[Rule, ...] = get_args(Rule)

RULE_NAMES: Mapping[Rule, str] = {
    "planned": mark("enligt plan"),
    "lesser": mark("det lägsta av plan och realiserat"),
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
}


class Aterforing(Table):
    """How much of the budgets is cut and returned to the fund.

    Attributes:
        rule: ``planned`` returns what the plan says, whatever is realised; ``lesser`` returns the
            lesser of what is planned and what is realised, by investment, nämnd and year.
    """

    rule: Rule


class Fund(Table):
    """A social investment fund.

    Attributes:
        party: the party that is the fund.
        capital: what is paid in to it, by calendar year.
        aterforing: the rule of återföring.
        common_factor: multiplies what every investment realises, in each future by the same: what
            they share of policy, labour market and budget discipline. Left out, each investment
            goes its own way.
    """

    party: Identifier
    capital: Annotated[dict[YearKey, Sek], Field(min_length=1)]
    aterforing: Aterforing
    common_factor: Ratio | None = None
