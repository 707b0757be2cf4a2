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
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from scipy import stats

from models import distributions as d
from models.quantity import POINTS, SHARE, SIGNED_SEK
from simulate.contract.pay import Payout, pay
from simulate.contract.terms import Reading, Terms
from simulate.draws.factors import factors, inputs
from simulate.draws.streams import BATCH, Streams
from simulate.draws.values import Central, Floats
from simulate.ledger import TRANSFERS
from simulate.pipeline import live
from simulate.scenario.tree.contract import Contract
from simulate.scenario.tree.scenario import Scenario
from tests.support.rebuilt import scaled, uncertain
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

LAWS = settings(
    derandomize=True,
    deadline=None,
    database=None,
    max_examples=20,
    suppress_health_check=[HealthCheck.too_slow],
)


def cases(examples: int) -> settings:
    """Return the settings of a law that is tried on so many cases."""
    return settings(LAWS, max_examples=examples)


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
def test_transfers_sum_to_zero(scenario: Scenario, seed: int, batch: int) -> None:
    """What one party receives from another is paid by the other, in every draw and year."""
    ledger = live(scenario, start(scenario, seed, batch)).ledger
    for kind in TRANSFERS:
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
    scenario: Scenario, drawn: int, savings: list[float], points: int, delivered: bool, share: float
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
def test_a_falling_payment_is_seen(scenario: Scenario) -> None:
    """Negative control: read from the largest saving down, the payment is not monotone."""
    assert (np.diff(paid(scenario.contract, 750_000_000, [7e6, 4e6, 1e6]).payment) < 0).all()


