"""Rules for persons who cannot be assessed: what they do to each kind of measure."""

from __future__ import annotations

import numpy as np
import pytest

from simulate.measurement.measured import Measured
from simulate.pipeline import begin
from simulate.scenario.tree.scenario import ContractScenario
from tests.support.scenarios import NOTES, Raw, start, steps, team_nystart

COST = ("nothing", "as_the_others", "as_expected")
POINTS = ("nothing", "as_the_others", "one_down")


def _followed(share: float, rule: str) -> ContractScenario:
    def edit(data: Raw) -> None:
        data["measurements"]["saving"] |= {"followed": {"value": share, **NOTES}, "missing": rule}

    return team_nystart(edits=[edit])


def _read(scenario: ContractScenario, key: str = "saving") -> Measured:
    return begin(scenario, start(scenario, 7)).settled({}).measured[key]


@pytest.mark.parametrize("rule", COST)
def test_where_all_are_followed_no_rule_matters(rule: str) -> None:
    """With everybody followed each rule gives what the contract without a rule gives."""
    plain, found = _read(team_nystart()), _read(_followed(1.0, rule))
    np.testing.assert_allclose(found.value, plain.value, rtol=1e-12, atol=1e-3)
    np.testing.assert_allclose(found.standard_error, plain.standard_error, rtol=1e-12)


def test_the_rules_are_in_order_and_measured_is_true_plus_error() -> None:
    """Who costs nothing saves most; the identity S = true + yardstick − chance holds for each."""
    found = {rule: _read(_followed(0.75, rule)) for rule in COST}
    assert (found["nothing"].value >= found["as_the_others"].value).all()
    assert found["nothing"].value.mean() > found["as_expected"].value.mean() + 10e6
    for one in found.values():
        assert one.true_saving is not None
        wrong = one.parts["yardstick_error"] - one.parts["chance"]
        np.testing.assert_allclose(one.value, one.true_saving + wrong, rtol=1e-9, atol=1e-2)


def test_as_expected_shrinks_the_saving_by_the_share_that_is_seen() -> None:
    """S = (k/n)(E − n Ā): the others neither save nor cost."""
    scenario = _followed(0.75, "as_expected")
    begun = begin(scenario, start(scenario, 7))
    seen = begun.chance["saving"]["followed"] / begun.intake.total
    as_expected = begun.settled({}).measured["saving"]
    others = _read(_followed(0.75, "as_the_others"))
    np.testing.assert_allclose(as_expected.value, seen * others.value, rtol=1e-9, atol=1e-2)
    np.testing.assert_allclose(as_expected.standard_error, seen * others.standard_error)


@pytest.mark.parametrize("rule", COST)
def test_the_error_is_the_spread_of_the_measure(rule: str) -> None:
    """Given the truth, S varies by its own standard error (k held); 2 048 quasi-random draws.

    The share is 1 − 1e-9: followed, but through the same law.
    """
    keys = (
        "outcomes.social_cost.effect=-0.1",
        "measurements.saving.drift=0.0",
        "outcomes.social_cost.cv=0.5",
        "programme.duration=2 år",
        "outcomes.social_cost.course.half_life=3 år",
        "programme.participants=60",
    )

    def edit(data: Raw) -> None:
        data["measurements"]["saving"] |= {"followed": {"value": 0.5, **NOTES}, "missing": rule}
        del data["programme"]["recruitment"]

    scenario = team_nystart(*keys, edits=[edit])
    begun = begin(scenario, start(scenario, 3))
    k = begun.chance["saving"]["followed"]
    found = begun.settled({}).measured["saving"]
    # Standardised by the expectation given k, which is linear in k / n.
    seen = k / 60.0
    line = np.polynomial.Polynomial.fit(seen, found.value, 1)
    z = (found.value - line(seen)) / found.standard_error
    assert z.std() == pytest.approx(1.0, abs=0.06)


@pytest.mark.parametrize("rule", POINTS)
def test_points_of_those_without_a_result(rule: str) -> None:
    """They add nothing, the mean of the others, or one point down each."""
    scenario = team_nystart(f'measurements.school_points.missing="{rule}"', edits=[_stated_rule])
    begun = begin(scenario, start(scenario, 7))
    found = begun.settled({}).measured["school_points"]
    plain = _read(team_nystart(), "school_points")
    assessed = found.parts["assessed"]
    others = begun.intake.total - assessed
    want = {
        "nothing": plain.value,
        "as_the_others": plain.value * begun.intake.total / np.maximum(assessed, 1.0),
        "one_down": plain.value - others,
    }
    np.testing.assert_allclose(found.value, want[rule], rtol=1e-12)
    assert others.mean() > 5.0


def _stated_rule(data: Raw) -> None:
    data["measurements"]["school_points"]["missing"] = "nothing"


def test_success_of_those_of_whom_nothing_is_known() -> None:
    """They have not reached the goal, or are left out of the share; its mean says which."""

    def share(rule: str) -> Measured:
        def edit(data: Raw) -> None:
            steps(data)
            own = {"assessable": {"value": 0.6, **NOTES}, "missing": rule}
            data["measurements"]["job_share"] |= own

        return _read(team_nystart(edits=[edit]), "job_share")

    plain = _read(team_nystart(edits=[steps]), "job_share")
    assert share("as_the_others").value.mean() == pytest.approx(plain.value.mean(), abs=0.005)
    assert share("nothing").value.mean() == pytest.approx(0.6 * plain.value.mean(), abs=0.005)
    assert (share("as_the_others").standard_error > plain.standard_error).mean() > 0.99
