"""What the contract does at an effect that is *set*: do(effect = e), never a filter on draws.

Every effect node is set: priced outcomes to the same distance in their good direction, unpriced
ones to zero. All other factors keep their joint distribution and the same uniform numbers.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import scipy

from models.distributions import FromEvidence
from simulate.contract import money
from simulate.draws.draw import Draws
from simulate.measurement.window import Window
from simulate.programme import Intake, Spending
from simulate.scenario.tree.measurements import CostSaving, Windowed
from simulate.scenario.tree.outcomes import Priced
from simulate.scenario.tree.scenario import ContractScenario
from simulate.truth.truth import cause

_FURTHEST = 4.0


@dataclass(frozen=True)
class Intervention:
    """A question to the contract.

    Attributes:
        name: identifier in results.
        settings: numbers that are set, by key.
    """

    name: str
    settings: Mapping[str, float]


def effect_settings(scenario: ContractScenario, distance: float) -> dict[str, float]:
    """Return settings that place every priced effect at ``distance`` in its good direction."""
    settings: dict[str, float] = {}
    for outcome in scenario.outcomes.values():
        moved = outcome.improves * distance if isinstance(outcome, Priced) else 0.0
        # + 0.0 turns a negative zero into zero
        settings |= {node.key: moved + 0.0 for node in outcome.effects}
    return settings


def drift_settings(scenario: ContractScenario) -> dict[str, float]:
    """Return settings that remove the drift of every yardstick."""
    drifts = (getattr(measure, "drift", None) for measure in scenario.measurements.values())
    return {drift.key: 0.0 for drift in drifts if drift is not None}


def confounded(scenario: ContractScenario) -> bool:
    """Return whether the contract's own outcome is in the evidence.

    Effect and drift are then coupled by the data, and setting one of them alone has no meaning. Nor
    has it where a cost that the contract pays for is known already.
    """
    measures = [one for one in scenario.measurements.values() if isinstance(one, CostSaving)]
    drifts = [one.drift for one in measures]
    drifts += [way.drift for one in measures for way in one.alternatives if way.drift is not None]
    learned = any(isinstance(one.distribution, FromEvidence) for one in drifts)
    return learned or any(one.actual is not None for one in measures)


def break_even(
    scenario: ContractScenario, draws: Draws, intake: Intake, spending: Spending
) -> float | None:
    """Return the distance at which the expected true saving in the window equals E(drawn).

    ``None`` when no effect reaches it. The distance is found on one batch, so that it does not
    depend on how many are drawn.
    """
    target = float(np.mean(money.sek(spending.drawn)))

    def surplus(distance: float) -> float:
        there = draws.setting(effect_settings(scenario, distance))
        return _window_saving(scenario, there, intake) - target

    if target <= 0.0 or surplus(_FURTHEST) <= 0.0:
        return None
    return float(scipy.optimize.brentq(surplus, 0.0, _FURTHEST, xtol=1e-12))


def _window_saving(scenario: ContractScenario, draws: Draws, intake: Intake) -> float:
    truth = cause(scenario, draws, intake)
    total = 0.0
    seen: set[str] = set()
    for measure in scenario.measurements.values():
        if isinstance(measure, Windowed) and measure.outcome in truth.keys() - seen:
            seen.add(measure.outcome)
            window = Window.of(measure, intake, draws)
            total += float(np.mean(window.saving(truth[measure.outcome], intake)))
    return total


def interventions(scenario: ContractScenario, distance: float | None) -> tuple[Intervention, ...]:
    """Return what is asked of every contract: no effect and break-even, with drift and without."""
    if confounded(scenario):
        return ()
    calm = drift_settings(scenario)
    zero = effect_settings(scenario, 0.0)
    asked = [Intervention("no_effect", zero), Intervention("no_effect_no_drift", zero | calm)]
    if distance is not None:
        even = effect_settings(scenario, distance)
        asked += [
            Intervention("break_even", even),
            Intervention("break_even_no_drift", even | calm),
        ]
    return tuple(asked)
