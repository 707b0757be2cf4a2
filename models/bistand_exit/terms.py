"""The likelihood of one group as a sum of terms, whichever way it was published.

A count is one term. A net change is one for each number of households at the start and each at
the end that it can come from; where new households are counted as well, one for each way to split
those at the end. Every term is

    exp(constant) · on^stayed · off^left · a^new · exp(−base · a)

with on and off the probabilities of being with and without bistånd at the count, and a the new
households per household at the start. The base is summed out exactly: no draw of it is needed.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import scipy

from models.bistand_exit.arms import Arm, finals
from models.interface import Floats

ROWS = ("constant", "stayed", "left", "new", "base")


def terms_of(arm: Arm, seen: int) -> Floats:
    """Return the terms of a group, dims (one of :data:`ROWS`, term).

    Args:
        arm: how the group was published.
        seen: how many have left, or the printed change in units of its last decimal.
    """
    if arm.counts is not None:
        stayed = np.array([arm.counts[0] - seen])
        return _table(np.array([0.0]), np.array([arm.counts[0]]), stayed, np.array([0]))
    found = [
        (np.log(probability), base, final)
        for base, probability in arm.bases.items()
        for final in finals(base, seen, arm.decimals, entries=arm.entries)
    ]
    log_prior, base, final = (np.array(column) for column in zip(*found, strict=True))
    if not arm.entries:
        return _table(log_prior, base, final, np.zeros_like(base))
    each = np.minimum(base, final) + 1
    pair = np.repeat(np.arange(len(base)), each)
    stayed = np.concatenate([np.arange(number) for number in each])
    return _table(log_prior[pair], base[pair], stayed, final[pair] - stayed)


def _table(log_prior: Floats, base: Any, stayed: Any, new: Any) -> Floats:
    log = scipy.special.gammaln
    left = base - stayed
    choose = log(base + 1) - log(stayed + 1) - log(left + 1)
    arriving = new * np.log(base) - log(new + 1)
    return np.stack([log_prior + choose + arriving, stayed, left, new, base]).astype(np.float64)


def log_likelihood(terms: Floats, on: Floats, off: Floats, arriving: Floats | None) -> Floats:
    """Return the log likelihood of a group at each sample.

    Args:
        terms: of :func:`terms_of`.
        on: probability of being with bistånd at the count, dims (sample,).
        off: probability of being without, dims (sample,).
        arriving: new households per household at the start; ``None`` where none are counted.
    """
    constant, stayed, left, new, base = terms
    each = constant + scipy.special.xlogy(stayed, on[..., None])
    each = each + scipy.special.xlogy(left, off[..., None])
    if arriving is not None:
        a = arriving[..., None]
        each = each + new * np.log(a) - base * a
    return np.asarray(scipy.special.logsumexp(each, axis=-1))


def draw(
    arm: Arm, on: Floats, arriving: Floats | None, rng: np.random.Generator
) -> tuple[Floats, Floats]:
    """Return households at the start and at the end of as large a group, one pair a sample."""
    sizes, chance = np.array(list(arm.bases)), np.array(list(arm.bases.values()))
    base = rng.choice(sizes, np.shape(on), p=chance / chance.sum())
    final = rng.binomial(base, np.clip(on, 0.0, 1.0))
    if arriving is not None:
        final = final + rng.poisson(base * arriving)
    return np.asarray(base, dtype=np.float64), np.asarray(final, dtype=np.float64)


def printed(base: Floats, final: Floats, decimals: int) -> Floats:
    """Return the change in units of its last printed decimal, halves away from nought."""
    unit = 10 ** (2 + decimals)
    size = (2 * unit * np.abs(final - base) + base) // (2 * base)
    return np.asarray(np.sign(final - base) * size)
