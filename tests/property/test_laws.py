"""Laws that hold for every draw, every order and every size.

Hypothesis chooses the cases, the same ones every time. Where a share or a mean is compared with
theory the threshold is 4 standard errors: a nominal false alarm of 6 in 100 000 a comparison,
settled once by the fixed seeds.
"""

from __future__ import annotations

import itertools
import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.quantity import POINTS, SHARE, SIGNED_SEK
from simulate.contract.pay import Payout, pay
from simulate.contract.terms import Reading, Terms
from simulate.draws.streams import BATCH
from simulate.draws.values import Central
from simulate.ledger import TRANSFERS
from simulate.pipeline import live
from simulate.scenario.tree.contract import Contract
from simulate.scenario.tree.scenario import ContractScenario
from tests.support.laws import cases
from tests.support.rebuilt import scaled
from tests.support.scenarios import (
    NO_DRIFT,
    NO_EFFECT,
    NOTES,
    Raw,
    futures,
    sixty,
    start,
    steps,
    team_nystart,
)
from tests.support.spread import slow_but

NYSTART = team_nystart()
STEPS = team_nystart(edits=[steps])
BOTH = pytest.mark.parametrize("scenario", [NYSTART, STEPS], ids=["shares", "steps"])
SEEDS = st.integers(0, 2**63 - 1)
SAVINGS = st.floats(-3e7, 3e7)
DRAWN = st.integers(0, 2_000_000_000)


def paid(
    contract: Contract,
    drawn: int,
    saving: list[float],
    points: float = 1.0,
    delivered: bool = True,
    share: float = 0.4,
) -> Payout:
    """Return what a contract pays at stated outcomes, numbers of the contract at their medians."""
    values = np.asarray(saving)
    readings = {
        "saving": Reading(values, SIGNED_SEK),
        "school_points": Reading(np.full(len(values), points), POINTS),
        "job_share": Reading(np.full(len(values), share), SHARE),
    }
    here = np.full(len(values), drawn, dtype=np.int64)
    return pay(contract, Terms(here, np.full(len(values), delivered), readings, Central()))


# ---- Money ------------------------------------------------------------------------------------


@BOTH
@given(seed=SEEDS, batch=st.integers(0, 10_000))
@cases(6)
def test_transfers_sum_to_zero(scenario: ContractScenario, seed: int, batch: int) -> None:
    """What one party receives from another is paid by the other, in every draw and year."""
    ledger = live(scenario, start(scenario, seed, batch)).ledger
    for kind in set(TRANSFERS) & set(ledger.entries):
        assert np.abs(ledger.entries[kind]).sum() > 0
        assert (ledger.entries[kind].sum(axis=2) == 0.0).all()


@given(
    drawn=DRAWN,
    savings=st.lists(SAVINGS, min_size=2, max_size=30),
    points=st.integers(-40, 40),
    delivered=st.booleans(),
    share=st.floats(0, 1),
)
@cases(150)
@BOTH
def test_payment_is_held_and_monotone(
    scenario: ContractScenario,
    drawn: int,
    savings: list[float],
    points: int,
    delivered: bool,
    share: float,
) -> None:
    """The payment lies between floor and cap and never falls when the saving rises."""
    contract = scenario.contract
    found = paid(contract, drawn, sorted(savings), points, delivered, share)
    assert (np.diff(found.payment) >= 0).all()
    assert (found.payment <= found.cap).all()
    floor = 0 if contract.floor.amount is None else contract.floor.amount.distribution.support()[0]
    held = np.minimum(int(floor * 100), found.cap)
    assert (found.payment >= held).all()
    assert (found.payment <= np.maximum(found.uncapped, held)).all()


@BOTH
def test_a_falling_payment_is_seen(scenario: ContractScenario) -> None:
    """Negative control: read from the largest saving down, the payment is not monotone."""
    assert (np.diff(paid(scenario.contract, 750_000_000, [7e6, 4e6, 1e6]).payment) < 0).all()


@BOTH
@given(drawn=DRAWN, saving=SAVINGS, points=st.integers(-40, 40), share=st.floats(0, 1))
@cases(40)
def test_clause_order_changes_nothing(
    scenario: ContractScenario, drawn: int, saving: float, points: int, share: float
) -> None:
    """A contract pays the same öre, clause by clause, in whatever order it is written."""
    wanted = paid(scenario.contract, drawn, [saving], points, True, share)
    for order in itertools.permutations(scenario.contract.clauses):
        turned = scenario.contract.model_copy(update={"clauses": order})
        found = paid(turned, drawn, [saving], points, True, share)
        assert found.payment == wanted.payment
        assert {k: int(v[0]) for k, v in found.clauses.items()} == {
            k: int(v[0]) for k, v in wanted.clauses.items()
        }


def _turned(data: Raw) -> None:
    data["parties"] = dict(reversed(list(data["parties"].items())))


def _certain_rates(data: Raw) -> None:
    data["parties"]["finansiar"]["discount_rate"] = {"value": 0.025, **NOTES}


def test_party_order_changes_nothing() -> None:
    """Parties named in another order have the same futures, each under its own name.

    Both rates are certain here: an uncertain one would keep its distribution but move to another
    dimension of the point set.
    """
    one = futures(team_nystart(edits=[_certain_rates]), 3000, 8)
    other = futures(team_nystart(edits=[_certain_rates, _turned]), 3000, 8)
    assert list(one.party.values) != list(other.party.values)
    for name in one:
        found = other[name].sel(party=one.party) if "party" in other[name].dims else other[name]
        if "party" in one[name].dims:  # society is a sum over parties: its last bit may differ
            np.testing.assert_allclose(found, one[name], rtol=0, atol=1e-6)
        else:
            np.testing.assert_array_equal(found, one[name])


