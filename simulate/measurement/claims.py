"""Number of claims: every participant may reach the goal up to k times, each with its own chance.

Counted claims ~ Binomial(n k, p): the cap per person is exact, for no one has more than k chances.
"""

from __future__ import annotations

import numpy as np

from simulate.draws.discrete import binomial
from simulate.draws.draw import Draws
from simulate.measurement.measured import Luck, Measured
from simulate.measurement.window import Window
from simulate.programme import Intake
from simulate.scenario.tree.measurements import Claims
from simulate.scenario.tree.outcomes import SuccessOutcome
from simulate.truth.laws import success_rate
from simulate.truth.truth import TrueOutcome


def luck(key: str, measure: Claims, outcome: SuccessOutcome, intake: Intake, draws: Draws) -> Luck:
    """Return the chance of the count, as uniform numbers."""
    return {"claims": draws.chance(key, "claims")}


def read(
    measure: Claims,
    outcome: SuccessOutcome,
    truth: TrueOutcome,
    intake: Intake,
    luck: Luck,
    draws: Draws,
) -> Measured:
    """Return the number of claims, whole."""
    chances = intake.total * measure.most_per_person
    rate = success_rate(outcome, draws)
    claims = binomial(luck["claims"], chances, rate)
    error = np.sqrt(chances * rate * (1.0 - rate))
    saving = Window.of(measure, intake, draws).saving(truth, intake)
    return Measured(claims, error, saving, {})
