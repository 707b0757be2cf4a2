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
        """Return all cash, dims (draw, year, party)."""
        return np.asarray(sum(self.entries.values()))

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
    years, parties = scenario.years, tuple(scenario.parties)
    shape = (len(spending.cost), len(years), len(parties))
    names = ("programme_cost", "drawdown", "contract_payment", "cashable_saving", "true_saving")
    flows = {name: np.zeros(shape) for name in names}
    place = {party: index for index, party in enumerate(parties)}
    contract, provider = scenario.contract, place[scenario.programme.provider]
    investor = place[scenario.investor]
    costs = instalments(spending.cost, len(contract.draw_days), spending.instalments)
    drawn = instalments(spending.drawn, len(contract.draw_days), spending.instalments)
    for number, day in enumerate(contract.draw_days):
        year = day.year - scenario.first_year
        flows["programme_cost"][:, year, provider] -= money.sek(costs[:, number])
        flows["drawdown"][:, year, provider] += money.sek(drawn[:, number])
        flows["drawdown"][:, year, investor] -= money.sek(drawn[:, number])
    flows["contract_payment"] = _payments(scenario, payout, shape, place)
    if contract.tranches:
        flows |= _tranches(scenario, spending, payout, place, shape)
    for key, outcome in scenario.outcomes.items():
        if isinstance(outcome, Priced):
            true = saved[key]
            for party, share in outcome.falls_on.items():
                falling = true.saving * np.reshape(draws.of(share), (-1, 1))
                flows["true_saving"][:, :, place[party]] += falling
                flows["cashable_saving"][:, :, place[party]] += falling * true.cashable
    memo = {"true_saving": flows.pop("true_saving")}
    return Ledger(flows, memo, years, parties)


def _payments(
    scenario: ContractScenario, payout: Payout, shape: tuple[int, ...], place: Mapping[str, int]
) -> Floats:
    """Return what each who pays pays the investor, day by day."""
    flows = np.zeros(shape)
    investor = place[scenario.investor]
    for payer, days in payout.payers.items():
        for paid_on, amount in days.items():
            year = when(scenario, paid_on).year - scenario.first_year
            flows[:, year, place[payer]] -= money.sek(amount)
            flows[:, year, investor] += money.sek(amount)
    return flows


def _tranches(
    scenario: ContractScenario,
    spending: Spending,
    payout: Payout,
    place: Mapping[str, int],
    shape: tuple[int, ...],
) -> dict[str, Floats]:
    """Return what passes between the investor, who keeps nothing, and those who lend in turn."""
    contract, parts = scenario.contract, payout.parts
    lent, paid = np.zeros(shape), np.zeros(shape)
    between = place[scenario.investor]

    def move(flows: Floats, day: dt.date, giver: int, taker: int, amount: Ore) -> None:
        year = day.year - scenario.first_year
        flows[:, year, giver] -= money.sek(amount)
        flows[:, year, taker] += money.sek(amount)

    for one in contract.tranches:
        share = parts.tranches[one.id]
        own = place[one.party]
        each = instalments(share.drawn, len(contract.draw_days), spending.instalments)
        for number, day in enumerate(contract.draw_days):
            move(lent, day, own, between, each[:, number])
        for paid_on, amount in share.by_day.items():
            move(paid, when(scenario, paid_on), between, own, amount)
    last = when(scenario, covered_on(dict(payout.by_day)))
    lender = {one.id: place[one.party] for one in contract.tranches}
    for guarantor in contract.guarantors:
        amount = parts.guarantors[guarantor.id]
        move(paid, last, place[guarantor.party], lender[guarantor.tranche], amount)
    return {"tranche_drawdown": lent, "tranche_payment": paid}
