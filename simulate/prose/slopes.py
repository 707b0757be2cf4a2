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
    first, last = (_amount(one.pays, low.pays, high.pays) for one in (low, high))
    start, end = _certain(low.at), _certain(high.at)
    if None in (first, last, start, end):
        return ""
    assert first is not None
    assert last is not None
    assert start is not None
    assert end is not None
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
    return (
        ""
        if of_drawn
        else say("{share} av ökningen", share=per_cent(significant(100.0 * rises, 4)))
    )


def _kronor(sek: float) -> str:
    return exactly(round(sek, 2), SEK) if abs(sek - round(sek, 2)) < 1e-9 else quantity(sek, SEK)


def _form(bound: Limit) -> str:
    names = ("amount", "of_drawn", "irr")
    return next((name for name in names if getattr(bound, name) is not None), "")


def _amount(bound: Limit, *both: Limit) -> float | None:
    """Return a limit as a number that another can be taken from; nothing is nothing in any form."""
    form = _form(bound)
    number = getattr(bound, form) if form in ("amount", "of_drawn") else None
    value = None if number is None else _certain(number)
    if value is None or {_form(one) for one in both} == {form}:
        return value
    # One in money and one as a multiple of what is drawn: only nothing can be said of both.
    return 0.0 if form == "amount" and value == 0.0 else value if form == "of_drawn" else None


def _certain(number: Number) -> float | None:
    return number.distribution.support()[0] if number.certain else None
