"""How steeply a payment rises between two levels, in words."""

from __future__ import annotations

from models.language import say
from models.number import Number
from models.quantity import POINTS, SEK, SHARE
from simulate.contract.bound import Limit
from simulate.contract.clauses.tiers import Tier
from simulate.language.numbers import per_cent, significant
from simulate.language.quantities import exactly, quantity


def slope(low: Tier, high: Tier) -> str:
    """Return what one unit more of the measure pays between two levels.

    Empty where it pays nothing more, or where it cannot be told before any draw.
    """
    first, last = _amount(low.pays, high.pays), _amount(high.pays, low.pays)
    start, end = _certain(low.at), _certain(high.at)
    if first is None or last is None or start is None or end is None:
        return ""
    rises = (last - first) / (end - start)
    if rises <= 0.0:
        return ""
    of_drawn = "of_drawn" in (_form(low.pays), _form(high.pays))
    return _each(rises, of_drawn, low.at)


def _each(rises: float, of_drawn: bool, level: Number) -> str:
    """Return the slope with its units; money on money is a share, or is not said."""
    if level.dimension is POINTS:
        if of_drawn:
            return say("{share} av det dragna per poäng", share=quantity(rises, SHARE))
        return say("{amount} per poäng", amount=_kronor(rises))
    if "share" in level.dimension.name:
        if of_drawn:
            share = quantity(rises / 100.0, SHARE)
            return say("{share} av det dragna per procentenhet", share=share)
        return say("{amount} per procentenhet", amount=_kronor(rises / 100.0))
    if of_drawn:
        return ""
    return say("{share} av ökningen", share=per_cent(significant(100.0 * rises, 4)))


def _kronor(sek: float) -> str:
    return exactly(round(sek, 2), SEK) if abs(sek - round(sek, 2)) < 1e-9 else quantity(sek, SEK)


def _form(bound: Limit) -> str:
    names = ("amount", "of_drawn", "irr")
    return next((name for name in names if getattr(bound, name) is not None), "")


def _amount(bound: Limit, other: Limit) -> float | None:
    """Return a limit as a number that another can be taken from; nothing is nothing in any form."""
    form = _form(bound)
    value = _certain(getattr(bound, form)) if form in ("amount", "of_drawn") else None
    if form == _form(other) or form == "of_drawn" or value is None:
        return value
    # One in money and one as a multiple of what is drawn: only nothing can be said of both.
    return 0.0 if value == 0.0 else None


def _certain(number: Number) -> float | None:
    return number.distribution.support()[0] if number.certain else None
