"""The clauses a contract is written in. One file a clause, one line here."""

from __future__ import annotations

from importlib import import_module
from typing import Annotated

from models.table import chosen_by
from simulate.contract.clauses.base import Clause

# Each is a module beside this one, whose `CLAUSE` is the clause; the name is its `type`.
NAMES = (
    "coupon",
    "guarantee",
    "ladder",
    "linear_share",
    "rate_card",
    "tiers",
    "trigger",
)

CLAUSES: dict[str, type[Clause]] = {
    name: import_module(f"{__name__}.{name}").CLAUSE for name in NAMES
}

AnyClause = Annotated[Clause, chosen_by("type", CLAUSES)]
