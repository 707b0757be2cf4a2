"""The posterior of days in care by importance sampling: a simulated oracle of the sampler.

No closed form or grid reaches a dozen unknowns, so this one has an error, which it states. It
shares nothing with the sampled model: only what the likelihood can tell apart is integrated
(sums of effect and bias, log weights against the last kind of care), densities are scipy's, and
draws come from a multivariate t around the mode, weighted. Given those sums effect and bias are
jointly normal, and are drawn from that.
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from typing import Any

import numpy as np
from scipy import special, stats

from models import distributions as d
from models.interface import PROBABILITIES, Floats, Marginal
from models.number import Number
from models.placement_days.design import Design, days_of, design_of
from models.placement_days.groups import arms_of
from models.placement_days.spec import FAMILIES, INSTITUTIONS, PlacementDays
from models.priors import log_density

# Their stubs know neither functions of vectors nor many rows at a time.
_optimize: Any = import_module("scipy.optimize")
_shared: Any = stats.dirichlet_multinomial

DRAWS, SEED = 40_000, 20_200_101
_FREEDOM, _WIDER, _BATCH = 10.0, 1.1, 2_000


@dataclass(frozen=True)
class Reference:
    """Weighted draws from the posterior.

    Attributes:
        quantities: name → values, dims (draw,).
        weight: adds to one, dims (draw,).
    """

    quantities: dict[str, Floats]
    weight: Floats

    @property
    def size(self) -> float:
        """Number of independent draws that the weighted ones are worth."""
        return float(1.0 / np.sum(self.weight**2))

    def marginal(self, name: str) -> Marginal:
        """Return moments and quantiles; the error of the mean is sd / √size."""
        x, w = self.quantities[name], self.weight
        mean = float(w @ x)
        order = np.argsort(x)
        ends = np.cumsum(w[order])
        found = {p: float(x[order][np.searchsorted(ends, p)]) for p in PROBABILITIES}
        return Marginal(mean, float(np.sqrt(w @ (x - mean) ** 2)), found)


def solve(spec: PlacementDays) -> dict[str, Marginal]:
    """Return the posterior of each quantity, with the error of :func:`reference`."""
    found = reference(spec)
    return {name: found.marginal(name) for name in found.quantities}


def reference(spec: PlacementDays, draws: int = DRAWS, seed: int = SEED) -> Reference:
    """Return weighted draws of everything that is handed on.

    Raises:
        TypeError: a level, effect or bias has a prior that is not normal, or a standard deviation
            is uncertain.
    """
    target = _Target(spec)
    rng = np.random.default_rng(seed)
    mode, root = _around(target)
    noise = rng.standard_normal((draws, target.size))
    stretch = np.sqrt(_FREEDOM / rng.chisquare(_FREEDOM, draws))
    step = noise * stretch[:, None]
    at = mode + step @ root.T
    proposal = np.log1p(np.sum(step**2, axis=1) / _FREEDOM) * (_FREEDOM + target.size) / -2.0
    log = np.concatenate([target(part) for part in np.split(at, range(_BATCH, draws, _BATCH))])
    weight = np.exp(log - proposal - np.max(log - proposal))
    return Reference(target.handed_on(at, rng), weight / weight.sum())


def _around(target: _Target) -> tuple[Floats, Floats]:
    """The mode, and a root of somewhat more than the covariance there."""
    size, step = target.size, 1e-4
    eye = np.eye(size) * step

    def slope(x: Floats) -> Floats:
        values = target(np.concatenate([x + eye, x - eye]))
        return -(values[:size] - values[size:]) / (2.0 * step)

    found = _optimize.minimize(
        lambda x: -float(target(x[None])[0]), np.zeros(size), jac=slope, method="BFGS"
    )
    bend = np.array([(slope(found.x + e) - slope(found.x - e)) / (2.0 * step) for e in eye])
    covariance = np.linalg.inv((bend + bend.T) / 2.0)
    return np.asarray(found.x), np.linalg.cholesky(covariance) * _WIDER


@dataclass(frozen=True)
class _Linear:
    """Bias and effect of one part: their priors' means and variances."""

    bias: d.Normal
    effect: d.Normal
    tau: float

    @property
    def var(self) -> float:
        return float(self.bias.sd**2 + self.effect.sd**2 + self.tau**2)

    def given(self, phi: Floats, noise: tuple[Floats, Floats]) -> tuple[Floats, Floats]:
        """Bias, and effect in a new place, given bias + effect in the studied place."""
        apart = phi - self.bias.mean - self.effect.mean
        vb, ve, total = self.bias.sd**2, self.effect.sd**2, self.var or 1.0
        own, both = max(vb - vb**2 / total, 0.0), -vb * ve / total
        other = max(ve + self.tau**2 - ve**2 / total, 0.0)
        root = np.sqrt(own)
        shared = both / root if root > 0 else 0.0
        rest = np.sqrt(max(other - shared**2, 0.0))
        bias = self.bias.mean + vb / total * apart + root * noise[0]
        effect = self.effect.mean + ve / total * apart + shared * noise[0] + rest * noise[1]
        return bias, effect


