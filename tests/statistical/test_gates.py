"""What a meeting knows and what a stop is worth, against answers that are known exactly."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from scipy import stats

from simulate.draws.draw import Draws
from simulate.futures.contract import batch_of
from simulate.gates import Study, study
from simulate.gates.actual import Data, Lived, Weighed, posterior, weighed
from simulate.gates.basis import cross, told
from simulate.gates.forecast import Value, explained, forecast
from simulate.gates.futures import Futures, futures_of, sides, world_of, worlds
from simulate.gates.sentences import worth
from simulate.gates.stopping import right
from simulate.gates.study import streams_of
from simulate.operating import study as characteristics
from simulate.operating.paid import World, ask
from simulate.pipeline import live
from simulate.scenario.tree.scenario import ContractScenario
from tests.support.scenarios import Raw, checked, raw, start, team_nystart

Floats = np.ndarray


def made(known: Floats, payment: Floats, worth: Floats) -> Futures:
    """Return futures of one's own making.

    Args:
        known: what each meeting sees, dims (draw, meeting).
        payment: in the end, dims (draw,).
        worth: of one side in each world, the last that of going on, dims (draw, world).
    """
    size, meetings = known.shape
    ones = np.ones((size, meetings))
    return Futures(
        index=known,
        monthly=known,
        persons=ones,
        months=ones,
        share=ones,
        payment=payment,
        drawn=np.zeros(size),
        rule=np.zeros(size, dtype=np.int64),
        worth=worth[:, :, None],
        lent=np.ones((size, worth.shape[1])),
        sample=np.zeros((size, 0), dtype=np.int64),
    )


def conjugate(size: int, seed: int) -> tuple[Floats, Floats]:
    """Return θ ~ N(0, 1) and x = θ + 0.75 e: θ | x ~ N(0.64 x, 0.6²)."""
    rng = np.random.default_rng(seed)
    theta = rng.normal(size=size)
    return theta, theta + 0.75 * rng.normal(size=size)


def test_the_conjugate_case() -> None:
    """Where all is normal the regression is the posterior: mean, share explained and interval."""
    theta, x = conjugate(32_768, 1)
    found = forecast(made(x[:, None], theta, np.zeros((len(x), 1))), 0)
    assert abs(found.explained.value - 0.64) <= 4.0 * found.explained.error + 1e-3
    assert abs(found.spread - 0.8) < 0.02
    for end, wanted in zip(found.interval, (-1.645 * 0.6, 1.645 * 0.6), strict=True):
        assert abs(end.value - wanted) < 0.02
    assert found.losses == pytest.approx(
        tuple(stats.norm.cdf(np.array([-1.645, 1.645]) * 0.8 / 0.6)), abs=0.02
    )


@pytest.mark.slow
def test_the_conjugate_case_through_a_contract_that_bends() -> None:
    """E(max(θ, 0) | x) is a normal's positive part: the curve follows it to 0.03 where most are."""
    theta, x = conjugate(65_536, 2)
    expected, _ = cross([x, np.ones(len(x))], np.maximum(theta, 0.0))
    m, s = 0.64 * x, 0.6
    exact = m * stats.norm.cdf(m / s) + s * stats.norm.pdf(m / s)
    inside = np.abs(x) < 2.0
    assert np.abs(expected - exact)[inside].max() < 0.03
    assert np.sqrt(np.mean(np.square(expected - exact))) < 0.01


@pytest.mark.slow
def test_nothing_known_explains_nothing() -> None:
    """Noise explains no more than nothing, however many functions it is put through."""
    rng = np.random.default_rng(3)
    shares = []
    for _ in range(20):
        x, y = rng.normal(size=(2, 4096))
        expected, _ = cross([x, np.ones(len(x))], y)
        shares.append(explained(expected, y).value)
    assert np.mean(shares) <= 0.0


PLACES = {0: 1, 1: 0}


@pytest.mark.slow
def test_the_right_to_stop_has_no_bias_upwards() -> None:
    """Going on is worth X + 2e, stopping nothing: the right is worth 0.39894, the oracle's 0.8921.

    Over thirty small samples the estimate is at most its exact value, and less than 2 % below it.
    """
    values, most = [], []
    for seed in range(30):
        rng = np.random.default_rng(seed)
        x, e = rng.normal(size=(2, 4096))
        own = x + 2.0 * e
        found = made(x[:, None], own, np.column_stack([np.zeros(len(x)), own]))
        one = right(found, ("a",), "a", PLACES)
        values.append(one.policy.gain["a"].value)
        most.append(one.all_seen.value)
    exact = stats.norm.pdf(0.0)
    error = np.std(values, ddof=1) / np.sqrt(len(values))
    assert exact * 0.98 - 3.0 * error <= np.mean(values) <= exact + 3.0 * error
    assert abs(np.mean(most) - np.sqrt(5.0) * exact) < 0.01


