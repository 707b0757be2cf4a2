"""Laws of the draws: prefixes, names, batches, and how evenly the points lie.

Thresholds and settings as in the laws of money and effect beside this file.
"""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from models import distributions as d
from simulate.draws.factors import factors
from simulate.draws.streams import BATCH, Streams
from simulate.draws.values import Floats
from simulate.scenario.resolve import inputs
from simulate.scenario.tree.scenario import ContractScenario
from tests.support.laws import LAWS, cases
from tests.support.rebuilt import uncertain
from tests.support.scenarios import (
    NOTES,
    Raw,
    futures,
    start,
    steps,
    team_nystart,
)

NYSTART = team_nystart()
STEPS = team_nystart(edits=[steps])
BOTH = pytest.mark.parametrize("scenario", [NYSTART, STEPS], ids=["shares", "steps"])
SEEDS = st.integers(0, 2**63 - 1)


@given(n=st.integers(1, 3000), seed=SEEDS)
@cases(4)
def test_a_longer_run_begins_with_the_shorter(n: int, seed: int) -> None:
    """The first n of 2n draws are the n draws, bit for bit, in every variable."""
    short, long = futures(NYSTART, n, seed), futures(NYSTART, 2 * n, seed)
    for name in short:
        if "draw" in short[name].dims:
            np.testing.assert_array_equal(long[name].isel(draw=slice(n)), short[name])


def _numbers(scenario: ContractScenario, seed: int, batch: int) -> dict[str, np.ndarray]:
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


def test_a_human_gain_that_is_added_moves_nothing_else() -> None:
    """Neither money nor another gain changes by a bit when a gain is added at the end."""

    def one_more(data: Raw) -> None:
        data["outcomes"]["ny"] = {
            "type": "persons",
            "title": "Ny",
            "without": {"beta": {"a": 2, "b": 3}, **NOTES},
            "effect": {"normal": {"mean": 0.1, "sd": 0.2}, **NOTES},
        }

    before = futures(team_nystart(), 2_048, 5)
    after = futures(team_nystart(edits=[one_more]), 2_048, 5)
    for name in ("payment_ore", "reading", "npv", "cost_ore", "participants"):
        assert (before[name].values == after[name].values).all(), name
    for key in before["gain"].values:
        assert (before["gain_reached"].sel(gain=key) == after["gain_reached"].sel(gain=key)).all()


def test_what_is_made_of_chance_is_that_of_its_numbers() -> None:
    """Worked out once whatever else is set; anew for other numbers, streams or batches."""
    calls: list[int] = []

    def law(u: Floats, by: Floats) -> Floats:
        calls.append(len(u))
        return u * by

    draws, name = start(NYSTART, 1, 0), ("programme", "delivery")
    by = np.linspace(1.0, 2.0, BATCH)
    first = draws.made(name, law, by)
    np.testing.assert_array_equal(first, draws.chance(*name) * by)
    assert draws.setting({"x": 1.0}).made(name, law, by.copy()) is first
    assert len(calls) == 1
    np.testing.assert_array_equal(draws.made(name, law, 2.0 * by), 2.0 * first)
    other = start(NYSTART, 2, 0).streams
    for moved in (draws.along(other, ()), draws.of_batch(1)):
        np.testing.assert_array_equal(moved.made(name, law, by), moved.chance(*name) * by)
        assert not np.array_equal(moved.made(name, law, by), first)
    assert len(calls) == 4
