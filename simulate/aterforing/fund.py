"""The fund in each future: its ledger, its balance, and what each nämnd is cut for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from simulate.aterforing.implementation import Running, decided
from simulate.aterforing.plan import Grid
from simulate.aterforing.returned import Returned
from simulate.contract import money
from simulate.contract.money import Ore
from simulate.draws.draw import Draws, full
from simulate.draws.streams import BATCH
from simulate.ledger import Ledger
from simulate.scenario.tree.fund import RULES, Rule
from simulate.scenario.tree.scenario import FundScenario


@dataclass(frozen=True)
class Totals:
    """All investments together, öre.

    Attributes:
        grants: what the fund pays out, dims (draw, year).
        realised: cashable saving, dims (draw, year, party).
        owed: återföring under each rule, dims (draw, year, party).
    """

    grants: Ore
    realised: Ore
    owed: Mapping[Rule, Ore]

    @classmethod
    def of(cls, found: Mapping[str, Returned]) -> Totals:
        """Return the sums over investments."""
        each = list(found.values())
        owed = {rule: _sum([one.owed[rule] for one in each]) for rule in RULES}
        return cls(_sum([one.grant for one in each]), _sum([one.realised for one in each]), owed)


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


def balance(scenario: FundScenario, draws: Draws, totals: Totals, rule: Rule) -> Balance:
    """Return the balance of the fund under a rule."""
    paid_in = np.zeros((BATCH, len(scenario.years)), dtype=np.int64)
    for year, amount in scenario.fund.capital.items():
        paid_in[:, int(year) - scenario.first_year] += money.ore(draws.of(amount))
    back = totals.owed[rule].sum(axis=2)
    path = np.cumsum(paid_in - totals.grants + back, axis=1)
    at_hand = path - back + totals.grants
    return Balance(np.cumsum(paid_in, axis=1), path, (at_hand < totals.grants).any(axis=1))


def namnder(scenario: FundScenario) -> tuple[str, ...]:
    """Return the nämnder, in order of declaration."""
    return tuple(key for key, party in scenario.parties.items() if party.type == "namnd")


def book_fund(
    scenario: FundScenario,
    draws: Draws,
    found: Mapping[str, Returned],
    totals: Totals,
    after: Mapping[str, Running],
) -> Ledger:
    """Return the ledger, incremental to having granted nothing.

    Grants go from the fund to whoever runs the investment and bears its cost, an overrun included;
    what the provider pays others for goes on to them, who bear that part of the cost; återföring
    goes from the nämnder to the fund. The fund's capital is not a flow of the
    investments: it is there whether anything is granted or not. What goes on after its grant is
    paid and saved in the nämnder's own purses, if it is decided on.
    """
    grid = Grid.of(scenario)
    owed = totals.owed[scenario.fund.aterforing.rule]
    fund = grid.parties.index(scenario.fund.party)
    shape = (BATCH, *grid.nothing.shape)
    grant, cost, back, paid = (np.zeros(shape, dtype=np.int64) for _ in range(4))
    for key, one in found.items():
        investment = scenario.investments[key]
        provider = grid.parties.index(investment.provider)
        cost[:, :, provider] -= one.grant + one.overrun
        for partner, share in (investment.paid_to or {}).items():
            part = money.part(one.grant + one.overrun, full(draws.of(share))[:, None])
            for party, sign in ((grid.parties.index(partner), 1), (provider, -1)):
                paid[:, :, party] += sign * part
                cost[:, :, party] -= sign * part
        grant[:, :, provider] += one.grant
        grant[:, :, fund] -= one.grant
    back -= owed
    back[:, :, fund] += owed.sum(axis=2)
    plan = np.broadcast_to(sum((one.planned for one in found.values()), grid.nothing), shape)
    entries = {
        "programme_cost": money.sek(cost),
        "grant": money.sek(grant),
        "cashable_saving": money.sek(totals.realised),
        "aterforing": money.sek(back),
    }
    if any(one.paid_to for one in scenario.investments.values()):
        entries["partner_payment"] = money.sek(paid)
    if going_on := decided(scenario, after):
        entries["running_cost"] = money.sek(-_sum([one.cost for one in going_on]))
        entries["running_saving"] = money.sek(_sum([one.saved for one in going_on]))
    memo = {
        "planned_aterforing": money.sek(plan),
        "gap": money.sek(np.maximum(owed - np.maximum(totals.realised, 0), 0)),
    }
    return Ledger(entries, memo, grid.years, grid.parties)
