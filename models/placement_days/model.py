"""Days in care of persons, treated against comparison: any, how many, and of which kind.

    any day        ~ Bernoulli(expit(a + g·(b_a + θ_a)))
    whole window   ~ Bernoulli(expit(h + g·(b_m + θ_m)))                      given any day
    days − 1       ~ beta-binomial(W − 2, expit(m + g·(b_m + θ_m)), ρ)        else
    days by kind   ~ one kind k with P = π_k                                  with P = s
                   ~ Dirichlet-multinomial(days, π, κ)                        else
    log π_k        = σ·z_k + g·(b_k + θ_k) + constant

g is 1 for the treated. Each θ differs between places: θ_study = θ + τ·z_study in the studied one,
θ_new = θ + τ·z_new in a new one. Days are allocated: they can never be more than the window.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np

from models.interface import Data, Floats, Samples
from models.number import Number
from models.pit import drawn
from models.placement_days import amount, expected, graph, groups, statistics, words
from models.placement_days.design import days_of, design_of, facts_of
from models.placement_days.persons import log_persons, simulate
from models.placement_days.spec import Allocation, PlacementDays
from models.rows.frame import TREATED

if TYPE_CHECKING:
    import pymc as pm

_PRIORS = (
    "any_level",
    "whole_level",
    "amount_level",
    "amount_spread",
    "any_effect",
    "amount_effect",
    "between_place_sd",
)
_BATCH = 2_000_000  # persons and kinds that are simulated at a time

derive = expected.derive
learned_from = words.learned_from
statement = words.statement


def latent(spec: PlacementDays) -> tuple[str, ...]:
    """Return how places differ, and the log weights of kinds and the slopes of covariates."""
    names = [f"{part}_{place}_z" for part in ("any", "amount") for place in ("study", "new")]
    kinds = spec.types if len(spec.types) > 1 else ()
    for kind in kinds:
        names += [f"{kind}_z", *(f"{kind}_{x}_z" for x in ("effect", "bias", "study", "new"))]
    for part in ("any", "amount", *kinds):
        names += [f"{part}_x_{name}_z" for name in _covariates(spec)]
    return tuple(names)


def _covariates(spec: PlacementDays) -> tuple[str, ...]:
    return tuple(sorted(spec.rows.apart)) if spec.rows is not None else ()


def parameters(spec: PlacementDays) -> Mapping[str, Number]:
    """Return the priors by name; the comparison's bias is one value of each of two parts."""
    prior = spec.prior
    found: dict[str, Number] = {name: getattr(prior, name) for name in _PRIORS}
    found |= {f"{part}_bias": prior.comparison_bias for part in ("any", "amount")}
    if len(spec.types) > 1:
        found |= _of_allocation(prior.allocation)
    if prior.covariate_sd is not None and _covariates(spec):
        found["covariate_sd"] = prior.covariate_sd
    return found


def _of_allocation(prior: Allocation | None) -> dict[str, Number]:
    assert prior is not None
    return {
        "allocation_sd": prior.sd,
        "allocation_spread": prior.spread,
        "single_type": prior.single_type,
        "allocation_effect_sd": prior.effect_sd,
        "allocation_bias_sd": prior.bias_sd,
    }


def build(spec: PlacementDays) -> pm.Model:
    """Return the PyMC model of days by person, or of what was published."""
    import pymc as pm  # slow, and only a fit needs it

    with pm.Model() as model:
        found = graph.log_likelihood(parameters(spec), latent(spec), data(spec), spec)
        pm.Potential("log_days", found)
    return model


def data(spec: PlacementDays) -> Data:
    """Return days by person, or the persons and days that were published, by group."""
    return groups.published(spec) if spec.rows is None else facts_of(spec, days_of(spec))


def replicate(one: Samples, spec: PlacementDays, rng: np.random.Generator) -> Data:
    """Return the same of new persons; published sums are those of persons drawn one by one."""
    if spec.rows is None:
        return groups.new_groups(one, spec, rng)
    return facts_of(spec, simulate(one, spec, design_of(spec), rng))


def rows_of(data: Data, spec: PlacementDays) -> dict[str, tuple[float, ...]]:
    """Return days as columns: kind → days of each person, in the order of the rows."""
    return {name: tuple(map(float, data[f"days_{name}"])) for name in spec.types}


def log_likelihood(samples: Samples, spec: PlacementDays, data: Data) -> Floats:
    """Return the log likelihood of each person, or of each published statistic."""
    if spec.rows is None:
        return groups.log_groups(samples, spec, data)
    return log_persons(samples, spec, design_of(spec), statistics.by_person(spec, data))


def pit(samples: Samples, spec: PlacementDays, data: Data, rng: np.random.Generator) -> Floats:
    """Return P(days of a new person ≤ those of the observed), dims (sample, person).

    Of the days of all kinds together, drawn evenly among persons with as many. Only of rows.
    """
    total = statistics.by_person(spec, data).sum(axis=-1)
    return drawn(*amount.around(samples, spec, design_of(spec), total), rng)


def observed(spec: PlacementDays) -> dict[str, float]:
    """Return means, shares and spreads by group: as published, or of five persons at least."""
    seen = statistics.of(spec, data(spec))
    return {name: float(seen[name]) for name in statistics.shown(spec, data(spec))}


def predict(samples: Samples, spec: PlacementDays, rng: np.random.Generator) -> dict[str, Floats]:
    """Return the same statistics of new groups of the same persons, one per sample."""
    names = statistics.shown(spec, data(spec))
    shape = np.shape(samples["any_level"])
    flat = {name: np.reshape(value, -1) for name, value in samples.items()}
    count, size = flat["any_level"].size, sum(sizes(spec).values()) * len(spec.types)
    parts: dict[str, list[Floats]] = {name: [] for name in names}
    step = max(1, _BATCH // size)
    for start in range(0, count, step):
        some = {name: value[start : start + step] for name, value in flat.items()}
        new = statistics.of(spec, replicate(some, spec, rng))
        for name in names:
            parts[name].append(new[name])
    return {name: np.concatenate(found).reshape(shape) for name, found in parts.items()}


def sizes(spec: PlacementDays) -> dict[str, int]:
    """Return the number of persons in each group."""
    if spec.rows is None:
        return dict(
            zip(("comparison", "treated"), (a.persons for a in groups.arms_of(spec)), strict=True)
        )
    frame = spec.rows.frame
    treated = frame.count(TREATED)
    return {"comparison": len(frame) - treated, "treated": treated}
