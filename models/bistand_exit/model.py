"""Exit from ekonomiskt bistånd: a yearly chain, several comparison groups, unknown bases.

    leave, back                     yearly, of the treated had they not been treated
    logit leave of group k          + bias_k
    logit leave of the treated      + θ_study,   logit back + return effect, while it lasts
    θ_study = θ̄ + τ z_study,   θ_new = θ̄ + τ z_new
    households left, or left at the end of a printed change ~ binomial, base summed out

A group with many households moves the level more, but never further than its bias allows.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np
import scipy

from models.bistand_exit import households, terms, words
from models.bistand_exit.arms import Arm
from models.bistand_exit.chain import Course, avoided, multiplied
from models.bistand_exit.spec import BistandExit
from models.interface import Data, Floats, Samples
from models.number import Number
from models.pit import drawn
from models.priors import variable
from models.rows.frame import TREATED
from models.spec import value_of

if TYPE_CHECKING:
    import pymc as pm

_PRIORS = ("yearly_exit", "yearly_return", "mean_effect", "between_place_sd")
_OPTIONAL = ("return_effect", "new_level", "inflow", "covariate_sd")
_PASSED_ON = ("forsorjningsstod_share", "moved_to_state")
_PART = "forsorjningsstod"

learned_from = words.learned_from
statement = words.statement


def latent(spec: BistandExit) -> tuple[str, ...]:
    """Return how the studied place and a new one differ from others, and slopes of covariates."""
    return ("study_z", "new_z", *(f"x_{name}_z" for name in households.covariates(spec)))


def parameters(spec: BistandExit) -> Mapping[str, Number]:
    """Return the priors by name, one bias for each comparison group."""
    prior = spec.prior
    optional = {name: getattr(prior, name) for name in _OPTIONAL}
    return (
        {name: getattr(prior, name) for name in _PRIORS}
        | {name: number for name, number in optional.items() if number is not None}
        | {f"comparison_bias_{name}": prior.comparison_bias[name] for name in spec.compared}
        | {name: getattr(prior, name) for name in _PASSED_ON}
    )


def build(spec: BistandExit) -> pm.Model:
    """Return the PyMC model of the published groups and the households."""
    import pymc as pm  # slow, and only a fit needs it

    seen = data(spec)
    with pm.Model() as model:
        found = {name: variable(name, number) for name, number in parameters(spec).items()}
        found |= {name: pm.Normal(name) for name in latent(spec)}
        for name, arm in spec.arms.items():
            on, off = course(spec, name, found, pm.math.exp).path(arm.years)[-1]
            table = pm.Data(name, seen[name])
            constant, stayed, left, new, base = (table[row] for row in range(len(terms.ROWS)))
            each = constant + stayed * pm.math.log(on) + left * pm.math.log(off)
            if arm.entries:
                arriving = found["inflow"] * arm.years
                each = each + new * pm.math.log(arriving) - base * arriving
            pm.Potential(f"log_{name}", pm.math.logsumexp(each))
        for name, one in households.households(spec).items():
            table = pm.Data(households.key(name), seen[households.key(name)])
            chain = course(spec, name, found, pm.math.exp, _slope(spec, found, one.x))
            each = households.likelihood(chain, table, max(spec.followed))
            pm.Potential(f"log_rows_{name}", pm.math.log(each).sum())
        if spec.forsorjningsstod is not None:
            part = pm.Data(_PART, seen[_PART])
            error = value_of(spec.forsorjningsstod.standard_error)
            pm.Normal("share", found["forsorjningsstod_share"], error, observed=part)
    return model


def _slope(spec: BistandExit, one: Mapping[str, Any], x: Floats) -> Any:
    """Log odds of leaving above those of average covariates, last axis over households.

    ``None`` where there are no covariates.
    """
    names = households.covariates(spec)
    if not names:
        return None
    return one["covariate_sd"] * sum(
        one[f"x_{name}_z"] * x[:, place] for place, name in enumerate(names)
    )


def course(
    spec: BistandExit, group: str, one: Mapping[str, Any], exp: Any, slope: Any = None
) -> Course:
    """Return the chain of a group: the treated, or a comparison group.

    Args:
        spec: the block.
        group: name of the group.
        one: parameters and latent variables, arrays or variables of PyMC.
        exp: the exponential of such.
        slope: log odds of leaving of each household above the group's.
    """
    leave, back = one["yearly_exit"], one["yearly_return"]
    if slope is not None:
        leave = multiplied(leave, exp(slope))[0]
    if group != TREATED:
        return Course(leave, back, exp(one[f"comparison_bias_{group}"]))
    effect = one["mean_effect"] + one["between_place_sd"] * one["study_z"]
    return Course(leave, back, exp(effect), _back_times(one, exp), spec.effect_years)


def _back_times(one: Mapping[str, Any], exp: Any) -> Any:
    return exp(one["return_effect"]) if "return_effect" in one else 1.0


def data(spec: BistandExit) -> Data:
    """Return the terms of each group's likelihood, and the published share."""
    found = {
        name: terms.terms_of(arm, arm.counts[1] if arm.counts else arm.printed)
        for name, arm in spec.arms.items()
    }
    found |= households.seen(spec)
    if spec.forsorjningsstod is not None:
        found[_PART] = np.asarray(value_of(spec.forsorjningsstod.share))
    return found


