"""Anyone with a purse."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from models.number import Rate, Sek, SekPerYear
from models.table import Table, Text

PartyType = Literal[
    "municipality", "namnd", "fund", "investor", "provider", "region", "state", "household"
]
Role = Literal["outcome_payer", "provider", "investor", "fund"]

# What results call all parties together, all public purses together, those of the municipality
# together, and the contract.
SOCIETY, PUBLIC, MUNICIPALITY = "samhallet", "det_offentliga", "kommunen"
CONTRACT = "kontraktet"
RESERVED = (SOCIETY, PUBLIC, MUNICIPALITY, CONTRACT)

# The types whose purses are the municipality's own.
MUNICIPAL: tuple[PartyType, ...] = ("municipality", "namnd", "fund")
# The types whose purses are filled by taxes.
PUBLIC_TYPES: tuple[PartyType, ...] = (*MUNICIPAL, "region", "state")


class Party(Table):
    """A party of the investment.

    Attributes:
        discount_rate: nominal rate per year with which this party values later money.
        roles: what the party does in the contract; one party may have several.
        forvaltning: the förvaltning or kontor under a nämnd, which is what most sources name.
        budget_frame: budgetram of a nämnd a year; nominal, before any återföring.
        risk_tolerance: R in 1 − exp(−x/R), by which this party values an uncertain amount; left
            out, only its mean counts. No number that is drawn.
    """

    name: Text
    type: PartyType
    roles: Annotated[tuple[Role, ...], Field(min_length=1)]
    discount_rate: Rate
    forvaltning: Text | None = None
    budget_frame: SekPerYear | None = None
    risk_tolerance: Sek | None = None


class Society(Table):
    """The view of all parties together.

    Attributes:
        discount_rate: real rate per year with which society values later money.
        inflation: rate per year that makes nominal flows real.
    """

    discount_rate: Rate
    inflation: Rate
