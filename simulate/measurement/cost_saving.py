"""Measured saving S = E − A: expected cost from a comparison group less actual cost.

With n participants, m compared, μ0 the mean cost per person in the window without the insats and
μ1 with it, CV between persons and drift δ since the comparison period::

    E | μ0  = n × mean of m gamma costs with mean μ0 e^(−δ(1 − index))    (planned)
    A | μ1  = sum of n gamma costs with mean μ1
    S − n(μ0 − μ1) = (E − nμ0) − (A − nμ1)

so the measured saving differs from the true one by the yardstick's error and by chance, and by
nothing else. Sums of gamma costs with a common scale are drawn in one step, exactly.

Where only k of the n can be followed, k binomial, A is what the contract's rule makes of their mean
Ā: k Ā (the others cost nothing), n Ā (they are as the others), or k Ā + (n − k) E/n (they cost what
was expected).
"""

from __future__ import annotations

import numpy as np
import scipy

from simulate.draws.discrete import binomial
from simulate.draws.draw import Draws
from simulate.draws.remembered import remembered
from simulate.draws.values import Floats
from simulate.measurement.measured import Luck, Measured
from simulate.measurement.window import Window
from simulate.programme import Intake
from simulate.scenario.tree.measurements import CostMissing, CostSaving, Observed
from simulate.scenario.tree.outcomes import CostOutcome
from simulate.truth.truth import TrueOutcome


@remembered
def mean_of_gammas(u: Floats, persons: Floats, cv: Floats) -> Floats:
    """Return the mean of ``persons`` gamma costs of mean one, by its quantile function.

    The sum of k gamma costs with mean 1 and coefficient of variation CV is Gamma(k/CV²) × CV².
    Without variation (CV 0) or without persons it is 1.
    """
    shape = persons / np.maximum(np.square(cv), 1e-12)
    spread = np.asarray((cv > 0.0) & (persons > 0.0))
    safe = np.where(spread, shape, 1.0)
    return np.where(spread, scipy.special.gammaincinv(safe, u) / safe, 1.0)


def luck(key: str, measure: CostSaving, outcome: CostOutcome, intake: Intake, draws: Draws) -> Luck:
    """Return the chance of both groups, as means relative to what was to be expected."""
    cv, compared = draws.of(outcome.cv), draws.of(measure.comparison.persons)
    followed = intake.total
    if measure.followed is not None:
        u = draws.chance(key, "followed")
        followed = binomial(u, intake.total, draws.of(measure.followed))
    return {
        "expected": mean_of_gammas(draws.chance(key, "expected"), compared, cv),
        "actual": mean_of_gammas(draws.chance(key, "actual"), followed, cv),
        "followed": followed,
    }


def weights_of(rule: CostMissing, seen: Floats) -> tuple[Floats, Floats]:
    """Return what the cost at the mean of those followed counts for, and what E counts for.

    Args:
        rule: for those who cannot be followed.
        seen: share of the participants who are.
    """
    rules: dict[CostMissing, tuple[Floats, Floats]] = {
        "nothing": (seen, np.zeros(1)),
        "as_the_others": (np.ones(1), np.zeros(1)),
        "as_expected": (seen, 1.0 - seen),
    }
    return rules[rule]


def read(
    measure: CostSaving,
    outcome: CostOutcome,
    truth: TrueOutcome,
    intake: Intake,
    luck: Luck,
    draws: Draws,
) -> Measured:
    """Return the measured saving in SEK; positive is money saved."""
    n, cv = intake.total, draws.of(outcome.cv)
    window = Window.of(measure, intake, draws)
    without = n * draws.of(outcome.cost_per_person) / draws.of(outcome.per) * window.length
    saving = window.saving(truth, intake)
    with_programme = without - saving
    drift = draws.of(measure.drift) * (1.0 - draws.of(measure.indexation))
    baseline = without * np.exp(-drift)
    if isinstance(measure.comparison, Observed):
        expected = draws.of(measure.comparison.expected)
        if intake.kept is not None:
            expected = expected * intake.kept
    else:
        expected = baseline * luck["expected"]
    followed = luck["followed"]
    own, others = weights_of(measure.missing, followed / np.maximum(n, 1.0))
    counted = own * with_programme * luck["actual"] + others * expected
    actual = counted if measure.actual is None else draws.of(measure.actual)
    compared = np.maximum(draws.of(measure.comparison.persons), 1.0)
    yardstick = np.square((1.0 - others) * baseline) / compared
    chance = np.square(own * with_programme) / np.maximum(followed, 1.0)
    error = cv * np.sqrt(yardstick + chance)
    parts = {
        "expected": expected,
        "actual": actual,
        "yardstick_error": expected - without,
        "chance": actual - with_programme,
    }
    return Measured(np.asarray(expected - actual), error, saving, parts)
