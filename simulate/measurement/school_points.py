"""Sum of school points over the persons whose result can be determined.

Each determined person falls, stays or rises: P(fall) = Φ(−c − m), P(rise) = Φ(m − c) with shift
m = trend + effect and half width c. A step is one point plus a geometric number of further points.
Persons without a determined result count as the contract's rule says: as nothing, as the mean of
those who have one, or as one point down each.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import scipy

from simulate.draws.discrete import binomial, further_points
from simulate.draws.draw import Draws
from simulate.draws.values import Floats, Values
from simulate.measurement.measured import Luck, Measured
from simulate.programme import Intake
from simulate.scenario.tree.measurements import PointsMissing, SchoolPoints
from simulate.scenario.tree.outcomes import GradesOutcome
from simulate.truth.truth import TrueOutcome

# What is left to chance once it is known how many are determined.
STEPS = ("negative", "positive", "steps_down", "steps_up")


@dataclass(frozen=True)
class Steps:
    """How a group fell and rose, dims (draw,).

    Attributes:
        negative, positive: persons who fell and who rose.
        down, up: points that they fell and rose.
        fall, rise: the probabilities.
    """

    negative: Floats
    positive: Floats
    down: Floats
    up: Floats
    fall: Floats
    rise: Floats


def steps(
    outcome: GradesOutcome, shift: Floats, persons: Floats, luck: Luck, values: Values
) -> Steps:
    """Return how so many persons fall and rise.

    Args:
        outcome: for the width of the band and the length of a step.
        shift: in standard deviations.
        persons: determined, whole.
        luck: uniform numbers by each of :data:`STEPS`.
        values: of the numbers.
    """
    width, extra = values.of(outcome.half_width), values.of(outcome.extra_step)
    fall, rise = scipy.special.ndtr(-width - shift), scipy.special.ndtr(shift - width)
    negative = binomial(luck["negative"], persons, fall)
    rise_given_not_fall = np.clip(rise / np.maximum(1.0 - fall, 1e-300), 0.0, 1.0)
    positive = binomial(luck["positive"], persons - negative, rise_given_not_fall)
    up = positive + further_points(luck["steps_up"], positive, extra)
    down = negative + further_points(luck["steps_down"], negative, extra)
    return Steps(negative, positive, down, up, fall, rise)


def luck(
    key: str, measure: SchoolPoints, outcome: GradesOutcome, intake: Intake, draws: Draws
) -> Luck:
    """Return how many are determined, and the chance of the steps."""
    if measure.stated is not None:
        return {}
    share = draws.of(measure.assessable)
    uniforms = {name: draws.chance(key, name) for name in measure.CHANCE}
    assessed = binomial(uniforms["assessed"], intake.total, share)
    return uniforms | {"assessed": assessed}


def read(
    measure: SchoolPoints,
    outcome: GradesOutcome,
    truth: TrueOutcome | None,
    intake: Intake,
    luck: Luck,
    draws: Draws,
) -> Measured:
    """Return the sum of points; it has no price, so ``truth`` is not looked at."""
    if measure.stated is not None:
        return Measured(draws.of(measure.stated), np.asarray(0.0))
    assessed = luck["assessed"]
    shift = draws.of(outcome.trend) + draws.of(outcome.effect)
    extra = draws.of(outcome.extra_step)
    found = steps(outcome, shift, assessed, luck, draws)
    fall, rise = found.fall, found.rise
    mean, square = 1.0 / (1.0 - extra), (1.0 + extra) / (1.0 - extra) ** 2
    spread = (rise + fall) * square - ((rise - fall) * mean) ** 2
    error = np.sqrt(np.maximum(assessed * spread, 0.0))
    weight, missing = _missing(measure.missing, assessed, intake.total - assessed)
    parts = {"assessed": assessed, "negative": found.negative, "positive": found.positive}
    points = weight * (found.up - found.down) + missing
    return Measured(points, weight * error, None, parts)


def _missing(rule: PointsMissing, assessed: Floats, others: Floats) -> tuple[Floats, Floats]:
    """Return what a determined point counts for, and the points of the others by themselves."""
    rules: dict[PointsMissing, tuple[Floats, Floats]] = {
        "nothing": (np.ones(1), np.zeros(1)),
        "as_the_others": (1.0 + others / np.maximum(assessed, 1.0), np.zeros(1)),
        "one_down": (np.ones(1), -others),
    }
    return rules[rule]
