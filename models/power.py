"""Raising prior or likelihood to a power: how far does the posterior move?

By weights on the samples at hand, after Kallioinen et al. (2024). A posterior that moves with its
prior is not wrong; it says that the prior is an assumption.
"""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from typing import Any

import numpy as np
import scipy

from models.diagnosis import Power
from models.interface import Floats
from models.psis import smoothed

# Small powers give the derivative, and weights that need no care.
_LOW, _HIGH = 0.99, 1.01
# Below this share of the prior's variance, what was learned is too little to speak of a conflict.
_LEARNED = 0.19


def powers(
    samples: Mapping[str, Floats],
    prior: Mapping[str, Floats],
    log_prior: Floats,
    log_likelihood: Floats,
) -> dict[str, Power]:
    """Return how far each quantity moves.

    Args:
        samples: quantity → posterior samples, dims (chain, draw).
        prior: quantity → prior draws, dims (draw,).
        log_prior: log density of all priors together, dims (chain, draw).
        log_likelihood: of all data together, dims (chain, draw).
    """
    if np.ptp(log_likelihood) == 0.0:
        return {}
    weights = {
        name: tuple(_weights((alpha - 1.0) * density) for alpha in (_LOW, _HIGH))
        for name, density in (("prior", log_prior), ("likelihood", log_likelihood))
    }
    found = {}
    for name, values in samples.items():
        if np.ptp(values) == 0.0:
            continue
        moved = {which: _moved(values, *pair) for which, pair in weights.items()}
        found[name] = Power(
            moved["prior"], moved["likelihood"], conflict(prior[name], values.reshape(-1))
        )
    return found


def _weights(log_ratio: Floats) -> Floats:
    return smoothed(log_ratio.reshape(-1))[0].reshape(log_ratio.shape)


def _moved(values: Floats, low: Floats, high: Floats) -> float:
    stats: Any = import_module("arviz_stats.base").array_stats  # slow, and only a fit needs it
    return round(float(stats.power_scale_sense(values, low, high, _LOW, _HIGH)), 4)


def conflict(prior: Floats, posterior: Floats) -> float | None:
    """Return how unlikely, before the data, so distant a posterior mean was; two-sided.

    Before the data are seen the posterior mean has the mean of the prior and the variance
    Var(prior) − E Var(posterior). ``None`` where data moved the quantity too little to tell.

    Example:
        >>> rng = np.random.default_rng(1)
        >>> conflict(rng.normal(0, 1, 4000), rng.normal(0.1, 0.5, 4000)) > 0.5
        True
        >>> conflict(rng.normal(0, 1, 4000), rng.normal(5, 0.5, 4000)) < 0.001
        True
    """
    before, after = float(np.var(prior)), float(np.var(posterior))
    if before == 0.0 or after >= (1.0 - _LEARNED) * before:
        return None
    score = abs(float(np.mean(posterior)) - float(np.mean(prior))) / np.sqrt(before - after)
    return round(float(2.0 * scipy.stats.norm.sf(score)), 6)
