"""Measures that are a weighted sum of several estimates."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from models.quantity import SIGNED_SEK
from simulate.contract import money
from simulate.contract.terms import Reading
from simulate.draws.values import Floats, Values
from simulate.scenario.tree.measurements import Blend, Measurement


def blended(measure: Blend, parts: Mapping[str, Floats], values: Values) -> Floats:
    """Return Σ weight × part: money to the öre, everything else to twelve decimals.

    Args:
        measure: with its weights.
        parts: the estimates by id, in the unit of the measure.
        values: what the weights are.

    Example:
        >>> from simulate.draws.values import Central
        >>> blend = Blend(type="blend", title="b", unit="points", weights={"a": 0.8, "b": 0.2})
        >>> float(blended(blend, {"a": np.asarray(10.0), "b": np.asarray(-20.0)}, Central()))
        4.0
    """
    total: Floats = np.asarray(0.0)
    for key, weight in measure.weights.items():
        total = total + values.of(weight) * parts[key]
    if measure.dimension is SIGNED_SEK:
        return money.sek(money.ore(total))
    return np.round(total, 12)


def with_blends(
    measures: Mapping[str, Measurement], readings: Mapping[str, Reading], values: Values
) -> dict[str, Reading]:
    """Return the readings with every blend that is not there itself but whose parts all are."""
    parts = {key: one.value for key, one in readings.items()}
    found = dict(readings)
    for key, measure in measures.items():
        if not isinstance(measure, Blend) or key in found:
            continue
        if measure.weights.keys() <= parts.keys():
            found[key] = Reading(blended(measure, parts, values), measure.dimension)
    return found