@pytest.mark.slow
def test_noise_is_worth_nothing() -> None:
    """If the meeting sees only noise and both choices are as good, the right has no value."""
    values, fooled = [], []
    for seed in range(30):
        rng = np.random.default_rng(100 + seed)
        x, y = rng.normal(size=(2, 4096))
        found = made(x[:, None], y, np.column_stack([np.zeros(len(x)), y]))
        values.append(right(found, ("a",), "a", PLACES).policy.gain["a"].value)
        # Negative control: the same curve judged by the draws that it was fitted on.
        half = slice(0, 2048)
        own, _ = cross([x[half], np.ones(2048)], y[half])
        again = np.polynomial.Polynomial.fit(x[half], y[half], 12)(x[half])
        fooled.append(np.mean(np.where(again < 0.0, -y[half], 0.0)))
        assert len(own) == 2048
    error = np.std(values, ddof=1) / np.sqrt(len(values))
    assert np.mean(values) <= 3.0 * error
    assert np.mean(fooled) > 5.0 * error


@pytest.mark.slow
def test_waiting_for_the_second_meeting() -> None:
    """Two meetings of a random walk, where stopping early is paid 0.2: value by quadrature."""
    rng = np.random.default_rng(7)
    size = 131_072
    steps = rng.normal(size=(3, size))
    first, second = steps[0], steps[0] + steps[1]
    own = second + steps[2]
    worth = np.column_stack([np.full(size, 0.2), np.zeros(size), own])
    found = made(np.column_stack([first, second]), own, worth)
    one = right(found, ("a",), "a", {0: 2, 1: 0, 2: 1})
    nodes, weights = np.polynomial.hermite_e.hermegauss(200)
    later = nodes * stats.norm.cdf(nodes) + stats.norm.pdf(nodes)
    exact = float(weights @ np.maximum(0.2, later) / weights.sum())
    gain = one.policy.gain["a"]
    assert abs(gain.value - exact) <= 4.0 * gain.error + 0.005
    assert gain.value <= exact + 3.0 * gain.error
    assert one.policy.stopped.value > 0.5
    # Once and for all it is best to take the 0.2; what is seen on the way is worth the rest.
    assert one.beforehand.gain["a"].value == pytest.approx(0.2, abs=4.0 * gain.error)
    assert abs(one.interim.value - (exact - 0.2)) <= 4.0 * one.interim.error + 0.005


def example() -> ContractScenario:
    """Return the shipped example with a rule."""
    return checked(raw("exempel_insatsrad"))


def test_worlds_are_known_by_their_drawdowns() -> None:
    """Meetings between the same two drawdowns lead to the same world; the last is all of them."""
    scenario = example()
    assert worlds(scenario) == {1: 1, 2: 3, 3: 5, 4: 7, 5: 0}
    assert world_of(scenario) == {0: 4, 1: 0, 2: 0, 3: 1, 4: 1, 5: 2, 6: 2, 7: 3, 8: 3}
    assert sides(scenario) == ("finansiar", "kommun")
    lenders = checked({**raw("exempel_forsta_forlust")})
    assert sides(lenders) == ("bank", "fond", "stiftelse", "region")


def test_the_futures_are_those_of_a_run() -> None:
    """Seen by the gates or not, the same seed pays and draws the same, to the last bit."""
    scenario = team_nystart()
    seen = futures_of(scenario, Draws(streams_of(scenario, 4), 1, {}))
    arrays = batch_of(scenario, live(scenario, start(scenario, 4, batch=1))).arrays
    np.testing.assert_array_equal(seen.payment, arrays["payment_ore"] / 100.0)
    np.testing.assert_array_equal(seen.drawn, arrays["drawn_ore"] / 100.0)
    parties = list(scenario.parties)
    for place, side in enumerate(sides(scenario)):
        np.testing.assert_array_equal(
            seen.worth[:, -1, place], arrays["npv"][:, parties.index(side)]
        )


@pytest.fixture(scope="module")
def found() -> Study:
    """Return the study of the example, on few futures."""
    return study(example(), {}, 16_384, 1)


@pytest.mark.slow
def test_the_regression_agrees_with_exact_weights(found: Study) -> None:
    """Low, usual and high cost at two meetings: within 3 % of a payment and four errors."""
    assert len(found.checked) == 6
    for one in found.checked:
        assert one.weights.holds
        value, error = one.weights.payment
        assert abs(one.regression - value) <= 4.0 * error + 0.03 * 1e7, one


@pytest.mark.slow
def test_more_is_known_later(found: Study) -> None:
    """The share explained rises and the interval narrows, meeting by meeting, between its ends."""
    shares = [one.explained.value for one in found.meetings]
    assert all(later > before - 0.01 for before, later in pairwise(shares))
    widths = [one.interval[1].value - one.interval[0].value for one in found.meetings]
    assert widths[-1] < 0.6 * widths[0]
    assert abs(shares[0]) < 0.01 and 0.5 < shares[-1] < 1.0


