"""Leaving one unit out at a time, by importance sampling: what is told of it, and what is not.

The values of single units are worked out here and forgotten here: where a unit is a person only
counts and shares of at least five leave this file.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Protocol

import numpy as np
import scipy

from models.diagnosis import FEWEST_PERSONS, FEWEST_UNITS, Loo
from models.interface import Data, Floats, Model, Samples
from models.psis import K_LIMIT, smoothed
from models.spec import Evidence

# Values held at once: samples times units.
_LARGEST = 2_000_000
_BINS = (10, 5, 4, 2)


class HasPit(Protocol):
    """What a model may have beside :class:`models.interface.Model`."""

    def pit(self, samples: Samples, spec: Evidence, data: Data, rng: np.random.Generator) -> Floats:
        """Return P(new unit ≤ the observed one), dims (sample, unit), drawn evenly at an atom.

        Asked only of rows; NaN of a unit that is not told of. See :mod:`models.pit`.
        """


def total(model: Model, spec: Evidence, samples: Samples) -> Floats:
    """Return the log likelihood of all data together, shape of the samples.

    Kept to three decimals: enough for any weight, and no more of the data than that.
    """
    shape = next(iter(samples.values())).shape
    flat = {name: values.reshape(-1) for name, values in samples.items()}
    data = model.data(spec)
    units = model.log_likelihood(_part(flat, slice(0, 1)), spec, data).shape[-1]
    parts = [
        model.log_likelihood(_part(flat, one), spec, data).sum(axis=-1)
        for one in _slices(len(next(iter(flat.values()))), max(units, 1))
    ]
    return np.asarray(np.round(np.concatenate(parts), 3).reshape(shape))


def left_out(model: Model, spec: Evidence, samples: Samples, rng: np.random.Generator) -> Loo:
    """Return what leaving each unit out says.

    Args:
        model, spec: of the block.
        samples: of every parameter and latent, any common shape.
        rng: for the atoms of discrete data.
    """
    data = model.data(spec)
    flat = {name: values.reshape(-1) for name, values in samples.items()}
    size = len(next(iter(flat.values())))
    units = model.log_likelihood(_part(flat, slice(0, 1)), spec, data).shape[-1]
    step = max(1, -(-size * units // _LARGEST))
    thin = _part(flat, slice(None, None, step))
    pointwise = model.log_likelihood(thin, spec, data)
    hook: Callable[..., Floats] | None = getattr(model, "pit", None)
    cdf = None
    if hook is not None and spec.source_of_rows is not None and units >= FEWEST_UNITS:
        cdf = hook(thin, spec, data, rng)
    return summary(pointwise, cdf, spec.source_of_rows is not None)


def summary(pointwise: Floats, cdf: Floats | None, persons: bool) -> Loo:
    """Return what is told of leaving each unit out.

    Args:
        pointwise: log likelihood, dims (sample, unit).
        cdf: P(new unit ≤ the observed one), same dims, if the model can tell; NaN of a unit that
            it does not tell of.
        persons: whether the units are persons.
    """
    size, units = pointwise.shape
    shapes, densities, pits = np.empty(units), np.empty(units), np.empty(units)
    for unit in range(units):
        weights, shapes[unit] = smoothed(-pointwise[:, unit])
        densities[unit] = scipy.special.logsumexp(pointwise[:, unit], b=weights)
        pits[unit] = np.nan if cdf is None else float(weights @ cdf[:, unit])
    limit = min(1.0 - 1.0 / np.log10(size), K_LIMIT)
    found = Loo(
        units=units,
        persons=persons,
        limit=float(limit),
        high=_counted(int(np.sum(shapes > limit)), persons),
        very_high=_counted(int(np.sum(shapes >= 1.0)), persons),
        shapes=() if persons else tuple(round(float(k), 3) for k in np.maximum(shapes, -1.0)),
    )
    if units < FEWEST_UNITS:
        return found
    whole = scipy.special.logsumexp(pointwise, axis=0) - np.log(size)
    found = replace(
        found,
        elpd=float(densities.sum()),
        elpd_se=float(np.sqrt(units) * densities.std(ddof=1)),
        p_loo=float(whole.sum() - densities.sum()),
    )
    pits = pits[~np.isnan(pits)]
    if len(pits) < FEWEST_UNITS:
        return found
    return replace(found, pit=binned(pits), pit_p=uniform(pits))


def uniform(pits: Floats) -> float:
    """Return the probability of values at least as uneven, if they were uniform.

    The smaller of two, doubled: the distance between distribution functions (Kolmogorov and
    Smirnov), which is strong in the middle, and the variance of the normal scores, which is what
    too narrow or too wide a model gets wrong.

    Example:
        >>> uniform(np.linspace(0.01, 0.99, 99)) > 0.5
        True
    """
    distance = float(scipy.stats.kstest(pits, "uniform").pvalue)
    scores = scipy.special.ndtri(np.clip(pits, 1e-9, 1.0 - 1e-9))
    below = float(scipy.stats.chi2.cdf(np.sum(scores**2), len(pits)))
    return min(1.0, 2.0 * min(distance, 2.0 * min(below, 1.0 - below)))


def _counted(count: int, persons: bool) -> int:
    """One to four persons are told as four: no count is about fewer."""
    return FEWEST_PERSONS - 1 if persons and 0 < count < FEWEST_PERSONS else count


def binned(pits: Floats) -> tuple[float, ...]:
    """Return the share in each of as many equal parts as leave at least five in every one.

    Example:
        >>> binned(np.linspace(0.01, 0.99, 30))
        (0.2, 0.2, 0.2, 0.2, 0.2)
    """
    for bins in _BINS:
        counts = np.histogram(pits, bins=bins, range=(0.0, 1.0))[0]
        if counts.min() >= FEWEST_PERSONS:
            return tuple(round(float(count) / len(pits), 6) for count in counts)
    return ()


def _part(samples: Samples, one: slice) -> dict[str, Floats]:
    return {name: values[one] for name, values in samples.items()}


def _slices(size: int, units: int) -> Iterator[slice]:
    step = max(1, _LARGEST // units)
    for start in range(0, size, step):
        yield slice(start, start + step)
