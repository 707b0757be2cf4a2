"""The fund in each future: its ledger, its balance, and what each nämnd is cut for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from simulate.aterforing.books import Books, Totals
from simulate.aterforing.implementation import Running, decided
from simulate.aterforing.plan import Grid
from simulate.contract import money
from simulate.contract.money import Ore
from simulate.draws.draw import Draws, full
from simulate.draws.streams import BATCH
from simulate.ledger import Ledger
from simulate.scenario.tree.scenario import FundScenario


def _sum(parts: list[Ore]) -> Ore:
    total = np.zeros_like(parts[0])
    for part in parts:
        total = total + part
    return total


@dataclass(frozen=True)
class Balance:
    """The fund's money, öre.

    Attributes:
        capital: paid in, cumulated, dims (draw, year).
        path: balance at the end of each year: capital − grants + återföring, dims (draw, year).
        insolvent: whether in some year what is at hand before any återföring of the year is less
            than what is due on granted commitments, dims (draw,).
    """

    capital: Ore
    path: Ore
    insolvent: NDArray[np.bool_]


def paid_in(scenario: FundScenario, draws: Draws) -> Ore:
    """Return what is paid in to the fund each year, öre, dims (draw, year)."""
    found = np.zeros((BATCH, len(scenario.years)), dtype=np.int64)
    for year, amount in scenario.fund.capital.items():
        found[:, int(year) - scenario.first_year] += money.ore(draws.of(amount))
    years = np.asarray(scenario.years)
    for one in scenario.fund.top_ups:
        when = np.floor(full(draws.of(one.year)) + 0.5)
        found += (years == when[:, None]) * full(money.ore(draws.of(one.amount)))[:, None]
    return found


def balance(capital: Ore, totals: Totals) -> Balance:
    """Return the balance of the fund under a rule.

    Args:
        capital: what is paid in each year, dims (draw, year).
        totals: under that rule.
    """
    back = totals.paid.sum(axis=2)
    path = np.cumsum(capital - totals.grants + back, axis=1)
    at_hand = path - back + totals.grants
    return Balance(np.cumsum(capital, axis=1), path, (at_hand < totals.grants).any(axis=1))


def gap(totals: Totals) -> Ore:
    """Return what is owed beyond what is saved, dims (draw, year, party), by year of the saving.

    A cost that grows is no saving: it does not make what is returned too much.
    """
    return np.maximum(totals.due - np.maximum(totals.realised, 0), 0)


def namnder(scenario: FundScenario) -> tuple[str, ...]:
    """Return the nämnder, in order of declaration."""
    return tuple(key for key, party in scenario.parties.items() if party.type == "namnd")


def book_fund(
    scenario: FundScenario,
    books: Books,
    totals: Totals,
    after: Mapping[str, Running],
    undrawn: Ore,
) -> Ledger:
    """Return the ledger under the rule of ``totals``, incremental to having granted nothing.

    Grants go from the fund to whoever runs the investment and bears its cost, an overrun included;
    what the provider pays others for goes on to them, who bear that part of the cost; återföring
    goes from the nämnder to the fund. The fund's capital is not a flow of the
    investments: it is there whether anything is granted or not. What goes on after its grant is
    paid and saved in the nämnder's own purses, if it is decided on. What is granted and not yet
    paid (``undrawn``, öre, dims (draw, year)) stands beside the flows.
    """
    grid = Grid.of(scenario)
    fund = grid.parties.index(scenario.fund.party)
    back = -totals.paid
    back[:, :, fund] += totals.paid.sum(axis=2)
    bound = np.zeros_like(back)
    bound[:, :, fund] = undrawn
    entries = {
        "programme_cost": money.sek(books.cost),
        "grant": money.sek(books.grant),
        "cashable_saving": money.sek(totals.realised),
        "aterforing": money.sek(back),
    }
    if books.partners.any():
        entries["partner_payment"] = money.sek(books.partners)
    if going_on := decided(scenario, after):
        entries["running_cost"] = money.sek(-_sum([one.cost for one in going_on]))
        entries["running_saving"] = money.sek(_sum([one.saved for one in going_on]))
    memo = {
        "planned_aterforing": money.sek(np.broadcast_to(books.planned, back.shape)),
        "gap": money.sek(gap(totals)),
        "granted_undrawn": money.sek(bound),
    }
    return Ledger(entries, memo, grid.years, grid.parties)