@pytest.mark.parametrize("k", slow_but([0.25, 2.0, 3.0, 10.0], [0.25, 3.0]))
@pytest.mark.parametrize("shape", ["shares", "steps"])
def test_scaling_all_money(k: float, shape: str) -> None:
    """All amounts times k give all results times k and leave rates, years and multiples.

    Allowance: each of at most twelve roundings on the way to a payment moves it by half an öre
    before and after scaling, so 12 (k + 1) / 2 öre.
    """
    edits = [steps] if shape == "steps" else []
    scenario = team_nystart("programme.delivery=1.0", edits=edits)
    one, large = futures(scenario, 2048, 3), futures(scaled(scenario, k), 2048, 3)
    allowance = 6.0 * (k + 1.0)
    for name in ("cost_ore", "drawn_ore", "payment_ore", "guarantee_ore", "clause_ore"):
        assert np.abs(large[name] - k * one[name]).max() <= allowance
    for name in ("true_saving_horizon", "true_saving_window"):
        np.testing.assert_allclose(large[name], k * one[name], rtol=1e-12)
    saving = (large["reading"] - k * one["reading"]).sel(measure="saving")
    assert np.abs(saving).max() <= 1e-12 * k * 2e8
    assert np.abs(large["npv"] - k * one["npv"]).max() <= 3 * allowance / 100
    if shape == "shares":
        assert np.abs(large["irr"] - one["irr"]).max() <= 1e-7
    assert np.abs(large["multiple"] - one["multiple"]).max() <= 1e-7
    np.testing.assert_array_equal(large["participants"], one["participants"])


def test_without_discounting_values_are_plain_sums() -> None:
    """At rates of nought the present value is the sum of the flows, and payback the simple one."""
    rates = (
        "parties.kommun.discount_rate=0.0",
        "parties.finansiar.discount_rate=0.0",
        "society.discount_rate=0.0",
        "society.inflation=0.0",
    )
    scenario = team_nystart(*rates)
    found = futures(scenario, BATCH, 4)
    net = live(scenario, start(scenario, 4)).ledger.net()
    sums = net.sum(axis=1)  # added up in another order, so equal to a millionth of a krona
    own, all_parties = found["npv"].sel(party=list(scenario.parties)), found["npv"][:, -1]
    np.testing.assert_allclose(own, sums, rtol=0, atol=1e-6)
    np.testing.assert_allclose(all_parties, sums.sum(axis=1), rtol=0, atol=1e-6)
    np.testing.assert_array_equal(found["payback_year"], found["payback_year_discounted"])


# ---- Effect -----------------------------------------------------------------------------------


@given(seed=SEEDS)
@cases(4)
@pytest.mark.parametrize("shape", ["shares", "steps"])
def test_no_effect_saves_exactly_nothing(shape: str, seed: int) -> None:
    """At zero effect the true saving is 0.0 in every draw, year, window and purse."""
    extra = ("outcomes.job.effect=0.0",) if shape == "steps" else ()
    scenario = team_nystart(*NO_EFFECT, *extra, edits=[steps] if shape == "steps" else [])
    lived = live(scenario, start(scenario, seed))
    for outcome in lived.saved.values():
        assert (outcome.saving == 0.0).all()
    for one in lived.settled.measured.values():
        assert one.true_saving is None or (one.true_saving == 0.0).all()
    assert (lived.ledger.entries["cashable_saving"] == 0.0).all()
    assert (lived.ledger.memo["true_saving"] == 0.0).all()


@given(seed=SEEDS)
@cases(4)
def test_nothing_but_the_guarantee_is_paid_for_nothing(seed: int) -> None:
    """Without effect, chance and drift the payment is the guarantee to the öre."""
    scenario = team_nystart(*NO_EFFECT, *NO_DRIFT, "outcomes.social_cost.cv=0.0")
    found = futures(scenario, BATCH, seed)
    np.testing.assert_array_equal(found["payment_ore"], found["guarantee_ore"])
    delivered = found["delivered"].values
    assert 0.95 < delivered.mean() < 1.0
    wanted = np.where(delivered, (found["drawn_ore"].values * 40 + 50) // 100, 0)
    np.testing.assert_array_equal(found["payment_ore"], wanted)


@pytest.mark.parametrize("cv", slow_but([0.3, 0.8], [0.3]))
def test_chance_alone_pays_in_half_of_all_futures(cv: float) -> None:
    """Without effect and drift, equal groups: P(payment > guarantee) = 1/2 within 4 SE."""
    scenario = sixty(
        *NO_EFFECT,
        *NO_DRIFT,
        f"outcomes.social_cost.cv={cv}",
        "measurements.saving.comparison.persons=60",
    )
    draws = 8 * BATCH
    found = futures(scenario, draws, 17)
    share = float((found["payment_ore"] > found["guarantee_ore"]).mean())
    assert abs(share - 0.5) <= 4 * 0.5 / math.sqrt(draws)


def test_drift_is_not_chance() -> None:
    """Negative control: with a drift of 8 % the same share is far from one half."""
    scenario = sixty(
        *NO_EFFECT,
        "outcomes.social_cost.cv=0.3",
        "measurements.saving.drift=0.08",
        "measurements.saving.comparison.persons=60",
    )
    draws = 8 * BATCH
    found = futures(scenario, draws, 17)
    share = float((found["payment_ore"] > found["guarantee_ore"]).mean())
    assert share < 0.5 - 20 * 0.5 / math.sqrt(draws)
