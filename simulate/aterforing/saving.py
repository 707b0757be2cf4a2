"""What an effect line saves in a year, if it is priced: count × price × realisable share."""

from __future__ import annotations

from functools import singledispatch

import numpy as np

from simulate.draws.values import Floats, Values
from simulate.scenario.tree.investment import AmountEffect, DaysEffect, Priced, UnitsEffect


def saving(effect: Priced, year: str, values: Values) -> Floats:
    """Return the realisable saving of a line in a year, SEK, dims (draw,) or ().

    Positive is lower cost; a line whose direction is ``more`` is negative.
    """
    sign = -1.0 if effect.direction == "more" else 1.0
    gross = _gross(effect, year, values)
    return np.asarray(sign * gross * values.of(effect.cashable))


@singledispatch
def _gross(effect: Priced, year: str, values: Values) -> Floats:
    raise NotImplementedError(type(effect).__name__)


@_gross.register
def _(effect: DaysEffect, year: str, values: Values) -> Floats:
    return np.asarray(values.of(effect.days[year]) * values.of(effect.price))


@_gross.register
def _(effect: UnitsEffect, year: str, values: Values) -> Floats:
    return np.asarray(values.of(effect.units[year]) * values.of(effect.price))


@_gross.register
def _(effect: AmountEffect, year: str, values: Values) -> Floats:
    return values.of(effect.amounts[year])
