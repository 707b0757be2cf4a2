"""The posterior of the exit from bistånd by enumeration and quadrature: the oracle of the sampler.

Independent arithmetic. Bases are enumerated and each printed change is tried by division; the
probability of being with bistånd after t years has a closed form, π + (on − π)·(1 − leave − back)ᵗ
with π = back / (leave + back). Given the yearly probabilities the groups say nothing of each
other's biases, so each bias is integrated for itself. Effect on a grid; an uncertain spread,
return effect, inflow or new level is an outer integral each.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product

import numpy as np
from scipy import interpolate, stats

from models.bistand_exit.arms import Arm
from models.bistand_exit.spec import BistandExit
from models.interface import Floats, Marginal
from models.number import Number
from models.quadrature import Tally, as_normal, carried, nodes, normal_nodes
from models.rows.frame import TREATED
from models.spec import value_of

_LEAVE, _BACK, _EFFECT, _BIAS, _OUTER, _ON = 101, 31, 121, 101, 15, 1201
# Integrated outside the grid, at too few points for quantiles.
_OUTSIDE = ("inflow", "return_effect")


def solve(spec: BistandExit) -> dict[str, Marginal]:
    """Return the exact posterior of every parameter but the spread, and of what is handed on.

    The effect's prior must be normal or certain. ``inflow`` and ``return_effect`` have moments
    only.

    Raises:
        TypeError: the effect has a prior of another family, or there are covariates.
    """
    if spec.rows is not None and spec.rows.covariates:
        raise TypeError("the oracle has no covariates")
    found: dict[str, Tally] = {}

    def add(name: str, x: Floats, weight: Floats) -> None:
        found.setdefault(name, Tally()).add(x, weight)

    for outer in _outer(spec):
        for name, x, weight in _given(spec, outer):
            add(name, np.asarray(x, dtype=np.float64), outer.weight * weight)
    return {
        name: one.marginal(quantiles=name not in _OUTSIDE) for name, one in found.items()
    } | _passed_on(spec)


@dataclass(frozen=True)
class _Outer:
    """One value of everything that is integrated outside the grid, and its prior weight."""

    weight: float
    tau: float
    inflow: float
    return_effect: float
    new_level: float


def _outer(spec: BistandExit) -> Iterator[_Outer]:
    prior = spec.prior
    axes = [
        _axis(number)
        for number in (prior.between_place_sd, prior.inflow, prior.return_effect, prior.new_level)
    ]
    for points in product(*axes):
        x, weight = zip(*points, strict=True)
        yield _Outer(float(np.prod(weight)), *x)


def _axis(number: Number | None) -> list[tuple[float, float]]:
    if number is None:
        return [(0.0, 1.0)]
    x, weight = nodes(number.distribution, _OUTER, (-4.5, 4.5))
    return [(float(a), float(b)) for a, b in zip(x, weight, strict=True)]


def _given(spec: BistandExit, outer: _Outer) -> Iterator[tuple[str, Floats, Floats]]:
    """Yield (name, points, unnormalised weight) given what is integrated outside."""
    leave, leave_weight = nodes(spec.prior.yearly_exit.distribution, _LEAVE)
    back, back_weight = nodes(spec.prior.yearly_return.distribution, _BACK)
    leave, back = leave[:, None], back[None, :]
    effect = as_normal(spec.prior.mean_effect.distribution)
    total = float(np.hypot(effect.sd, outer.tau))
    theta, theta_weight = normal_nodes(effect.mean, total, _EFFECT)
    weight = leave_weight[:, None] * back_weight
    bias = {}
    for name in spec.compared:
        each = _group_weight(spec, name, leave, back, outer.inflow)
        bias[name] = each
        weight = weight * each.sum(axis=-1)
    seen = weight[..., None] * theta_weight * _treated(spec, leave, back, theta, outer)
    both = seen.sum(axis=-1)
    for name, each in bias.items():
        share = np.einsum("ij,ijk->k", both / each.sum(axis=-1), each)
        points, _ = nodes(spec.prior.comparison_bias[name].distribution, _BIAS)
        yield f"comparison_bias_{name}", points, share
    yield "yearly_exit", leave, both
    yield "yearly_return", back, both
    if spec.prior.inflow is not None:
        yield "inflow", np.array(outer.inflow), np.asarray(both.sum())
    if spec.prior.return_effect is not None:
        yield "return_effect", np.array(outer.return_effect), np.asarray(both.sum())
    by_theta = seen.sum(axis=(0, 1))
    yield "mean_effect", *carried(theta, by_theta, effect, total, effect.sd**2, effect.mean)
    yield from _place(spec, "study", (leave, back), theta, seen, outer)
    new, moved = carried(theta, seen, effect, total, total**2, effect.mean)
    moved_level = _shifted(leave, outer.new_level)
    yield from _place(spec, "new", (moved_level, back), new, moved, outer)


def _place(
    spec: BistandExit,
    place: str,
    yearly: tuple[Floats, Floats],
    theta: Floats,
    weight: Floats,
    outer: _Outer,
) -> Iterator[tuple[str, Floats, Floats]]:
    """Yield what is handed on of one place."""
    leave, back = (one[..., None] for one in yearly)
    both = weight.sum(axis=-1)

    def on(years: int, *, treated: bool) -> Floats:
        if not treated:
            return _on(leave, back, years)
        changed = _shifted(leave, theta), _shifted(back, outer.return_effect)
        held = _on(*changed, min(years, spec.effect_years))
        return _on(leave, back, max(years - spec.effect_years, 0), held)

    without, treated = (on(spec.after_years, treated=one) for one in (False, True))
    gain = without - treated
    yield f"log_odds_{place}", _logit(without) - _logit(treated), weight
    if place == "study":
        yield "exit_gain_study", gain, weight
        return
    yield "exit_gain", gain, weight
    yield "without", 1.0 - without[..., 0], both
    yield "p_exit", yearly[0], both
    yield "p_return", yearly[1], both
    path = [on(t, treated=False) - on(t, treated=True) for t in range(spec.horizon_years + 1)]
    each = [(path[t - 1] + path[t]) / 2 for t in range(1, spec.horizon_years + 1)]
    yield "years_avoided", np.sum(each, axis=0), weight
    for t, one in enumerate(each, 1):
        yield f"avoided_year_{t}", one, weight


def _on(leave: Floats, back: Floats, years: int, start: Floats | float = 1.0) -> Floats:
    """Probability of being with bistånd after so many years."""
    either = np.maximum(leave + back, 1e-300)
    rest = back / either
    return np.asarray(rest + (start - rest) * (1.0 - leave - back) ** years)


def _shifted(p: Floats, shift: Floats | float) -> Floats:
    return np.asarray(1.0 / (1.0 + np.exp(_logit(1.0 - p) - shift)))


def _logit(p: Floats) -> Floats:
    with np.errstate(divide="ignore"):
        return np.asarray(np.log(p) - np.log1p(-p))


def _treated(
    spec: BistandExit, leave: Floats, back: Floats, theta: Floats, outer: _Outer
) -> Floats:
    """Likelihood of the treated, dims (leave, back, effect)."""
    if TREATED not in spec.groups:
        return np.ones((leave.shape[0], back.shape[1], len(theta)))
    if spec.treated is None:
        return _persons(
            spec,
            TREATED,
            (leave[..., None], back[..., None]),
            (_shifted(leave[..., None], theta), _shifted(back[..., None], outer.return_effect)),
        )
    years, leave, back = spec.treated.years, leave[..., None], back[..., None]
    changed = _shifted(leave, theta), _shifted(back, outer.return_effect)
    on = _on(*changed, min(years, spec.effect_years))
    on = _on(leave, back, max(years - spec.effect_years, 0), on)
    return _likelihood(spec.treated, on, outer.inflow)


def _group_weight(
    spec: BistandExit, name: str, leave: Floats, back: Floats, inflow: float
) -> Floats:
    """Prior times likelihood of a comparison group, dims (leave, back, bias)."""
    bias, weight = nodes(spec.prior.comparison_bias[name].distribution, _BIAS)
    yearly = _shifted(leave[..., None], bias), back[..., None]
    if name in spec.row_groups:
        return weight * _persons(spec, name, yearly, yearly)
    arm = spec.comparison[name]
    on = _on(*yearly, arm.years)
    return weight * _likelihood(arm, on, inflow)


def _likelihood(arm: Arm, on: Floats, inflow: float) -> Floats:
    """Probability of what was published of a group, given the probability of being on."""
    ladder = np.linspace(-40.0, 40.0, _ON)
    p = 1.0 / (1.0 + np.exp(-ladder))
    total = np.zeros_like(p)
    for base, probability in arm.bases.items():
        for final in _finals(arm, base):
            total += probability * _ends_at(arm, base, final, p, inflow)
    with np.errstate(divide="ignore"):
        spline = interpolate.CubicSpline(ladder, np.log(np.maximum(total, 1e-300)))
        place = np.clip(np.log(on) - np.log1p(-on), -40.0, 40.0)
    return np.asarray(np.exp(spline(place)))


_Yearly = tuple[Floats, Floats]


def _persons(spec: BistandExit, group: str, later: _Yearly, first: _Yearly) -> Floats:
    """Probability of the rows of a group, over that of the shares of each history in them.

    Every course of events that fits a history is followed by itself; ``first`` holds while the
    effect lasts, ``later`` after it.
    """
    assert spec.rows is not None  # only then has a group rows
    frame = spec.rows.frame
    columns = [frame.columns.get(f"on_year_{t}") for t in range(1, max(spec.followed) + 1)]
    histories = Counter(
        tuple(None if one is None else one[place] for one in columns)
        for place, of in enumerate(frame.group)
        if of == group
    )
    total: Floats = np.zeros(1)
    for history, count in histories.items():
        choices = [(0.0, 1.0) if one is None else (one,) for one in history]
        chance = sum(_course(spec, states, later, first) for states in product(*choices))
        total = total + count * (np.log(chance) - np.log(count / histories.total()))
    return np.exp(total)


def _course(spec: BistandExit, states: tuple[float, ...], later: _Yearly, first: _Yearly) -> Floats:
    """Probability of being with (1) and without (0) bistånd in just these years."""
    chance, before = np.ones(1), 1.0
    for year, state in enumerate(states):
        leave, back = first if year < spec.effect_years else later
        on = 1.0 - leave if before else back
        chance = chance * (on if state else 1.0 - on)
        before = state
    return np.asarray(chance)


def _finals(arm: Arm, base: int) -> list[int]:
    """Households at the end that give what was published, each tried by division."""
    if arm.counts is not None:
        return [base - arm.counts[1]]
    most = 3 * base if arm.entries else base
    unit = 10 ** (2 + arm.decimals)
    change = [unit * (final - base) / base for final in range(most + 1)]
    away = [np.sign(one) * np.floor(abs(one) + 0.5) for one in change]
    return [final for final, one in enumerate(away) if one == arm.printed]


def _ends_at(arm: Arm, base: int, final: int, p: Floats, inflow: float) -> Floats:
    if not arm.entries:
        return np.asarray(stats.binom.pmf(final, base, p))
    stayed = np.arange(min(base, final) + 1)
    arrive = stats.poisson.pmf(final - stayed, base * inflow * arm.years)
    return np.asarray(stats.binom.pmf(stayed, base, p[:, None]) @ arrive)


def _passed_on(spec: BistandExit) -> dict[str, Marginal]:
    """What no group says anything of: the share that is försörjningsstöd, and the state's."""
    found = {}
    for name in ("forsorjningsstod_share", "moved_to_state"):
        x, weight = nodes(getattr(spec.prior, name).distribution, 2001)
        if name == "forsorjningsstod_share" and spec.forsorjningsstod is not None:
            seen, error = spec.forsorjningsstod.share, spec.forsorjningsstod.standard_error
            weight = weight * stats.norm.pdf(value_of(seen), x, value_of(error))
        one = Tally()
        one.add(x, weight)
        found[name] = one.marginal(quantiles=True)
    return found
