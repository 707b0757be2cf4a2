"""Contracts and worlds whose design value is known exactly."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from simulate.design import Asked, Study, stated, study
from simulate.design.study import JOINT
from simulate.scenario.tree.party import CONTRACT
from tests.design.conftest import DRAWS, known, linear, twice
from tests.support.scenarios import NO_UPSIDE

pytestmark = pytest.mark.slow  # each is a study of its own

N, M, TOTAL, DRAWN, CV = 60, 61, 101.6e6, 7.5e6, 0.5
LENDER, PAYER = "finansiar", "kommun"


def payment(persons: int, drift: tuple[float, float], effect: float) -> float:
    """Return the expected payment with so many to compare with, SEK, by quadrature.

    40 % of what is drawn, and 60 % of the saving from nothing up to it: E min(S⁺, F) is the
    integral of P(S ≥ s) from 0 to F.
    """
    level = stats.gamma(persons / CV**2, scale=CV**2 / persons)
    actual = stats.gamma(N / CV**2, scale=CV**2 / N)
    x, w = np.polynomial.hermite_e.hermegauss(20) if drift[1] else (np.zeros(1), np.ones(1))
    u = (np.arange(4000) + 0.5) / 4000
    expected = TOTAL * np.exp(-(drift[0] + drift[1] * x))[:, None] * level.ppf(u)[None, :]
    nodes, weights = np.polynomial.legendre.leggauss(20)
    at_least = [
        float((w / w.sum()) @ actual.cdf((expected - s) / (TOTAL * np.exp(effect))).mean(axis=1))
        for s in DRAWN * (nodes + 1.0) / 2.0
    ]
    return DRAWN * (0.4 + 0.6 * float(weights @ at_least) / 2.0)


@pytest.mark.parametrize("effect", [0.0, -0.1])
@pytest.mark.parametrize("drift", [(0.0, 0.0), (0.08, 0.08)])
def test_a_payment_with_knots_is_worth_what_the_quadrature_says(
    drift: tuple[float, float], effect: float
) -> None:
    """Within four errors, four times: a nominal false-alarm rate of 6e-5 each.

    Without effect the payment is crooked upwards at nothing, and a larger group takes from who
    lends; with a tenth of the cost saved and no drift it is crooked downwards at what was drawn,
    and a larger group gives. The four values are −83, −71, +151 and −9 tkr.
    """
    want = payment(2 * M, drift, effect) - payment(M, drift, effect)
    stated_drift = f"{{ normal = {{ mean = {drift[0]}, sd = {drift[1]} }} }}" if drift[1] else 0.0
    scenario = twice(*known(stated_drift, effect), *NO_UPSIDE)
    (found,) = study(scenario, stated(scenario), Asked(2 * DRAWS, 5, sizes=False), {}).designs
    change = found.change(CONTRACT, "repayment_mean")
    assert change.value == pytest.approx(want, abs=4.0 * (change.mcse or 0.0))
    assert 0.0 < (change.mcse or 0.0) < 3e3
    if effect == 0.0 or drift == (0.0, 0.0):
        assert abs(want) > 10.0 * (change.mcse or 0.0)
        assert np.sign(change.value or 0.0) == np.sign(want)


@pytest.fixture(scope="module")
def straight() -> Study:
    """Return the study of a tenth of a saving that is always above nothing."""
    scenario = twice(
        *known(0.0, -1.0),
        "parties.finansiar.risk_tolerance=2 mkr",
        "parties.kommun.risk_tolerance=3 mkr",
        # What the municipality saves is certain, so that only the payment is not.
        "outcomes.social_cost.cashable.short_run=1.0",
        "outcomes.social_cost.cashable.long_run=1.0",
        "outcomes.social_cost.course.half_life=3 år",
        edits=(linear, _tolerant),
    )
    return study(scenario, stated(scenario), Asked(DRAWS, 7, sizes=False), {})


def _tolerant(data: dict) -> None:  # type: ignore[type-arg]  # a scenario as plain data
    for party in data["parties"].values():
        party["risk_tolerance"] = {"value": "1 mkr", "source": "test", "kind": "assumption"}


def test_a_straight_payment_is_worth_nothing_in_expectation(straight: Study) -> None:
    """A larger unbiased group changes no mean, but makes the payment more even."""
    (found,) = straight.designs
    for whom, name in ((CONTRACT, "repayment_mean"), (LENDER, "npv_mean"), (PAYER, "npv_mean")):
        change = found.change(whom, name)
        assert abs(change.value or 0.0) <= 4.0 * (change.mcse or 0.0)
        assert (change.mcse or 0.0) > 0.0
    spread = found.change(CONTRACT, "repayment_spread")
    # E has sd 0.1 × 101.6 mkr × CV/√m, A the same of what is left.
    own, less = (0.1 * TOTAL * CV / np.sqrt(m) for m in (M, 2 * M))
    actual = 0.1 * TOTAL * np.exp(-1.0) * CV / np.sqrt(N)
    want = np.hypot(less, actual) - np.hypot(own, actual)
    assert spread.value == pytest.approx(want, abs=4.0 * (spread.mcse or 0.0))
    assert want < -3.0 * (spread.mcse or 0.0)


def _factor(rate: float) -> float:
    """Return what a krona in the middle of 2020 is worth on 21 March 2016."""
    return float((1.0 + rate) ** -(2020.5 - (2016 + 80 / 366)))


def _log_moment(t: float, persons: int) -> float:
    """Return log E exp(t Ē), Ē the mean of so many gamma costs of mean one."""
    shape = persons / CV**2
    return float(-shape * np.log1p(-t / shape))


def test_certainty_equivalents_are_those_of_gamma_sums(straight: Study) -> None:
    """Ē is independent of all else, so its part of the certainty equivalent is in closed form.

    Both sides gain by an evener payment, and so do both together: nobody's loss.
    """
    (found,) = straight.designs
    together = 0.0
    for party, sign, rate, tolerance in ((LENDER, 1.0, 0.025, 2e6), (PAYER, -1.0, 0.0175, 3e6)):
        t = -sign * 0.1 * TOTAL * _factor(rate) / tolerance
        want = -tolerance * (_log_moment(t, 2 * M) - _log_moment(t, M))
        change = found.change(party, "npv_certain")
        assert change.value == pytest.approx(want, abs=4.0 * (change.mcse or 0.0))
        assert want > 3.0 * (change.mcse or 0.0)
        together += change.value or 0.0
    joint = found.change(JOINT, "npv_certain")
    assert joint.value == pytest.approx(together)
    assert straight.tolerances == {LENDER: 2e6, PAYER: 3e6}
    assert found.tried == {}
