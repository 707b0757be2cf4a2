"""What is known on the way is a bridge to what is measured: its law, and what it must not move."""

from __future__ import annotations

import datetime as dt
from functools import partial
from typing import Any

import numpy as np
import pytest

from simulate.draws.draw import Draws
from simulate.draws.values import Floats
from simulate.futures.contract import batch_of
from simulate.gates.study import streams_of
from simulate.measurement.interim import Interim
from simulate.pipeline import begin, live
from simulate.scenario.tree.scenario import ContractScenario
from tests.support.scenarios import NOTES, Edit, Raw, checked, raw, sixty, start, team_nystart

CV, PERSONS, WINDOW = 0.6, 60, 2.0
BATCHES = 8


def gated(data: Raw, *, days: tuple[str, ...], stable: float, front: float = 0.0) -> None:
    """Give the plain world certain gates, with costs that are known the same day."""
    gates: dict[str, Any] = data["contract"]["stage_gates"]
    gates["meetings"] = [dt.date.fromisoformat(day) for day in days]
    gates["reporting_lag"] = {"value": "0 år", **NOTES}
    gates["stable"] = {"value": stable, **NOTES}
    gates["front_load"] = {"value": front, **NOTES}


DAYS = ("2017-06-01", "2018-01-01", "2019-01-01", "2020-09-01")


def plain(stable: float, front: float = 0.0) -> ContractScenario:
    """Return sixty persons without effect, CV 0.6, and four meetings, the last after all."""
    edit: Edit = partial(gated, days=DAYS, stable=stable, front=front)
    return sixty("outcomes.social_cost.effect=0.0", f"outcomes.social_cost.cv={CV}", edits=[edit])


def known(scenario: ContractScenario, batches: int = BATCHES) -> tuple[list[Interim], Floats]:
    """Return what is known in some batches, and the cost in the end, dims (draw,)."""
    found, ends = [], []
    for batch in range(batches):
        draws = start_gates(scenario, batch)
        begun = begin(scenario, draws)
        found.append(begun.interim({}))
        ends.append(begun.carried_on({}).measured["saving"].parts["actual"])
    return found, np.concatenate(ends)


def start_gates(scenario: ContractScenario, batch: int) -> Draws:
    """Return a batch whose streams know the gates, as the study draws them."""
    return Draws(streams_of(scenario, 5), batch, {})


def by_hand() -> Floats:
    """Return the elapsed share of the window of each cohort at each meeting, by plain dates."""
    first = dt.date(2016, 8, 15)
    last = dt.date(2018, 6, 30)
    a, b = (
        day.year + (day - dt.date(day.year, 1, 1)).days / (365 + (day.year % 4 == 0))
        for day in (first, last)
    )
    starts = [a + (b - a) * (2 * c + 1) / 8 for c in range(4)]
    meetings = [
        day.year + (day - dt.date(day.year, 1, 1)).days / (365 + (day.year % 4 == 0))
        for day in map(dt.date.fromisoformat, DAYS)
    ]
    return np.array([[min(max(t - s, 0.0) / WINDOW, 1.0) for s in starts] for t in meetings])


@pytest.mark.slow
@pytest.mark.parametrize("stable", [0.0, 0.5, 1.0])
@pytest.mark.parametrize("front", [0.0, 0.4])
def test_the_law_of_the_cost_so_far(stable: float, front: float) -> None:
    """Mean, variance and covariance with the end are those of gamma levels and gamma processes.

    With f the share that has fallen due in each cohort of fifteen: E = Σ f, Var = CV² Σ (ρ f² +
    (1 − ρ) f), Cov with the end = CV² Σ f, all times 15 and the square of a person's mean cost.
    """
    scenario = plain(stable, front)
    found, end = known(scenario)
    cost = np.concatenate([one.cost for one in found])
    g = by_hand()
    f = np.exp(front) * g / (1.0 + (np.exp(front) - 1.0) * g)
    mean, each = end.mean() / PERSONS, PERSONS / 4
    np.testing.assert_allclose(cost.mean(axis=0), mean * each * f.sum(axis=1), rtol=0.01)
    spread = CV**2 * mean**2 * each * (stable * f**2 + (1.0 - stable) * f).sum(axis=1)
    np.testing.assert_allclose(cost.var(axis=0), spread, rtol=0.08)
    together = CV**2 * mean**2 * each * f.sum(axis=1)
    covariance = ((cost - cost.mean(axis=0)) * (end - end.mean())[:, None]).mean(axis=0)
    np.testing.assert_allclose(covariance, together, rtol=0.08)
    # What is expected of the same months is the yardstick's even share of the time.
    share = np.concatenate([one.share for one in found])
    np.testing.assert_allclose(share, np.broadcast_to(g.mean(axis=1), share.shape), atol=1e-12)


@pytest.mark.parametrize("stable", [0.0, 0.5, 1.0])
def test_it_ends_at_what_is_measured(stable: float) -> None:
    """When all windows are over the cost so far is the measured one, in every single future."""
    found, end = known(plain(stable), 1)
    last = np.concatenate([one.cost[:, -1] for one in found])
    np.testing.assert_allclose(last, end, rtol=1e-9)
    for one in found:
        assert (np.diff(one.cost, axis=1) >= -1e-6).all()
        np.testing.assert_allclose(one.shares.cohorts.sum(axis=1), 1.0, atol=1e-12)