class _Target:
    """Log posterior density of the unknowns, standard normal before the data but for shares."""

    def __init__(self, spec: PlacementDays) -> None:
        self.spec, self.design = spec, design_of(spec)
        self.kinds = len(spec.types) - 1
        prior, tau = spec.prior, _sd(spec.prior.between_place_sd)
        bias = _normal(prior.comparison_bias)
        self.any = _Linear(bias, _normal(prior.any_effect), tau)
        self.amount = _Linear(bias, _normal(prior.amount_effect), tau)
        self.shares = [prior.amount_spread]
        if prior.allocation is not None and self.kinds:
            own = prior.allocation
            self.kind_sd = _sd(own.sd)
            self.kind = _Linear(
                d.Normal(0.0, _sd(own.bias_sd)), d.Normal(0.0, _sd(own.effect_sd)), tau
            )
            self.shares += [own.spread, own.single_type]
        self.covariates = len(self.design.covariates)
        self.slope_sd = _sd(prior.covariate_sd) if prior.covariate_sd is not None else 0.0
        # Differences of independent normals from the last of them.
        self.apart = np.linalg.cholesky(np.eye(self.kinds) + 1.0) if self.kinds else np.eye(0)
        self.lengths = [2, 3, self.kinds, self.kinds, self.covariates * (2 + self.kinds)]
        self.size = sum(self.lengths) + len(self.shares)

    def parts(self, at: Floats) -> dict[str, Floats]:
        """Unknowns in their own scales, dims (draw, …)."""
        ends = np.cumsum(self.lengths)
        any_day, amount, level, moved, slopes, shares = np.split(at, ends, axis=1)
        prior = self.spec.prior
        levels = [_normal(x) for x in (prior.any_level, prior.whole_level, prior.amount_level)]
        slopes = slopes.reshape(len(at), 2 + self.kinds, self.covariates) * self.slope_sd
        found = {
            "any": levels[0].mean + levels[0].sd * any_day[:, 0],
            "any_moved": _moved(self.any, any_day[:, 1]),
            "whole": levels[1].mean + levels[1].sd * amount[:, 0],
            "used": levels[2].mean + levels[2].sd * amount[:, 1],
            "amount_moved": _moved(self.amount, amount[:, 2]),
            "slopes": slopes[:, :2],
            "shares": special.expit(shares),
        }
        if not self.kinds:
            return found
        return found | {
            "level": self.kind_sd * level @ self.apart.T,
            "moved": np.sqrt(self.kind.var) * moved @ self.apart.T,
            "kind_slopes": np.einsum("kl,dlc->dkc", self.apart, slopes[:, 2:]),
        }

    def __call__(self, at: Floats) -> Floats:
        """Return the log density up to a constant, dims (draw,)."""
        parts = self.parts(at)
        total = -0.5 * np.sum(at[:, : -len(self.shares)] ** 2, axis=1)
        for prior, logit, share in zip(
            self.shares, at.T[-len(self.shares) :], parts["shares"].T, strict=True
        ):
            if isinstance(prior.distribution, d.Fixed):
                total = total - 0.5 * logit**2
            else:
                inside = np.clip(share, 1e-300, 1.0 - 1e-16)
                total = total + log_density(prior, inside)
                total = total + special.log_expit(logit) + special.log_expit(-logit)
        design, own = self.design.by_person, self._shares(parts)
        g = design.treated
        odds = [
            parts["any"][:, None] + parts["slopes"][:, 0] @ design.x.T,
            parts["whole"][:, None] + parts["slopes"][:, 1] @ design.x.T,
            parts["used"][:, None] + parts["slopes"][:, 1] @ design.x.T,
        ]
        odds[0] = odds[0] + g * parts["any_moved"][:, None]
        odds[1], odds[2] = (x + g * parts["amount_moved"][:, None] for x in odds[1:])
        p, w, m = (special.expit(x) for x in odds)
        kinds = self._kinds(parts, design.x, g, None)
        log = _persons if self.spec.rows is not None else _groups
        return np.asarray(total + log(self.spec, design, (p, w, m, kinds), own))

    def _shares(self, parts: dict[str, Floats]) -> list[Floats]:
        """Spread and, where there are several kinds, mixing and single kind; dims (draw, 1)."""
        found = zip(self.shares, parts["shares"].T, strict=True)
        return [
            np.full((len(x), 1), p.distribution.value) if isinstance(p.distribution, d.Fixed)
            else x[:, None]
            for p, x in found
        ]  # fmt: skip

    def _kinds(
        self, parts: dict[str, Floats], x: Floats, g: Floats, moved: Floats | None
    ) -> Floats:
        """Share of the days by kind, dims (draw, person, kind)."""
        if not self.kinds:
            return np.ones((len(parts["any"]), len(x), 1))
        step = parts["moved"] if moved is None else moved
        weights = parts["level"][:, None] + g[:, None] * step[:, None]
        weights = weights + np.einsum("dkc,pc->dpk", parts["kind_slopes"], x)
        last = np.zeros((*weights.shape[:2], 1))
        return np.asarray(special.softmax(np.concatenate([weights, last], axis=-1), axis=-1))

    def handed_on(self, at: Floats, rng: np.random.Generator) -> dict[str, Floats]:
        """Return what the model hands on, for a new place."""
        parts, spec = self.parts(at), self.spec
        count = len(at)
        any_bias, any_effect = self.any.given(parts["any_moved"], _pair(rng, count))
        bias, effect = self.amount.given(parts["amount_moved"], _pair(rng, count))
        if self.kinds:
            noise = (rng.standard_normal((count, self.kinds)) @ self.apart.T for _ in range(2))
            kind_bias, kind_effect = self.kind.given(parts["moved"], tuple(noise))  # type: ignore[arg-type]  # two of them
        found = []
        people, weight = self.design.x[self.design.weight > 0], self.design.weight
        for on in (0.0, 1.0):
            placed, days = np.zeros(count), np.zeros((count, self.kinds + 1))
            for x, share in zip(people, weight[weight > 0], strict=True):
                slopes = parts["slopes"] @ x
                p = special.expit(parts["any"] + any_bias + on * any_effect + slopes[:, 0])
                moved = bias + on * effect + slopes[:, 1]
                w, m = special.expit(parts["whole"] + moved), special.expit(parts["used"] + moved)
                amount = w * spec.days + (1 - w) * (1 + (spec.days - 2) * m)
                step = kind_bias + on * kind_effect if self.kinds else None
                kinds = self._kinds(parts, x[None], np.ones(1), step)[:, 0]
                placed, days = placed + share * p, days + (share * p * amount)[:, None] * kinds
            found.append((placed, days))
        return _differences(spec, *found[0], *found[1])


