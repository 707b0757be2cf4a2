"""Pay out a contract: every clause, then the contract's cap and floor."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from simulate.contract.money import Ore
from simulate.contract.terms import Terms
from simulate.scenario.tree.contract import Contract


@dataclass(frozen=True)
class Payout:
    """What a contract pays, in öre, dims (draw,) or ().

    Attributes:
        clauses: by clause id, before the contract's own cap and floor.
        uncapped: their sum.
        cap: the contract's cap.
        payment: what is paid: the sum held between floor and cap.
    """

    clauses: Mapping[str, Ore]
    uncapped: Ore
    cap: Ore
    payment: Ore


def pay(contract: Contract, terms: Terms) -> Payout:
    """Return what ``contract`` pays under ``terms``.

    Law: floor ≤ payment ≤ cap; the same whatever the order of the clauses.
    """
    clauses = {clause.id: clause.pay(terms) for clause in contract.clauses}
    uncapped = terms.nothing
    for amount in clauses.values():
        uncapped = uncapped + amount
    floored = terms.at_least(uncapped, contract.floor)
    payment = np.asarray(terms.at_most(floored, contract.cap))
    return Payout(clauses, np.asarray(uncapped), terms.limit(contract.cap), payment)
