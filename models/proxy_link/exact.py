"""The posterior of the chain by quadrature: the oracle of the sampler.

Independent arithmetic: the risks with and without success are solved for, not taken from a closed
form. The studies and the counts share no parameter, so their posteriors are worked out apart and
meet only in what is handed on. An uncertain spread is an outer integral; the confounding too.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from scipy import stats

from models.interface import Floats, Marginal
from models.proxy_link.spec import ProxyLink
from models.quadrature import Tally, as_normal, carried, nodes, normal_nodes
from models.spec import value_of

_FINE, _OUTER, _SETTING, _SHARES, _RISKS = 401, 41, 41, 13, 11
_Line = tuple[Floats, Floats]
_Add = Callable[[str, Floats, Floats], None]


def solve(spec: ProxyLink) -> dict[str, Marginal]:
    """Return the exact posterior of what is handed on, and of most parameters.

    Where the short run is counted, effect and bias must have normal (or certain) priors.

    Returns:
        Everything that is handed on, ``mean_risk_ratio``, and where the short run is counted
        ``comparison_success`` and ``short_run_effect``.

    Raises:
        TypeError: effect or bias has a prior of another family.
    """
    tallies: dict[str, Tally] = {}

    def add(name: str, x: Floats, weight: Floats) -> None:
        tallies.setdefault(name, Tally()).add(np.asarray(x), np.asarray(weight))

    ratio = _ratios(spec, add)
    effect = _effects(spec, add)
    for name in ("causal_share", "base_risk"):
        add(name, *nodes(getattr(spec.prior, name).distribution, 2001))
    _long_run(spec, ratio, effect, add)
    return {name: tally.marginal() for name, tally in tallies.items()}


def _ratios(spec: ProxyLink, add: _Add) -> _Line:
    """Return the log risk ratio in a new setting, as points and weights that add to one."""
    prior = spec.prior
    middle, weight = nodes(prior.mean_risk_ratio.distribution, _FINE)
    taus = list(zip(*nodes(prior.between_study_sd.distribution, _OUTER), strict=True))
    biases = [(0.0, 1.0)]
    if prior.confounding is not None:
        biases = list(zip(*nodes(prior.confounding.distribution, _OUTER), strict=True))
    logs = np.log(middle)
    # Widely enough for the studies and the prior; each setting's normal is laid out on it.
    reach = 9.0 * max(tau for tau, _ in taus)
    grid = np.linspace(logs.min() - reach, logs.max() + reach, 4 * _FINE)
    density = np.zeros_like(grid)
    for tau, tau_weight in taus:
        seen = np.zeros_like(weight)
        for bias, bias_weight in biases:
            one = weight * bias_weight
            for study in spec.studies.values():
                sd = np.hypot(study.standard_error, tau)
                one = one * stats.norm.pdf(np.log(value_of(study.risk_ratio)), logs + bias, sd)
            seen += tau_weight * one
        add("mean_risk_ratio", middle, seen)
        density += _spread(logs, seen, float(tau), grid)
    density /= density.sum()
    add("log_risk_ratio", grid, density)
    add("risk_ratio", np.exp(grid), density)
    return _thinned(grid, density, _SETTING)


def _spread(at: Floats, weight: Floats, tau: float, grid: Floats) -> Floats:
    """Mass on the grid of points that are each spread by a normal with sd ``tau``."""
    step = grid[1] - grid[0]
    if tau < 3 * step:
        # Too narrow to be seen on the grid: each point's mass goes to its two neighbours.
        place = (at - grid[0]) / step
        low = np.floor(place).astype(int)
        part = place - low
        high = np.minimum(low + 1, grid.size - 1)
        kept = np.bincount(low, weight * (1 - part), grid.size)
        return np.asarray(kept + np.bincount(high, weight * part, grid.size))
    return np.asarray(step * (stats.norm.pdf(grid[:, None], at, tau) @ weight))


def _thinned(x: Floats, weight: Floats, count: int) -> _Line:
    """Fewer points with the same mean in each of as many slices of nearly equal mass."""
    slices = np.minimum((np.cumsum(weight) - weight / 2) * count, count - 1e-9).astype(int)
    mass = np.bincount(slices, weight, count)
    kept = mass > 0
    means: Floats = np.bincount(slices, weight * x, count)[kept] / mass[kept]
    return means, mass[kept]


def _effects(spec: ProxyLink, add: _Add) -> _Line | None:
    """Return the short-run effect at a new place, log odds; ``None`` when nothing is counted."""
    prior = spec.prior
    if spec.short_run is None:
        return None
    assert prior.comparison_success is not None  # the form was checked
    assert prior.comparison_bias is not None and prior.short_run_effect is not None
    assert prior.between_place_sd is not None
    level, level_weight = nodes(prior.comparison_success.distribution, _FINE)
    effect = as_normal(prior.short_run_effect.distribution)
    bias = as_normal(prior.comparison_bias.distribution)
    points: list[_Line] = []
    for tau, tau_weight in zip(*nodes(prior.between_place_sd.distribution, _OUTER), strict=True):
        total = float(np.sqrt(effect.sd**2 + tau**2 + bias.sd**2))
        center = effect.mean + bias.mean
        both, both_weight = normal_nodes(center, total, _FINE)
        seen = tau_weight * level_weight[:, None] * both_weight * _counts(spec, level, both)
        add("comparison_success", level, seen.sum(axis=1))
        by_both = seen.sum(axis=0)
        own = effect.sd**2
        mean = carried(both, by_both, effect, total, own, center)
        add("short_run_effect", *mean)
        points.append(carried(both, by_both, effect, total, own + tau**2, center))
    x, weight = (np.concatenate(one) for one in zip(*points, strict=True))
    order = np.argsort(x)
    return x[order], weight[order] / weight.sum()


def _counts(spec: ProxyLink, level: Floats, both: Floats) -> Floats:
    assert spec.short_run is not None  # only then are there counts
    m, compared = spec.short_run.comparison.counts
    n, treated = spec.short_run.treated.counts
    odds = (level / (1.0 - level))[:, None] * np.exp(both)
    likely = stats.binom.pmf(treated, n, odds / (1.0 + odds))
    return np.asarray(likely * np.asarray(stats.binom.pmf(compared, m, level))[:, None])


def _long_run(spec: ProxyLink, ratio: _Line, effect: _Line | None, add: _Add) -> None:
    prior = spec.prior
    risk, risk_weight = nodes(prior.base_risk.distribution, _RISKS)
    causal, causal_weight = nodes(prior.causal_share.distribution, _SHARES)
    fewer = None if effect is None else _thinned(*effect, _SETTING)
    for before, weight in zip(*nodes(prior.success_without.distribution, _SHARES), strict=True):
        gain, gain_weight = _gain(spec, float(before), fewer, _SETTING)
        excess = _excess(np.exp(ratio[0])[:, None], risk, float(before))
        moved = np.multiply.outer(np.multiply.outer(gain, causal), excess)
        first = np.multiply.outer(gain_weight, causal_weight)
        joint = np.multiply.outer(first, np.outer(ratio[1], risk_weight))
        add("long_run_gain", moved, weight * joint)
    # The gain alone is cheap, and is laid out finely.
    for before, weight in zip(*nodes(prior.success_without.distribution, 201), strict=True):
        gain, gain_weight = _gain(spec, float(before), effect, 801)
        add("short_run_gain", gain, weight * gain_weight)


def _gain(spec: ProxyLink, before: float, effect: _Line | None, count: int) -> _Line:
    if effect is not None:
        odds = before / (1.0 - before) * np.exp(effect[0])
        return odds / (1.0 + odds) - before, effect[1]
    assert spec.prior.short_run_gain is not None  # the form was checked
    gain, weight = nodes(spec.prior.short_run_gain.distribution, count)
    return np.minimum(np.maximum(gain, -before), 1.0 - before), weight


def _excess(ratio: Floats, risk: Floats, success: float) -> Floats:
    """Solve r = s·good + (1 − s)·bad, bad = RR·good, with both risks at most one."""
    good = risk / (success + (1.0 - success) * ratio)
    bad = ratio * good
    over = bad > 1.0
    bad = np.where(over, 1.0, bad)
    good = np.where(over, (risk - (1.0 - success)) / success, good)
    over = good > 1.0
    good = np.where(over, 1.0, good)
    bad = np.where(over, (risk - success) / (1.0 - success), bad)
    return np.asarray(bad - good)
