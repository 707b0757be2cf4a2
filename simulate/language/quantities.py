"""Values and distributions in words: «1,2 mkr», «normalfördelat, medel 0 och sd 0,1»."""

from __future__ import annotations

from functools import singledispatch

from models import distributions as d
from models.language import mark, say
from models.number import Number
from models.quantity import Dimension
from simulate.language.numbers import (
    HARD,
    million,
    mkr,
    number,
    per_cent,
    percent,
    points,
    significant,
)

# Said as kr, tkr or mkr, whichever fits the size.
MONEY = ("sek", "signed_sek", "sek_per_day", "sek_per_year")
_PERCENT = ("share", "signed_share", "rate")
# What follows an amount, whose own unit depends on its size.
_PER = {"sek_per_day": mark("per dygn"), "sek_per_year": mark("per år")}


def quantity(value: float, dimension: Dimension, digits: int = 4) -> str:
    """Return a value of a dimension, to so many significant digits at most.

    Example:
        >>> from models.quantity import SHARE, YEARS
        >>> quantity(0.4, SHARE).replace(HARD, " "), quantity(2.0, YEARS).replace(HARD, " ")
        ('40 %', '2 år')
    """
    if dimension.name in MONEY:
        text = _money(value, digits)
    elif dimension.name in _PERCENT:
        text = per_cent(significant(value * 100.0, digits))
    elif dimension.name == "calendar_year":
        text = f"{value:.0f}"
    else:
        text = significant(value, digits)
    return with_unit(text, value, dimension)


def exactly(value: float, dimension: Dimension) -> str:
    """Return a value that is stated: an amount to the öre, where four digits would round it.

    Example:
        >>> from models.quantity import SEK
        >>> from simulate.language.numbers import THIN
        >>> [exactly(x, SEK).replace(HARD, " ").replace(THIN, " ") for x in (7.5e6, 91014, 10176e3)]
        ['7,5 mkr', '91 014 kr', '10,176 mkr']
    """
    if dimension.name not in MONEY or float(f"{value:.4g}") == value:
        return quantity(value, dimension)
    ore = round(value * 100.0)
    if abs(value) >= 1e6 and ore % 100_000 == 0:  # whole thousands
        return with_unit(mkr(significant(value / 1e6, 9)), value, dimension)
    kronor = say("{amount}\u00a0kr", amount=number(value, 2 if ore % 100 else 0))
    return with_unit(kronor, value, dimension)


def with_unit(text: str, value: float, dimension: Dimension) -> str:
    """Return a value that is printed already with the unit that its dimension adds."""
    unit = _unit(value, dimension)
    return f"{text}{HARD}{unit}" if unit else text


def _unit(value: float, dimension: Dimension) -> str:
    if dimension.name in MONEY:
        return say(_PER.get(dimension.name, ""))
    return dimension.unit_of(value)


def unit_of(dimension: Dimension) -> str:
    """Return the unit in which people read a dimension; a dash for a bare number."""
    if dimension.name == "count":
        return say("antal")
    per = _unit(2.0, dimension)
    if dimension.name in _PERCENT:
        return f"% {per}".strip()
    return f"{say('kr')} {per}".strip() if dimension.name in MONEY else per or "–"


def _money(value: float, digits: int) -> str:
    if abs(value) >= 1e6:
        return mkr(significant(value / 1e6, digits))
    if abs(value) >= 1e4:
        return say("{amount}\u00a0tkr", amount=significant(value / 1e3, digits))
    return say("{amount}\u00a0kr", amount=significant(value, digits))


def spread(value: float, dimension: Dimension, mcse: float = 0.0) -> str:
    """Return a value or its spread to the digits that ``mcse`` supports, shares in points."""
    if dimension.name in MONEY:
        return million(value, mcse, 1)
    if dimension.name in _PERCENT:
        return points(value, mcse)
    return with_unit(significant(value, 3), value, dimension)


def in_words(one: Number) -> str:
    """Return a number of a scenario as a person would say it."""
    return _words(one.distribution, one.dimension)


@singledispatch
def _words(dist: d.Distribution, _: Dimension) -> str:
    return type(dist).__name__


@_words.register
def _(dist: d.Fixed, dim: Dimension) -> str:
    return exactly(dist.value, dim)


@_words.register
def _(dist: d.Normal, dim: Dimension) -> str:
    mean, sd = quantity(dist.mean, dim), quantity(dist.sd, dim)
    return say("normalfördelat, medel {mean}, sd {sd}", mean=mean, sd=sd)


@_words.register
def _(dist: d.LogNormal, dim: Dimension) -> str:
    median, sd = quantity(dist.median, dim), significant(dist.sigma)
    return say("lognormalt, median {median}, log-sd {sd}", median=median, sd=sd)


@_words.register
def _(dist: d.LogitNormal, dim: Dimension) -> str:
    place, scale = significant(dist.location), significant(dist.scale)
    return say("logitnormalt, läge {place}, skala {scale}", place=place, scale=scale)


@_words.register
def _(dist: d.Beta, dim: Dimension) -> str:
    mean = quantity(dist.a / (dist.a + dist.b), dim)
    a, b = significant(dist.a), significant(dist.b)
    return say("beta({a}; {b}), medel {mean}", a=a, b=b, mean=mean)


@_words.register
def _(dist: d.Gamma, dim: Dimension) -> str:
    mean, cv = quantity(dist.mean, dim), significant(dist.cv)
    return say("gamma, medel {mean}, variationskoefficient {cv}", mean=mean, cv=cv)


@_words.register
def _(dist: d.Uniform, dim: Dimension) -> str:
    low, high = quantity(dist.low, dim), quantity(dist.high, dim)
    return say("lika troligt från {low} till {high}", low=low, high=high)


@_words.register(d.Triangular)
@_words.register(d.Pert)
def _(dist: d.Triangular | d.Pert, dim: Dimension) -> str:
    low, mode, high = (quantity(one, dim) for one in (dist.low, dist.mode, dist.high))
    if isinstance(dist, d.Pert):
        return say("{low} till {high}, troligast {mode} (pert)", low=low, high=high, mode=mode)
    return say("{low} till {high}, troligast {mode} (triangel)", low=low, high=high, mode=mode)


@_words.register
def _(dist: d.Discrete, dim: Dimension) -> str:
    each = [
        f"{quantity(value, dim)} ({percent(weight)})"
        for value, weight in zip(dist.values[:6], dist.weights[:6], strict=True)
    ]
    more = len(dist.values) - len(each)
    some = ", ".join(each)
    if more <= 0:
        return say("ett av: {values}", values=some)
    return say("ett av: {values} och {more} värden till", values=some, more=more)


@_words.register
def _(dist: d.FromEvidence, dim: Dimension) -> str:
    return say("ur evidensen: {quantity}", quantity=f"{dist.block}.{dist.quantity}")
