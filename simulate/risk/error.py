"""Monte Carlo standard errors that contain the posterior's own.

Every batch reuses the same posterior samples, so the spread over batches is only half of it::

    mcse² = variance between batches / B + MCMC variance of E[influence | posterior sample]

The second part is summed over independent evidence blocks, each by its own effective sample size.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from models.mcmc import mcmc_variance
from simulate.draws.streams import BATCH

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

FEWEST_BATCHES = 8


def mcse(influence: Floats, samples: Mapping[str, Ints], shapes: Mapping[str, tuple[int, int]],
         ) -> float:
    """Return the Monte Carlo standard error of an estimate.

    Args:
        influence: of every draw, dims (draw,), in the order they were drawn.
        samples: posterior sample that each draw used, by evidence block, dims (draw,).
        shapes: (chains, draws a chain) by evidence block.
    """
    variance = _between_batches(influence)
    for block, used in samples.items():
        variance += _posterior_part(influence, used, shapes[block])
    return float(np.sqrt(variance))


def _between_batches(influence: Floats) -> float:
    batches = len(influence) // BATCH
    if batches < FEWEST_BATCHES:
        # Too few batches to compare: as if the draws were independent, which overstates.
        return float(np.var(influence, ddof=1) / len(influence)) if len(influence) > 1 else 0.0
    means = influence[: batches * BATCH].reshape(batches, BATCH).mean(axis=1)
    return float(np.var(means, ddof=1) / batches)


def _posterior_part(influence: Floats, used: Ints, shape: tuple[int, int]) -> float:
    """MCMC variance of the conditional mean, less what chance inside each sample adds to it."""
    size = shape[0] * shape[1]
    count = np.bincount(used, minlength=size)
    if count.min() < 2:
        return 0.0
    total = np.bincount(used, weights=influence, minlength=size)
    square = np.bincount(used, weights=influence**2, minlength=size)
    conditional = total / count
    within = np.maximum(square / count - conditional**2, 0.0) * count / (count - 1)
    noise = float(np.mean(within / count))
    observed = mcmc_variance(conditional.reshape(shape))
    least = max(float(np.var(conditional)) - noise, 0.0) / size
    return max(observed - noise / size, least)
