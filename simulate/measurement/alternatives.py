"""Other measurements that could be defended as well: the same futures, another yardstick.

A number of an alternative takes the place, and the uniform numbers, of the one it replaces, so
the two are drawn as differently as their distributions differ and no more. Comparison groups are
nested, exactly: with X the sum of the agreed group's m gamma costs with coefficient of variation
CV, one of m′ persons has the sum

    X + Gamma((m′ − m)/CV²)·CV²        m′ > m
    X · Beta(m′/CV², (m − m′)/CV²)     m′ < m

Of several larger groups each holds the agreed one; what they have beyond it rises and falls
together. Costs of one person in windows of different lengths are as dear or as cheap in each.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import scipy

from models.number import Number
from simulate.draws.draw import Draws
from simulate.draws.values import Floats
from simulate.measurement.measured import Luck
from simulate.scenario.tree.measurements import Alternative, CostSaving
from simulate.scenario.tree.outcomes import CostOutcome

_NUMBERS = ("window", "drift", "indexation")


def changed(measure: CostSaving, one: Alternative) -> CostSaving:
    """Return the measure as the alternative has it, each number under the key it replaces."""
    updates: dict[str, object] = {}
    for name in _NUMBERS:
        new, old = getattr(one, name), getattr(measure, name)
        if isinstance(new, Number):
            updates[name] = new.at(old.key, new.source, new.kind)
    if one.window_from is not None:
        updates["window_from"] = one.window_from
    if one.persons is not None:
        persons = one.persons.at(measure.comparison.persons.key, None, None)
        updates["comparison"] = measure.comparison.model_copy(update={"persons": persons})
    return measure.model_copy(update=updates)


def nested(mean: Floats, u: Floats, sizes: tuple[Floats, Floats], cv: Floats) -> Floats:
    """Return the mean of a group that holds another, or is part of it.

    Args:
        mean: of the agreed group's costs, relative to what was to be expected.
        u: uniform numbers, for the persons that only one of the groups has.
        sizes: persons of the agreed group and of the other.
        cv: between persons.

    Example:
        >>> one, half = np.asarray(1.1), np.asarray(0.5)
        >>> float(nested(one, half, (np.asarray(60.0), np.asarray(60.0)), np.asarray(0.5)))
        1.1
    """
    agreed, other = np.broadcast_arrays(*sizes)
    shape = 1.0 / np.maximum(np.square(cv), 1e-12)
    gap = np.maximum(np.abs(other - agreed), 1e-9) * shape
    more = mean * agreed + scipy.special.gammaincinv(gap, u) / shape
    fewer = mean * agreed * scipy.special.betaincinv(np.minimum(other, agreed) * shape, gap, u)
    found = np.where(other > agreed, more, fewer) / np.maximum(other, 1e-9)
    return np.where((other == agreed) | (cv <= 0.0), mean, found)


def luck(
    key: str,
    measures: tuple[CostSaving, CostSaving],
    outcome: CostOutcome,
    own: Luck,
    draws: tuple[Draws, Draws],
) -> Mapping[str, Floats]:
    """Return the chance in an alternative: that of the agreed measure, with the group nested.

    Args:
        key: of the measure.
        measures: as agreed, and as the alternative has it.
        outcome: that both measure.
        own: chance of the agreed measure.
        draws: in which each of the measures is read.
    """
    sizes = tuple(
        there.of(one.comparison.persons) for there, one in zip(draws, measures, strict=True)
    )
    u = draws[0].chance(key, "compared_beyond")
    group = nested(own["expected"], u, (sizes[0], sizes[1]), draws[0].of(outcome.cv))
    return {**own, "expected": group}
