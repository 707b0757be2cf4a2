"""The same likelihoods as PyTensor expressions, for the sampler. Constants are left out.

Written for the compiler, which takes longer than the sampler and counts operations: normal
variables are one vector, each with its own name beside; every log odds comes from one sum; the
rest is plain arithmetic on one vector a part, one entry a person, which becomes one loop.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from models import distributions as d
from models.interface import Data
from models.number import Number
from models.placement_days.design import design_of
from models.placement_days.groups import TINY, arms_of
from models.placement_days.linear import Linear, linear_of
from models.placement_days.spec import PlacementDays
from models.priors import variable

Terms = Mapping[str, Any]


def log_likelihood(
    parameters: Mapping[str, Number], latent: tuple[str, ...], data: Data, spec: PlacementDays
) -> Any:
    """Return the log likelihood up to a constant, and make the variables of the model in context.

    Args:
        parameters: with their priors.
        latent: names of the standard normal variables beside.
        data: becomes the data of the model, by name.
        spec: the block.
    """
    import pymc as pm

    seen = {name: pm.Data(name, values) for name, values in data.items()}
    one, odds = _unknowns(parameters, latent, linear_of(spec, design_of(spec)))
    if spec.rows is not None:
        return _of_persons(one, odds, spec, seen)
    return _of_groups(one, odds, spec, seen)


def _unknowns(
    parameters: Mapping[str, Number], latent: tuple[str, ...], linear: Linear
) -> tuple[dict[str, Any], Any]:
    """Parameters by name, and the log odds of each part, dims (part, pattern)."""
    import pymc as pm
    import pytensor.tensor as pt

    normal = [name for name, one in parameters.items() if isinstance(one.distribution, d.Normal)]
    free = [*(f"{name}_z" for name in normal), *latent]
    z = pm.Normal("z", shape=len(free))
    for place, name in enumerate(free):
        pm.Deterministic(name, z[place])
    one = {name: variable(name, prior) for name, prior in parameters.items() if name not in normal}
    start = np.zeros(len(linear.matrix))
    taken = np.zeros((len(linear.matrix), len(free)))
    added: Any = 0.0
    scale: Any = np.ones(len(free))
    for name, by, column in zip(linear.names, linear.scales, linear.matrix.T, strict=True):
        if by:
            taken[:, free.index(name)] = column
            place = np.eye(len(free))[free.index(name)]
            scale = scale + place * (one.get(by, 1.0) - 1.0)
        elif name in normal:
            prior: Any = parameters[name].distribution
            taken[:, free.index(f"{name}_z")] = column * prior.sd
            start += column * prior.mean
        elif isinstance(one[name], float):
            start += column * one[name]
        else:
            added = added + pt.as_tensor(column) * one[name]
    # Written out: a matrix product takes longer to compile than all the rest.
    odds = (taken * (scale * z)).sum(axis=1) + start + added
    size = len(start) // linear.parts
    return one, pt.split(odds, [size] * linear.parts, n_splits=linear.parts, axis=0)


def _of_persons(one: Terms, odds: list[Any], spec: PlacementDays, seen: Terms) -> Any:
    import pytensor.tensor as pt

    placed, whole, used, *weights = odds
    beyond, left = seen["beyond"], seen["left"]
    share = pt.sigmoid(used)
    inside = _log_shared([beyond, left], [share, 1.0 - share], one["amount_spread"])
    log = seen["placed"] * placed - pt.softplus(placed)
    log += seen["whole"] * whole - seen["placed"] * pt.softplus(whole) + seen["some"] * inside
    if not weights:
        return log.sum()
    days = [seen[f"days_{name}"] for name in spec.types]
    log_share = _log_softmax(weights)
    mixed = _log_shared(days, [pt.exp(x) for x in log_share], one["allocation_spread"])
    both = pt.log1p(-one["single_type"]) + mixed
    kind = sum(pt.gt(n, 0.0) * x for n, x in zip(days, log_share, strict=True))
    alone = pt.log(one["single_type"]) + kind
    # For persons with one kind log(e^alone + e^both), for the others both.
    return (log + seen["placed"] * both + seen["single"] * pt.softplus(alone - both)).sum()


def _of_groups(one: Terms, odds: list[Any], spec: PlacementDays, seen: Terms) -> Any:
    import pytensor.tensor as pt

    any_day, whole, used, *weights = odds
    persons = np.array([float(arm.persons) for arm in arms_of(spec)])
    placed, total = seen["placed"], seen["total"]
    log = placed * any_day - persons * pt.softplus(any_day)
    w, m = pt.sigmoid(whole), pt.sigmoid(used)
    window, n = float(spec.days), spec.days - 2.0
    some = 1.0 + n * m
    mean = w * window + (1.0 - w) * some
    square = n * m * (1.0 - m) * (1.0 + (n - 1.0) * one["amount_spread"]) + some**2
    variance = w * window**2 + (1.0 - w) * square - mean**2
    many = pt.maximum(placed, 1.0)
    most = many * (window - 1.0)
    share = (mean - 1.0) / (window - 1.0)
    spread = (many * variance / (most * share * (1.0 - share)) - 1.0) / (most - 1.0)
    within = pt.clip(total - placed, 0.0, most)
    amount = _log_shared([within, most - within], [share, 1.0 - share], _inside(spread))
    if weights:
        cv2 = variance / mean**2
        own = one["single_type"] + (1.0 - one["single_type"]) * one["allocation_spread"]
        spread = own * (total * (1.0 + cv2) / (many + cv2) - 1.0) / pt.maximum(total - 1.0, 1.0)
        days = [seen[f"days_{name}"] for name in spec.types]
        kinds = [pt.exp(x) for x in _log_softmax(weights)]
        amount += _log_shared(days, kinds, _inside(spread))
    return (log + pt.gt(placed, 0.0) * amount).sum()


def _inside(spread: Any) -> Any:
    import pytensor.tensor as pt

    return pt.clip(spread, TINY, 1.0 - TINY)


def _log_softmax(weights: list[Any]) -> list[Any]:
    import pytensor.tensor as pt

    total = weights[0]
    for one in weights[1:]:
        total = pt.logaddexp(total, one)
    return [one - total for one in weights]


def _log_shared(counts: list[Any], shares: list[Any], spread: Any) -> Any:
    """Log of the (Dirichlet-)multinomial of counts, without the number of ways."""
    import pytensor.tensor as pt

    size = (1.0 - spread) / spread
    total: Any = pt.gammaln(size) - pt.gammaln(sum(counts) + size)
    for count, share in zip(counts, shares, strict=True):
        total += pt.gammaln(count + share * size) - pt.gammaln(share * size)
    return total
