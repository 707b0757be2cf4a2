"""What an effect line saves in a year, if it is priced: count × price × realisable share."""

from __future__ import annotations

from functools import singledispatch

import numpy as np

from models.number import Number
from simulate.draws.values import Floats, Values
from simulate.scenario.tree.investment import (
    AmountEffect,
    CasesEffect,
    CostRatio,
    DaysEffect,
    Directed,
    Lines,
    PercentageEffect,
    PersonDays,
    PersonYears,
    Priced,
    Signed,
    Substitution,
    UnitsEffect,
)
from simulate.scenario.tree.yearly import in_year


def saving(effect: Priced, investment: Lines, year: str, values: Values) -> Floats:
    """Return the realisable saving of a line in a year, SEK, dims (draw,) or ().

    Positive is lower cost. A line whose direction is ``more`` is negative, as is one where days,
    years or costs grow, and one that comes in the place of a saving.
    """
    gross = _gross(effect, investment, year, values)
    return np.asarray(gross * _leaves(effect, gross, year, values))


def _leaves(effect: Priced, gross: Floats, year: str, values: Values) -> Floats:
    """Return the share that leaves a budget, or comes to it where the cost grows.

    Law: an average cost that falls seldom leaves in full, but what is bought more of is paid for.
    """
    share = values.of(in_year(effect.cashable, year))
    if not isinstance(effect, Signed):
        return share
    own = effect.cashable_growth
    growth = 1.0 if own is None else values.of(in_year(own, year))
    return np.where(gross < 0.0, growth, share)


def level(effect: Priced, investment: Lines, values: Values) -> Floats:
    """Return how much of a line comes true, dims (draw,) or (): one where it does not say.

    What comes in the place of a saving cannot come without it, so it has that line's level too.
    """
    each = {effect.id: effect, (other := investment.replaced(effect)).id: other}
    found = np.asarray(1.0)
    for one in each.values():
        if one.realised is not None:
            found = np.asarray(found * values.of(one.realised))
    return found


def fewer_share(effect: CasesEffect, values: Values) -> Floats:
    """Return the share of the persons who do not come to need it thanks to the insats."""
    return np.asarray(values.of(effect.risk) * values.of(effect.reduction))


def _difference(price: Number, instead: Number | None, values: Values) -> Floats:
    """Return what a unit saves: its price less that of what comes in its place."""
    own = values.of(price)
    return own if instead is None else np.asarray(own - values.of(instead))


def _signed(effect: Directed, gross: Floats) -> Floats:
    return np.asarray(-gross if effect.direction == "more" else gross)


@singledispatch
def _gross(effect: Priced, investment: Lines, year: str, values: Values) -> Floats:
    raise NotImplementedError(type(effect).__name__)


@_gross.register
def _(effect: DaysEffect, investment: Lines, year: str, values: Values) -> Floats:
    price = _difference(effect.price, effect.instead, values)
    return _signed(effect, values.of(effect.days[year]) * price)


@_gross.register
def _(effect: UnitsEffect, investment: Lines, year: str, values: Values) -> Floats:
    each = 1.0 if effect.each is None else values.of(effect.each)
    price = _difference(effect.price, effect.instead, values)
    return _signed(effect, values.of(effect.units[year]) * each * price)


@_gross.register
def _(effect: PercentageEffect, investment: Lines, year: str, values: Values) -> Floats:
    """Law: never more than the yearly cost that it is a share of."""
    return _signed(effect, values.of(effect.shares[year]) * values.of(effect.cost))


@_gross.register
def _(effect: AmountEffect, investment: Lines, year: str, values: Values) -> Floats:
    return _signed(effect, values.of(effect.amounts[year]))


@_gross.register
def _(effect: PersonDays, investment: Lines, year: str, values: Values) -> Floats:
    """Law: linear in persons and in days; n persons who avoid d days in w years avoid nd/w a year.

    Nothing without persons or without days, and the sign is that of the days.
    """
    days = values.of(effect.persons[year]) * values.of(effect.days_avoided)
    return np.asarray(days / values.of(effect.window) * values.of(effect.price))


@_gross.register
def _(effect: PersonYears, investment: Lines, year: str, values: Values) -> Floats:
    """Law: linear in persons and in the share avoided; never more than persons × price × part."""
    years = values.of(effect.persons[year]) * values.of(effect.avoided[year])
    part = 1.0 if effect.part is None else values.of(effect.part)
    return np.asarray(years * values.of(effect.price) * part)


@_gross.register
def _(effect: CostRatio, investment: Lines, year: str, values: Values) -> Floats:
    """Law: nothing at θ = 0, never more than the whole cost, negative where θ is positive."""
    cost = values.of(effect.cost_per_person) / values.of(effect.per)
    saved = -np.expm1(values.of(effect.effect))
    return np.asarray(values.of(effect.persons[year]) * cost * saved)


@_gross.register
def _(effect: CasesEffect, investment: Lines, year: str, values: Values) -> Floats:
    """Law: over the years never more than persons × risk × price; the sign is the reduction's."""
    fewer = values.of(effect.persons) * fewer_share(effect, values)
    return np.asarray(fewer * values.of(effect.price) * values.of(effect.spread[year]))


@_gross.register
def _(effect: Substitution, investment: Lines, year: str, values: Values) -> Floats:
    """Law: a share of the other line, against it; the two together are 1 − share of that line."""
    other = _gross(investment.replaced(effect), investment, year, values)
    return np.asarray(-values.of(in_year(effect.share, year)) * other)