def _differences(
    spec: PlacementDays, placed0: Floats, days0: Floats, placed1: Floats, days1: Floats
) -> dict[str, Floats]:
    found = {f"days_avoided_{x}": (days0 - days1)[:, k] for k, x in enumerate(spec.types)}
    found["days_avoided"] = (days0 - days1).sum(axis=1)
    found["days_without"] = days0.sum(axis=1)
    found["any_placement_gain"] = placed0 - placed1
    counted = [name in spec.institutions for name in spec.types]
    found["log_ratio_days"] = np.log(days1[:, counted].sum(1) / days0[:, counted].sum(1))
    if spec.substitutes:
        home = [name in FAMILIES for name in spec.types]
        both = [name in FAMILIES + INSTITUTIONS for name in spec.types]
        one, two = (x[:, home].sum(1) / x[:, both].sum(1) for x in (days0, days1))
        found["substitution"] = two - one
    return found


def _pair(rng: np.random.Generator, count: int) -> tuple[Floats, Floats]:
    return rng.standard_normal(count), rng.standard_normal(count)


_Four = tuple[Floats, Floats, Floats, Floats]


def _persons(spec: PlacementDays, design: Design, odds: _Four, own: list[Floats]) -> Floats:
    p, w, m, kinds = odds
    days, window = days_of(spec), design.window
    total = days.sum(axis=1)
    none, whole = total == 0, total == window
    some = ~none & ~whole
    found = np.log1p(-p[:, none]).sum(axis=1) + np.log(p[:, ~none]).sum(axis=1)
    found = found + np.log(w[:, whole]).sum(axis=1) + np.log1p(-w[:, some]).sum(axis=1)
    found = found + _beta_binomial(total[some] - 1, window[some] - 2, m[:, some], own[0]).sum(1)
    if len(spec.types) == 1:
        return np.asarray(found)
    rows, pi = days[~none].astype(np.int64), kinds[:, ~none]
    mixed = np.exp(_dirichlet(rows, pi, own[1]))
    single = np.count_nonzero(rows, axis=1) == 1
    alone = np.where(single, np.sum(pi * (rows > 0), axis=2), 0.0)
    return np.asarray(found + np.log(own[2] * alone + (1 - own[2]) * mixed).sum(axis=1))


