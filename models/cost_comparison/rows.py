"""Cost per person from rows: who has a cost at all, and how large it is for those who have.

    logit P(no cost of i) = logit s + x_i·γ + treated_i · η
    E(cost of i | a cost) = years_i · level · exp(x_i·β + u_p + treated_i · (bias + θ_p))
    θ_p = θ̄ + τ z_p,   u_p = σ_u z'_p       place p;   θ_new = θ̄ + τ z_new
    β, γ ~ N(0, coefficient_sd²) for standardised covariates x

Costs are gamma or lognormal with the stated CV around that mean. What is handed on is the log
ratio of means of the *whole* cost, those without one included, over the covariates of all persons
of both groups (standardisation); the places weigh as the treated do. The bias multiplies the whole
cost, so that no effect becomes more certain than the bias is. A missing covariate is missing at
random, its standardised value a standard normal of its own.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np
import scipy

from models.cost_comparison import hurdle, totals
from models.cost_comparison import persons as p
from models.cost_comparison.spec import CostComparison
from models.interface import Data, Floats, Samples
from models.language import say
from models.number import Number
from models.pit import drawn
from models.priors import variable
from models.rows.frame import TREATED

if TYPE_CHECKING:
    import pymc as pm

_ALWAYS = ("level", "cv", "mean_effect", "between_place_sd", "comparison_bias")
# Fewer persons behind a figure would say something of one of them.
LEAST = 5


def latent(spec: CostComparison) -> tuple[str, ...]:
    """Return places, slopes of covariates, and the values that are missing."""
    seen = p.persons(spec)
    places = range(1, seen.places + 1) if seen.places > 1 else ()
    slopes = range(1, seen.apart.shape[1] + 1)
    kinds = ("cost", "none") if spec.hurdle else ("cost",)
    return (
        *([f"place_z_{k}" for k in places] or ["study_z"]),
        *(f"place_level_z_{k}" for k in places),
        "new_z",
        *(f"{kind}_{k}" for kind in kinds for k in slopes),
        *(f"missing_{k}" for k in range(1, len(seen.holes) + 1)),
    )


def parameters(spec: CostComparison) -> Mapping[str, Number]:
    """Return the priors by name: those that the rows have a use for."""
    names = (*_ALWAYS, *hurdle.ZEROS, "coefficient_sd", "place_level_sd")
    stated = {name: getattr(spec.stated, name) for name in names}
    return {name: number for name, number in stated.items() if number is not None}


def data(spec: CostComparison) -> Data:
    """Return SEK of each person."""
    return {"cost": p.persons(spec).cost}


def build(spec: CostComparison) -> pm.Model:
    """Return the PyMC model of the persons' costs."""
    import pymc as pm  # slow, and only a fit needs it
    import pytensor.tensor as pt

    seen, known = p.persons(spec), parameters(spec)
    with pm.Model() as model:
        prior = {name: variable(name, number) for name, number in known.items()}
        z = {name: pm.Normal(name) for name in latent(spec)}
        cost = pm.Data("cost", seen.cost)
        effect, level = _places(prior, z, seen)
        log_mean = pt.log(prior["level"]) + np.log(seen.years) + level
        log_mean += _slopes(prior, z, seen, "cost")
        log_mean += seen.treated * (prior["comparison_bias"] + effect)
        positive = pt.gt(cost, 0.0)
        density = _log_density(pt.switch(positive, cost, 1.0), log_mean, prior["cv"], spec)
        if spec.hurdle:
            share, shift = (prior[name] for name in hurdle.ZEROS)
            odds = pt.log(share) - pt.log1p(-share) + seen.treated * shift
            odds += _slopes(prior, z, seen, "none")
            density -= pt.softplus(odds)
            density = pt.switch(positive, density, -pt.softplus(-odds))
        pm.Potential("log_cost", density.sum())
    return model


def _places(prior: Mapping[str, Any], z: Mapping[str, Any], seen: p.Persons) -> tuple[Any, Any]:
    """Effect and level of each person's place."""
    import pytensor.tensor as pt

    mean, tau = prior["mean_effect"], prior["between_place_sd"]
    if seen.places == 1:
        return mean + tau * z["study_z"], 0.0
    numbers = range(1, seen.places + 1)
    effect = mean + tau * pt.stack([z[f"place_z_{k}"] for k in numbers])
    level = prior["place_level_sd"] * pt.stack([z[f"place_level_z_{k}"] for k in numbers])
    return effect[seen.place], level[seen.place]


