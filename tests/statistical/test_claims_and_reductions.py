"""Counts of claims and relative reductions have the distribution that the method states."""

from __future__ import annotations

import numpy as np
import pytest

from simulate.draws.draw import Draws
from simulate.measurement.measured import Measured
from simulate.pipeline import live
from simulate.scenario.tree.scenario import ContractScenario
from tests.support.scenarios import NOTES, Raw, checked, raw, start

BATCHES = 6


def certain(name: str, outcome: str) -> ContractScenario:
    """Return a shipped scenario where 40 % succeed without the insats and odds are unchanged."""
    data: Raw = raw(name)
    data["outcomes"][outcome]["without"] = {"value": 0.4, **NOTES}
    data["outcomes"][outcome]["effect"] = {"value": 0.0, **NOTES}
    return checked(data)


def measured(scenario: ContractScenario, key: str) -> tuple[np.ndarray, np.ndarray]:
    """Return values and standard errors of a measure over some batches."""
    found: list[Measured] = []
    for batch in range(BATCHES):
        draws: Draws = start(scenario, 11, batch)
        found.append(live(scenario, draws).settled.measured[key])
    values = np.concatenate([np.asarray(one.value) for one in found])
    errors = np.concatenate([np.broadcast_to(one.standard_error, one.value.shape) for one in found])
    return values, errors


def test_claims() -> None:
    """120 persons with three chances of 40 % each: Binomial(360, 0.4)."""
    values, errors = measured(certain("exempel_prislista", "attendance"), "terms_attended")
    assert values.max() <= 360
    assert np.array_equal(values, np.round(values))
    assert values.mean() == pytest.approx(144.0, abs=0.3)
    assert values.std() == pytest.approx(np.sqrt(360 * 0.24), rel=0.03)
    assert errors == pytest.approx(np.sqrt(360 * 0.24))


def test_no_effect_is_no_reduction() -> None:
    """Without effect the reduction is nil on average, and spreads as its own error says."""
    values, errors = measured(certain("peterborough", "crime_free"), "first")
    by_hand = np.sqrt(0.4 / (0.6 * 1000) + 0.4 / (0.6 * 10_000))
    assert values.mean() == pytest.approx(0.0, abs=0.001)
    assert values.std() == pytest.approx(by_hand, rel=0.03)
    assert errors == pytest.approx(by_hand)


def test_a_blend_of_two_cohorts() -> None:
    """The pooled measure is the mean of the two, and its error smaller by √2."""
    scenario = certain("peterborough", "crime_free")
    pooled, error = measured(scenario, "pooled")
    first, alone = measured(scenario, "first")
    second, _ = measured(scenario, "second")
    assert np.abs(pooled - (first + second) / 2).max() < 1e-12
    assert error == pytest.approx(alone / np.sqrt(2))
    assert pooled.std() == pytest.approx(first.std() / np.sqrt(2), rel=0.05)


def test_a_real_reduction_is_measured() -> None:
    """40 % who do not reoffend become 50 %: a sixth fewer reoffend."""
    data = raw("peterborough")
    data["outcomes"]["crime_free"]["without"] = {"value": 0.4, **NOTES}
    data["outcomes"]["crime_free"]["effect"] = {"value": float(np.log(1.5)), **NOTES}
    values, _ = measured(checked(data), "pooled")
    assert values.mean() == pytest.approx(1 - 0.5 / 0.6, abs=0.002)
