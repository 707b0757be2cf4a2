"""From parameters to what happens to a person: any day, how many, and of which kind."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import scipy

from models.interface import Floats, Samples
from models.placement_days.spec import PlacementDays


@dataclass(frozen=True)
class Parts:
    """The parts of a person's days, dims (..., pattern) and (..., pattern, type).

    Attributes:
        any: log odds of any day.
        whole: log odds of the whole window, given any day.
        share: log odds of a day being in care, given some days but not all.
        allocation: share of the days that is of each kind.
    """

    any: Floats
    whole: Floats
    share: Floats
    allocation: Floats


@dataclass(frozen=True)
class Who:
    """Persons whose parts are asked for.

    Attributes:
        covariates: names of the columns of ``x``.
        x: standardised covariates, dims (pattern, covariate).
        biased: 1 for those like the treated, 0 for those like the comparison group, (pattern,).
        affected: 1 for those with the programme, dims (pattern,).
        place: ``study`` or ``new``.
    """

    covariates: tuple[str, ...]
    x: Floats
    biased: Floats
    affected: Floats
    place: str


def parts_of(
    samples: Samples,
    spec: PlacementDays,
    who: Who,
) -> Parts:
    """Return the parts of persons.

    Args:
        samples: parameters and latent variables, any common shape.
        spec: the block.
        who: the persons.
    """
    one = {name: np.asarray(value)[..., None] for name, value in samples.items()}

    def slope(part: str) -> Floats:
        total = np.zeros(len(who.x))
        for column, name in enumerate(who.covariates):
            total = total + one["covariate_sd"] * one[f"{part}_x_{name}_z"] * who.x[:, column]
        return total

    def part(name: str) -> Floats:
        effect = one[f"{name}_effect"] + one["between_place_sd"] * one[f"{name}_{who.place}_z"]
        return slope(name) + who.biased * one[f"{name}_bias"] + who.affected * effect

    amount = part("amount")
    shape = np.shape(amount)
    if len(spec.types) == 1:
        allocation = np.ones((*shape, 1))
    else:
        weights = [_weight(one, name, slope(name), who) for name in spec.types]
        stacked = np.stack([np.broadcast_to(w, shape) for w in weights], axis=-1)
        allocation = scipy.special.softmax(stacked, axis=-1)
    return Parts(
        any=np.broadcast_to(one["any_level"] + part("any"), shape),
        whole=one["whole_level"] + amount,
        share=one["amount_level"] + amount,
        allocation=allocation,
    )


def _weight(one: Samples, name: str, slope: Floats, who: Who) -> Floats:
    """Log weight of a kind of care."""
    effect = one["allocation_effect_sd"] * one[f"{name}_effect_z"]
    effect = effect + one["between_place_sd"] * one[f"{name}_{who.place}_z"]
    bias = one["allocation_bias_sd"] * one[f"{name}_bias_z"]
    level = one["allocation_sd"] * one[f"{name}_z"] + slope
    return np.asarray(level + who.biased * bias + who.affected * effect)


def precision(spread: Floats) -> Floats:
    """Return a + b of the beta whose two draws from the same person correlate by ``spread``."""
    return (1.0 - spread) / spread