def rows_of(data: Data, spec: BistandExit) -> Mapping[str, Floats]:
    """Return the status of each household at the end of each year: 1 with bistånd, 0 without."""
    return households.statuses(data, spec)


def replicate(one: Samples, spec: BistandExit, rng: np.random.Generator) -> Data:
    """Return new groups that were published in the same way, and new households seen as often."""
    found: dict[str, Floats] = {}
    for name, arm in spec.arms.items():
        base, final = _households(one, spec, name, arm, rng)
        seen = terms.printed(base, final, arm.decimals) if arm.counts is None else base - final
        found[name] = terms.terms_of(arm, int(seen))
    real = households.seen(spec)
    for name, who in households.households(spec).items():
        chain = course(spec, name, one, np.exp, _slope(spec, one, who.x))
        found[households.key(name)] = households.simulate(chain, real[households.key(name)], rng)
    if spec.forsorjningsstod is not None:
        error = value_of(spec.forsorjningsstod.standard_error)
        found[_PART] = np.asarray(rng.normal(one["forsorjningsstod_share"], error))
    return found


def _households(
    one: Samples, spec: BistandExit, name: str, arm: Arm, rng: np.random.Generator
) -> tuple[Floats, Floats]:
    on, _ = course(spec, name, one, np.exp).path(arm.years)[-1]
    return terms.draw(arm, np.asarray(on), _arriving(one, arm), rng)


def _arriving(one: Samples, arm: Arm) -> Floats | None:
    return np.asarray(one["inflow"] * arm.years) if arm.entries else None


def log_likelihood(samples: Samples, spec: BistandExit, data: Data) -> Floats:
    """Return the log likelihood of each unit, dims (sample, unit).

    A unit is a household of the rows, a published group, or the published share.
    """
    found = _log_households(samples, spec, data)
    parts: list[Floats] = []
    for name, arm in spec.arms.items():
        on, off = course(spec, name, samples, np.exp).path(arm.years)[-1]
        parts.append(terms.log_likelihood(data[name], on, off, _arriving(samples, arm)))
    if spec.forsorjningsstod is not None:
        error = value_of(spec.forsorjningsstod.standard_error)
        share = samples["forsorjningsstod_share"]
        parts.append(np.asarray(scipy.stats.norm.logpdf(data[_PART], share, error)))
    return np.concatenate([*found, *(part[..., None] for part in parts)], axis=-1)


def _log_households(samples: Samples, spec: BistandExit, data: Data) -> list[Floats]:
    """Log likelihood of each household, by group, dims (sample, household)."""
    last = {name: np.asarray(value)[..., None] for name, value in samples.items()}
    found = []
    for name, who in households.households(spec).items():
        chain = course(spec, name, last, np.exp, _slope(spec, last, who.x))
        each = households.likelihood(chain, data[households.key(name)], max(spec.followed))
        found.append(np.log(each))
    return found


def pit(samples: Samples, spec: BistandExit, data: Data, rng: np.random.Generator) -> Floats:
    """Return P(a new household ≤ the observed one), dims (sample, unit).

    Of how many years it was seen with bistånd, drawn evenly among those with as many; who was never
    seen is an even draw from 0 to 1. NaN of what was published: it is no household.
    """
    last = {name: np.asarray(value)[..., None] for name, value in samples.items()}
    found = []
    for name, who in households.households(spec).items():
        chain = course(spec, name, last, np.exp, _slope(spec, last, who.x))
        found.append(drawn(*households.counted(chain, data[households.key(name)]), rng))
    published = len(spec.arms) + (spec.forsorjningsstod is not None)
    shape = (*np.shape(samples["yearly_exit"]), published)
    return np.concatenate([*found, np.full(shape, np.nan)], axis=-1)


