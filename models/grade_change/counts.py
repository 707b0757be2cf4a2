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

from models.chance import chance
from models.grade_change import cohort
from models.grade_change.spec import GradeChange
from models.interface import Data, Floats, Samples
from models.language import say
from models.number import Number
from models.priors import variable

if TYPE_CHECKING:
    import pymc as pm

_PRIORS = ("shift", "half_width", "extra_step")
_MISSING = "missing_shift"


def latent(spec: GradeChange) -> tuple[str, ...]:
    """Return nothing: there is no variable beside the parameters."""
    return ()


def parameters(spec: GradeChange) -> Mapping[str, Number]:
    """Return the three priors by name, and what is assumed of the missing where it is stated."""
    stated = {name: getattr(spec.prior, name) for name in (*_PRIORS, _MISSING)}
    return {name: number for name, number in stated.items() if number is not None}


def build(spec: GradeChange) -> pm.Model:
    """Return the PyMC model of the published counts and sum."""
    import pymc as pm  # slow, and only a fit needs it

    seen = data(spec)
    with pm.Model() as model:
        prior = {name: variable(name, number) for name, number in parameters(spec).items()}
        shift, width = prior["shift"], prior["half_width"]
        counts = pm.Data("counts", seen["counts"])
        pm.Potential("log_counts", _log_counts(counts, shift, width))
        if spec.points is not None:
            terms = {name: pm.Data(name, seen[name]) for name in _TERMS}
            pm.Potential("log_sum", _log_sum(terms, prior["extra_step"]))
    return model


def data(spec: GradeChange) -> Data:
    """Return the published counts, and what the probability of their sum is made of."""
    return _data(spec.counts, spec.points)


def replicate(one: Samples, spec: GradeChange, rng: np.random.Generator) -> Data:
    """Return counts, and a sum where one is published, of a new group as large."""
    worse, better = cohort.count_moves(one, sum(spec.counts), rng)
    points = None
    if spec.points is not None:
        points = int(cohort.points_of(worse, better, one["extra_step"], rng))
    return _data((int(worse), sum(spec.counts) - int(worse) - int(better), int(better)), points)


def log_likelihood(samples: Samples, spec: GradeChange, data: Data) -> Floats:
    """Return the log likelihood of the counts and of the sum, dims (sample, statistic)."""
    shift, width = samples["shift"], samples["half_width"]
    worse, same, better = data["counts"]
    log_cdf = scipy.special.log_ndtr
    low, high = log_cdf(-width - np.abs(shift)), log_cdf(width - np.abs(shift))
    neutral = high + np.log1p(-np.exp(low - high))
    parts = [worse * log_cdf(-width - shift) + same * neutral + better * log_cdf(shift - width)]
    if "log_c" in data:
        q = samples["extra_step"][..., None]
        rest = np.log1p(-(q**2))
        terms = data["log_c"] + data["power"] * np.log(q) - data["rest_power"] * rest
        total = data["movers"] * np.log1p(-q[..., 0]) + scipy.special.logsumexp(terms, axis=-1)
        parts.append(np.where(data["movers"] > 0, total, 0.0))
    return np.stack(parts, axis=-1)


def derive(samples: Samples, spec: GradeChange) -> dict[str, Floats]:
    """Return the parameters, and where the missing are stated the points to expect of everyone."""
    found = {name: samples[name] for name in _PRIORS}
    if _MISSING not in samples:
        return found
    expected = cohort.expected_points(samples, spec)
    return found | {_MISSING: samples[_MISSING], "cohort_points": expected}


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


def sizes(spec: GradeChange) -> dict[str, int]:
    """Return the number of persons with and without a result."""
    worse, same, better = spec.counts
    return {"worse": worse, "same": same, "better": better, "missing": spec.missing}


def learned_from(spec: GradeChange, sizes: Mapping[str, int]) -> dict[str, str]:
    """Return what in the data can move each parameter."""
    persons = sum(sizes[name] for name in ("worse", "same", "better"))
    total = say("inget: ingen poängsumma är angiven")
    if spec.points is not None:
        total = say("den publicerade poängsumman, jämförd med antalet som ändrats")
    found = {
        "shift": say("antal sämre mot antal bättre, {persons} personer", persons=persons),
        "half_width": say("antal oförändrade, {persons} personer", persons=persons),
        "extra_step": total,
    }
    return found if spec.prior.missing_shift is None else found | missing_from()


def missing_from() -> dict[str, str]:
    """Return what can move what is assumed of the missing, and the points of everyone."""
    return {
        _MISSING: say("inget: de som saknar resultat är inte sedda"),
        "cohort_points": say("de bedömdas resultat; om de som saknas är det ett antagande"),
    }


def statement(samples: Samples, spec: GradeChange, sizes: Mapping[str, int]) -> str:
    """Return one sentence on the change."""
    worse, same, better = (sizes[name] for name in ("worse", "same", "better"))
    improved = chance(float(np.mean(samples["shift"] > 0)))
    first = say(
        "Av {assessed} bedömda blev {better} bättre, {same} oförändrade och {worse} sämre; "
        "sannolikheten att gruppen som helhet förbättrats är {improved} %. {missing} saknar "
        "resultat. Det är en förändring, inte en effekt: jämförelsegrupp saknas.",
        assessed=worse + same + better,
        better=better,
        same=same,
        worse=worse,
        improved=improved,
        missing=sizes["missing"],
    )
    tipping = cohort.tipping_sentence(samples, spec.points, sizes["missing"])
    return f"{first} {tipping}" if tipping else first


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


# The names of what the probability of a sum is made of, as data.
_TERMS = ("log_c", "power", "rest_power", "movers")


def _data(counts: tuple[int, int, int], points: int | None) -> Data:
    found: dict[str, Floats] = {"counts": np.asarray(counts, dtype=np.float64)}
    if points is None:
        return found
    constants, k, a, b = log_sum_terms(counts[0], counts[2], points)
    distance = abs(points - counts[2] + counts[0])
    values = (constants, 2 * k + distance, k + a, np.asarray(float(a + b)))
    return found | dict(zip(_TERMS, values, strict=True))


def _log_counts(counts: Any, shift: Any, width: Any) -> Any:
    import pymc as pm
    from pymc.distributions.dist_math import normal_lcdf

    # Even in the shift; by its absolute value the difference is between small tails, not near 1.
    low, high = -width - pm.math.abs(shift), width - pm.math.abs(shift)
    neutral = pm.math.logdiffexp(normal_lcdf(0, 1, high), normal_lcdf(0, 1, low))
    return (
        counts[0] * normal_lcdf(0, 1, -width - shift)
        + counts[1] * neutral
        + counts[2] * normal_lcdf(0, 1, shift - width)
    )


def _log_sum(terms: Mapping[str, Any], q: Any) -> Any:
    import pymc as pm
    import pytensor.tensor as pt

    log_q, log_rest = pm.math.log(q), pt.log1p(-(q**2))
    added = terms["log_c"] + terms["power"] * log_q - terms["rest_power"] * log_rest
    total = terms["movers"] * pt.log1p(-q) + pm.math.logsumexp(added)
    # A group in which no one moved says nothing of how far those who move go.
    return pt.switch(terms["movers"] > 0, total, 0.0)
