"""How well the chains of a posterior agree, quantity by quantity."""

from __future__ import annotations

import warnings
from dataclasses import dataclass
from importlib import import_module
from typing import Any

import numpy as np
import scipy
import xarray as xr
from numpy.typing import NDArray

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Agreement:
    """How well the chains agree on one quantity.

    Attributes:
        rhat: split R-hat of ranks.
        bulk, tail: effective sample sizes.
    """

    rhat: float
    bulk: float
    tail: float


def moving(samples: xr.Dataset) -> xr.Dataset:
    """Return the quantities that are not the same in every sample."""
    return samples[[name for name, x in samples.data_vars.items() if np.ptp(x.values) > 0]]


def agreement(samples: xr.Dataset) -> dict[str, Agreement]:
    """Return how well the chains agree on each quantity that moves, the worst first.

    Args:
        samples: dims (chain, draw).
    """
    stats: Any = import_module("arviz_stats")  # slow, and only a diagnosis needs it
    known = moving(samples)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        rhat = stats.rhat(known)
        bulk, tail = (stats.ess(known, method=method) for method in ("bulk", "tail"))
    found = {
        str(name): Agreement(float(rhat[name]), float(bulk[name]), float(tail[name]))
        for name in known.data_vars
    }
    # What could not be worked out is worse than anything that could.
    worst = sorted(found, key=lambda name: -np.nan_to_num(found[name].rhat, nan=np.inf))
    return {name: found[name] for name in worst}


def rank_shares(values: Floats, bins: int) -> Floats:
    """Return each chain's share of the ranks over all chains, dims (chain, bin).

    Chains that agree have an equal share in every bin.

    Args:
        values: dims (chain, draw).
        bins: number of bins of equally many ranks.

    Example:
        >>> rank_shares(np.arange(40.0).reshape(2, 20), 2).tolist()
        [[1.0, 0.0], [0.0, 1.0]]
    """
    ranks = scipy.stats.rankdata(values).reshape(values.shape)
    place = np.minimum((ranks - 0.5) * bins / values.size, bins - 1).astype(int)
    return np.stack([np.bincount(one, minlength=bins) / values.shape[1] for one in place])
