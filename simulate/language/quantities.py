"""Values and distributions in words: «1,2 mkr», «normalfördelat, medel 0 och sd 0,1»."""

from __future__ import annotations

from functools import singledispatch

from models import distributions as d
from models.number import Number
from models.quantity import Dimension
from simulate.language.numbers import HARD, million, percent, significant

_MONEY = ("sek", "signed_sek", "sek_per_day", "sek_per_year")
_PERCENT = ("share", "rate")
_UNITS = {"rate": "per år", "sek_per_day": "per dygn", "sek_per_year": "per år"}


def quantity(value: float, dimension: Dimension) -> str:
    """Return a value of a dimension, to four significant digits at most.

    Example:
        >>> from models.quantity import SHARE, YEARS
        >>> quantity(0.4, SHARE).replace(HARD, " "), quantity(2.0, YEARS).replace(HARD, " ")
        ('40 %', '2 år')
    """
    if dimension.name in _MONEY:
        text = _money(value)
    elif dimension.name in _PERCENT:
        text = significant(value * 100.0, 4) + HARD + "%"
    else:
        text = significant(value, 4)
    unit = _UNITS.get(dimension.name, "" if _has_unit(dimension) else dimension.unit)
    return f"{text}{HARD}{unit}" if unit else text


def unit_of(dimension: Dimension) -> str:
    """Return the unit in which people read a dimension; a dash for a bare number."""
    if dimension.name in _PERCENT:
        return "%" if dimension.name == "share" else "% per år"
    return dimension.unit or ("antal" if dimension.name == "count" else "–")


def _has_unit(dimension: Dimension) -> bool:
    return dimension.name in (*_MONEY, *_PERCENT)


def _money(value: float) -> str:
    if abs(value) >= 1e6:
        return significant(value / 1e6, 4) + HARD + "mkr"
    if abs(value) >= 1e4:
        return significant(value / 1e3, 4) + HARD + "tkr"
    return significant(value, 4) + HARD + "kr"


def spread(value: float, dimension: Dimension, mcse: float = 0.0) -> str:
    """Return a value or its spread to the digits that ``mcse`` supports, shares in points."""
    if dimension.name in _MONEY:
        return million(value, mcse, 1)
    if dimension.name in _PERCENT:
        return percent(value, mcse).replace("%", "procentenheter")
    return (
        f"{significant(value, 3)}{HARD}{dimension.unit}"
        if dimension.unit
        else (significant(value, 3))
    )


def in_words(number: Number) -> str:
    """Return a number of a scenario as a person would say it."""
    return _words(number.distribution, number.dimension)


@singledispatch
def _words(dist: d.Distribution, _: Dimension) -> str:
    return type(dist).__name__


@_words.register
def _(dist: d.Fixed, dim: Dimension) -> str:
    return quantity(dist.value, dim)


@_words.register
def _(dist: d.Normal, dim: Dimension) -> str:
    return f"normalfördelat, medel {quantity(dist.mean, dim)}, sd {quantity(dist.sd, dim)}"


@_words.register
def _(dist: d.LogNormal, dim: Dimension) -> str:
    return f"lognormalt, median {quantity(dist.median, dim)}, log-sd {significant(dist.sigma)}"


@_words.register
def _(dist: d.LogitNormal, dim: Dimension) -> str:
    return f"logitnormalt, läge {significant(dist.location)}, skala {significant(dist.scale)}"


@_words.register
def _(dist: d.Beta, dim: Dimension) -> str:
    mean = quantity(dist.a / (dist.a + dist.b), dim)
    return f"beta({significant(dist.a)}; {significant(dist.b)}), medel {mean}"


@_words.register
def _(dist: d.Gamma, dim: Dimension) -> str:
    return f"gamma, medel {quantity(dist.mean, dim)}, variationskoefficient {significant(dist.cv)}"


@_words.register
def _(dist: d.Uniform, dim: Dimension) -> str:
    return f"lika troligt från {quantity(dist.low, dim)} till {quantity(dist.high, dim)}"


@_words.register(d.Triangular)
@_words.register(d.Pert)
def _(dist: d.Triangular | d.Pert, dim: Dimension) -> str:
    kind = "pert" if isinstance(dist, d.Pert) else "triangel"
    low, mode, high = (quantity(one, dim) for one in (dist.low, dist.mode, dist.high))
    return f"{low} till {high}, troligast {mode} ({kind})"


@_words.register
def _(dist: d.Discrete, dim: Dimension) -> str:
    each = [
        f"{quantity(value, dim)} ({percent(weight)})"
        for value, weight in zip(dist.values[:6], dist.weights[:6], strict=True)
    ]
    more = len(dist.values) - len(each)
    return "ett av: " + ", ".join(each) + (f" och {more} värden till" if more > 0 else "")


@_words.register
def _(dist: d.FromEvidence, dim: Dimension) -> str:
    return f"ur evidensen: {dist.block}.{dist.quantity}"
