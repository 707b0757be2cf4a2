"""Change in grades: an ordered probit for who moved, a geometric number of steps for how far.

    P(worse) = Φ(−c − m),   P(better) = Φ(m − c),   P(same) = the rest
    points of a person who moved = ±(1 + K),   P(K = k) = (1 − q) qᵏ

m is the shift, c the half width of the neutral band, q the probability of an extra step. Counts
say nothing about q; a published sum S does, with the unknown split between minus and plus points
summed out (:func:`log_sum_terms`).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np
import scipy

from models.grade_change import cohort
from models.grade_change.spec import GradeChange
from models.interface import Floats, Samples
from models.language import say
from models.number import Number
from models.priors import variable

if TYPE_CHECKING:
    import pymc as pm

LATENT: tuple[str, ...] = ()
_PRIORS = ("shift", "half_width", "extra_step")


def parameters(spec: GradeChange) -> Mapping[str, Number]:
    """Return the three priors by name."""
    return {name: getattr(spec.prior, name) for name in _PRIORS}


def build(spec: GradeChange) -> pm.Model:
    """Return the PyMC model of the published counts and sum."""
    import pymc as pm  # slow, and only a fit needs it

    with pm.Model() as model:
        prior = {name: variable(name, number) for name, number in parameters(spec).items()}
        shift, width = prior["shift"], prior["half_width"]
        pm.Potential("counts", _log_counts(spec, shift, width))
        if spec.points is not None:
            pm.Potential("point_sum", _log_sum(spec, prior["extra_step"]))
    return model


def derive(samples: Samples, spec: GradeChange) -> dict[str, Floats]:
    """Return the parameters: they are what is handed on."""
    return {name: samples[name] for name in _PRIORS}


def observed(spec: GradeChange) -> dict[str, float]:
    """Return the published counts and, where there is one, the sum of points."""
    statistics = dict(
        zip(("negative", "neutral", "positive"), map(float, spec.counts), strict=True)
    )
    return statistics if spec.points is None else statistics | {"point_sum": float(spec.points)}


def predict(samples: Samples, spec: GradeChange, rng: np.random.Generator) -> dict[str, Floats]:
    """Return counts and sums of points of new groups with as many determined persons."""
    worse, better = cohort.count_moves(samples, sum(spec.counts), rng)
    replicates = {
        "negative": worse.astype(np.float64),
        "neutral": (sum(spec.counts) - worse - better).astype(np.float64),
        "positive": better.astype(np.float64),
    }
    if spec.points is not None:
        replicates["point_sum"] = cohort.points_of(worse, better, samples["extra_step"], rng)
    return replicates


def learned_from(spec: GradeChange) -> dict[str, str]:
    """Return what in the data can move each parameter."""
    persons = sum(spec.counts)
    total = say("inget: ingen poängsumma är angiven")
    if spec.points is not None:
        total = say("den publicerade poängsumman, jämförd med antalet som ändrats")
    return {
        "shift": say("antal sämre mot antal bättre, {persons} personer", persons=persons),
        "half_width": say("antal oförändrade, {persons} personer", persons=persons),
        "extra_step": total,
    }


def statement(samples: Samples, spec: GradeChange) -> str:
    """Return one sentence on the change."""
    worse, same, better = spec.counts
    improved = round(100 * float(np.mean(samples["shift"] > 0)))
    return say(
        "Av {assessed} bedömda blev {better} bättre, {same} oförändrade och {worse} sämre; "
        "sannolikheten att gruppen som helhet förbättrats är {improved} %. {missing} saknar "
        "resultat. Det är en förändring, inte en effekt: jämförelsegrupp saknas.",
        assessed=worse + same + better,
        better=better,
        same=same,
        worse=worse,
        improved=improved,
        missing=spec.missing,
    )


def log_sum_terms(negative: int, positive: int, points: int) -> tuple[Floats, Floats, int, int]:
    """Return what the probability of a sum of points is made of, as a function of q.

    The extra points of the ``positive`` persons are X ~ NB(positive, q), those of the
    ``negative`` Y ~ NB(negative, q), and X − Y = points − positive + negative. The sum over Y is
    a hypergeometric series; Pfaff's transformation makes it finite, with positive terms:

        P = Σ_k exp(c_k) · q^(2k + d) · (1 − q)^(a+b) · (1 − q²)^(−k − a),   d = |X − Y|

    where b is the number of persons on the side that has more, a on the other.

    Returns:
        (c_k, k, a, b).
    """
    a, b, d = negative, positive, points - positive + negative
    if d < 0:
        a, b, d = b, a, -d
    k = np.arange(max(b, 1) if a else 1, dtype=np.float64)
    log = scipy.special.gammaln
    start = log(d + max(b, 1)) - log(d + 1) - log(max(b, 1))
    choose = log(max(b, 1)) - log(k + 1) - log(np.maximum(b, 1) - k)
    rising = log(a + k) - log(a) if a else np.zeros(1)
    return start + choose + rising - log(d + 1 + k) + log(d + 1), k, a, b


def _log_counts(spec: GradeChange, shift: Any, width: Any) -> Any:
    import pymc as pm
    from pymc.distributions.dist_math import normal_lcdf

    worse, same, better = spec.counts
    # Even in the shift; by its absolute value the difference is between small tails, not near 1.
    low, high = -width - pm.math.abs(shift), width - pm.math.abs(shift)
    neutral = pm.math.logdiffexp(normal_lcdf(0, 1, high), normal_lcdf(0, 1, low))
    return (
        worse * normal_lcdf(0, 1, -width - shift)
        + same * neutral
        + better * normal_lcdf(0, 1, shift - width)
    )


def _log_sum(spec: GradeChange, q: Any) -> Any:
    import pymc as pm
    import pytensor.tensor as pt

    negative, _, positive = spec.counts
    assert spec.points is not None
    constants, k, a, b = log_sum_terms(negative, positive, spec.points)
    d = abs(spec.points - positive + negative)
    if a + b == 0:
        return pt.constant(0.0)
    log_q, log_rest = pm.math.log(q), pt.log1p(-(q**2))
    terms = constants + (2 * k + d) * log_q - (k + a) * log_rest
    return (a + b) * pt.log1p(-q) + pm.math.logsumexp(terms)
