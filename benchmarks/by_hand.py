"""Team Nystart by hand: the same arithmetic as the engine, one flat numpy function.

No names, no streams, no errors, no units: what somebody would write who needed only this one
contract. The measure of how much the engine's generality costs.
"""

from __future__ import annotations

import numpy as np
from scipy import special, stats

YEARS = np.arange(2016, 2025)


def pert(u, low, mode, high):
    """Quantile of a PERT distribution."""
    width = high - low
    a, b = 1 + 4 * (mode - low) / width, 1 + 4 * (high - mode) / width
    return low + width * special.betaincinv(a, b, u)


def school(rng_u, assessed, shift, width, extra):
    """Sum of school points."""
    fall, rise = special.ndtr(-width - shift), special.ndtr(shift - width)
    negative = stats.binom.ppf(rng_u[0], assessed, fall)
    positive = stats.binom.ppf(rng_u[1], assessed - negative, rise / (1 - fall))
    up = positive + np.where(
        positive > 0, stats.nbinom.ppf(rng_u[2], np.maximum(positive, 1), 1 - extra), 0
    )
    down = negative + np.where(
        negative > 0, stats.nbinom.ppf(rng_u[3], np.maximum(negative, 1), 1 - extra), 0
    )
    return up - down


def pay(saving, points, drawn, delivered):
    """The contract, in floating point."""
    guarantee = np.where(delivered, 0.4 * drawn, 0.0)
    share = 0.6 * np.clip(saving, 0, drawn)
    upside = np.where(points > 0, np.minimum(0.2 * drawn, np.maximum(saving - drawn, 0)), 0.0)
    return guarantee, np.minimum(guarantee + share + upside, 1.2 * drawn)


def until(t, during, length, half):
    """Years of full effect until t."""
    inside = np.clip(t, 0, length)
    after = np.maximum(t - length, 0)
    return during * inside + half / np.log(2) * (1 - 2 ** (-after / half))


def by_hand(  # noqa: PLR0915  # flat on purpose: that is what it measures
    effects: np.ndarray, size: int, seed: int
) -> dict[str, np.ndarray]:
    """Return payments, values and returns of ``size`` futures in one go."""
    rng = np.random.default_rng(seed)
    u = rng.random((28, size))
    effect = np.sort(effects)[(u[0] * len(effects)).astype(int)]
    cost = [
        pert(u[1], 4.2e6, 5.2e6, 6e6),
        pert(u[2], 0.3e6, 1.6e6, 2.4e6),
        pert(u[3], 0.4e6, 0.7e6, 1.1e6),
        pert(u[4], 1.3e6, 1.5e6, 1.8e6),
    ]
    total = sum(cost)
    drawn = np.minimum(cost[0] + np.minimum(cost[1], 2.4e6) + cost[2] + cost[3], 10e6)
    length = pert(u[5], 0.5, 1.2, 2.2)
    rate = (70 + 10 * u[6]) * special.betaincinv(12, 8, u[7])
    first, last = 2016 + 227 / 366, 2018 + 180 / 365
    arrivals = stats.poisson.ppf(u[8], rate * (last - first))
    edges = np.linspace(0, 1, 5)
    persons = np.diff(np.minimum(np.floor(arrivals[:, None] * edges), 60), axis=1)
    starts = first + (last - first) * (edges[:-1] + edges[1:]) / 2
    n = persons.sum(axis=1)
    cv, during = pert(u[9], 0.25, 0.5, 0.8), pert(u[10], 0.2, 0.7, 1.0)
    half = 3 * np.exp(0.5 * special.ndtri(u[11]))
    drift = 0.08 + 0.08 * special.ndtri(u[12])
    short, long = special.betaincinv(6, 4, u[13]), special.betaincinv(17, 3, u[14])
    trend, shift = -0.2 + 0.2 * special.ndtri(u[15]), 0.4 * special.ndtri(u[16])
    width = np.sqrt(0.3) * np.exp(np.log(1 / 0.3) / 3.2897 * special.ndtri(u[17]))
    extra = special.betaincinv(2, 6, u[18])
    assessed = stats.binom.ppf(u[19], n, special.betaincinv(16, 4, u[20]))
    delivered = u[21] < 0.98
    price = 1693333.33
    z_e = special.gammaincinv(61 / cv**2, u[22]) * cv**2 / 61
    z_a = special.gammaincinv(n / cv**2, u[23]) * cv**2 / n
    window = until(2.0, during, length, half)
    points = {
        "own": school(u[24:28], assessed, trend + shift, width, extra),
        "zero": school(u[24:28], assessed, trend, width, extra),
    }
    out = {}
    even = -0.1255
    for name, e, d in (
        ("own", effect, drift),
        ("zero", 0.0, drift),
        ("calm", 0.0, 0.0),
        ("even", even, drift),
        ("even_calm", even, 0.0),
    ):
        yearly = -price / 2 * np.expm1(e) * np.ones(size)
        true = n * yearly * window
        measured = n * price * np.exp(-d) * z_e - (n * price - true) * z_a
        k = points["own" if name == "own" else "zero"]
        guarantee, paid = pay(measured, k, drawn, delivered)
        out |= {f"paid_{name}": paid, f"only_{name}": paid == guarantee}
        if name == "own":
            out |= {"true": true, "measured": measured}
    yearly = -price / 2 * np.expm1(effect)
    since = YEARS[None, None, :] - starts[None, :, None]
    course = until(since, during[:, None, None], length[:, None, None], half[:, None, None])
    saving = yearly[:, None] * np.einsum("dc,dcy->dy", persons, np.diff(course, axis=2))
    mid = YEARS[:-1] + 0.5
    ramp = np.clip((mid - first) / 3, 0, 1)
    cash = saving * (short[:, None] + (long - short)[:, None] * ramp)
    flows = {"kommun": cash.copy(), "investor": np.zeros_like(cash)}
    for year in (0, 1, 1, 2, 2):
        flows["kommun"][:, year] += (drawn - total) / 5
        flows["investor"][:, year] -= drawn / 5
    flows["kommun"][:, 4] -= out["paid_own"]
    flows["investor"][:, 4] += out["paid_own"]
    t = np.maximum(mid - (2016 + 80 / 366), 0)
    rates = {"kommun": np.full(size, 0.0175), "investor": pert(u[27], 0.01, 0.025, 0.05)}
    flows["society"] = flows["kommun"] + flows["investor"]
    rates["society"] = np.full(size, 1.035 * 1.02 - 1)
    for name, f in flows.items():
        factor = (1 + rates[name])[:, None] ** -t
        out[f"npv_{name}"] = (f * factor).sum(axis=1)
        for kind, g in (("simple", f), ("discounted", f * factor)):
            below = np.cumsum(g, axis=1) < 0
            last_below = below.shape[1] - 1 - np.argmax(below[:, ::-1], axis=1)
            out[f"payback_{kind}_{name}"] = np.where(below.any(axis=1), last_below + 1, -1)
    days = np.array([0.0, 184, 365, 549, 730, 1538]) / 365
    dated = np.column_stack([*[-drawn / 5] * 5, out["paid_own"]])
    x = np.zeros(size)
    for _ in range(12):
        terms = dated * np.exp(-x[:, None] * days)
        x = np.clip(x + terms.sum(axis=1) / (terms * days).sum(axis=1), -20, 20)
    out["irr"] = np.expm1(x)
    return out
