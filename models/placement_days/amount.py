"""How the days of all kinds together are distributed over persons, below and at what was seen."""

from __future__ import annotations

import numpy as np
import scipy

from models.interface import Floats, Samples
from models.placement_days.design import Design
from models.placement_days.parts import precision
from models.placement_days.persons import studied
from models.placement_days.spec import PlacementDays

# Below this log probability all of the distribution is on one side, to any accuracy.
_NEVER = -600.0


def around(
    samples: Samples, spec: PlacementDays, design: Design, total: Floats
) -> tuple[Floats, Floats]:
    """Return P(days < total) and P(days ≤ total), both dims (sample, person).

    Args:
        samples: parameters and latent variables, dims (sample,).
        spec: the block.
        design: of its rows.
        total: days of each person, dims (person,).
    """
    parts, who = studied(samples, spec, design), design.pattern
    window = design.window[who]
    none = scipy.special.expit(-parts.any[..., who])
    not_whole = scipy.special.expit(-parts.whole[..., who])
    below, upto = np.zeros_like(none), np.ones_like(none)
    some = (total > 0) & (total < window)
    share, expit = parts.share[..., who[some]], scipy.special.expit
    size = precision(np.asarray(samples["amount_spread"]))[..., None]
    fewer, at = _beta_binomial(
        total[some] - 1.0, window[some] - 2.0, expit(share) * size, expit(-share) * size
    )
    inside = (1.0 - none[..., some]) * not_whole[..., some]
    below[..., some] = none[..., some] + inside * fewer
    upto[..., some] = below[..., some] + inside * at
    upto = np.where(total == 0, none, upto)
    return np.where(total == window, none + (1.0 - none) * not_whole, below), upto


def _beta_binomial(k: Floats, n: Floats, a: Floats, b: Floats) -> tuple[Floats, Floats]:
    """Return P(K < k) and P(K = k), dims (sample, person).

    The sum goes from k to the nearer end, each term from the one before: no special function but
    one a person. Persons are taken in the order of how far it is, so that those who are done are
    left alone.
    """
    betaln, upper = scipy.special.betaln, k > n - k
    ways = -np.log1p(n) - betaln(n - k + 1.0, k + 1.0)
    log = ways + betaln(k + a, n - k + b) - betaln(a, b)
    steps = np.where(upper, n - k, k)
    order = np.argsort(-steps, kind="stable")
    # From the nearer end the person is at step ``j`` of n, with weights ``near`` and ``far``.
    near, far = (np.where(upper, x, y).T[order].copy() for x, y in ((b, a), (a, b)))
    j, many = steps[order][:, None], n[order][:, None]
    sums, term = np.zeros_like(near), np.ones_like(near)
    beside, at_k = np.empty_like(log), np.exp(log)
    with np.errstate(over="ignore", invalid="ignore"):
        for step in range(int(steps.max(initial=0.0))):
            active = int(np.searchsorted(-j[:, 0], -step, side="left"))
            at, whole = j[:active] - step, many[:active]
            term[:active] *= at * (whole - at + far[:active])
            term[:active] /= (whole - at + 1.0) * (at - 1.0 + near[:active])
            sums[:active] += term[:active]
        beside[..., order] = sums.T
        beside *= at_k
    middle = n * a / (a + b)
    beside = np.where(log < _NEVER, np.where(upper, k < middle, k > middle), beside)
    return np.where(upper, 1.0 - at_k - beside, beside), at_k
