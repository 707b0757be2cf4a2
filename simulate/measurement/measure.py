"""All measures of a scenario. A new kind of measure is one file and one line in each table here."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from simulate.contract.terms import Reading
from simulate.draws.draw import Draws
from simulate.measurement import cost_saving, school_points, success_share
from simulate.measurement.measured import Luck, Measured
from simulate.programme import Intake
from simulate.scenario.tree.measurements import (
    CostSaving,
    Measurement,
    SchoolPoints,
    SuccessShare,
)
from simulate.scenario.tree.scenario import Scenario
from simulate.truth.truth import Truth

_LAWS: dict[type[Measurement], Any] = {
    CostSaving: cost_saving,
    SchoolPoints: school_points,
    SuccessShare: success_share,
}


def lucks(scenario: Scenario, draws: Draws, intake: Intake) -> Mapping[str, Luck]:
    """Return the chance in each measure: drawn once, the same whatever the effect is set to."""
    return {
        key: _LAWS[type(measure)].luck(
            key, measure, scenario.outcomes[measure.outcome], intake, draws
        )
        for key, measure in scenario.measurements.items()
    }


def measure_all(
    scenario: Scenario,
    truth: Truth,
    intake: Intake,
    chance: Mapping[str, Luck],
    draws: Draws,
) -> Mapping[str, Measured]:
    """Return every measure in each future."""
    measured: dict[str, Measured] = {}
    for key, measure in scenario.measurements.items():
        outcome = scenario.outcomes[measure.outcome]
        law = _LAWS[type(measure)].read
        priced = truth.outcomes.get(measure.outcome)
        measured[key] = law(measure, outcome, priced, intake, chance[key], draws)
    return measured


def readings(scenario: Scenario, measured: Mapping[str, Measured]) -> dict[str, Reading]:
    """Return the measures as the contract reads them."""
    return {
        key: Reading(one.value, scenario.measurements[key].dimension)
        for key, one in measured.items()
    }
