"""How much fewer, in proportion, fail than in a comparison group: 1 − (A/n) / (E/m).

A ~ Binomial(n, 1 − p1) of the cohort's n participants, E ~ Binomial(m, 1 − p0) of m compared. No
failure at all in the comparison group is counted as half a failure, so that the measure exists.
"""

from __future__ import annotations

import numpy as np

from simulate.draws.discrete import binomial
from simulate.draws.draw import Draws
from simulate.measurement.measured import Luck, Measured
from simulate.measurement.window import Window
from simulate.programme import Intake
from simulate.scenario.tree.measurements import RelativeReduction
from simulate.scenario.tree.outcomes import SuccessOutcome
from simulate.truth.laws import success_rate
from simulate.truth.truth import TrueOutcome

_LOWEST = -1.0


def luck(
    key: str, measure: RelativeReduction, outcome: SuccessOutcome, intake: Intake, draws: Draws
) -> Luck:
    """Return the failures of the comparison group, and the chance of the cohort's."""
    compared = np.floor(draws.of(measure.comparison.persons) + 0.5)
    failing = 1.0 - draws.of(outcome.without)
    return {
        "failures": draws.chance(key, "failures"),
        "expected": binomial(draws.chance(key, "expected"), compared, failing),
    }


def read(
    measure: RelativeReduction,
    outcome: SuccessOutcome,
    truth: TrueOutcome,
    intake: Intake,
    luck: Luck,
    draws: Draws,
) -> Measured:
    """Return the reduction as a share, held at −100 %; 0 when nobody took part."""
    persons = np.floor(intake.total * draws.of(measure.cohort) + 0.5)
    compared = np.maximum(np.floor(draws.of(measure.comparison.persons) + 0.5), 1.0)
    failing = 1.0 - success_rate(outcome, draws)
    failed = binomial(luck["failures"], persons, failing)
    n = np.maximum(persons, 1.0)
    ratio = (failed / n) / (np.maximum(luck["expected"], 0.5) / compared)
    value = np.where(persons > 0, np.maximum(1.0 - ratio, _LOWEST), 0.0)
    without = np.maximum(1.0 - draws.of(outcome.without), 1e-9)
    spread = (1.0 - failing) / (np.maximum(failing, 1e-9) * n) + (1.0 - without) / (
        without * compared
    )
    error = failing / without * np.sqrt(spread)
    saving = Window.of(measure, intake, draws).saving(truth, intake)
    return Measured(np.asarray(value), np.asarray(error), saving, {"failures": failed})
