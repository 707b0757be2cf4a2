"""Other defensible measurements: nested groups, shared futures, weights, and one person's worth."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from scipy import stats

from simulate.measurement.alternatives import nested
from simulate.operating import study
from simulate.operating.paid import World, ask
from simulate.operating.ways import worlds
from simulate.scenario.tree.scenario import ContractScenario
from tests.support.scenarios import NOTES, Raw, sixty, steps, team_nystart

RNG = np.random.default_rng(20261126)
M, CV = 61.0, 0.6


@pytest.mark.parametrize("other", [1.0, 20.0, 60.0, 62.0, 122.0, 500.0])
def test_a_nested_group_has_its_own_law_and_holds_the_agreed_one(other: float) -> None:
    """The mean of m′ persons is Gamma(m′/CV²), and correlates √(smaller/larger) with the agreed.

    Kolmogorov–Smirnov at 1e-4, 20 000 groups; the correlation within four of its errors.
    """
    agreed = stats.gamma(M / CV**2, scale=CV**2 / M).ppf(RNG.random(20_000))
    found = nested(agreed, RNG.random(20_000), (np.asarray(M), np.asarray(other)), np.asarray(CV))
    law = stats.gamma(other / CV**2, scale=CV**2 / other)
    assert stats.kstest(found, law.cdf).pvalue > 1e-4
    want = np.sqrt(min(M, other) / max(M, other))
    error = 1.5 * (1.0 - want**2) / np.sqrt(20_000)
    assert np.corrcoef(agreed, found)[0, 1] == pytest.approx(want, abs=4.0 * error)


def test_without_variation_every_group_is_the_same() -> None:
    """CV 0: there is no chance to share."""
    ones = np.ones(5)
    found = nested(ones, RNG.random(5), (np.asarray(M), np.asarray(122.0)), np.asarray(0.0))
    assert (found == 1.0).all()


def _with(*ways: dict[str, object]) -> ContractScenario:
    def edit(data: Raw) -> None:
        data["measurements"]["saving"]["alternatives"] = [
            {"id": f"way{i}", "title": f"Sätt {i}", "weight": {"value": 0.25, **NOTES}, **way}
            for i, way in enumerate(ways)
        ]

    return team_nystart(edits=[edit])


def _number(value: object) -> dict[str, object]:
    return {"value": value, **NOTES}


@pytest.mark.slow
def test_the_same_measurement_never_disagrees(tmp_path: Path) -> None:
    """An alternative that states what is agreed pays the same öre in every future."""
    scenario = _with({"persons": _number(61)}, {"window_from": "inclusion"})
    own, *others = ask([World(scenario), *worlds(scenario)], 2048, 1, {})
    for one in others[:2]:
        for multiple in (0.0, 1.0):
            assert (one.paid[multiple].payment == own.paid[multiple].payment).all()
    found = study(scenario, 2048, 1, tmp_path)
    (dispute,) = found.disputes
    assert [way.weight for way in dispute.ways] == [0.5, 0.25, 0.25]
    assert {figure.value for figure in dispute.disagree.values()} == {0.0}
    assert {figure.value for figure in dispute.stake.values()} == {0.0}


def test_an_alternative_is_the_scenario_that_it_describes() -> None:
    """Drift set to zero by an alternative pays as the same number set in the scenario does."""
    scenario = _with({"drift": _number(0.0)}, {"window": _number("3 år")})
    own, calm, longer, *_ = ask([World(scenario), *worlds(scenario)], 4096, 1, {})
    for key, value, way in (
        ("measurements.saving.drift", 0.0, calm),
        ("measurements.saving.window", 3.0, longer),
    ):
        set_there = World(scenario, {key: value}, as_first=True)
        _, there = ask([World(scenario), set_there], 4096, 1, {})
        for multiple in (0.0, 1.0):
            assert (there.paid[multiple].payment == way.paid[multiple].payment).all()
    # The truth, and what was drawn, are the same whichever way it is measured.
    assert (own.paid[1.0].saving == calm.paid[1.0].saving).all()
    assert (own.paid[1.0].drawn == longer.paid[1.0].drawn).all()


def test_an_uncertain_number_is_drawn_where_the_agreed_one_is() -> None:
    """The drift of an alternative rises where the agreed one does: the same uniform numbers."""
    same = {"normal": {"mean": 0.08, "sd": 0.08}, **NOTES}
    scenario = _with({"drift": same})
    own, other, *_ = ask([World(scenario), *worlds(scenario)], 2048, 1, {})
    assert (own.paid[0.0].payment == other.paid[0.0].payment).all()


def test_weights_and_disputes_add_up(tmp_path: Path) -> None:
    """The weighted payment is the mean of the ways; disagreement bounds how they differ."""
    found = study(_with({"persons": _number(122)}, {"indexation": _number(1.0)}), 2048, 1, tmp_path)
    (dispute,) = found.disputes
    for multiple in (0.0, 1.0):
        means = [way.at[multiple].value("payment_mean") for way in dispute.ways]
        weights = [way.weight for way in dispute.ways]
        assert dispute.weighted[multiple].value == pytest.approx(np.dot(weights, means))
        fulls = [way.at[multiple].value("p_full") for way in dispute.ways]
        disagree = dispute.disagree[multiple].value or 0.0
        assert disagree >= max(fulls) - min(fulls)
        assert (dispute.stake[multiple].value or 0.0) >= max(means) - min(means)
        assert disagree > 0.02


def test_alternatives_change_nothing_else() -> None:
    """What the contract pays as agreed is the same, bit for bit, with and without them."""
    (plain,) = ask([World(team_nystart())], 2048, 1, {})
    (rich,) = ask([World(_with({"persons": _number(122)}))], 2048, 1, {})
    assert (plain.paid[1.0].payment == rich.paid[1.0].payment).all()


@pytest.mark.slow
def test_one_person_is_worth_what_the_ladder_says(tmp_path: Path) -> None:
    """One person more never lowers, and one fewer never raises, what a rising ladder pays."""
    found = study(sixty(edits=[steps]), 2048, 1, tmp_path)
    by = {(one.key, one.persons): one for one in found.persons}
    assert set(by) == {(key, s) for key in ("school_points", "job_share") for s in (1.0, -1.0)}
    for (_, step), one in by.items():
        for multiple in (0.0, 1.0):
            assert (one.change[multiple].value or 0.0) * step >= 0.0
            assert 0.0 <= (one.matters[multiple].value or 0.0) < 0.6
    ladder = by["job_share", 1.0]
    assert (ladder.change[0.0].value or 0.0) > 0.0 and (ladder.matters[0.0].value or 0.0) > 0.0
