"""Days of single persons: how likely they are, and new ones by simulation. Numpy only."""

from __future__ import annotations

import numpy as np
import scipy

from models.interface import Floats, Samples
from models.placement_days.design import Design
from models.placement_days.parts import Parts, Who, parts_of, precision
from models.placement_days.spec import PlacementDays

_gammaln = scipy.special.gammaln
_log_expit = scipy.special.log_expit


def studied(samples: Samples, spec: PlacementDays, design: Design) -> Parts:
    """Return the parts of the persons that were studied."""
    treated = design.treated
    return parts_of(samples, spec, Who(design.covariates, design.x, treated, treated, "study"))


def log_persons(samples: Samples, spec: PlacementDays, design: Design, days: Floats) -> Floats:
    """Return the log likelihood of each person, dims (..., person).

    Args:
        samples: parameters and latent variables.
        spec: the block.
        design: of its rows.
        days: dims (person, type).
    """
    parts, who = studied(samples, spec, design), design.pattern
    total, window = days.sum(axis=-1), design.window[who]
    placed = parts.any[..., who]
    amount = np.where(
        total == window,
        _log_expit(parts.whole[..., who]),
        _log_expit(-parts.whole[..., who])
        + _log_some(total, window, parts.share[..., who], samples["amount_spread"]),
    )
    log = np.where(total == 0, _log_expit(-placed), _log_expit(placed) + amount)
    if len(spec.types) > 1:
        shared = _log_allocation(samples, parts.allocation[..., who, :], days)
        log = log + np.where(total > 0, shared, 0.0)
    return np.asarray(log)


def _log_some(total: Floats, window: Floats, share: Floats, spread: Floats) -> Floats:
    """Log of P(total) for one to all but one day: one more than a beta-binomial of W − 2 days."""
    n = window - 2.0
    k = np.clip(total - 1.0, 0.0, n)
    size = precision(np.asarray(spread))[..., None]
    a, b = scipy.special.expit(share) * size, scipy.special.expit(-share) * size
    ways = _gammaln(n + 1) - _gammaln(k + 1) - _gammaln(n - k + 1)
    return np.asarray(ways + scipy.special.betaln(k + a, n - k + b) - scipy.special.betaln(a, b))


def _log_allocation(samples: Samples, share: Floats, days: Floats) -> Floats:
    """Log of P(days by kind | their sum): one kind all through, or Dirichlet-multinomial."""
    total = days.sum(axis=-1)
    size = precision(np.asarray(samples["allocation_spread"]))[..., None]
    a = share * size[..., None]
    ways = _gammaln(total + 1) - _gammaln(days + 1).sum(axis=-1)
    mixed = ways + (_gammaln(days + a) - _gammaln(a)).sum(axis=-1)
    mixed = mixed + _gammaln(size) - _gammaln(total + size)
    one = np.asarray(samples["single_type"])[..., None]
    alone = np.log(one) + np.log(np.sum(share * ((days > 0) | (total == 0)[:, None]), axis=-1))
    both = np.log1p(-one) + mixed
    single = np.count_nonzero(days, axis=-1) == 1
    return np.asarray(np.where(single, np.logaddexp(both, alone), both))


def simulate(
    samples: Samples, spec: PlacementDays, design: Design, rng: np.random.Generator
) -> Floats:
    """Return days of new persons with the same design, dims (..., person, type)."""
    parts, who = studied(samples, spec, design), design.pattern
    window = np.broadcast_to(design.window[who].astype(np.int64), parts.any[..., who].shape)
    some = rng.random(window.shape) < scipy.special.expit(parts.any[..., who])
    whole = rng.random(window.shape) < scipy.special.expit(parts.whole[..., who])
    size = precision(np.asarray(samples["amount_spread"]))[..., None]
    used = share_of_two(parts.share[..., who], size, rng)
    total = np.where(whole, window, 1 + rng.binomial(window - 2, used)) * some
    kinds = parts.allocation[..., who, :]
    if len(spec.types) == 1:
        return total[..., None].astype(np.float64)
    size = precision(np.asarray(samples["allocation_spread"]))[..., None, None]
    mixed = _shares(kinds * size, rng)
    alone = rng.random(window.shape) < np.asarray(samples["single_type"])[..., None]
    chosen = rng.multinomial(1, kinds)
    return (
        np.where(alone[..., None], chosen * total[..., None], rng.multinomial(total, mixed)) * 1.0
    )


def share_of_two(logit: Floats, size: Floats, rng: np.random.Generator) -> Floats:
    """Return draws of a beta with mean expit(logit) and a + b = size."""
    p = scipy.special.expit(logit)
    shares = _shares(np.stack([p * size, (1.0 - p) * size], axis=-1), rng)
    return np.asarray(shares[..., 0])


def _shares(a: Floats, rng: np.random.Generator) -> Floats:
    """Draws of a Dirichlet. By logarithms: small weights would all be nought as numbers."""
    log = np.log(rng.standard_gamma(a + 1.0)) + np.log1p(-rng.random(a.shape)) / a
    return np.asarray(scipy.special.softmax(log, axis=-1))
