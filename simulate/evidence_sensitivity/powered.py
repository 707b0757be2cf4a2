"""How far each watched figure moves when prior or data weigh more, or less.

Apart from the moves of the page, because only a review asks, and the weights take a library that
is slow to import.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from models.posterior import Posterior
from models.psis import smoothed
from simulate.evidence_sensitivity.targets import Target
from simulate.risk.error import Used, mcse
from simulate.run import Result

Floats = NDArray[np.float64]

# The powers that prior and likelihood are raised to; two thirds of a doubling apart.
WEAKER, STRONGER = 0.8, 1.25
PRIOR, LIKELIHOOD = "prior", "likelihood"


@dataclass(frozen=True)
class Powered:
    """How far a figure moves per doubling of the weight of a prior, or of the data.

    Attributes:
        block: of the evidence.
        what: ``likelihood``, ``prior`` for all priors of the block, or one parameter's name.
        change, error: per doubling, with its Monte Carlo error.
        k: Pareto shape of the weights; above 0.7 the figure cannot be trusted.
    """

    block: str
    what: str
    change: float
    error: float
    k: float


def powered(result: Result, target: Target) -> tuple[Powered, ...]:
    """Return how far a figure moves with the weight of each prior and of the data, by block."""
    y = target.values(result.futures)
    if np.ptp(y) == 0.0:
        return ()
    used = dict(zip(result.posteriors, result.used, strict=True))
    every = tuple(used.values())
    return tuple(
        _powered(y, block, one, used[block], every)
        for block, fitted in result.posteriors.items()
        for one in _ratios(fitted)
    )


def _ratios(fitted: Posterior) -> Iterator[tuple[str, Floats, Floats, float]]:
    """Yield what is powered, and the weights of weaker and stronger, with the worse shape."""
    priors = {str(name): one.values.reshape(-1) for name, one in fitted.log_prior.items()}
    if not priors or "total" not in fitted.log_likelihood:
        return
    density = {
        LIKELIHOOD: fitted.log_likelihood["total"].values.reshape(-1),
        PRIOR: sum(priors.values(), start=np.zeros(1)),
    } | {name: one for name, one in priors.items() if np.ptp(one) > 0.0}
    for what, one in density.items():
        (low, k), (high, other) = (smoothed((alpha - 1.0) * one) for alpha in (WEAKER, STRONGER))
        yield what, low, high, max(k, other)


def _powered(
    y: Floats,
    block: str,
    one: tuple[str, Floats, Floats, float],
    used: Used,
    every: tuple[Used, ...],
) -> Powered:
    what, low, high, k = one
    doublings = float(np.log2(STRONGER / WEAKER))
    weaker, stronger = (_weighted(y, weights[used.samples]) for weights in (low, high))
    change = (stronger[0] - weaker[0]) / doublings
    error = mcse((stronger[1] - weaker[1]) / doublings, every)
    return Powered(block, what, change, error, k)


def _weighted(y: Floats, weights: Floats) -> tuple[float, Floats]:
    """Return the weighted mean, and the influence of every draw on it."""
    share = weights * (len(weights) / weights.sum())
    value = float(np.mean(share * y))
    return value, share * (y - value)