@BOTH
@given(drawn=DRAWN, saving=SAVINGS, points=st.integers(-40, 40), share=st.floats(0, 1))
@cases(40)
def test_clause_order_changes_nothing(
    scenario: Scenario, drawn: int, saving: float, points: int, share: float
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


@pytest.mark.parametrize("k", [0.25, 2.0, 3.0, 10.0])
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


@pytest.mark.parametrize("cv", [0.3, 0.8])
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


# ---- Draws ------------------------------------------------------------------------------------


@given(n=st.integers(1, 3000), seed=SEEDS)
@cases(4)
def test_a_longer_run_begins_with_the_shorter(n: int, seed: int) -> None:
    """The first n of 2n draws are the n draws, bit for bit, in every variable."""
    short, long = futures(NYSTART, n, seed), futures(NYSTART, 2 * n, seed)
    for name in short:
        if "draw" in short[name].dims:
            np.testing.assert_array_equal(long[name].isel(draw=slice(n)), short[name])


def _numbers(scenario: Scenario, seed: int, batch: int) -> dict[str, np.ndarray]:
    draws = start(scenario, seed, batch)
    return {number.key: draws.of(number) for number in inputs(scenario)}


@given(seed=SEEDS, batch=st.integers(0, 1000), pick=st.integers(0, 10_000))
@cases(8)
def test_making_a_number_uncertain_moves_no_other(seed: int, batch: int, pick: int) -> None:
    """When a certain number becomes uncertain all other draws stay as they were, bit for bit."""
    certain = [number.key for number in inputs(NYSTART) if number.certain]
    key = certain[pick % len(certain)]
    changed = uncertain(NYSTART, key, d.Uniform(0.1, 0.9))
    before, after = _numbers(NYSTART, seed, batch), _numbers(changed, seed, batch)
    assert list(before) == list(after)
    for name, values in before.items():
        if name != key:
            np.testing.assert_array_equal(after[name], values)
    assert np.ptp(after[key]) > 0.7
    for place in NYSTART.measurements:
        for name in NYSTART.measurements[place].CHANCE:
            np.testing.assert_array_equal(
                start(changed, seed, batch).chance(place, name),
                start(NYSTART, seed, batch).chance(place, name),
            )


def _one_more(data: Raw) -> None:
    data["contract"]["clauses"].append(
        {
            "id": "last",
            "title": "Ett tillägg",
            "type": "linear_share",
            "measure": "saving",
            "share": {"uniform": [0.0, 0.5], **NOTES},
            "above": "0 kr",
            "up_to": "unlimited",
            "cap": {"amount": {"uniform": ["1 kr", "2 mkr"], **NOTES}},
        }
    )


def test_an_input_at_the_end_moves_no_other() -> None:
    """A clause with uncertain terms at the end changes the payment and no other draw."""
    longer = team_nystart(edits=[_one_more])
    one, other = futures(NYSTART, 3000, 5), futures(longer, 3000, 5)
    for name in (
        "participants",
        "delivered",
        "cost_ore",
        "drawn_ore",
        "true_saving_horizon",
        "reading",
        "guarantee_ore",
        "school_points.assessed",
    ):
        np.testing.assert_array_equal(one[name], other[name])
    clauses = list(one.clause.values)
    np.testing.assert_array_equal(other["clause_ore"].sel(clause=clauses), one["clause_ore"])
    assert (other["payment_ore"] > one["payment_ore"]).any()


@given(seed=SEEDS, names=st.integers(2, 90), more=st.integers(1, 90))
@LAWS
def test_streams_do_not_depend_on_later_factors(seed: int, names: int, more: int) -> None:
    """However many factors follow, also past 64, the numbers of the first ones are the same."""
    every = tuple(f"f{i}" for i in range(names + more))
    short, long = Streams(seed, every[:names]), Streams(seed, every)
    for factor in {every[0], every[names - 1]}:
        np.testing.assert_array_equal(short.uniforms(factor, 3), long.uniforms(factor, 3))


@given(seed=SEEDS, batch=st.integers(0, 10**6))
@LAWS
def test_each_dimension_is_stratified(seed: int, batch: int) -> None:
    """Every factor has exactly one number in each 1/2048 of the unit interval, ends excluded."""
    names = factors(NYSTART)
    streams = Streams(seed, names)
    for name in names:
        u = streams.uniforms(name, batch)
        assert 0.0 < u.min() and u.max() < 1.0
        np.testing.assert_array_equal(np.sort(np.floor(u * BATCH)), np.arange(BATCH))


def test_independent_numbers_are_not_stratified() -> None:
    """Negative control: plain random numbers leave strata empty."""
    u = np.random.default_rng(1).random(BATCH)
    assert len(np.unique(np.floor(u * BATCH))) < 0.7 * BATCH


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_factors_are_uncorrelated(seed: int) -> None:
    """No pair of factors is correlated beyond what independent numbers would be.

    The largest of all pairs is held against the two-sided 1e-4 / pairs point of √n r.
    """
    names = factors(NYSTART)
    streams = Streams(seed, names)
    r: Floats = np.corrcoef([streams.uniforms(name, seed) for name in names])
    pairs = len(names) * (len(names) - 1) // 2
    limit = stats.norm.isf(1e-4 / pairs / 2) / math.sqrt(BATCH)
    assert np.abs(r - np.eye(len(names))).max() < limit


def test_batches_are_independent_of_each_other() -> None:
    """Over 512 batches a factor's first numbers are uniform, and its errors do not repeat.

    Kolmogorov–Smirnov at 1e-4; correlations of a batch's mean error with the next batch's and
    with another factor's within 4/√512.
    """
    streams = Streams(42, factors(NYSTART))
    names = ("outcomes.social_cost.cv", "chance/saving.actual")
    u = np.array([[streams.uniforms(name, batch) for batch in range(512)] for name in names])
    for place in (0, 1, 700):
        assert stats.kstest(u[0, :, place], "uniform").pvalue > 1e-4
        first, following = u[0, :-1, place], u[0, 1:, place]
        assert abs(np.corrcoef(first, following)[0, 1]) < 4 / math.sqrt(511)
        assert abs(np.corrcoef(u[0, :, place], u[1, :, place])[0, 1]) < 4 / math.sqrt(512)
    error: Floats = np.exp(u).mean(axis=2) - (math.e - 1.0)
    assert abs(np.corrcoef(error[0, :-1], error[0, 1:])[0, 1]) < 4 / math.sqrt(511)
    assert abs(np.corrcoef(error[0], error[1])[0, 1]) < 4 / math.sqrt(512)
    assert abs(error[0].mean()) < 4 * error[0].std(ddof=1) / math.sqrt(512)


def test_smooth_integrals_gain_from_stratification() -> None:
    """The mean of a smooth function of six factors has under a tenth of plain chance's variance."""
    names = factors(NYSTART)[:6]

    def error(batch: int) -> float:
        u = np.array([Streams(7, names).uniforms(name, batch) for name in names])
        return float(np.exp(u).prod(axis=0).mean() - (math.e - 1.0) ** 6)

    errors = np.array([error(batch) for batch in range(128)])
    second = ((math.e**2 - 1.0) / 2.0) ** 6
    plain = (second - (math.e - 1.0) ** 12) / BATCH
    assert np.mean(errors**2) < plain / 10.0
    assert abs(errors.mean()) < 4 * errors.std(ddof=1) / math.sqrt(128)
