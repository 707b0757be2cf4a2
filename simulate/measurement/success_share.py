"""Share of the participants who reach the goal: a binomial count over the group's size."""

from __future__ import annotations

import numpy as np

from simulate.draws.discrete import binomial
from simulate.draws.draw import Draws
from simulate.measurement.measured import Luck, Measured
from simulate.measurement.window import Window
from simulate.programme import Intake
from simulate.scenario.tree.measurements import SuccessShare
from simulate.scenario.tree.outcomes import SuccessOutcome
from simulate.truth.laws import success_rate
from simulate.truth.truth import TrueOutcome


def luck(
    key: str, measure: SuccessShare, outcome: SuccessOutcome, intake: Intake, draws: Draws
) -> Luck:
    """Return the chance of the count, as uniform numbers."""
    return {"successes": draws.chance(key, "successes")}


def read(
    measure: SuccessShare,
    outcome: SuccessOutcome,
    truth: TrueOutcome,
    intake: Intake,
    luck: Luck,
    draws: Draws,
) -> Measured:
    """Return the share who succeeded; 0 when nobody took part."""
    n = np.maximum(intake.total, 1.0)
    rate = success_rate(outcome, draws)
    successes = binomial(luck["successes"], intake.total, rate)
    error = np.sqrt(rate * (1.0 - rate) / n)
    saving = Window.of(measure, intake, draws).saving(truth, intake)
    return Measured(successes / n, error, saving, {"successes": successes})