def derive(samples: Samples, spec: BistandExit) -> dict[str, Floats]:
    """Return effects, level and persistence; a positive gain is households that have left.

    ``avoided_year_t`` is the expected share of year t without bistånd thanks to the programme, a
    household of a new group; ``years_avoided`` is their sum up to the horizon.
    """
    tau, back = samples["between_place_sd"], samples["yearly_return"]
    level = new_level = samples["yearly_exit"]
    if spec.prior.new_level is not None:
        new_level = multiplied(level, np.exp(samples["new_level"]))[0]
    found: dict[str, Floats] = {}
    for place, leave, z in (("study", level, "study_z"), ("new", new_level, "new_z")):
        effect = samples["mean_effect"] + tau * samples[z]
        without, treated, average = _paths(samples, spec, leave, effect)
        (on_0, off_0), (on_1, off_1) = (one[spec.after_years] for one in (without, treated))
        found[f"log_odds_{place}"] = np.log(off_1 / on_1) - np.log(off_0 / on_0)
        found[f"gain_{place}"] = off_1 - off_0
    year = avoided(without, treated)[: spec.horizon_years]
    found["without"] = off_0
    found["exit_gain_study"], found["exit_gain"] = found.pop("gain_study"), found.pop("gain_new")
    found |= {"p_exit": average, "p_return": back, "years_avoided": np.sum(year, axis=0)}
    found |= {f"avoided_year_{number}": one for number, one in enumerate(year, 1)}
    return found | {name: samples[name] for name in _PASSED_ON}


_Path = list[tuple[Any, Any]]


def _paths(
    samples: Samples, spec: BistandExit, level: Floats, effect: Floats
) -> tuple[_Path, _Path, Floats]:
    """Return courses without and with the programme, and yearly exits without it.

    Over households like the treated, where there are covariates.
    """
    years = max(spec.horizon_years, spec.after_years)
    back, times = samples["yearly_return"], (np.exp(effect), _back_times(samples, np.exp))
    patterns, weights = households.treated_patterns(spec)
    each: list[tuple[Floats, Floats, Floats]] = []
    for x, weight in zip(patterns, weights, strict=True):
        leave = level
        if x.size:
            leave = multiplied(level, np.exp(_slope(spec, samples, x[None])))[0]
        without = np.array(Course(leave, back).path(years)[1:])
        treated = np.array(Course(leave, back, *times, spec.effect_years).path(years)[1:])
        each.append((weight * without, weight * treated, weight * leave))
    without, treated, average = (sum(parts) for parts in zip(*each, strict=True))
    start = [(1.0, 0.0)]
    return start + [tuple(x) for x in without], start + [tuple(x) for x in treated], average


def observed(spec: BistandExit) -> dict[str, float]:
    """Return what was published of each group: share that has left, or change.

    Of rows, the share with bistånd at the end of each year, where at least five were seen.
    """
    found = households.shares(spec)
    for name, arm in spec.arms.items():
        if arm.counts is not None:
            found[f"{name}_left"] = arm.counts[1] / arm.counts[0]
        else:
            found[f"{name}_change"] = arm.printed / 10 ** (2 + arm.decimals)
    if spec.forsorjningsstod is not None:
        found[_PART] = value_of(spec.forsorjningsstod.share)
    return found


def predict(samples: Samples, spec: BistandExit, rng: np.random.Generator) -> dict[str, Floats]:
    """Return the same of new groups."""
    found: dict[str, Floats] = {}
    for name, who in households.households(spec).items():
        for year, (x, count) in households.watched(spec, name, who).items():
            left: Any = 0.0
            for pattern, times in zip(x, count, strict=True):
                chain = course(spec, name, samples, np.exp, _slope(spec, samples, pattern[None]))
                left = left + rng.binomial(int(times), np.asarray(chain.path(year)[-1][0]))
            found[f"{name}_on_year_{year}"] = left / count.sum()
    for name, arm in spec.arms.items():
        base, final = _households(samples, spec, name, arm, rng)
        if arm.counts is not None:
            found[f"{name}_left"] = 1.0 - final / base
        else:
            unit = 10 ** (2 + arm.decimals)
            found[f"{name}_change"] = terms.printed(base, final, arm.decimals) / unit
    if spec.forsorjningsstod is not None:
        error = value_of(spec.forsorjningsstod.standard_error)
        found[_PART] = rng.normal(samples["forsorjningsstod_share"], error)
    return found


def sizes(spec: BistandExit) -> dict[str, int]:
    """Return the number of households in each group at the start, the most it can have been."""
    published = {name: max(arm.possible_bases) for name, arm in spec.arms.items()}
    return {name: len(who.x) for name, who in households.households(spec).items()} | published
