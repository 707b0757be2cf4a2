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
from simulate.scenario.tree.scenario import ContractScenario
from simulate.truth.truth import Truth

# Each a module with the two functions `luck` and `read`, for its own kind of measure.
_LAWS: dict[type[Measurement], Any] = {
    CostSaving: cost_saving,
    SchoolPoints: school_points,
    SuccessShare: success_share,
}


def lucks(scenario: ContractScenario, draws: Draws, intake: Intake) -> Mapping[str, Luck]:
    """Return the chance in each measure: drawn once, the same whatever the effect is set to."""
    return {
        key: _LAWS[type(measure)].luck(
            key, measure, scenario.outcomes[measure.outcome], intake, draws
        )
        for key, measure in scenario.measurements.items()
    }


Known = dict[tuple[str, frozenset[tuple[str, float]]], Measured]


def measure_all(
    scenario: ContractScenario,
    truth: Truth,
    intake: Intake,
    chance: Mapping[str, Luck],
    draws: Draws,
    known: Known | None = None,
) -> Mapping[str, Measured]:
    """Return every measure in each future.

    Args:
        scenario, truth, intake, chance, draws: the stages before.
        known: measures of the same batch under other settings. A measure reads the numbers of its
            own tables and of its outcome and no others, so where these are set alike it is taken
            from here.
    """
    measured: dict[str, Measured] = {}
    for key, measure in scenario.measurements.items():
        own = (f"measurements.{key}.", f"outcomes.{measure.outcome}.")
        settings = frozenset(item for item in draws.settings.items() if item[0].startswith(own))
        found = None if known is None else known.get((key, settings))
        if found is None:
            outcome = scenario.outcomes[measure.outcome]
            priced = truth.get(measure.outcome)
            law = _LAWS[type(measure)].read
            found = law(measure, outcome, priced, intake, chance[key], draws)
        if known is not None:
            known[key, settings] = found
        measured[key] = found
    return measured


def readings(scenario: ContractScenario, measured: Mapping[str, Measured]) -> dict[str, Reading]:
    """Return the measures as the contract reads them."""
    return {
        key: Reading(one.value, scenario.measurements[key].dimension)
        for key, one in measured.items()
    }