def _slopes(prior: Mapping[str, Any], z: Mapping[str, Any], seen: p.Persons, kind: str) -> Any:
    """What the covariates add on the log scale."""
    import pytensor.tensor as pt

    count = seen.apart.shape[1]
    if count == 0:
        return 0.0
    slope = prior["coefficient_sd"] * pt.stack([z[f"{kind}_{k}"] for k in range(1, count + 1)])
    added = pt.dot(seen.apart, slope)
    if seen.holes:
        rows, columns = (np.array(x) for x in zip(*seen.holes, strict=True))
        filled = pt.stack([z[f"missing_{k}"] for k in range(1, len(seen.holes) + 1)])
        added = pt.inc_subtensor(added[rows], slope[columns] * filled)
    return added


def _log_density(cost: Any, log_mean: Any, cv: Any, spec: CostComparison) -> Any:
    import pytensor.tensor as pt

    log_cost = pt.log(cost)
    if spec.distribution == "lognormal":
        variance = pt.log1p(cv**2)
        off = log_cost - log_mean + variance / 2.0
        return -(off**2) / (2.0 * variance) - 0.5 * pt.log(2 * np.pi * variance) - log_cost
    shape = 1.0 / cv**2
    ratio = log_cost - log_mean
    return shape * (pt.log(shape) + ratio - pt.exp(ratio)) - pt.gammaln(shape) - log_cost


def replicate(one: Samples, spec: CostComparison, rng: np.random.Generator) -> Data:
    """Return SEK of new persons with the same covariates, places and groups."""
    return {"cost": _drawn(one, p.persons(spec), spec, rng)}


def rows_of(data: Data, spec: CostComparison) -> dict[str, Floats]:
    """Return SEK of each person, in the order of the rows."""
    return {"cost": np.asarray(data["cost"], dtype=np.float64)}


def log_likelihood(samples: Samples, spec: CostComparison, data: Data) -> Floats:
    """Return the log likelihood of each person's cost, dims (sample, person)."""
    seen = p.persons(spec)
    cost = data["cost"]
    found = []
    for part in p.chunks(samples):
        mean, cv = np.exp(p.log_mean(part, seen)), np.asarray(part["cv"])[..., None]
        filled = np.where(cost > 0, cost, 1.0)
        if spec.distribution == "lognormal":
            sigma = np.sqrt(np.log1p(cv**2))
            scale = mean * np.exp(-(sigma**2) / 2)
            density = scipy.stats.lognorm.logpdf(filled, sigma, scale=scale)
        else:
            density = scipy.stats.gamma.logpdf(filled, 1 / cv**2, scale=mean * cv**2)
        odds = p.log_odds(part, seen, seen.treated)
        if odds is not None:
            some, none = -np.logaddexp(0.0, odds), -np.logaddexp(0.0, -odds)
            density = np.where(cost > 0, density + some, none)
        found.append(np.asarray(density))
    return p.joined(found, samples)


def pit(samples: Samples, spec: CostComparison, data: Data, rng: np.random.Generator) -> Floats:
    """Return P(cost of a new person ≤ that of the observed), dims (sample, person).

    Drawn evenly among those without a cost. A missing covariate is what the sample has it to be.
    """
    seen, cost = p.persons(spec), data["cost"]
    below, upto = [], []
    for part in p.chunks(samples):
        log_mean, cv = p.log_mean(part, seen), np.asarray(part["cv"])[..., None]
        # Up to the mean of all is any number: who has no cost does not use it.
        ratio = np.where(cost > 0, cost, 1.0) / np.exp(log_mean)
        if spec.distribution == "lognormal":
            sigma = np.sqrt(np.log1p(cv**2))
            smaller = scipy.special.ndtr(np.log(ratio) / sigma + sigma / 2)
        else:
            smaller = scipy.special.gammainc(1 / cv**2, ratio / cv**2)
        odds = p.log_odds(part, seen, seen.treated)
        none = np.zeros_like(smaller) if odds is None else scipy.special.expit(odds)
        whole = none + (1.0 - none) * smaller
        below.append(np.where(cost > 0, whole, 0.0))
        upto.append(np.where(cost > 0, whole, none))
    return drawn(p.joined(below, samples), p.joined(upto, samples), rng)


def derive(samples: Samples, spec: CostComparison) -> dict[str, Floats]:
    """Return log ratios of the whole cost, and SEK per person without the programme.

    Over the covariates of all persons; SEK per person and year where there is an exposure.
    """
    seen = p.persons(spec)
    parts = [_standardise(part, seen) for part in p.chunks(samples)]
    found = {name: p.joined([part[name] for part in parts], samples) for name in parts[0]}
    kept = ("level", "cv", "comparison_bias", *(hurdle.ZEROS if spec.hurdle else ()))
    return found | {name: samples[name] for name in kept}


