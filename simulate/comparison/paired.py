"""Differences between estimates of the same draws, with the error of the difference itself.

The draws are common, so an estimate's error is mostly that of the other too, and leaves with it::

    b − a ± mcse(influence of b − influence of a)

The posterior's part is added for each posterior apart: where both rest on the same one, by the
influence of the difference; where they do not, each has its own.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import xarray as xr
from numpy.typing import NDArray

from simulate.risk.error import Used, mcse_of_sum, used_by
from simulate.risk.estimate import Estimate
from simulate.risk.risk import Figure, estimated, estimates
from simulate.scenario.read import AnyScenario

Floats = NDArray[np.float64]
# Party and name of a measure.
Name = tuple[str, str]


@dataclass(frozen=True, eq=False)
class Assessed:
    """Every figure of some futures, and how each draw moves it.

    Attributes:
        figures: by party and measure.
        estimates: of each figure.
        used: which samples the draws used, by (block, what it is fitted to).
    """

    figures: Mapping[Name, Figure]
    estimates: Mapping[Name, Estimate]
    used: Mapping[tuple[str, str], Used]


@dataclass(frozen=True)
class Change:
    """A difference.

    Attributes:
        value: in the unit of the measure; ``None`` where one of the two has no value.
        mcse: Monte Carlo standard error of the difference.
    """

    value: float | None
    mcse: float | None


def assessed(
    scenario: AnyScenario,
    futures: xr.Dataset,
    shapes: Mapping[str, tuple[int, int]],
    digests: Mapping[str, str],
    wanted: Sequence[Name] | None = None,
) -> Assessed:
    """Return the figures of some futures with what differences between them need.

    Args:
        scenario, futures: whose.
        shapes: (chains, draws a chain) of each block's posterior.
        digests: of each block's posterior.
        wanted: which figures; all if left out.
    """
    samples = used_by(futures, shapes)
    used = {(block, digests[block]): one for block, one in zip(shapes, samples, strict=True)}
    figures, known = {}, {}
    for what, found in estimates(scenario, futures):
        name = (what.party, what.measure)
        if wanted is None or name in wanted:
            figures[name], known[name] = estimated(what, found, samples), found
    return Assessed(figures, known, used)


def combined(terms: Sequence[tuple[float, Assessed]], name: Name) -> Change:
    """Return a weighted sum of one figure over several sets of futures.

    Args:
        terms: weight and futures.
        name: of the figure.
    """
    found = [(weight, one, one.estimates.get(name)) for weight, one in terms]
    value = 0.0
    least = 0.0
    influence: Floats | None = None
    apart: dict[tuple[str, str], tuple[Floats, Used]] = {}
    for weight, one, estimate in found:
        if estimate is None or estimate.value is None:
            return Change(None, None)
        value += weight * estimate.value
        least = max(least, abs(weight) * estimate.least)
        if estimate.influence is None:
            continue
        part = weight * estimate.influence
        influence = part if influence is None else influence + part
        for key, used in one.used.items():
            before = apart[key][0] if key in apart else 0.0
            apart[key] = (before + part, used)
    if influence is None or not influence.any():
        return Change(value, least)
    return Change(value, max(mcse_of_sum(influence, apart.values()), least))


def difference(a: Assessed, b: Assessed, name: Name) -> Change:
    """Return how much larger a figure is in ``b`` than in ``a``.

    Where neither of two probabilities of 0 or 1 moved, the error is at least one draw.
    """
    return combined([(1.0, b), (-1.0, a)], name)