@pytest.mark.slow
def test_person_by_person() -> None:
    """Persons simulated one by one, month by month, have the same quantiles of cost so far.

    Two samples of 16 384 and 16 384: the largest gap between their distributions is below the
    critical value of the two-sample test at 1e-4.
    """
    from scipy import stats

    scenario = plain(0.5)
    found, end = known(scenario)
    cost = np.concatenate([one.cost for one in found]) / (end.mean() / PERSONS)
    g = by_hand()
    rng = np.random.default_rng(11)
    size, half = len(cost), 0.5 / CV**2
    level = rng.gamma(half, CV**2, (size, 4, PERSONS // 4))
    steps = np.diff(np.vstack([np.zeros(4), g]), axis=0)
    anew = np.zeros((size, len(DAYS)))
    for meeting in range(len(DAYS)):
        for cohort in range(4):
            if steps[meeting, cohort] > 0.0:
                shape = half * steps[meeting, cohort]
                anew[:, meeting] += rng.gamma(shape, CV**2, (size, PERSONS // 4)).sum(axis=1)
    own = np.einsum("dcp,mc->dm", level, g) + np.cumsum(anew, axis=1)
    for meeting in range(len(DAYS)):
        gap = stats.ks_2samp(cost[:, meeting], own[:, meeting])
        assert gap.pvalue > 1e-4, meeting
    # Negative control: with all cost stable the first meeting would know more.
    stiff, _ = known(plain(1.0))
    first = np.concatenate([one.cost[:, 0] for one in stiff]) / (end.mean() / PERSONS)
    assert stats.ks_2samp(first, own[:, 0]).pvalue < 1e-4


@pytest.mark.slow
def test_how_it_is_made_up_says_nothing_of_how_much() -> None:
    """Given the effect the shares are independent of the total, so the end was never moved."""
    found, end = known(plain(0.5))
    share = np.concatenate([one.shares.known(one.elapsed)[:, 1] for one in found])
    assert abs(np.corrcoef(share, end)[0, 1]) < 4.0 / np.sqrt(len(end))


def test_gates_without_a_rule_move_nothing() -> None:
    """Every array of a run is the same, bit for bit, with the meetings and without."""

    def none(data: Raw) -> None:
        del data["contract"]["stage_gates"]

    with_gates, without = team_nystart(), team_nystart(edits=[none])
    one, other = (
        batch_of(scenario, live(scenario, start(scenario, 3))).arrays
        for scenario in (with_gates, without)
    )
    assert one.keys() == other.keys()
    for name, values in one.items():
        np.testing.assert_array_equal(values, other[name], err_msg=name)


def ruled(data: Raw) -> None:
    """Add a rule."""
    data["contract"]["stage_gates"]["rule"] = {
        "index_above": {"value": 1.1, **NOTES},
        "person_months": {"value": 250, **NOTES},
    }


def test_a_rule_moves_only_what_it_stops() -> None:
    """Where it does not stop, every array is the same, bit for bit; else less is drawn."""
    scenario, without = team_nystart(edits=[ruled]), team_nystart()
    lived = live(scenario, start(scenario, 3))
    one = batch_of(scenario, lived).arrays
    other = batch_of(without, live(without, start(without, 3))).arrays
    on = one["stopped"] == 0
    assert 0.2 < on.mean() < 0.8
    for name, values in other.items():
        np.testing.assert_array_equal(one[name][on], values[on], err_msg=name)
    assert (one["drawn_ore"][~on] < other["drawn_ore"][~on]).all()
    assert (one["participants"][~on] <= other["participants"][~on]).all()
    # A stop on the way leaves whole instalments, each as large as it would have been.
    parts = other["drawn_ore"][~on] // 5
    paid = np.asarray(lived.spending.instalments)[~on]
    np.testing.assert_array_equal(one["drawn_ore"][~on], parts * paid)
    assert set(paid.tolist()) <= {2, 3, 4}


def test_the_rule_reads_what_is_known_then() -> None:
    """It stops at the first meeting with too high a cost, if enough is known and money is left."""
    scenario = team_nystart(edits=[ruled])
    draws = start(scenario, 3)
    begun = begin(scenario, draws)
    found, stopped = begun.interim({}), begun.settled({}).stopped
    holds = (found.index > 1.1) & (found.months >= 250.0)
    days = scenario.contract.stage_gates.meetings  # type: ignore[union-attr]  # it has gates
    holds[:, [day > dt.date(2018, 8, 15) for day in days]] = False
    first = np.where(holds.any(axis=1), holds.argmax(axis=1) + 1, 0)
    np.testing.assert_array_equal(stopped, first)


def test_nobody_is_included_and_nothing_caused_after_the_money() -> None:
    """A stop before the first cohort has begun leaves nobody, no cost to measure and no effect."""
    data = raw("exempel_insatsrad")
    scenario = checked(data)
    begun = begin(scenario, start(scenario, 3))
    at = np.full(2048, 1)
    left = begun.cut_short({}, at, begun.interim({}))
    whole = begun.carried_on({})
    assert (left.spending.drawn == whole.spending.drawn // 5).all()
    assert (left.intake.total < 0.25 * whole.intake.total).all()
    saved = left.measured["saving"].true_saving
    assert saved is not None and whole.measured["saving"].true_saving is not None
    assert np.abs(saved).mean() < 0.2 * np.abs(whole.measured["saving"].true_saving).mean()
    # The yardstick falls with the group, and what is seen of it is the same persons' cost.
    ratio = left.measured["saving"].parts["expected"] / whole.measured["saving"].parts["expected"]
    np.testing.assert_allclose(ratio, left.intake.total / whole.intake.total, rtol=1e-9)