def _standardise(samples: Samples, seen: p.Persons) -> dict[str, Floats]:
    """Means over all persons with and without the programme, dims (sample,)."""
    weight = np.exp(p.told_apart(samples, seen, "cost"))
    some = []
    for treated in (0.0, 1.0):
        odds = p.log_odds(samples, seen, treated)
        some.append(np.mean(weight if odds is None else weight * scipy.special.expit(-odds), -1))
    effect, level = p.by_place(samples, seen)
    without = np.exp(level) @ seen.weights
    study = np.log(np.exp(level + effect) @ seen.weights / without)
    new = samples["mean_effect"] + samples["between_place_sd"] * samples["new_z"]
    fewer = np.log(some[1] / some[0])
    base = samples["level"] * np.exp(samples["comparison_bias"])
    return {
        "log_ratio_study": fewer + study,
        "log_ratio_new": fewer + new,
        "mean_without": base * some[0] * without,
    }


def observed(spec: CostComparison) -> dict[str, float]:
    """Return mean and sd of the whole cost by group, and the share without one."""
    found = _statistics(p.persons(spec).cost, p.persons(spec), spec)
    return {name: float(x) for name, x in found.items()}


def predict(samples: Samples, spec: CostComparison, rng: np.random.Generator) -> dict[str, Floats]:
    """Return those statistics of new persons, one per sample."""
    seen = p.persons(spec)
    parts = []
    for part in p.chunks(samples):
        parts.append(_statistics(_drawn(part, seen, spec, rng), seen, spec))
    return {name: p.joined([part[name] for part in parts], samples) for name in parts[0]}


def _drawn(samples: Samples, seen: p.Persons, spec: CostComparison, rng: Any) -> Floats:
    """SEK of new persons, dims (…, person)."""
    mean, cv = np.exp(p.log_mean(samples, seen)), np.asarray(samples["cv"])[..., None]
    if spec.distribution == "lognormal":
        sigma = np.sqrt(np.log1p(cv**2))
        cost = mean * np.exp(sigma * rng.standard_normal(mean.shape) - sigma**2 / 2)
    else:
        # The smallest gamma draws of a wide spread round to nought, which would be no cost.
        cost = np.maximum(rng.gamma(np.broadcast_to(1 / cv**2, mean.shape)) * mean * cv**2, 1e-9)
    odds = p.log_odds(samples, seen, seen.treated)
    if odds is None:
        return np.asarray(cost)
    return np.where(rng.random(mean.shape) < scipy.special.expit(odds), 0.0, cost)


def _statistics(cost: Floats, seen: p.Persons, spec: CostComparison) -> dict[str, Floats]:
    found: dict[str, Floats] = {}
    for name, inside in (("comparison", seen.treated == 0), ("treated", seen.treated == 1)):
        own = cost[..., inside] / seen.years[inside]
        found[f"{name}_mean"] = np.mean(own, axis=-1)
        found[f"{name}_sd"] = np.std(own, axis=-1)
        without = int(np.sum(seen.cost[inside] == 0))
        # A share of so few persons that they could be known is left out.
        if spec.hurdle and min(without, int(inside.sum()) - without) >= LEAST:
            found[f"{name}_share_without_cost"] = np.mean(own == 0, axis=-1)
    return found


def sizes(spec: CostComparison) -> dict[str, int]:
    """Return the number of persons: treated, and all others."""
    frame = spec.own_rows.frame
    treated = frame.count(TREATED)
    return {"comparison": len(frame) - treated, "treated": treated}


def learned_from(spec: CostComparison, sizes: Mapping[str, int]) -> dict[str, str]:
    """Return what in the rows can move each parameter."""
    found = totals.learned_from(spec, sizes)
    persons = sum(sizes.values())
    found["cv"] = say("spridningen mellan {persons} personer", persons=persons)
    if len(spec.places) > 1:
        places = len(spec.places)
        found["between_place_sd"] = say("skillnaden mellan {places} platser", places=places)
        found["place_level_sd"] = found["between_place_sd"]
    if spec.hurdle:
        found |= hurdle.zeros_from(sizes)
    if spec.stated.coefficient_sd is not None:
        found["coefficient_sd"] = say("hur mycket bakgrunden skiljer kostnaden åt")
    return found


def statement(samples: Samples, spec: CostComparison, sizes: Mapping[str, int]) -> str:
    """Return one sentence on cost with against without, in the studied places."""
    if spec.hurdle:
        return hurdle.statement(samples, spec, sizes)
    return totals.statement(samples, spec, sizes)
