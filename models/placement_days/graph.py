"""The same likelihoods as PyTensor expressions, for the sampler. Constants are left out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from models.interface import Data
from models.placement_days.design import design_of
from models.placement_days.groups import arms_of
from models.placement_days.spec import PlacementDays

Terms = Mapping[str, Any]
_TINY = 1e-6


def log_likelihood(one: Terms, data: Data, spec: PlacementDays) -> Any:
    """Return the log likelihood of the data up to a constant, inside a PyMC model.

    Args:
        one: parameters and latent variables of the model in context.
        data: becomes the data of the model, by name.
        spec: the block.
    """
    import pymc as pm

    seen = {name: pm.Data(name, values) for name, values in data.items()}
    return _of_persons(one, spec, seen) if spec.rows is not None else _of_groups(one, spec, seen)


def _studied(one: Terms, spec: PlacementDays) -> dict[str, Any]:
    """Log odds of each part, dims (pattern,), and log weights, dims (pattern, type)."""
    import pytensor.tensor as pt

    design = design_of(spec)
    treated = design.treated

    def slope(part: str) -> Any:
        terms = [
            one["covariate_sd"] * one[f"{part}_x_{name}_z"] * design.x[:, column]
            for column, name in enumerate(design.covariates)
        ]
        return sum(terms, np.zeros(len(treated)))

    def part(name: str) -> Any:
        effect = one[f"{name}_effect"] + one["between_place_sd"] * one[f"{name}_study_z"]
        return slope(name) + treated * (one[f"{name}_bias"] + effect)

    amount = part("amount")
    found = {
        "any": one["any_level"] + part("any"),
        "whole": one["whole_level"] + amount,
        "share": one["amount_level"] + amount,
    }
    if len(spec.types) == 1:
        return found
    weights = []
    for name in spec.types:
        moved = (
            one["allocation_bias_sd"] * one[f"{name}_bias_z"]
            + one["allocation_effect_sd"] * one[f"{name}_effect_z"]
            + one["between_place_sd"] * one[f"{name}_study_z"]
        )
        weights.append(one["allocation_sd"] * one[f"{name}_z"] + slope(name) + treated * moved)
    return found | {"weights": pt.stack(weights, axis=1)}


def _of_persons(one: Terms, spec: PlacementDays, seen: Terms) -> Any:
    import pytensor.tensor as pt

    design, parts = design_of(spec), _studied(one, spec)
    who, window = design.pattern, design.window[design.pattern]
    days = seen["days"]
    total = days.sum(axis=1)
    whole, placed = parts["whole"][who], parts["any"][who]
    n = window - 2.0
    some = _log_beta_binomial(n, pt.clip(total - 1.0, 0.0, n), pt.sigmoid(parts["share"]),
                              one["amount_spread"], who)  # fmt: skip
    amount = pt.switch(pt.eq(total, window), -pt.softplus(-whole), -pt.softplus(whole) + some)
    log = pt.switch(pt.eq(total, 0.0), -pt.softplus(placed), -pt.softplus(-placed) + amount)
    if len(spec.types) == 1:
        return log.sum()
    log_share = pt.special.log_softmax(parts["weights"], axis=1)
    size = _precision(one["allocation_spread"])
    mixed = _log_shared(days, total, pt.exp(log_share) * size, size, who)
    present = pt.gt(days, 0.0)
    alone = pt.log(one["single_type"]) + pt.switch(present, log_share[who], 0.0).sum(axis=1)
    both = pt.log1p(-one["single_type"]) + mixed
    single = pt.eq(present.sum(axis=1), 1)
    shared = pt.switch(single, pt.logaddexp(both, alone), both)
    return (log + pt.switch(pt.gt(total, 0.0), shared, 0.0)).sum()


def _of_groups(one: Terms, spec: PlacementDays, seen: Terms) -> Any:
    import pytensor.tensor as pt

    parts, who = _studied(one, spec), np.arange(2)
    persons = np.array([float(arm.persons) for arm in arms_of(spec)])
    placed, days = seen["placed"], seen["days"]
    total = days.sum(axis=1)
    log = -placed * pt.softplus(-parts["any"]) - (persons - placed) * pt.softplus(parts["any"])
    w, m = pt.sigmoid(parts["whole"]), pt.sigmoid(parts["share"])
    window, n = float(spec.days), spec.days - 2.0
    some = 1.0 + n * m
    mean = w * window + (1.0 - w) * some
    square = n * m * (1.0 - m) * (1.0 + (n - 1.0) * one["amount_spread"]) + some**2
    variance = w * window**2 + (1.0 - w) * square - mean**2
    many = pt.maximum(placed, 1.0)
    most = many * (window - 1.0)
    share = (mean - 1.0) / (window - 1.0)
    spread = (many * variance / (most * share * (1.0 - share)) - 1.0) / (most - 1.0)
    spread = pt.clip(spread, _TINY, 1.0 - _TINY)
    amount = _log_beta_binomial(most, pt.clip(total - placed, 0.0, most), share, spread, who)
    if len(spec.types) > 1:
        cv2 = variance / mean**2
        own = one["single_type"] + (1.0 - one["single_type"]) * one["allocation_spread"]
        spread = own * (total * (1.0 + cv2) / (many + cv2) - 1.0) / pt.maximum(total - 1.0, 1.0)
        size = _precision(pt.clip(spread, _TINY, 1.0 - _TINY))
        kinds = pt.special.softmax(parts["weights"], axis=1) * size[:, None]
        amount += _log_shared(days, total, kinds, size, who)
    return (log + pt.switch(pt.gt(placed, 0.0), amount, 0.0)).sum()


def _precision(spread: Any) -> Any:
    return (1.0 - spread) / spread


def _log_beta_binomial(n: Any, k: Any, share: Any, spread: Any, who: Any) -> Any:
    """Log of P(k of n), without the number of ways; ``share`` by pattern, ``who`` its persons."""
    import pytensor.tensor as pt

    size = _precision(spread)
    a, b = share * size, (1.0 - share) * size
    start = pt.gammaln(a + b) - pt.gammaln(a) - pt.gammaln(b)
    drawn = pt.gammaln(k + a[who]) + pt.gammaln(n - k + b[who]) - pt.gammaln(n + (a + b)[who])
    return start[who] + drawn


def _log_shared(days: Any, total: Any, a: Any, size: Any, who: Any) -> Any:
    """Log of the Dirichlet-multinomial, without the number of ways; ``a`` by pattern."""
    import pytensor.tensor as pt

    start = pt.gammaln(size) - pt.gammaln(a).sum(axis=1)
    drawn = pt.gammaln(days + a[who]).sum(axis=1) - pt.gammaln(total + size)
    return start[who] + drawn
