"""Divide what is paid among several who pay, to the öre.

A clause is divided by the shares of those who pay it. What caps cut off is cut from everybody in
proportion to what each would pay that day. What a floor adds, and what whoever leaves early gets,
answers to no clause: each clause weighs as much as another, whatever it pays, so that nobody pays
more because the clause of somebody else paid less. A group is divided first, among those who pay
its clauses.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import numpy as np

from simulate.contract import money
from simulate.contract.held import Dated
from simulate.contract.money import Ore
from simulate.contract.terms import Terms
from simulate.scenario.tree.contract import Contract

# What each party pays, by day, in öre, dims (draw,).
Parts = dict[str, Dated]


def borne(
    contract: Contract,
    terms: Terms,
    clauses: Mapping[str, Dated],
    groups: Mapping[str, Dated],
    by_day: Dated,
) -> Parts:
    """Return what each party pays. Law: never negative; on every day they add up to the payment.

    Args:
        contract: with its payers.
        terms: the situation.
        clauses: what each pays by day, before any cap or floor but its own.
        groups: what each pays by day, between its cap and floor.
        by_day: what the contract pays.
    """
    if contract.payer is not None:
        return {contract.payer: by_day}
    own = {key: _of_clause(contract, terms, key, days) for key, days in clauses.items()}
    loose = dict(own)
    wanted: list[Parts] = []
    for group in contract.groups:
        inside = _joined(contract, [loose.pop(key) for key in group.clauses], terms)
        weights = _weights(contract, terms, group.clauses)
        wanted.append(_spread(inside, groups[group.id], weights, terms))
    whole = _joined(contract, [*loose.values(), *wanted], terms)
    return _spread(whole, by_day, _weights(contract, terms, clauses), terms)


def in_all(parts: Parts) -> dict[str, Ore]:
    """Return what each party pays over all days."""
    return {
        party: np.asarray(sum(days.values(), start=np.asarray(0))) for party, days in parts.items()
    }


def _of_clause(contract: Contract, terms: Terms, clause: str, days: Dated) -> Parts:
    """Return what each pays of a clause, by their shares of it."""
    shares = _weights(contract, terms, [clause])
    each = {day: _divided(amount, shares) for day, amount in days.items()}
    return {party: {day: parts[party] for day, parts in each.items()} for party in shares}


def _weights(contract: Contract, terms: Terms, clauses: Iterable[str]) -> dict[str, Ore]:
    """Return each party's share of some clauses in millionths, each clause weighing the same."""
    found = dict.fromkeys(contract.paid_by, terms.nothing)
    for clause in clauses:
        for one in contract.payers_of(clause):
            share = 1.0 if one.share is None else terms.values.of(one.share)
            millionths = np.rint(np.asarray(share) * money.MILLION).astype(np.int64)
            found[one.party] = found[one.party] + millionths
    return found


def _spread(parts: Parts, held: Dated, weights: Mapping[str, Ore], terms: Terms) -> Parts:
    """Return parts that add up to what is held: cut by what each pays, lifted by the weights."""
    found: Parts = {party: {} for party in parts}
    for day, amount in held.items():
        here = {party: days.get(day, terms.nothing) for party, days in parts.items()}
        kept = np.minimum(amount, sum(here.values(), start=terms.nothing))
        cut, lifted = _divided(kept, here), _divided(amount - kept, weights)
        for party in parts:
            found[party][day] = cut[party] + lifted[party]
    return found


def _divided(amount: Ore, by: Mapping[str, Ore]) -> dict[str, Ore]:
    """Return an amount in proportion to ``by``, the sums rounded in the order in which they stand.

    Nobody's part is an öre or more from its proportion.
    """
    whole = np.maximum(sum(by.values(), start=np.zeros_like(amount)), 1)
    found: dict[str, Ore] = {}
    so_far, given = np.zeros_like(amount), np.zeros_like(amount)
    for party, weight in by.items():
        so_far = so_far + weight
        up_to = money.proportion(amount, so_far, whole) if np.any(amount) else given
        found[party] = np.asarray(up_to - given)
        given = up_to
    return found


def _joined(contract: Contract, several: Iterable[Parts], terms: Terms) -> Parts:
    found: Parts = {party: {} for party in contract.paid_by}
    for parts in several:
        for party, days in parts.items():
            for day, amount in days.items():
                found[party][day] = found[party].get(day, terms.nothing) + amount
    return found