@pytest.mark.slow
def test_bounds_are_in_order(found: Study) -> None:
    """Lower ≤ upper ≤ who sees everything, and no side loses by its own right."""
    for one in found.rights:
        own = one.policy.gain[one.side]
        assert -2.0 * own.error <= own.value <= one.most.value
        assert one.gap.value < 0.1 * (one.all_seen.value - own.value)
        assert one.low < own.value
        once = one.beforehand.gain[one.side]
        assert once.value <= own.value + 3.0 * own.error
        assert one.interim.value == pytest.approx(own.value - once.value, abs=1.0)
    assert found.rule is not None
    assert 0.2 < found.rule.stopped.value < 0.5


@pytest.mark.slow
def test_no_more_is_said_than_the_bounds_allow(found: Study) -> None:
    """To stop at once is called best only where the upper bound leaves next to nothing more."""
    lender, payer = found.rights
    assert "det bästa är att sluta redan den 2025-03-03" in worth(found)
    wide = replace(found, rights=(replace(lender, gap=Value(5e5, 1e4)),))
    assert "en bättre kan vinna högst 0,6\u00a0mkr till" in worth(wide)
    nothing = replace(
        lender.policy, gain={lender.side: Value(0.0, 0.0), payer.side: Value(0.0, 0.0)}
    )
    none = replace(lender, policy=nothing, gap=Value(0.0, 0.0))
    assert "är rätten att sluta finansiera inte värd något" in worth(replace(found, rights=(none,)))
    some = replace(none, gap=Value(1e5, 0.0))
    assert "och högst 0,1\u00a0mkr" in worth(replace(found, rights=(some,)))


@pytest.mark.slow
def test_exact_weights_against_rejection() -> None:
    """Futures that happen to show nearly the same cost pay what the weights say."""
    scenario = example()
    first = Draws(streams_of(scenario, 1), 0, {})
    lived = [futures_of(scenario, first.of_batch(b)) for b in range(24)]
    joined = Futures.joined(lived)
    cost, persons = told(joined, 7)
    assert scenario.contract.stage_gates is not None
    day = scenario.contract.stage_gates.meetings[7]
    other = Draws(streams_of(scenario, 2), 0, {})
    batches = [Lived.of(scenario, other.of_batch(b)) for b in range(6)]
    for q in (0.15, 0.5, 0.85):
        level = float(np.quantile(cost, q))
        near = (np.abs(cost - level) < 0.01) & (persons == 80.0)
        assert near.sum() > 300
        parts: list[Weighed] = [weighed(one, Data(day, level, 1.0, 80)) for one in batches]
        exact = posterior(Data(day, level, 1.0, 80), parts)
        mean = joined.payment[near].mean()
        error = joined.payment[near].std() / np.sqrt(near.sum())
        assert exact.holds
        assert abs(exact.payment[0] - mean) <= 4.0 * np.hypot(error, exact.payment[1]) + 3e4
        low, high = np.quantile(joined.payment[near], (0.05, 0.95))
        assert exact.interval == pytest.approx((low, high), rel=0.12)


@pytest.mark.slow
def test_data_that_no_future_shows_must_be_fitted() -> None:
    """Weights that a few futures carry are refused, and so are data that are impossible."""
    scenario = example()
    assert scenario.contract.stage_gates is not None
    day = scenario.contract.stage_gates.meetings[7]
    batch = Lived.of(scenario, Draws(streams_of(scenario, 2), 0, {}))
    odd = Data(day, 4.0, 1.0, 80)
    assert not posterior(odd, [weighed(batch, odd)]).holds
    none = Data(day, 1.0, 1.0, 79)
    assert not posterior(none, [weighed(batch, none)]).holds


@pytest.mark.slow
def test_characteristics_with_a_rule(tmp_path: Path) -> None:
    """A better effect is stopped less often, so that more is drawn; the study holds together."""
    scenario = example()
    (own,) = ask([World(scenario, multiples=(-2.0, 0.0, 1.0, 3.0))], 4096, 1, {})
    drawn = [float(one.drawn.mean()) for one in own.paid.values()]
    assert drawn == sorted(drawn) and drawn[-1] > 1.5 * drawn[0]
    paid = [float(one.payment.mean()) for one in own.paid.values()]
    assert paid == sorted(paid)

    def few(data: Raw) -> None:
        data["programme"]["cohorts"] = 2

    data = raw("exempel_insatsrad")
    few(data)
    whole = characteristics(checked(data), 2048, 1, tmp_path)
    assert whole.reached is not None
    assert 0.0 < whole.without.value("p_full") < whole.reached.value("p_full")
