"""How the cash of each party may develop: quantiles of the cumulated flow by year."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import xarray as xr

from simulate.risk.error import mcse, used_by
from simulate.risk.estimate import quantile

LEVELS = (0.05, 0.25, 0.50, 0.75, 0.95)


def fan(futures: xr.Dataset, shapes: Mapping[str, tuple[int, int]]) -> xr.Dataset:
    """Return the futures with the paths of cash replaced by their quantiles and their errors.

    ``fan`` and ``fan_mcse`` have dims (level, year, party), SEK, undiscounted.

    Args:
        futures: with ``cumulated``, dims (path, year, party).
        shapes: (chains, draws a chain) of each evidence block's posterior.
    """
    paths = futures["cumulated"].values
    used = used_by(futures, shapes, len(paths))
    shape = (len(LEVELS), *paths.shape[1:])
    values, errors = np.zeros(shape), np.zeros(shape)
    for year, party in np.ndindex(*paths.shape[1:]):
        x = paths[:, year, party]
        if np.ptp(x) == 0.0:
            values[:, year, party] = x[0]
            continue
        for place, level in enumerate(LEVELS):
            found = quantile(x, level)
            values[place, year, party] = found.value
            if found.influence is not None:
                errors[place, year, party] = mcse(found.influence, used)
    dims = ("level", "year", "party")
    known = futures.drop_vars("cumulated").assign_coords(level=list(LEVELS))
    return known.assign(fan=(dims, values), fan_mcse=(dims, errors))