def _groups(spec: PlacementDays, design: Design, odds: _Four, own: list[Floats]) -> Floats:
    p, w, m, kinds = odds
    found, window = np.zeros(len(p)), spec.days
    for k, arm in enumerate(arms_of(spec)):
        found = found + stats.binom.logpmf(arm.placed, arm.persons, p[:, k])
        if not arm.placed:
            continue
        total, n = sum(arm.totals), arm.placed
        part, n2, wk = m[:, k], window - 2, w[:, k]
        inside = n2 * part * (1 - part) * (1 + (n2 - 1) * own[0][:, 0])
        middle = 1 + n2 * part
        mean = wk * window + (1 - wk) * middle
        # Within and between those with the whole window and the others.
        variance = (1 - wk) * inside + wk * (1 - wk) * (window - middle) ** 2
        most, share = n * (window - 1), (mean - 1) / (window - 1)
        spread = (n * variance / (most * share * (1 - share)) - 1) / (most - 1)
        spread = np.clip(spread, 1e-6, 1 - 1e-6)[:, None]
        found = found + _beta_binomial(
            np.array([total - n]), np.array([most]), share[:, None], spread
        )[:, 0]  # fmt: skip
        if len(spec.types) > 1:
            cv2 = variance / mean**2
            alike = own[2][:, 0] + (1 - own[2][:, 0]) * own[1][:, 0]
            shared = alike * (total * (1 + cv2) / (n + cv2) - 1) / max(total - 1, 1)
            shared = np.clip(shared, 1e-6, 1 - 1e-6)[:, None]
            rows = np.array([arm.totals])
            found = found + _dirichlet(rows, kinds[:, [k]], shared)[:, 0]
    return found


def _beta_binomial(k: Floats, n: Floats, share: Floats, spread: Floats) -> Floats:
    size = 1.0 / spread - 1.0
    return np.asarray(stats.betabinom.logpmf(k, n, share * size, (1.0 - share) * size))


def _dirichlet(rows: Floats, share: Floats, spread: Floats) -> Floats:
    """Dims (draw, row)."""
    a = np.maximum(share * (1.0 / spread - 1.0)[..., None], 1e-300)
    return np.asarray(_shared.logpmf(rows, a, rows.sum(axis=1)))


def _moved(linear: _Linear, unit: Floats) -> Floats:
    return np.asarray(linear.bias.mean + linear.effect.mean + np.sqrt(linear.var) * unit)


def _normal(number: Number) -> d.Normal:
    match number.distribution:
        case d.Normal():
            return number.distribution
        case d.Fixed(value):
            return d.Normal(value, 0.0)
    raise TypeError(f"the oracle needs a normal prior, not {type(number.distribution).__name__}")


def _sd(number: Number) -> float:
    if not isinstance(number.distribution, d.Fixed):
        raise TypeError("the oracle needs a certain standard deviation")
    return number.distribution.value
