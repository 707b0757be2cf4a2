"""A posterior by importance sampling: the reference where a grid would have too many dimensions.

Everything unknown is a function of independent standard normals, so the posterior is their density
times the likelihood. Proposals are multivariate t around the mode. No PyMC, no Markov chain.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy import optimize, stats

from models.interface import PROBABILITIES, Data, Floats, Marginal, Samples
from models.number import Number
from models.quantile import quantile

_DRAWS, _CHUNK, _FREEDOM, _WIDER = 60_000, 2_000, 6, 1.2
_STEP = 1e-3


@dataclass(frozen=True)
class Functions:
    """What is needed of a model (:class:`models.interface.Model`)."""

    parameters: Callable[[Any], Mapping[str, Number]]
    latent: Callable[[Any], tuple[str, ...]]
    log_likelihood: Callable[[Samples, Any, Data], Floats]
    derive: Callable[[Samples, Any], dict[str, Floats]]


def solve_by_importance(
    model: Functions, spec: Any, data: Data, rng: np.random.Generator
) -> dict[str, Marginal]:
    """Return mean, sd and quantiles of every parameter and everything derived.

    Args:
        model: functions of the model.
        spec: the evidence block.
        data: what the likelihood reads.
        rng: the only source of chance.

    Raises:
        ArithmeticError: too few of the proposals count: the reference would be poor.
    """
    z, weight = _weighted(model, spec, data, rng)
    if 1.0 / np.sum(weight**2) < 0.05 * len(weight):
        raise ArithmeticError("the proposals miss the posterior")
    found: dict[str, list[Floats]] = {}
    for part in np.split(z, range(_CHUNK, len(z), _CHUNK)):
        samples = _samples(model, spec, part)
        for name, x in (samples | model.derive(samples, spec)).items():
            found.setdefault(name, []).append(x)
    return {name: _marginal(np.concatenate(x), weight) for name, x in found.items()}


def _weighted(
    model: Functions, spec: Any, data: Data, rng: np.random.Generator
) -> tuple[Floats, Floats]:
    """Standard normals, dims (draw, unknown), and weights that add to one."""
    size = len(_uncertain(model, spec)) + len(model.latent(spec))

    def log_density(z: Floats) -> Floats:
        likelihood = model.log_likelihood(_samples(model, spec, z), spec, data).sum(axis=-1)
        return np.asarray(likelihood - 0.5 * np.sum(z**2, axis=-1))

    def upside_down(x: Floats) -> float:
        return -float(log_density(x[None])[0])

    start: Floats = np.zeros(size)
    mode = np.asarray(optimize.minimize(upside_down, start, jac=_gradient(log_density)).x)
    covariance = np.linalg.inv(_curvature(log_density, mode)) * _WIDER**2
    proposal: Any = stats.multivariate_t(
        loc=mode.tolist(), shape=covariance.tolist(), df=_FREEDOM, seed=rng
    )
    z = np.asarray(proposal.rvs(_DRAWS)).reshape(_DRAWS, size)
    parts = [log_density(part) for part in np.split(z, range(_CHUNK, _DRAWS, _CHUNK))]
    log_weight = np.concatenate(parts) - proposal.logpdf(z)
    weight = np.exp(log_weight - log_weight.max())
    return z, weight / weight.sum()


def _gradient(log_density: Callable[[Floats], Floats]) -> Callable[[Floats], Floats]:
    def gradient(x: Floats) -> Floats:
        step = _STEP * np.eye(len(x))
        return np.asarray(-(log_density(x + step) - log_density(x - step)) / (2 * _STEP))

    return gradient


def _curvature(log_density: Callable[[Floats], Floats], mode: Floats) -> Floats:
    step = 10 * _STEP
    gradient = _gradient(log_density)
    rows = [
        (gradient(mode + e) - gradient(mode - e)) / (2 * step) for e in step * np.eye(len(mode))
    ]
    return np.asarray((np.array(rows) + np.array(rows).T) / 2)


def _uncertain(model: Functions, spec: Any) -> list[str]:
    return [name for name, one in model.parameters(spec).items() if not one.certain]


def _samples(model: Functions, spec: Any, z: Floats) -> dict[str, Floats]:
    """Every parameter and latent variable at standard normals, dims (draw,)."""
    known, uncertain = model.parameters(spec), _uncertain(model, spec)
    names = (*uncertain, *model.latent(spec))
    columns = dict(zip(names, z.T, strict=True))
    found = {}
    for name, number in known.items():
        level = stats.norm.cdf(columns[name]) if name in columns else np.full(len(z), 0.5)
        found[name] = quantile(number.distribution, np.clip(level, 1e-15, 1.0 - 1e-15))
    return found | {name: columns[name] for name in model.latent(spec)}


def _marginal(x: Floats, weight: Floats) -> Marginal:
    mean = float(weight @ x)
    order = np.argsort(x)
    ends = np.cumsum(weight[order])
    quantiles = {p: float(np.interp(p, ends, x[order])) for p in PROBABILITIES}
    return Marginal(mean, float(np.sqrt(weight @ (x - mean) ** 2)), quantiles)
