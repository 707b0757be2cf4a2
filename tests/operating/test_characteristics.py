"""What the contract does at a set effect: known figures, laws, and what it must not depend on."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from simulate.errors import BadInput
from simulate.operating import Study, refused, study
from simulate.operating.paid import World, ask
from simulate.operating.sentences import answers, half
from simulate.operating.study import MULTIPLES
from simulate.scenario.read import load
from simulate.scenario.shipped import shipped
from simulate.scenario.tree.scenario import ContractScenario
from tests.support.scenarios import NO_DRIFT, NO_UPSIDE, Raw, checked, raw, sixty, team_nystart

# CV between persons → P(payment ≥ drawn) and E(payment)/drawn without effect: 60 against 61,
# 7.5 mkr drawn, gamma costs, no drift, upside off, as printed.
TABLE = {0.4: (0.155, 0.588), 0.6: (0.248, 0.621), 0.8: (0.307, 0.641), 1.0: (0.341, 0.652)}
# By quadrature they are 15.49, 24.90, 30.54 and 34.16 per cent, and 0.5879, 0.6219, 0.6404 and
# 0.6519: three of the printed probabilities are off in their last digit, by as much as 0.16 points,
# as figures drawn about a hundred thousand times may be. The engine is held to the quadrature.
PRINTED = 0.002


pytestmark = pytest.mark.slow  # every effect is a run of its own


def exact(cv: float, drift: tuple[float, float]) -> tuple[float, float]:
    """Return P(S ≥ F) and E(payment)/F by quadrature over drift and the compared group's luck."""
    from scipy import stats

    n, m, total, drawn = 60, 61, 101.6e6, 7.5e6
    level = stats.gamma(m / cv**2, scale=cv**2 / m)
    actual = stats.gamma(n / cv**2, scale=cv**2 / n)
    u = (np.arange(2000) + 0.5) / 2000
    # Gauss-Hermite over the drift; one point where it is none.
    x, w = np.polynomial.hermite_e.hermegauss(20)
    if drift[1] == 0.0:
        x, w = np.zeros(1), np.ones(1)
    w = w / w.sum()
    expected = total * np.exp(-(drift[0] + drift[1] * x))[:, None] * level.ppf(u)[None, :]

    def at_least(s: float) -> float:
        return float(w @ actual.cdf((expected - s) / total).mean(axis=1))

    nodes, weights = np.polynomial.legendre.leggauss(10)
    between = sum(
        w * at_least((x + 1.0) / 2.0 * drawn) for x, w in zip(nodes, weights, strict=True)
    )
    return at_least(drawn), 0.4 + 0.3 * between


@pytest.mark.parametrize("cv", TABLE)
@pytest.mark.parametrize("drift", [(0.0, 0.0), (0.08, 0.08)])
def test_what_is_paid_for_nothing(cv: float, drift: tuple[float, float], tmp_path: Path) -> None:
    """By CV, without drift and with the scenario's: within four errors of what is worked out.

    Without drift the figures are the printed ones as well. The nominal false-alarm rate of each of
    the sixteen comparisons is 6e-5.
    """
    still = NO_DRIFT if drift[1] == 0.0 else ()
    scenario = sixty(*still, *NO_UPSIDE, f"outcomes.social_cost.cv={cv}")
    (own,) = ask([World(scenario, multiples=(0.0,))], 32_768, 3, {})
    paid = own.paid[0.0]
    assert (paid.drawn == 750_000_000).all()
    full, share = exact(cv, drift)
    for found, want in ((paid.full, full), (paid.payment / paid.drawn, share)):
        batches = np.asarray(found, dtype=float).reshape(-1, 2048).mean(axis=1)
        error = batches.std(ddof=1) / np.sqrt(len(batches))
        assert abs(batches.mean() - want) <= 4.0 * error
    if drift[1] == 0.0:
        np.testing.assert_allclose((full, share), TABLE[cv], atol=PRINTED)


def test_an_unbiased_yardstick_is_above_zero_half_the_time(nystart_study: Study) -> None:
    """Without effect and drift more than the guarantee is paid in half of the futures.

    The distribution of S is not quite symmetric: the difference of two gamma sums of about sixty
    persons each has its median within 1 % of its standard error of zero.
    """
    calm = nystart_study.level("drift", 0.0)
    assert calm is not None
    figure = calm.without.figures["p_more"]
    assert figure.value == pytest.approx(0.5, abs=0.005 + 4.0 * (figure.mcse or 0.0))
    # Negative control: with the scenario's drift it is not.
    assert nystart_study.without.value("p_more") < 0.4


def test_the_curve_rises(nystart_study: Study) -> None:
    """A larger effect never makes any payment smaller, under the same uniform numbers."""
    assert [one.multiple for one in nystart_study.curve] == list(MULTIPLES)
    for name in ("true_saving", "payment_mean", "p_full", "p_more", "share", "payment_p50"):
        assert (np.diff([one.value(name) for one in nystart_study.curve]) >= 0.0).all(), name
    falling = [one.value("p_only") for one in nystart_study.curve]
    assert (np.diff(falling) <= 0.0).all()


