"""What a group's sum of points would be with everyone counted: numpy only."""

from __future__ import annotations

import numpy as np
import scipy
from numpy.typing import NDArray

from models.grade_change.spec import GradeChange
from models.interface import Floats, Samples
from models.language import SWEDISH, language, say

# Beyond so many standard deviations everyone has moved the same way.
FARTHEST = 5.0
_CHANCE = 20_200_101  # seed of the missing persons' steps where only samples are given
Counts = NDArray[np.int64]


def count_moves(samples: Samples, persons: int, rng: np.random.Generator) -> tuple[Counts, Counts]:
    """Return how many of ``persons`` get worse and better, one pair per sample.

    Args:
        samples: ``shift`` and ``half_width``, one common shape.
        persons: size of the group.
        rng: the only source of chance.
    """
    shift, width = samples["shift"], samples["half_width"]
    p_worse = scipy.special.ndtr(-width - shift)
    stay_or_better = scipy.special.ndtr(width + shift)
    worse = rng.binomial(persons, p_worse)
    share = np.minimum(scipy.special.ndtr(shift - width) / np.maximum(stay_or_better, 1e-300), 1.0)
    return worse, rng.binomial(persons - worse, share)


def points_of(
    worse: Counts, better: Counts, extra_step: Floats, rng: np.random.Generator
) -> Floats:
    """Return sums of points of groups in which so many got worse and better.

    Args:
        worse: persons who got worse.
        better: persons who got better, same shape.
        extra_step: probability of one more step, same shape.
        rng: the only source of chance.
    """
    return np.asarray(
        better - worse + _extra(better, extra_step, rng) - _extra(worse, extra_step, rng),
        dtype=np.float64,
    )


def cohort_points(samples: Samples, spec: GradeChange, rng: np.random.Generator) -> Floats:
    """Return sums of points of the whole group, those without a result included.

    The missing have moved ``missing_shift`` standard deviations more than the determined, none
    where it is not stated (missing at random). Where a sum is published it stands; otherwise the
    determined persons' steps are drawn as well.

    Returns:
        One sum per sample, points.
    """
    worse, better = count_moves(of_missing(samples), spec.missing, rng)
    missing = points_of(worse, better, samples["extra_step"], rng)
    if spec.points is not None:
        return missing + spec.points
    negative, _, positive = spec.counts
    known = points_of(
        np.full(missing.shape, negative),
        np.full(missing.shape, positive),
        samples["extra_step"],
        rng,
    )
    return missing + known


def of_missing(samples: Samples) -> dict[str, Floats]:
    """Return the samples with the shift of those without a result."""
    shift = samples["shift"] + samples.get("missing_shift", np.zeros(()))
    return {**samples, "shift": np.asarray(shift)}


def mean_points(samples: Samples) -> Floats:
    """Return the points to expect of a person, in steps, same shape as the samples."""
    shift, width = samples["shift"], samples["half_width"]
    better, worse = scipy.special.ndtr(shift - width), scipy.special.ndtr(-width - shift)
    return np.asarray((better - worse) / (1.0 - samples["extra_step"]))


def expected_points(samples: Samples, spec: GradeChange) -> Floats:
    """Return the sum of points to expect of the whole group, those without a result included."""
    known = spec.points if spec.points is not None else sum(spec.counts) * mean_points(samples)
    return np.asarray(known + spec.missing * mean_points(of_missing(samples)))


def tipping_shift(samples: Samples, points: float, missing: int) -> float | None:
    """Return the ``missing_shift`` at which the whole group's sum is as likely below nought as not.

    Found by halving between −:data:`FARTHEST` and :data:`FARTHEST` with the same chance
    throughout; ``None`` where no shift between them turns the sum, or no one is missing.

    Args:
        samples: ``shift``, ``half_width`` and ``extra_step``, one common shape.
        points: sum of those who have a result, in steps.
        missing: persons without one.
    """

    def chance(shift: float) -> float:
        rng = np.random.default_rng(_CHANCE)
        moved = of_missing({**samples, "missing_shift": np.asarray(shift)})
        worse, better = count_moves(moved, missing, rng)
        total = points + points_of(worse, better, samples["extra_step"], rng)
        return float(np.mean(total > 0) + np.mean(total == 0) / 2)

    low, high = -FARTHEST, FARTHEST
    if missing == 0 or not chance(low) < 0.5 < chance(high):
        return None
    while high - low > 0.01:
        middle = (low + high) / 2
        low, high = (low, middle) if chance(middle) > 0.5 else (middle, high)
    return (low + high) / 2


def tipping_sentence(
    samples: Samples, points: float | None, missing: int, step: float = 1.0
) -> str:
    """Return what the missing would have to be for the sum to turn; empty where nothing can.

    Args:
        samples, missing: as in :func:`tipping_shift`.
        points: sum of those who have a result, in points; ``None`` where it is not known.
        step: points of one step.
    """
    if points is None or missing == 0:
        return ""
    return turning(-points / missing, tipping_shift(samples, points / step, missing), missing)


def turning(mean: float, shift: float | None, missing: int) -> str:
    """Return a sentence on the points and the shift of the missing at which the sum turns."""
    if shift is None:
        return say(
            "Hela gruppens poängsumma blir noll om de {missing} som saknar resultat i medeltal får "
            "{mean} poäng; så långt når de inte med hälftens sannolikhet ens om de förskjuts "
            "{farthest} sd.",
            missing=missing,
            mean=_decimal(mean),
            farthest=f"{FARTHEST:g}",
        )
    return say(
        "Hela gruppens poängsumma blir noll om de {missing} som saknar resultat i medeltal får "
        "{mean} poäng, och är lika sannolikt under som över noll om de är förskjutna {shift} sd.",
        missing=missing,
        mean=_decimal(mean),
        shift=_decimal(shift),
    )


def _decimal(value: float) -> str:
    text = f"{value:+.1f}".replace("-", "−")
    return text.replace(".", ",") if language() == SWEDISH else text


def probability_positive(samples: Samples, spec: GradeChange, rng: np.random.Generator) -> float:
    """Return P(sum of points of the whole group > 0), a sum of nought counted half."""
    points = cohort_points(samples, spec, rng)
    return float(np.mean(points > 0) + np.mean(points == 0) / 2)


def tipping_point(spec: GradeChange) -> float | None:
    """Return the mean points of a missing person at which the whole group's sum is nought.

    Below it the sum is negative. ``None`` without a published sum, or when no one is missing.

    Example: a sum of +18 and 14 missing give −18/14 ≈ −1.3.
    """
    if spec.points is None or spec.missing == 0:
        return None
    return -spec.points / spec.missing


def _extra(persons: Counts, extra_step: Floats, rng: np.random.Generator) -> Counts:
    """Extra points of so many persons together: negative binomial, nought for no persons."""
    drawn = rng.negative_binomial(np.maximum(persons, 1), 1.0 - extra_step)
    return np.where(persons > 0, drawn, 0)
