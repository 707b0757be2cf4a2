"""Published groups: persons with any day, and their days by kind, how likely they are. Numpy only.

The number of persons with any day is binomial. The sum of their days and how it is shared have no
closed form; each gets the distribution of the same family as for a person, within the same bounds,
with the moments that the sum has:

    total − m      ~ beta-binomial of m·(W − 1) days, with the mean and variance of the sum
    days by kind   ~ Dirichlet-multinomial of the total, with the mean and covariance of the sum
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import scipy

from models.interface import Data, Floats, Samples
from models.placement_days.design import Design, design_of
from models.placement_days.parts import Parts, precision
from models.placement_days.persons import simulate, studied
from models.placement_days.spec import Arm, PlacementDays

_gammaln = scipy.special.gammaln
TINY = 1e-6


def arms_of(spec: PlacementDays) -> tuple[Arm, Arm]:
    """Return comparison and treated, in the order of :data:`models.placement_days.design.ARMS`."""
    assert spec.comparison is not None and spec.treated is not None
    return spec.comparison, spec.treated


def published(spec: PlacementDays) -> Data:
    """Return persons with any day, their days, and their days of each kind, dims (arm,)."""
    arms = arms_of(spec)
    placed = np.array([arm.placed for arm in arms], dtype=np.float64)
    return _seen(spec, placed, np.array([arm.totals for arm in arms], dtype=np.float64))


def _seen(spec: PlacementDays, placed: Floats, days: Floats) -> Data:
    by_kind = {f"days_{name}": days[..., k] for k, name in enumerate(spec.types)}
    return {"placed": placed, "total": days.sum(axis=-1)} | by_kind


@dataclass(frozen=True)
class Sums:
    """What the sums of the placed persons of each arm are like, dims (..., arm).

    Attributes:
        share: mean of (total − m) as a share of m·(W − 1).
        spread: intraclass correlation of the beta-binomial that has the variance of the sum.
        effective: expected sum of squared shares of the total that single persons have.
    """

    share: Floats
    spread: Floats
    effective: Floats


def sums_of(samples: Samples, spec: PlacementDays, parts: Parts, placed: Floats) -> Sums:
    """Return what the sum of the days of ``placed`` persons is like, dims (..., arm)."""
    w, m = scipy.special.expit(parts.whole), scipy.special.expit(parts.share)
    spread = np.asarray(samples["amount_spread"])[..., None]
    days, n = float(spec.days), spec.days - 2.0
    some = 1.0 + n * m
    mean = w * days + (1.0 - w) * some
    square = n * m * (1.0 - m) * (1.0 + (n - 1.0) * spread) + some**2
    variance = w * days**2 + (1.0 - w) * square - mean**2
    persons = np.maximum(placed, 1.0)
    most = persons * (days - 1.0)
    share = (mean - 1.0) / (days - 1.0)
    own = (persons * variance / (most * share * (1.0 - share)) - 1.0) / (most - 1.0)
    cv2 = variance / mean**2
    return Sums(share, np.clip(own, TINY, 1.0 - TINY), (1.0 + cv2) / (persons + cv2))


def log_groups(samples: Samples, spec: PlacementDays, data: Data) -> Floats:
    """Return the log likelihood of each published statistic, dims (..., statistic)."""
    parts = studied(samples, spec, design_of(spec))
    persons = np.array([arm.persons for arm in arms_of(spec)], dtype=np.float64)
    placed, total = data["placed"], data["total"]
    days = np.stack([data[f"days_{name}"] for name in spec.types], axis=-1)
    some = placed > 0
    log_expit = scipy.special.log_expit
    count = _log_choose(persons, placed)
    count = count + placed * log_expit(parts.any) + (persons - placed) * log_expit(-parts.any)
    sums = sums_of(samples, spec, parts, placed)
    n = np.maximum(placed, 1.0) * (spec.days - 1.0)
    k = np.clip(total - placed, 0.0, n)
    size = precision(sums.spread)
    a, b = sums.share * size, (1.0 - sums.share) * size
    log = _log_choose(n, k) + scipy.special.betaln(k + a, n - k + b) - scipy.special.betaln(a, b)
    found = [count, np.where(some, log, 0.0)]
    if len(spec.types) > 1:
        shared = _log_shared(samples, parts.allocation, sums.effective, days)
        found.append(np.where(some, shared, 0.0))
    return np.concatenate(found, axis=-1)


def _log_shared(samples: Samples, share: Floats, effective: Floats, days: Floats) -> Floats:
    total = days.sum(axis=-1)
    single = np.asarray(samples["single_type"])[..., None]
    alike = np.asarray(samples["allocation_spread"])[..., None]
    # Of a person: variance π(1 − π)·(λT² + (1 − λ)T). Of the sum: the same, with ΣT² for T².
    own = single + (1.0 - single) * alike
    spread = own * (total * effective - 1.0) / np.maximum(total - 1.0, 1.0)
    size = precision(np.clip(spread, TINY, 1.0 - TINY))
    a = share * size[..., None]
    ways = _gammaln(total + 1) - _gammaln(days + 1).sum(axis=-1)
    drawn = (_gammaln(days + a) - _gammaln(a)).sum(axis=-1)
    return np.asarray(ways + drawn + _gammaln(size) - _gammaln(total + size))


def new_groups(samples: Samples, spec: PlacementDays, rng: np.random.Generator) -> Data:
    """Return the statistics of new groups, person by person, dims (..., arm).

    Nothing of the approximation is in them.
    """
    design = design_of(spec)
    sizes = [arm.persons for arm in arms_of(spec)]
    persons = Design(**{**vars(design), "pattern": np.repeat([0, 1], sizes)})
    days = simulate(samples, spec, persons, rng)
    arms = np.split(days, [sizes[0]], axis=-2)
    placed = np.stack([(arm.sum(axis=-1) > 0).sum(axis=-1) * 1.0 for arm in arms], axis=-1)
    return _seen(spec, placed, np.stack([arm.sum(axis=-2) for arm in arms], axis=-2))


def _log_choose(n: Floats, k: Floats) -> Floats:
    return np.asarray(_gammaln(n + 1) - _gammaln(k + 1) - _gammaln(n - k + 1))
