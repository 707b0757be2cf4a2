"""The posterior of the change in grades by quadrature: the oracle of the sampler.

Shift and half width on a two-dimensional grid, the extra step on a line: the sum of points says
nothing about who moved once the counts are known, so the two do not meet. The probability of the
sum is added up term by term, without the closed form that the model uses.
"""

from __future__ import annotations

import numpy as np
from scipy import stats

from models.grade_change import rows
from models.grade_change.spec import GradeChange
from models.importance import Functions, solve_by_importance
from models.interface import PROBABILITIES, Floats, Marginal
from models.quadrature import moments, nodes

_POINTS = 801
_TERMS = 4000


def solve(spec: GradeChange) -> dict[str, Marginal]:
    """Return the posterior of each quantity: counts on a grid, rows by importance sampling."""
    return solve_counts(spec) if spec.form == "counts" else _solve_rows(spec)


def _solve_rows(spec: GradeChange) -> dict[str, Marginal]:
    functions = Functions(rows.parameters, rows.latent, rows.log_likelihood, rows.derive)
    return solve_by_importance(functions, spec, rows.data(spec), np.random.default_rng(20_160_815))


def solve_counts(spec: GradeChange) -> dict[str, Marginal]:
    """Return the exact posterior of ``shift``, ``half_width`` and ``extra_step``.

    Sums of points are exact to rounding while P(extra step > 0.98) is negligible.
    """
    if spec.prior.shift is None:
        raise TypeError("no prior of the shift")
    shift, shift_weight = nodes(spec.prior.shift.distribution, _POINTS)
    width, width_weight = nodes(spec.prior.half_width.distribution, _POINTS)
    log_like = _log_counts(spec, shift[:, None], width)
    joint = _normalised(log_like, shift_weight[:, None] * width_weight)
    q, q_weight = nodes(spec.prior.extra_step.distribution, _POINTS)
    posterior = _normalised(_log_sum(spec, q), q_weight)
    return {
        "shift": _marginal(shift, joint.sum(axis=1)),
        "half_width": _marginal(width, joint.sum(axis=0)),
        "extra_step": _marginal(q, posterior),
    }


def _log_counts(spec: GradeChange, shift: Floats, width: Floats) -> Floats:
    worse, same, better = spec.counts
    stay = stats.norm.cdf(width - shift) - stats.norm.cdf(-width - shift)
    with np.errstate(divide="ignore"):
        parts = (
            (worse, stats.norm.logcdf(-width - shift)),
            (same, np.log(stay)),
            (better, stats.norm.logsf(width - shift)),
        )
    return np.asarray(sum(count * part for count, part in parts if count))


def _log_sum(spec: GradeChange, q: Floats) -> Floats:
    if spec.points is None:
        return np.zeros_like(q)
    negative, _, positive = spec.counts
    difference = spec.points - positive + negative
    lost = np.arange(_TERMS, dtype=np.float64)[:, None]
    probability = (_pmf(lost, negative, q) * _pmf(lost + difference, positive, q)).sum(axis=0)
    with np.errstate(divide="ignore"):
        return np.asarray(np.log(probability))


def _pmf(extra: Floats, persons: int, q: Floats) -> Floats:
    if persons == 0:
        return np.where(extra == 0, np.ones_like(q), 0.0)
    return np.asarray(stats.nbinom.pmf(extra, persons, 1.0 - q))


def _normalised(log_like: Floats, prior: Floats) -> Floats:
    weight = prior * np.exp(log_like - log_like.max())
    return np.asarray(weight / weight.sum())


def _marginal(x: Floats, weight: Floats) -> Marginal:
    mean, sd = moments(x, weight)
    ends = np.cumsum(weight) - weight / 2
    quantiles = {p: float(np.interp(p, ends, x)) for p in PROBABILITIES}
    return Marginal(mean, sd, quantiles if x.size > 1 else dict.fromkeys(PROBABILITIES, mean))
