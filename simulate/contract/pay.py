"""Pay out a contract: every clause on its day, groups, cap and floor, leaving early, tranches."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

import numpy as np

from simulate.contract import money
from simulate.contract.held import Dated, Held, held, order
from simulate.contract.money import Ore
from simulate.contract.payers import Parts, borne
from simulate.contract.terms import Terms
from simulate.contract.waterfall import Divided, divided
from simulate.scenario.tree.contract import Contract, Redemption


@dataclass(frozen=True)
class Payout:
    """What a contract pays, in öre, dims (draw,) or ().

    Attributes:
        clauses: by clause id, before any cap or floor but their own.
        groups: by group id, held between cap and floor.
        uncapped: what the contract's own cap and floor hold: groups and the clauses outside them.
        cap: the contract's cap.
        redemption: what is paid to whoever leaves early.
        payment: what is paid: the sum held between floor and cap, and the redemption.
        by_day: the payment by day.
        parts: everybody's part, where several lend.
        payers: what each party pays, by day.
    """

    clauses: Mapping[str, Ore]
    groups: Mapping[str, Ore]
    uncapped: Ore
    cap: Ore
    redemption: Ore
    payment: Ore
    by_day: Mapping[date | None, Ore]
    parts: Divided = field(default_factory=lambda: Divided({}, {}))
    payers: Parts = field(default_factory=dict)


def pay(contract: Contract, terms: Terms) -> Payout:
    """Return what ``contract`` pays under ``terms``.

    Law: floor ≤ payment ≤ cap where nobody leaves early; the same whatever the order of the
    clauses; the days' payments add up to the payment, and the tranches' and the payers' to the
    days'.
    """
    unit = money.UNITS[contract.rounding]
    terms = replace(terms, lent_on=contract.draw_days, day=contract.pays_on, unit=unit)
    year = left_in(contract, terms)
    stays = np.asarray(year == 0)
    clauses = {one.id: _due(contract, one.dated(terms), year, terms) for one in contract.clauses}
    groups = {
        one.id: held(
            _joined(clauses[key] for key in one.clauses), (one.floor, one.cap), terms, stays
        )
        for one in contract.groups
    }
    inside = {key for one in contract.groups for key in one.clauses}
    outside = [days for key, days in clauses.items() if key not in inside]
    wanted = _joined([*outside, *(one.by_day for one in groups.values())])
    found = held(wanted, (contract.floor, contract.cap), terms, stays)
    by_day, redemption = _redeemed(contract, terms, year, found)
    return Payout(
        {key: _sum(days.values(), terms) for key, days in clauses.items()},
        {key: one.total for key, one in groups.items()},
        _sum(wanted.values(), terms),
        found.cap,
        redemption,
        np.asarray(found.total + redemption),
        by_day,
        divided(contract, terms, by_day),
        borne(contract, terms, clauses, {key: one.by_day for key, one in groups.items()}, by_day),
    )


def left_in(contract: Contract, terms: Terms) -> Ore:
    """Return the year in which the investor leaves, 0 where she stays: as stated, or by rule."""
    if terms.redeemed is not None:
        return terms.redeemed
    year = np.zeros_like(terms.drawn)
    for one in reversed(_in_order(contract)):
        if one.leaves is not None:
            leaves = ~terms.reaches(one.leaves.measure, one.leaves.below)
            year = np.where(leaves, one.day.year, year)
    return year


def _in_order(contract: Contract) -> list[Redemption]:
    return sorted(contract.redemptions, key=lambda one: one.day)


def _due(contract: Contract, dated: Dated, year: Ore, terms: Terms) -> Dated:
    """Return a clause's payments without those that fall due after the investor has left."""
    if not np.any(year):
        return dated
    found: Dated = {}
    for day, amount in dated.items():
        still = np.asarray(year == 0)
        for one in contract.redemptions:
            still = still | ((year == one.day.year) & (order(day) <= one.day))
        found[day] = terms.where(still, amount)
    return found


def _joined(several: Iterable[Mapping[date | None, Ore]]) -> Dated:
    found: Dated = {}
    for days in several:
        for day, amount in days.items():
            found[day] = found[day] + amount if day in found else amount
    return found


def _sum(amounts: Iterable[Ore], terms: Terms) -> Ore:
    total = terms.nothing
    for amount in amounts:
        total = total + amount
    return np.asarray(total)


def _redeemed(contract: Contract, terms: Terms, year: Ore, found: Held) -> tuple[Dated, Ore]:
    by_day, total = dict(found.by_day), terms.nothing
    for one in _in_order(contract):
        leaves = np.asarray(year == one.day.year)
        amount = terms.where(leaves, terms.rounded(terms.part(terms.drawn, one.share)))
        by_day[one.day] = by_day.get(one.day, terms.nothing) + amount
        total = total + amount
    return by_day, np.asarray(total)
