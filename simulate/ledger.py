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
from simulate.contract.money import Ore
from simulate.contract.pay import Payout
from simulate.draws.draw import Draws
from simulate.draws.values import Floats
from simulate.programme import Spending
from simulate.scenario.tree.outcomes import Priced
from simulate.scenario.tree.scenario import ContractScenario
from simulate.truth.truth import TrueSaving

TRANSFERS = ("drawdown", "contract_payment", "grant", "aterforing", "partner_payment")
# What stands beside the cash and is none.
MEMO = ("true_saving", "planned_aterforing", "gap")


@dataclass(frozen=True)
class Ledger:
    """The flows of one batch, SEK.

    Attributes:
        entries: by kind, dims (draw, year, party): ``programme_cost``, ``cashable_saving`` and the
            :data:`TRANSFERS`.
        memo: what is no cash, by kind, dims (draw, year, party): ``true_saving``, of which only a
            part is cash; ``planned_aterforing``; ``gap``, what is owed beyond what is realised.
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


def instalments(amount: Ore, parts: int) -> Ore:
    """Return ``amount`` in equal whole öre, dims (draw, part); the last takes the remainder."""
    each = amount // parts
    shares = np.repeat(each[:, None], parts, axis=1)
    shares[:, -1] += amount - each * parts
    return shares


def investor_flows(scenario: ContractScenario, spending: Spending, payout: Payout) -> DatedFlows:
    """Return what the investor pays out and gets back, by date."""
    contract = scenario.contract
    out = -money.sek(instalments(spending.drawn, len(contract.draw_days)))
    back = money.sek(payout.payment)[:, None]
    return DatedFlows((*contract.draw_days, contract.pays_on), np.hstack([out, back]))


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
    names = (
        "programme_cost",
        "drawdown",
        "contract_payment",
        "cashable_saving",
        "true_saving",
    )
    flows = {name: np.zeros(shape) for name in names}
    place = {party: index for index, party in enumerate(parties)}
    contract, provider = scenario.contract, place[scenario.programme.provider]
    investor, payer = place[contract.investor], place[contract.payer]
    costs = instalments(spending.cost, len(contract.draw_days))
    drawn = instalments(spending.drawn, len(contract.draw_days))
    for number, day in enumerate(contract.draw_days):
        year = day.year - scenario.first_year
        flows["programme_cost"][:, year, provider] -= money.sek(costs[:, number])
        flows["drawdown"][:, year, provider] += money.sek(drawn[:, number])
        flows["drawdown"][:, year, investor] -= money.sek(drawn[:, number])
    year = contract.pays_on.year - scenario.first_year
    flows["contract_payment"][:, year, payer] -= money.sek(payout.payment)
    flows["contract_payment"][:, year, investor] += money.sek(payout.payment)
    for key, outcome in scenario.outcomes.items():
        if isinstance(outcome, Priced):
            true = saved[key]
            for party, share in outcome.falls_on.items():
                falling = true.saving * np.reshape(draws.of(share), (-1, 1))
                flows["true_saving"][:, :, place[party]] += falling
                flows["cashable_saving"][:, :, place[party]] += falling * true.cashable
    memo = {"true_saving": flows.pop("true_saving")}
    return Ledger(flows, memo, years, parties)
