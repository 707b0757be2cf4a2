"""Contracts with many days and many lenders: what is booked is what is paid."""

from __future__ import annotations

import numpy as np
import pytest

from simulate.contract.pay import Payout
from simulate.contract.worst import worst
from simulate.draws.draw import Draws
from simulate.ledger import TRANSFERS, investor_flows
from simulate.pipeline import Lived, live
from simulate.scenario.tree.scenario import ContractScenario
from simulate.value.irr import irr
from tests.support.scenarios import Raw, checked, raw, start

NAMES = ["koto_sib", "peterborough", "utforare_pa_spel", "exempel_forsta_forlust",
         "exempel_prislista", "exempel_flera_betalare", "educate_girls", "rikers_able",
         "newpin"]  # fmt: skip


def lived(name: str) -> tuple[ContractScenario, Draws, Lived]:
    """Return a batch of futures of a shipped scenario."""
    scenario = checked(raw(name))
    draws = start(scenario, 7)
    return scenario, draws, live(scenario, draws)


@pytest.mark.parametrize("name", NAMES)
def test_transfers_sum_to_zero(name: str) -> None:
    """What one party pays another gets, in every future and year."""
    _, _, one = lived(name)
    booked = [flows for kind, flows in one.ledger.entries.items() if kind in TRANSFERS]
    assert len(booked) >= 2
    for flows in booked:
        assert np.abs(flows.sum(axis=2)).max() < 1e-6


@pytest.mark.parametrize("name", NAMES)
def test_years_hold_the_days(name: str) -> None:
    """The payments of a year are those whose day is in it, and all of them together the payment."""
    scenario, _, one = lived(name)
    paid: Payout = one.settled.payout
    who = [list(scenario.parties).index(party) for party in scenario.contract.paid_by]
    booked = -one.ledger.entries["contract_payment"][:, :, who].sum(axis=2) * 100
    for place, year in enumerate(scenario.years):
        days = [
            amount for day, amount in paid.by_day.items() if day is not None and day.year == year
        ]
        assert np.abs(booked[:, place] - sum(days, start=np.zeros(len(booked)))).max() < 1e-3
    assert np.abs(booked.sum(axis=1) - paid.payment).max() < 1e-3


def test_everybody_is_booked_for_their_own_part() -> None:
    """With several payers each has its own outflow, a year is its days, and none of it is lost."""
    scenario, _, one = lived("exempel_flera_betalare")
    paid: Payout = one.settled.payout
    booked = one.ledger.entries["contract_payment"] * 100
    for place, party in enumerate(scenario.parties):
        days = paid.payers.get(party, {})
        for number, year in enumerate(scenario.years):
            own = [amount for day, amount in days.items() if day is not None and day.year == year]
            wanted = sum(own, start=np.zeros(len(booked)))
            if party != scenario.investor:
                assert np.abs(booked[:, number, place] + wanted).max() < 1e-3
    assert set(paid.payers) == {"kommun", "region", "staten"}
    region = sum(paid.payers["region"].values(), start=np.zeros(len(booked)))
    assert region.max() > region.min() >= 0.0


def test_who_stands_between_keeps_nothing() -> None:
    """With tranches the investor's own account is level, and each lender has its own flows."""
    scenario, _, one = lived("exempel_forsta_forlust")
    place = {party: number for number, party in enumerate(scenario.parties)}
    cash = sum(flows for kind, flows in one.ledger.entries.items() if kind in TRANSFERS)
    total = np.asarray(cash).sum(axis=1) * 100
    assert np.abs(total[:, place[scenario.investor]]).max() < 1e-3
    parts = one.settled.payout.parts
    for tranche in scenario.contract.tranches:
        own = parts.tranches[tranche.id]
        assert (
            np.abs(total[:, place[tranche.party]] - (own.paid + own.covered - own.drawn)).max()
            < 1e-3
        )
    covered = parts.guarantors["guarantor"]
    assert np.abs(total[:, place["garant"]] + covered).max() < 1e-3
    assert 0.01 < np.mean(covered > 0) < 0.99


def test_first_loss_loses_first() -> None:
    """No tranche higher up loses an öre while a lower one has any of its loan left."""
    _, _, one = lived("exempel_forsta_forlust")
    tranches = one.settled.payout.parts.tranches
    lost = {key: part.drawn - part.paid > 0 for key, part in tranches.items()}
    assert lost["first_loss"].any()
    assert (tranches["first_loss"].paid[lost["junior"]] == 0).all()
    assert (tranches["junior"].paid[lost["senior"]] == 0).all()


def test_the_rule_by_which_she_leaves() -> None:
    """She leaves where the first share is under a quarter, and is then paid nothing later."""
    _, draws, one = lived("exempel_forsta_forlust")
    share = one.settled.measured["share_1"].value
    paid = one.settled.payout
    leaves = share < 0.25
    assert 0.02 < leaves.mean() < 0.98
    assert ((paid.redemption > 0) == leaves).all()
    later = [amount for day, amount in paid.by_day.items() if day is not None and day.year > 2026]
    assert all((amount[leaves] == 0).all() for amount in later)
    assert any((amount[~leaves] > 0).all() for amount in later)
    assert draws.batch == 0


def test_the_cap_on_the_return_holds_in_the_futures() -> None:
    """Nobody gets more than 8 % a year, and some get just that, where the contract is generous."""

    def generous(data: Raw) -> None:
        for rung in data["contract"]["clauses"][1]["rungs"]:
            rung["pays"] = {"of_drawn": 2.0}

    data = raw("exempel_forsta_forlust")
    generous(data)
    del data["contract"]["redemptions"]
    data["contract"]["cases"] = []
    scenario = checked(data)
    one = live(scenario, start(scenario, 7))
    flows = investor_flows(scenario, one.spending, one.settled.payout)
    assert list(flows.days) == sorted(flows.days)
    rate = irr(flows.days, flows.amounts).rate
    assert np.abs(rate - 0.08).max() < 1e-6


def test_a_provider_at_risk_lends_to_itself() -> None:
    """Without an outside investor no loan passes between parties; the fee does."""
    scenario, _, one = lived("utforare_pa_spel")
    assert np.abs(one.ledger.entries["drawdown"]).max() == 0.0
    place = list(scenario.parties).index("foretagshalsa")
    assert (one.ledger.entries["contract_payment"][:, :, place].sum(axis=1) >= 0).all()
    assert one.settled.payout.payment.max() > one.settled.payout.payment.min()


@pytest.mark.parametrize("name", NAMES)
def test_nobody_loses_more_than_the_worst(name: str) -> None:
    """No future loses more than the least that the contract can pay, and leaving is no way out."""
    scenario, _, one = lived(name)
    least, paid = worst(scenario), one.settled.payout.payment
    share = (one.spending.drawn - paid) / one.spending.drawn
    most = np.where(one.intake.delivered, least.delivered, least.undelivered) / least.committed
    assert (share <= most + 1e-6).all()
    if name == "exempel_forsta_forlust":
        assert least.delivered == 2_000_000_000 - 1_240_000_000
