"""Who pays and who receives, by calendar year; contract flows keep their dates.

Plus is money in to that party. Transfers between parties sum to zero in every draw and year.
Undiscounted: discount factors multiply only when values are taken.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import xarray as xr

from simulate.contract import money
from simulate.contract.money import Ore, instalments
from simulate.contract.pay import Payout
from simulate.contract.waterfall import covered_on
from simulate.draws.draw import Draws
from simulate.draws.values import Floats
from simulate.programme import Spending
from simulate.scenario.tree.outcomes import Priced
from simulate.scenario.tree.scenario import ContractScenario
from simulate.truth.truth import TrueSaving

TRANSFERS = (
    "drawdown",
    "contract_payment",
    "tranche_drawdown",
    "tranche_payment",
    "grant",
    "aterforing",
    "partner_payment",
)
# What stands beside the cash and is none.
MEMO = ("true_saving", "planned_aterforing", "gap", "granted_undrawn")


@dataclass(frozen=True)
class Ledger:
    """The flows of one batch, SEK.

    Attributes:
        entries: by kind, dims (draw, year, party): ``programme_cost``, ``cashable_saving`` and the
            :data:`TRANSFERS`.
        memo: what is no cash, by kind, dims (draw, year, party): ``true_saving``, of which only a
            part is cash; ``planned_aterforing``; ``gap``, what is owed beyond what is realised;
            ``granted_undrawn``, what the fund has granted by the end of the year and not yet paid.
        years, parties: the coordinates.
    """

    entries: Mapping[str, Floats]
    memo: Mapping[str, Floats]
    years: tuple[int, ...]
    parties: tuple[str, ...]

    def net(self) -> Floats:
        """Return all cash, dims (draw, year, party).

        Transfers are whole öre and added as such: of what only passes through nothing is left.
        """
        moved = [np.rint(flow * 100.0) for kind, flow in self.entries.items() if kind in TRANSFERS]
        rest = [flow for kind, flow in self.entries.items() if kind not in TRANSFERS]
        return np.asarray(sum(moved) / 100.0 + sum(rest))

    def dataset(self) -> xr.Dataset:
        """Return the ledger with named dimensions."""
        dims = ("draw", "year", "party")
        both = {**self.entries, **self.memo}
        coords = {"year": list(self.years), "party": list(self.parties)}
        return xr.Dataset({kind: (dims, flows) for kind, flows in both.items()}, coords)


@dataclass(frozen=True)
class DatedFlows:
    """The investor's flows by date, for the internal rate of return.

    Attributes:
        days: in order.
        amounts: SEK, dims (draw, day); negative when the investor pays out.
    """

    days: tuple[dt.date, ...]
    amounts: Floats


def investor_flows(scenario: ContractScenario, spending: Spending, payout: Payout) -> DatedFlows:
    """Return what the investor pays out and gets back, by date."""
    contract = scenario.contract
    out = -money.sek(instalments(spending.drawn, len(contract.draw_days), spending.instalments))
    back = [money.sek(amount)[:, None] for amount in payout.by_day.values()]
    days = (*contract.draw_days, *(when(scenario, day) for day in payout.by_day))
    order = sorted(range(len(days)), key=lambda place: days[place])
    return DatedFlows(tuple(days[place] for place in order), np.hstack([out, *back])[:, order])


def when(scenario: ContractScenario, day: dt.date | None) -> dt.date:
    """Return the day of a payment."""
    return scenario.contract.pays_on if day is None else day


def book(
    scenario: ContractScenario,
    draws: Draws,
    spending: Spending,
    saved: Mapping[str, TrueSaving],
    payout: Payout,
) -> Ledger:
    """Return the ledger, incremental to having no programme."""
    parties = tuple(scenario.parties)
    shape = (len(spending.cost), len(scenario.years), len(parties))
    place = {party: index for index, party in enumerate(parties)}
    moved = _loan(scenario, spending, shape, place)
    moved["contract_payment"] = _payments(scenario, payout, shape, place)
    cashable, true = np.zeros(shape), np.zeros(shape)
    for key, outcome in scenario.outcomes.items():
        if isinstance(outcome, Priced):
            for party, share in outcome.falls_on.items():
                falling = saved[key].saving * np.reshape(draws.of(share), (-1, 1))
                true[:, :, place[party]] += falling
                cashable[:, :, place[party]] += falling * saved[key].cashable
    flows = {kind: money.sek(amount) for kind, amount in moved.items()}
    flows["cashable_saving"] = cashable
    if scenario.contract.tranches:
        passed = _tranches(scenario, payout, place, shape)
        flows |= {kind: money.sek(amount) for kind, amount in passed.items()}
    return Ledger(flows, {"true_saving": true}, scenario.years, parties)


def _loan(
    scenario: ContractScenario,
    spending: Spending,
    shape: tuple[int, ...],
    place: Mapping[str, int],
) -> dict[str, Ore]:
    """Return what the insats costs its provider, and what the investor lends it, in öre."""
    spent, lent = np.zeros(shape, dtype=np.int64), np.zeros(shape, dtype=np.int64)
    days = scenario.contract.draw_days
    provider, investor = place[scenario.programme.provider], place[scenario.investor]
    costs = instalments(spending.cost, len(days), spending.instalments)
    drawn = instalments(spending.drawn, len(days), spending.instalments)
    for number, day in enumerate(days):
        year = day.year - scenario.first_year
        spent[:, year, provider] -= costs[:, number]
        lent[:, year, provider] += drawn[:, number]
        lent[:, year, investor] -= drawn[:, number]
    return {"programme_cost": spent, "drawdown": lent}


def _payments(
    scenario: ContractScenario, payout: Payout, shape: tuple[int, ...], place: Mapping[str, int]
) -> Ore:
    """Return what each who pays pays the investor, in öre."""
    flows = np.zeros(shape, dtype=np.int64)
    investor = place[scenario.investor]
    for payer, days in payout.payers.items():
        for paid_on, amount in days.items():
            year = when(scenario, paid_on).year - scenario.first_year
            flows[:, year, place[payer]] -= amount
            flows[:, year, investor] += amount
    return flows


def _tranches(
    scenario: ContractScenario,
    payout: Payout,
    place: Mapping[str, int],
    shape: tuple[int, ...],
) -> dict[str, Ore]:
    """Return what passes between the investor, who keeps nothing, and those who lend, in öre."""
    contract, parts = scenario.contract, payout.parts
    lent, paid = np.zeros(shape, dtype=np.int64), np.zeros(shape, dtype=np.int64)
    between = place[scenario.investor]

    def move(flows: Ore, day: dt.date, giver: int, taker: int, amount: Ore) -> None:
        year = day.year - scenario.first_year
        flows[:, year, giver] -= amount
        flows[:, year, taker] += amount

    for one in contract.tranches:
        share = parts.tranches[one.id]
        own = place[one.party]
        for number, day in enumerate(contract.draw_days):
            move(lent, day, own, between, share.lent[:, number])
        for paid_on, amount in share.by_day.items():
            move(paid, when(scenario, paid_on), between, own, amount)
    last = when(scenario, covered_on(dict(payout.by_day)))
    lender = {one.id: place[one.party] for one in contract.tranches}
    for guarantor in contract.guarantors:
        amount = parts.guarantors[guarantor.id]
        move(paid, last, place[guarantor.party], lender[guarantor.tranche], amount)
    return {"tranche_drawdown": lent, "tranche_payment": paid}
