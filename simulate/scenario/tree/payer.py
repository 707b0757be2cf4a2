"""Several who pay: who pays which part of a contract."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from models.number import Share
from models.table import Identifier, Table


class Payer(Table):
    """One who pays a part of the contract, where several do.

    Attributes:
        party: who pays.
        clauses: ids of the clauses it pays; left out where it pays those that nobody names.
        share: of each of them; left out where it pays all of them.
    """

    party: Identifier
    clauses: Annotated[tuple[Identifier, ...], Field(min_length=1)] | None = None
    share: Share | None = None
