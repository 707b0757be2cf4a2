"""How money may develop: quantiles, by year, of everything that is kept as a path."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import xarray as xr

from simulate.risk.error import Floats, Used, mcse, used_by
from simulate.risk.estimate import quantile

LEVELS = (0.05, 0.25, 0.50, 0.75, 0.95)


def fan(futures: xr.Dataset, shapes: Mapping[str, tuple[int, int]]) -> xr.Dataset:
    """Return the futures with every path replaced by its quantiles and their errors.

    Of ``x``, dims (path, year, …), come ``x_fan`` and ``x_fan_mcse``, dims (level, year, …), and
    ``x_mean`` and ``x_mean_mcse``, dims (year, …), SEK, undiscounted.

    Args:
        futures: from :mod:`simulate.futures`.
        shapes: (chains, draws a chain) of each evidence block's posterior.
    """
    used = used_by(futures, shapes, futures.sizes["path"])
    names = [str(name) for name, one in futures.data_vars.items() if "path" in one.dims]
    known = futures.drop_vars(names).assign_coords(level=list(LEVELS))
    for name in names:
        dims, paths = futures[name].dims[1:], futures[name].values
        bands, band_errors = _bands(paths, used)
        means, errors = _means(paths, used)
        known = known.assign(
            {
                f"{name}_fan": (("level", *dims), bands),
                f"{name}_fan_mcse": (("level", *dims), band_errors),
                f"{name}_mean": (dims, means),
                f"{name}_mean_mcse": (dims, errors),
            }
        )
    return known


def _means(paths: Floats, used: tuple[Used, ...]) -> tuple[Floats, Floats]:
    """Return means and their errors, dims (…), of paths, dims (path, …)."""
    means = paths.mean(axis=0)
    errors = np.zeros_like(means)
    for cell in np.ndindex(*means.shape):
        x = paths[(slice(None), *cell)]
        if np.ptp(x) > 0.0:
            errors[cell] = mcse(x - means[cell], used)
    return means, errors


def _bands(paths: Floats, used: tuple[Used, ...]) -> tuple[Floats, Floats]:
    """Return quantiles and their errors, dims (level, …), of paths, dims (path, …)."""
    shape = (len(LEVELS), *paths.shape[1:])
    values, errors = np.zeros(shape), np.zeros(shape)
    for cell in np.ndindex(*paths.shape[1:]):
        x = paths[(slice(None), *cell)]
        if np.ptp(x) == 0.0:
            values[(slice(None), *cell)] = x[0]
            continue
        for place, level in enumerate(LEVELS):
            found = quantile(x, level)
            values[(place, *cell)] = found.value
            if found.influence is not None:
                errors[(place, *cell)] = mcse(found.influence, used)
    return values, errors
