"""The clauses a contract is written in. One file a clause, one line here."""

from __future__ import annotations

from typing import Annotated

from models.table import Table, chosen_by
from simulate.contract.clauses.base import Clause, Gate
from simulate.contract.clauses.guarantee import Guarantee
from simulate.contract.clauses.linear_share import LinearShare
from simulate.contract.clauses.tiers import Tiers

CLAUSES: dict[str, type[Table]] = {
    "guarantee": Guarantee,
    "linear_share": LinearShare,
    "tiers": Tiers,
}

AnyClause = Annotated[Clause, chosen_by("type", CLAUSES)]

__all__ = ["CLAUSES", "AnyClause", "Clause", "Gate", "Guarantee", "LinearShare", "Tiers"]
