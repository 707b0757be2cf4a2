"""Human gains: persons who reach what has no price, by chance and thanks to the insats."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import scipy

from models.spec import value_of
from simulate.draws.discrete import binomial
from simulate.draws.draw import Draws, full
from simulate.draws.values import Floats, Values
from simulate.scenario.tree.outcomes import Outcome, PersonsOutcome, gains_of

NO_TARGET = -1


@dataclass(frozen=True)
class Gain:
    """One human gain in one batch of futures, dims (draw,).

    Attributes:
        reached: number of persons who reach it, the chance of a finite group included.
        caused: expected number who reach it thanks to the insats.
        met: 1 where the target is met, 0 where not, :data:`NO_TARGET` without a target.
    """

    reached: Floats
    caused: Floats
    met: Floats


def gains(
    outcomes: Mapping[str, Outcome], draws: Draws, participants: Floats | None = None
) -> dict[str, Gain]:
    """Return every human gain, by id.

    Args:
        outcomes: of the scenario.
        draws: the batch.
        participants: size of the group where an outcome does not state one, dims (draw,).
    """
    found: dict[str, Gain] = {}
    for key, one in gains_of(outcomes).items():
        persons = participants if one.persons is None else np.round(draws.of(one.persons))
        if persons is None:
            raise ValueError(f"outcomes.{key}: no group")
        without = draws.of(one.without)
        rate = reaching(one, draws)
        known, reached_before = _known(one)
        u = draws.chance(key, one.CHANCE[0])
        left = np.maximum(persons - known, 0.0)
        reached = reached_before + binomial(u, *np.broadcast_arrays(left, full(rate)))
        caused = full(np.asarray(persons * (rate - without)))
        met = _met(one, reached, persons, draws)
        found[key] = Gain(reached, caused, full(np.asarray(met, dtype=np.float64)))
    return found


def reaching(one: PersonsOutcome, values: Values) -> Floats:
    """Return the share who reach it with the insats, dims (draw,) or ()."""
    if one.share is not None:
        return values.of(one.share)
    if one.effect is None:
        raise ValueError("neither effect nor share")
    without, effect = values.of(one.without), values.of(one.effect)
    rate = scipy.special.expit(scipy.special.logit(without) + effect)
    return np.where(effect == 0.0, without, rate)


def _known(one: PersonsOutcome) -> tuple[float, float]:
    """Of how many it is known, and how many of them reached it."""
    if one.answers is None:
        return 0.0, 0.0
    return value_of(one.answers.persons), value_of(one.answers.reached)


def _met(one: PersonsOutcome, reached: Floats, persons: Floats, draws: Draws) -> Floats:
    if one.target is not None:
        return np.asarray(reached >= draws.of(one.target))
    if one.target_share is not None:
        # A share of a whole number of persons: 80 % of 35 is 28, not 27.999….
        return np.asarray(reached >= np.ceil(draws.of(one.target_share) * persons - 1e-9))
    return np.asarray(NO_TARGET)
