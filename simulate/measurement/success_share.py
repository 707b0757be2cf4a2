"""Share of the participants who reach the goal: a binomial count over the group's size.

Where it is known only of k of the n, k binomial, the count is over those k. The others have not
reached the goal (the share is of n), or are as those of whom it is known (the share is of k).
"""

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
    """Return of how many it is known, and the chance of the count as uniform numbers."""
    known = intake.total
    if measure.assessable is not None:
        u = draws.chance(key, "assessed")
        known = binomial(u, intake.total, draws.of(measure.assessable))
    return {"successes": draws.chance(key, "successes"), "assessed": known}


def read(
    measure: SuccessShare,
    outcome: SuccessOutcome,
    truth: TrueOutcome,
    intake: Intake,
    luck: Luck,
    draws: Draws,
) -> Measured:
    """Return the share who succeeded; 0 when nobody took part."""
    known = luck["assessed"]
    counted = known if measure.missing == "as_the_others" else intake.total
    of = np.maximum(counted, 1.0)
    rate = success_rate(outcome, draws)
    successes = binomial(luck["successes"], known, rate)
    error = np.sqrt(rate * (1.0 - rate) / of * (known / of))
    saving = Window.of(measure, intake, draws).saving(truth, intake)
    return Measured(successes / of, error, saving, {"successes": successes})
