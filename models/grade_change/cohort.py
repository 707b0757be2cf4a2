"""What a group's sum of points would be with everyone counted: numpy only."""

from __future__ import annotations

import numpy as np
import scipy
from numpy.typing import NDArray

from models.grade_change.spec import GradeChange
from models.interface import Floats, Samples

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

    The missing are taken to be like the determined (missing at random). Where a sum is published
    it stands; otherwise the determined persons' steps are drawn as well.

    Returns:
        One sum per sample, points.
    """
    worse, better = count_moves(samples, spec.missing, rng)
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


def probability_positive(samples: Samples, spec: GradeChange, rng: np.random.Generator) -> float:
    """Return P(sum of points of the whole group > 0) under missing at random."""
    return float(np.mean(cohort_points(samples, spec, rng) > 0))


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
