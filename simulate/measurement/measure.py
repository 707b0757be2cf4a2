"""All measures of a scenario. A new kind of measure is one file and one line in each table here.

A blend has no law of its own: it is made of the others once they are there.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from simulate.contract.blended import blended
from simulate.contract.terms import Reading
from simulate.draws.draw import Draws
from simulate.measurement import (
    claims,
    cost_saving,
    relative_reduction,
    school_points,
    success_share,
)
from simulate.measurement.measured import Luck, Measured
from simulate.programme import Intake
from simulate.scenario.tree.measurements import (
    Blend,
    Claims,
    CostSaving,
    Direct,
    Measurement,
    RelativeReduction,
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
    Claims: claims,
    RelativeReduction: relative_reduction,
}


def lucks(scenario: ContractScenario, draws: Draws, intake: Intake) -> Mapping[str, Luck]:
    """Return the chance in each measure: drawn once, the same whatever the effect is set to."""
    return {
        key: _LAWS[type(measure)].luck(
            key, measure, scenario.outcomes[measure.outcome], intake, draws
        )
        for key, measure in scenario.measurements.items()
        if isinstance(measure, Direct)
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
        if not isinstance(measure, Direct):
            continue
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
    for key, measure in scenario.measurements.items():
        if isinstance(measure, Blend):
            measured[key] = _blend(measure, measured, draws)
    return {key: measured[key] for key in scenario.measurements}


def _blend(measure: Blend, measured: Mapping[str, Measured], draws: Draws) -> Measured:
    """Return a blend; its error is that of estimates that err independently of each other."""
    parts = {key: measured[key].value for key in measure.weights}
    errors = (draws.of(w) * measured[key].standard_error for key, w in measure.weights.items())
    square = sum((np.square(one) for one in errors), start=np.asarray(0.0))
    return Measured(blended(measure, parts, draws), np.sqrt(square))


def readings(scenario: ContractScenario, measured: Mapping[str, Measured]) -> dict[str, Reading]:
    """Return the measures as the contract reads them."""
    return {
        key: Reading(one.value, scenario.measurements[key].dimension)
        for key, one in measured.items()
    }
