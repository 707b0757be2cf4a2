"""What one person saves a year at full effect, for each kind of outcome."""

from __future__ import annotations

from functools import singledispatch

import numpy as np
import scipy

from simulate.draws.values import Floats, Values
from simulate.scenario.tree.outcomes import CostOutcome, Outcome, SuccessOutcome


@singledispatch
def yearly_saving(outcome: Outcome, values: Values) -> Floats | None:
    """Return SEK a person and year at full effect, dims (draw,); ``None`` if it has no price.

    Positive is money saved. Zero effect gives exactly zero.
    """
    return None


@yearly_saving.register
def _(outcome: CostOutcome, values: Values) -> Floats:
    """μ0 (1 − e^θ) a year."""
    level = values.of(outcome.cost_per_person) / values.of(outcome.per)
    return np.asarray(-level * np.expm1(values.of(outcome.effect)))


@yearly_saving.register
def _(outcome: SuccessOutcome, values: Values) -> Floats:
    """(p1 − p0) × value of a success a year."""
    without = values.of(outcome.without)
    gained = success_rate(outcome, values) - without
    gained = np.where(values.of(outcome.effect) == 0.0, 0.0, gained)
    return np.asarray(gained * values.of(outcome.value))


def success_rate(outcome: SuccessOutcome, values: Values) -> Floats:
    """Return the probability of success with the insats: log odds moved by the effect."""
    odds = scipy.special.logit(values.of(outcome.without)) + values.of(outcome.effect)
    return np.asarray(scipy.special.expit(odds))