def test_break_even_is_where_it_says(nystart_study: Study) -> None:
    """At e_F the expected true saving in the window is the expected drawn amount."""
    scenario = nystart_study.scenario
    (own,) = ask([World(scenario, multiples=(1.0,))], nystart_study.draws, 1, {})
    drawn = own.paid[1.0].drawn.mean() / 100.0
    assert own.even == nystart_study.even
    # e_F is found on the first batch alone.
    assert nystart_study.at(1.0).value("true_saving") == pytest.approx(drawn, rel=1e-3)
    assert nystart_study.without.value("true_saving") == 0.0


@pytest.mark.parametrize("effect", ["0.3", "{ normal = { mean = -0.4, sd = 0.01 } }"])
def test_what_is_believed_of_the_effect_is_nothing_to_it(
    effect: str, small_study: Study, tmp_path: Path
) -> None:
    """Another prior of the effects, whichever, leaves every figure as it was, bit for bit."""
    other = study(
        team_nystart(f"outcomes.social_cost.effect={effect}", "outcomes.school.effect=0.7"),
        small_study.draws,
        1,
        tmp_path,
    )
    assert other.curve == small_study.curve
    assert other.even == small_study.even


def test_evidence_of_the_effect_is_not_fitted(tmp_path: Path) -> None:
    """Where only the effect comes from evidence there is nothing to fit, and nothing is cached."""
    scenario = checked(raw())
    found = study(scenario, 2048, 1, tmp_path)
    assert list(tmp_path.iterdir()) == []
    assert found.without.value("p_full") > 0.0


def test_the_same_at_any_number_of_workers(monkeypatch: pytest.MonkeyPatch) -> None:
    """One core finds the same as several, and the first futures of more are those of fewer."""
    world = World(team_nystart(), multiples=(0.0, 1.0))
    (several,) = ask([world], 6144, 1, {})
    monkeypatch.setattr("os.cpu_count", lambda: 1)
    (alone,) = ask([world], 6144, 1, {})
    (fewer,) = ask([world], 3000, 1, {})
    for multiple in (0.0, 1.0):
        found = several.paid[multiple].payment
        assert (alone.paid[multiple].payment == found).all()
        assert (fewer.paid[multiple].payment == found[:3000]).all()


def test_a_change_has_a_smaller_error_than_its_ends(nystart_study: Study) -> None:
    """Worlds share their uniform numbers: a difference is known better than what it is between."""
    for value in (122.0, 244.0):
        moved = nystart_study.level("comparison", value)
        assert moved is not None
        change = moved.changes["p_full"]
        ends = moved.without.figures["p_full"], nystart_study.without.figures["p_full"]
        assert change.value == pytest.approx((ends[0].value or 0) - (ends[1].value or 0))
        assert 0.0 < (change.mcse or 0.0)
        assert (change.value or 0.0) < 0.0


def test_larger_groups_and_indexation_tell_more(nystart_study: Study) -> None:
    """Full indexation is no drift; a larger comparison group pays less for nothing."""
    calm, indexed = nystart_study.level("drift", 0.0), nystart_study.level("indexation", 1.0)
    assert calm is not None and indexed is not None
    assert calm.without.figures == indexed.without.figures
    pays = [
        found.without.value("p_full")
        for size in (31.0, 122.0, 244.0)
        if (found := nystart_study.level("comparison", size)) is not None
    ]
    assert len(pays) == 3 and pays == sorted(pays, reverse=True)


def test_the_window_and_the_truth_share_the_length_of_the_insats(nystart_study: Study) -> None:
    """From the end of the insats the effect has begun to fade: a larger one breaks even."""
    ends = [levels for factor, levels in nystart_study.moves if factor.kind == "window_from"]
    (moved,) = ends[0]
    assert moved.even is not None and nystart_study.even is not None
    assert moved.even > nystart_study.even


def test_without_a_guarantee_the_error_is_that_nothing_is_paid(tmp_path: Path) -> None:
    """Where no clause is a guarantee, what fails to be paid is everything, and is called so."""

    def bare(data: Raw) -> None:
        data["contract"]["clauses"] = data["contract"]["clauses"][1:]

    found = study(team_nystart(edits=[bare]), 2048, 1, tmp_path)
    assert found.reached is not None
    assert found.without.value("p_only") == 1.0 - found.without.value("p_more")
    assert 0.2 < found.reached.value("p_only") < 0.6
    said = " ".join((*answers(found), half(found)))
    assert "ändå ingenting i" in said and "betalas något i" in said and "garanti" not in said


def test_what_a_scenario_lacks_is_said(tmp_path: Path) -> None:
    """A contract on a share of persons has no comparison group, variation, drift or index."""
    bond = load(shipped()["halsoobligation"]).scenario
    assert isinstance(bond, ContractScenario)
    found = study(bond, 2048, 1, tmp_path)
    assert set(found.lacking) == {"comparison", "cv", "drift", "indexation", "missing"}
    assert found.level("participants", 1800.0) is not None


def test_a_known_outcome_is_refused() -> None:
    """Where the contract's own outcome is in the evidence the scenario at signing is named."""
    scenario = load(shipped()["team_nystart_slutredovisning"]).scenario
    assert isinstance(scenario, ContractScenario)
    (problem,) = refused(scenario)
    assert problem.code == "effect_in_evidence"
    assert "simulate characteristics team_nystart`" in problem.words.remedy
    assert not list(refused(team_nystart()))
    with pytest.raises(BadInput):
        _ = load(shipped()["norrkoping_fond_plan"]).with_contract
