"""Anyone with a purse."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from models.number import Rate
from models.table import Table, Text

PartyType = Literal[
    "municipality", "namnd", "fund", "investor", "provider", "region", "state", "household"
]
Role = Literal["outcome_payer", "provider", "investor"]


class Party(Table):
    """A party of the investment.

    Attributes:
        discount_rate: nominal rate per year with which this party values later money.
        roles: what the party does in the contract; one party may have several.
    """

    name: Text
    type: PartyType
    roles: Annotated[tuple[Role, ...], Field(min_length=1)]
    discount_rate: Rate


class Society(Table):
    """The view of all parties together: real rate, and the inflation that makes flows real."""

    discount_rate: Rate
    inflation: Rate
