"""The posterior of the cost comparison by quadrature: the oracle of the sampler.

Independent arithmetic: densities by scipy, no PyMC. Three numbers carry the data, log level, CV
and φ = bias + θ_study; they are integrated on a grid. Given φ the rest is linear and Gaussian.
A spread τ that is itself uncertain is a fourth, outer integral.

Lines are one such posterior a group of lines. What adds the groups, or is not a log ratio, is
worked out from independent draws off the grids: a reference with an error of its own. Rows have
too many dimensions for a grid: importance sampling, with an error of its own too, and the numpy
likelihood, which tests hold to one that is added up person by person.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import optimize, stats

from models import distributions as d
from models.cost_comparison import hurdle, lines, rows
from models.cost_comparison.keys import Arm
from models.cost_comparison.spec import CostComparison
from models.importance import Functions, solve_by_importance
from models.interface import PROBABILITIES, Floats, Marginal
from models.number import Number
from models.quadrature import WHOLE, moments, narrowed, nodes
from models.spec import value_of

_LEVELS, _CVS, _SUMS, _SPREADS = 201, 41, 241, 31
_HURDLES = 301
_DRAWS = 400_000
_Window = tuple[float, float]


@dataclass(frozen=True)
class _Mixture:
    """Normals with weights that add to one; a sd of nought is a point."""

    weight: Floats
    mean: Floats
    sd: Floats

    def marginal(self) -> Marginal:
        mean, sd = moments(self.mean, self.weight)
        spread = float(np.sqrt(sd**2 + np.sum(self.weight * self.sd**2)))
        return Marginal(mean, spread, {p: self._quantile(p) for p in PROBABILITIES})

    def _quantile(self, p: float) -> float:
        # A sliver instead of nought keeps the distribution function continuous.
        sd = np.maximum(self.sd, 1e-9)

        def excess(x: float) -> float:
            return float(np.sum(self.weight * stats.norm.cdf(x, self.mean, sd))) - p

        low, high = np.min(self.mean - 9 * sd), np.max(self.mean + 9 * sd)
        return float(optimize.brentq(excess, low, high, xtol=1e-10))


def solve(spec: CostComparison) -> dict[str, Marginal]:
    """Return the exact posterior of each quantity, by the form the block is written in.

    Totals as in :func:`solve_totals`; with persons without cost the same of those who have one,
    and a grid for the share of the others. Lines: as totals for every group of lines, and by
    :data:`_DRAWS` independent draws what is derived of several. Rows: importance sampling.
    """
    solvers = {
        "totals": solve_totals,
        "hurdle": _solve_hurdle,
        "lines": _solve_lines,
        "rows": _solve_rows,
    }
    return solvers[spec.form](spec)


def _solve_rows(spec: CostComparison) -> dict[str, Marginal]:
    functions = Functions(rows.parameters, rows.latent, rows.log_likelihood, rows.derive)
    return solve_by_importance(functions, spec, rows.data(spec), np.random.default_rng(20_160_815))


def _solve_hurdle(spec: CostComparison) -> dict[str, Marginal]:
    """The part with costs and the part without share no parameter: two solutions, put together."""
    found = solve_totals(hurdle.paying(spec))
    share, share_weight = nodes(_prior(spec, "share_without_cost"), _HURDLES)
    shift, shift_weight = nodes(_prior(spec, "effect_without_cost"), _HURDLES)
    grid = share[:, None] + 0.0 * shift
    treated = 1.0 / (1.0 + (1.0 / share[:, None] - 1.0) * np.exp(-shift))
    log_like = np.zeros(grid.shape)
    for name, chance in (("comparison", grid), ("treated", treated)):
        if name in hurdle.arms(spec):
            n, without, _ = hurdle.arms(spec)[name]
            log_like += stats.binom.logpmf(without, n, chance)
    weight = share_weight[:, None] * shift_weight * np.exp(log_like - log_like.max())
    weight /= weight.sum()
    fewer = _moments(np.log((1.0 - treated) / (1.0 - grid)), weight)
    for name in ("log_ratio_study", "log_ratio_new"):
        spread = float(np.hypot(found[name].sd, fewer.sd))
        found[name] = Marginal(found[name].mean + fewer.mean, spread, {})
    some, cost = _moments(1.0 - grid, weight), found["mean_without"]
    square = (some.sd**2 + some.mean**2) * (cost.sd**2 + cost.mean**2)
    found["mean_without"] = _from_powers(some.mean * cost.mean, square)
    found["share_without_cost"] = _moments(grid, weight)
    found["effect_without_cost"] = _moments(shift + 0.0 * grid, weight)
    return found


def _prior(spec: CostComparison, name: str) -> d.Distribution:
    number: Number = getattr(spec.stated, name)
    return number.distribution


def _moments(x: Floats, weight: Floats) -> Marginal:
    return Marginal(*moments(x.reshape(-1), weight.reshape(-1)), {})


def _solve_lines(spec: CostComparison) -> dict[str, Marginal]:
    rng = np.random.default_rng(20_080_101)
    found: dict[str, Marginal] = {}
    drawn: dict[str, Floats] = {}
    for name, part in lines.parts(spec).items():
        found |= {f"{key}_{name}": one for key, one in solve_totals(part).items()}
        drawn |= {f"{key}_{name}": x for key, x in draws(part, _DRAWS, rng).items()}
    without = {name: drawn[f"mean_without_{name}"] for name in lines.parts(spec)}
    below = sum(without.values())
    for place in ("study", "new"):
        ratio = {name: np.exp(drawn[f"log_ratio_{place}_{name}"]) for name in without}
        above = sum(without[name] * ratio[name] for name in without)
        found[f"log_ratio_{place}"] = _sampled(np.log(above / below))
        if place == "new":
            found |= {
                f"change_{name}": _sampled(x * (ratio[name] - 1)) for name, x in without.items()
            }
    return found | {"mean_without": _sampled(np.asarray(below))}


def _sampled(x: Floats) -> Marginal:
    quantiles = {p: float(np.quantile(x, p)) for p in PROBABILITIES}
    return Marginal(float(np.mean(x)), float(np.std(x)), quantiles)


def draws(spec: CostComparison, count: int, rng: np.random.Generator) -> dict[str, Floats]:
    """Return independent draws off the grid of a block of totals, dims (draw,).

    Returns:
        ``log_ratio_study``, ``log_ratio_new`` and ``mean_without``.
    """
    taus, weight = nodes(spec.stated.between_place_sd.distribution, _SPREADS)
    grids = [_twice(spec, _linear(spec, float(tau))) for tau in taus]
    evidence = np.array([grid.log_evidence for grid in grids])
    weight = weight * np.exp(evidence - evidence.max())
    counts = rng.multinomial(count, weight / weight.sum())
    found: dict[str, list[Floats]] = {}
    for tau, grid, size in zip(taus, grids, counts, strict=True):
        for key, x in grid.draw(_linear(spec, float(tau)), int(size), rng).items():
            found.setdefault(key, []).append(x)
    order = rng.permutation(count)
    return {key: np.concatenate(parts)[order] for key, parts in found.items()}


def solve_totals(spec: CostComparison) -> dict[str, Marginal]:
    """Return the exact posterior of each quantity of a block of totals.

    Effect and bias must have normal (or certain) priors; level, CV and spread any.

    Returns:
        ``log_ratio_study``, ``log_ratio_new``, ``comparison_bias`` and ``mean_effect`` with
        quantiles; ``level`` and ``mean_without`` (SEK), ``log_level``, ``cv`` with moments only.

    Raises:
        TypeError: the effect or the bias has a prior of another family.
    """
    taus, weight = nodes(spec.stated.between_place_sd.distribution, _SPREADS)
    evidence, mixtures, raw = zip(*(_given_tau(spec, float(tau)) for tau in taus), strict=True)
    weight = weight * np.exp(np.array(evidence) - max(evidence))
    weight /= weight.sum()
    mixed = {
        name: _pool(weight, [part[name] for part in mixtures]).marginal() for name in mixtures[0]
    }
    return mixed | {
        name: _from_powers(*(weight @ np.array([part[name] for part in raw]))) for name in raw[0]
    }


def _pool(weight: Floats, parts: list[_Mixture]) -> _Mixture:
    return _Mixture(
        np.concatenate([w * part.weight for w, part in zip(weight, parts, strict=True)]),
        np.concatenate([part.mean for part in parts]),
        np.concatenate([part.sd for part in parts]),
    )


def _from_powers(first: float, second: float) -> Marginal:
    # Rounding can leave the variance of a certain number just below nought.
    return Marginal(float(first), float(np.sqrt(max(second - first**2, 0.0))), {})


@dataclass(frozen=True)
class _Linear:
    """θ̄, bias and their sum φ before the data, given τ: jointly normal."""

    effect: d.Normal
    bias: d.Normal
    tau: float

    @property
    def center(self) -> float:
        return self.effect.mean + self.bias.mean

    @property
    def study_var(self) -> float:
        return float(self.effect.sd**2 + self.tau**2)

    @property
    def total_var(self) -> float:
        return float(self.study_var + self.bias.sd**2)

    def given(self, phi: Floats, mean: float, own: float, shared: float) -> tuple[Floats, float]:
        """Mean and variance given φ of a normal that has ``own`` variance, ``shared`` with φ."""
        slope = shared / self.total_var if self.total_var else 0.0
        return mean + slope * (phi - self.center), max(own - slope * shared, 0.0)

    def nodes(self, window: _Window) -> tuple[Floats, Floats]:
        sd = float(np.sqrt(self.total_var))
        return nodes(d.Normal(self.center, sd) if sd else d.Fixed(self.center), _SUMS, window)


@dataclass(frozen=True)
class _Grid:
    """Posterior weights on the grid, given τ; ``over_cv`` has dims (level, φ)."""

    log_evidence: float
    level: Floats
    phi: Floats
    cvs: Floats
    over_cv: Floats
    by_cv: Floats

    @property
    def by_level(self) -> Floats:
        return np.asarray(self.over_cv.sum(axis=1))

    def draw(self, linear: _Linear, size: int, rng: np.random.Generator) -> dict[str, Floats]:
        """Independent draws, dims (draw,)."""
        cell = rng.choice(self.over_cv.size, size, p=self.over_cv.reshape(-1))
        level, phi = self.level[cell // self.phi.size], self.phi[cell % self.phi.size]
        bias_var = linear.bias.sd**2
        mean, variance = linear.given(phi, linear.bias.mean, bias_var, bias_var)
        bias = mean + np.sqrt(variance) * rng.standard_normal(size)
        study = phi - bias
        # The average over places given the studied one, and a new place around it.
        share = linear.effect.sd**2 / linear.study_var if linear.study_var else 0.0
        rest = linear.effect.sd**2 * (1.0 - share) + linear.tau**2
        middle = linear.effect.mean + share * (study - linear.effect.mean)
        new = middle + np.sqrt(rest) * rng.standard_normal(size)
        return {
            "log_ratio_study": study,
            "log_ratio_new": new,
            "mean_without": level * np.exp(bias),
        }

    def raw(self, linear: _Linear) -> dict[str, tuple[float, float]]:
        """First and second moments of what is not linear in φ."""
        # Given φ the bias is normal, so powers of exp(bias) have their lognormal expectations.
        bias_var = linear.bias.sd**2
        mean, variance = linear.given(self.phi, linear.bias.mean, bias_var, bias_var)
        factor = [self.over_cv @ np.exp(k * mean + k**2 * variance / 2) for k in (1, 2)]
        return {
            "level": _powers(self.by_level, self.level),
            "log_level": _powers(self.by_level, np.log(self.level)),
            "cv": _powers(self.by_cv, self.cvs),
            "mean_without": (float(self.level @ factor[0]), float(self.level**2 @ factor[1])),
        }


def _given_tau(
    spec: CostComparison, tau: float
) -> tuple[float, dict[str, _Mixture], dict[str, tuple[float, float]]]:
    """Return log evidence, Gaussian mixtures over φ, and (first, second) moments given τ."""
    linear = _linear(spec, tau)
    grid = _twice(spec, linear)
    phi, posterior = grid.phi, grid.over_cv.sum(axis=0)

    def given(mean: float, own: float, shared: float) -> _Mixture:
        middle, variance = linear.given(phi, mean, own, shared)
        return _Mixture(posterior, middle, np.full_like(phi, np.sqrt(variance)))

    effect, bias, study_var = linear.effect, linear.bias, linear.study_var
    mixtures = {
        "log_ratio_study": given(effect.mean, study_var, study_var),
        "log_ratio_new": given(effect.mean, study_var, effect.sd**2),
        "mean_effect": given(effect.mean, effect.sd**2, effect.sd**2),
        "comparison_bias": given(bias.mean, bias.sd**2, bias.sd**2),
    }
    return grid.log_evidence, mixtures, grid.raw(linear)


def _linear(spec: CostComparison, tau: float) -> _Linear:
    prior = spec.stated
    return _Linear(
        _normal(prior.mean_effect.distribution), _normal(prior.comparison_bias.distribution), tau
    )


def _twice(spec: CostComparison, linear: _Linear) -> _Grid:
    grid = _integrate(spec, linear, WHOLE, WHOLE)
    # Large groups leave a posterior much narrower than the prior: a second, closer look.
    return _integrate(
        spec, linear, narrowed(grid.by_level, WHOLE), narrowed(grid.over_cv.sum(axis=0), WHOLE)
    )


def _integrate(
    spec: CostComparison, linear: _Linear, level_window: _Window, phi_window: _Window
) -> _Grid:
    """Return the posterior on a grid of level, φ and CV between the stated prior z."""
    level, level_weight = nodes(spec.stated.level.distribution, _LEVELS, level_window)
    phi, phi_weight = linear.nodes(phi_window)
    cvs, cv_weight = nodes(spec.stated.cv.distribution, _CVS)
    treated_mean = level[:, None] * np.exp(phi)
    log_like = np.stack(
        [
            _loglik(spec.comparison, level, cv)[:, None] + _loglik(spec.treated, treated_mean, cv)
            for cv in cvs
        ],
        axis=-1,
    )
    top = log_like.max()
    weight = np.exp(log_like - top)
    weight *= level_weight[:, None, None] * phi_weight[:, None] * cv_weight
    evidence = weight.sum()
    weight /= evidence
    by_cv = weight.sum(axis=(0, 1))
    return _Grid(float(np.log(evidence) + top), level, phi, cvs, weight.sum(axis=2), by_cv)


def _powers(weight: Floats, x: Floats) -> tuple[float, float]:
    return float(weight @ x), float(weight @ x**2)


def _loglik(arm: Arm | None, mean: Floats, cv: float) -> Floats:
    if arm is None:
        return np.zeros_like(mean)
    n, total = value_of(arm.n), value_of(arm.total)
    return np.asarray(stats.gamma.logpdf(total, n / cv**2, scale=mean * cv**2))


def _normal(distribution: d.Distribution) -> d.Normal:
    match distribution:
        case d.Normal():
            return distribution
        case d.Fixed(value):
            return d.Normal(value, 0.0)
    raise TypeError(f"the oracle needs a normal prior, not {type(distribution).__name__}")
