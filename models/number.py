"""A number in a scenario: a value or a distribution, with unit, source and kind.

Written in TOML as a plain value (``0.4``, ``"7.5 mkr"``) or as a table::

    cv = { pert = [0.25, 0.5, 0.8], kind = "expert", source = "…" }
    price = { interval = [2000, 3300], family = "lognormal", unit = "kr/dygn", source = "…" }
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import difflib
import math
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Annotated, Any, Literal, get_args

from pydantic import BeforeValidator, GetCoreSchemaHandler, InstanceOf, ValidationError
from pydantic_core import CoreSchema, InitErrorDetails, PydanticCustomError

from models import distributions as d
from models import quantity as q
from models.language import say
from models.number_schema import NumberSchema
from models.quantity import Dimension, QuantityError
from models.units import parse_quantity

Kind = Literal["published", "own_data", "expert", "assumption"]
KINDS: tuple[str, ...] = get_args(Kind)
_NOTES = ("unit", "source", "kind", "known_from", "hindsight", "reason", "family")


@dataclass(frozen=True)
class Number:
    """A value or distribution in the canonical unit of its dimension, and where it comes from.

    Attributes:
        distribution: see :mod:`models.distributions`.
        dimension: see :mod:`models.quantity`.
        source: document and page, or who judged.
        kind: published, own_data, expert or assumption.
        known_from: first day on which the number was known; ``None`` when it does not matter.
        hindsight: whether it is used although it became known after the contract was signed.
        reason: why hindsight is accepted.
        key: dotted place in the scenario, filled in when the file is read; names the factor.
    """

    distribution: d.Distribution
    dimension: Dimension
    source: str | None = None
    kind: str | None = None
    known_from: dt.date | None = None
    hindsight: bool = False
    reason: str | None = None
    key: str = ""

    @property
    def certain(self) -> bool:
        """Whether there is only one possible value."""
        return self.distribution.certain

    def at(self, key: str, source: str | None, kind: str | None) -> Number:
        """Return the number placed at ``key``, with inherited source and kind where it has none."""
        own = self.source is not None
        return dataclasses.replace(
            self,
            key=key,
            source=self.source if own else source,
            kind=self.kind if self.kind is not None or own else kind,
        )


class NumberError(QuantityError):
    """Everything that is wrong with one number; to who asks for one thing, the first of it."""

    def __init__(self, errors: Iterable[QuantityError]) -> None:
        self.errors = tuple(errors)
        super().__init__(self.errors[0].code, **self.errors[0].context)


def parse_number(raw: object, dimension: Dimension) -> Number:
    """Return the number that ``raw`` (a TOML value) states.

    Raises:
        QuantityError: with a stable code and what a helpful sentence needs.

    Example:
        >>> parse_number({"pert": ["1 mkr", "2 mkr", "4 mkr"]}, q.SEK).distribution
        Pert(low=1000000.0, mode=2000000.0, high=4000000.0)
    """
    if isinstance(raw, Number):
        return raw
    if not isinstance(raw, Mapping):
        value = dimension.check(parse_quantity(raw, dimension), raw)
        return Number(d.Fixed(value), dimension)
    wrong = list(_unknown_keys(raw))
    notes = _read_notes(raw, wrong)
    try:
        distribution = _read_form(raw, dimension)
    except QuantityError as error:
        wrong.append(error)
    if wrong:
        raise NumberError(wrong)
    return Number(distribution, dimension, **notes)


def _read_form(raw: Mapping[str, Any], dimension: Dimension) -> d.Distribution:
    forms = [key for key in raw if key in _FORMS]
    if len(forms) != 1:
        code = "number_without_value" if not forms else "number_with_two_values"
        raise QuantityError(code, found=", ".join(raw), allowed=", ".join(_FORMS))
    distribution = _FORMS[forms[0]](raw[forms[0]], _Reader(dimension, raw))
    _check_support(distribution, dimension, forms[0])
    return distribution


def _unknown_keys(raw: Mapping[str, Any]) -> Iterator[QuantityError]:
    allowed = (*_FORMS, *_NOTES)
    for key in raw:
        if key not in allowed:
            close = "".join(difflib.get_close_matches(key, allowed, n=1))
            names = ", ".join(allowed)
            yield QuantityError("unknown_key", found=key, allowed=names, close=close, at=key)


def _read_notes(raw: Mapping[str, Any], wrong: list[QuantityError]) -> dict[str, Any]:
    """The notes that can be read; what is wrong with the others is added to ``wrong``."""
    notes = {key: raw[key] for key in ("source", "reason", "kind") if key in raw}
    for key, text in notes.items():
        if not isinstance(text, str) or not text.strip():
            wrong.append(QuantityError("empty_text", found=text, at=key))
    kind = notes.get("kind", KINDS[0])
    if isinstance(kind, str) and kind.strip() and kind not in KINDS:
        close = "".join(difflib.get_close_matches(kind, KINDS, n=1))
        names = ", ".join(KINDS)
        wrong.append(QuantityError("not_one_of", found=kind, allowed=names, close=close, at="kind"))
    if "known_from" in raw:
        day = notes["known_from"] = raw["known_from"]
        # A point in time is a date to Python, but cannot be compared with one.
        if not isinstance(day, dt.date) or isinstance(day, dt.datetime):
            wrong.append(QuantityError("not_a_date", found=day, at="known_from"))
    if "hindsight" in raw:
        flag = notes["hindsight"] = raw["hindsight"]
        if not isinstance(flag, bool):
            wrong.append(QuantityError("not_true_or_false", found=flag, at="hindsight"))
    return notes


# Wider is a slip, with tails beyond what 64 bits hold; narrower is a value and is written as one.
SMALLEST_SHAPE, LARGEST_SHAPE = 1e-6, 5.0
# On a scale with a sign the range must hold this many standard deviations of an endless tail.
_TAILS = 5.0


def _reach(distribution: d.Distribution, signed: bool) -> tuple[float, float]:
    """The range that matters: an endless tail counts only where the dimension has a sign."""
    low, high = distribution.support()
    if isinstance(distribution, d.Normal):
        tail = _TAILS * distribution.sd
        return (distribution.mean - tail, distribution.mean + tail) if signed else (low, high)
    if isinstance(distribution, d.LogNormal):
        far = distribution.median * math.exp(_TAILS * distribution.sigma)
        return low, far if signed else distribution.median
    if isinstance(distribution, d.Gamma):
        far = distribution.mean * (1.0 + 2.0 * _TAILS * distribution.cv)
        return low, far if signed else distribution.mean
    return low, high


def _check_support(distribution: d.Distribution, dimension: Dimension, form: str) -> None:
    if isinstance(distribution, d.FromEvidence):
        return
    signed = dimension.lowest < 0
    low, high = distribution.support() if dimension is q.SHARE else _reach(distribution, signed)
    if low < dimension.lowest or high > dimension.highest:
        raise QuantityError(
            "support_outside",
            found=form,
            allowed=f"{dimension.lowest:g}–{dimension.highest:g}",
            example=dimension.example,
        )


class _Reader:
    """Reads the parameters of one distribution in the units of its dimension."""

    def __init__(self, dimension: Dimension, table: Mapping[str, Any]) -> None:
        self.dimension = dimension
        self.unit = table.get("unit")
        self.family = table.get("family")
        if self.unit is not None and not isinstance(self.unit, str):
            raise QuantityError("empty_text", found=self.unit, at="unit")

    def value(self, raw: object) -> float:
        """A value in the dimension, within its range."""
        return self.dimension.check(parse_quantity(raw, self.dimension, self.unit), raw)

    def spread(self, raw: object) -> float:
        """A positive standard deviation, in the unit of the dimension."""
        value = parse_quantity(raw, self.dimension, self.unit)
        if not 0 < value < d.INF:
            raise QuantityError("not_positive", found=raw)
        return value

    def bare(self, raw: object) -> float:
        """A positive number without unit."""
        if isinstance(raw, bool) or not isinstance(raw, int | float):
            raise QuantityError("not_a_number", found=raw, example="2.5")
        if not 0 < raw < d.INF:
            raise QuantityError("not_positive", found=raw)
        return float(raw)

    def shape(self, raw: object) -> float:
        """A positive number without unit that says how wide a distribution is."""
        value = self.bare(raw)
        if not SMALLEST_SHAPE <= value <= LARGEST_SHAPE:
            limits = f"{SMALLEST_SHAPE:f}–{LARGEST_SHAPE:g}"
            raise QuantityError("out_of_range", found=raw, allowed=limits, example="0.5")
        return value

    def row(self, raw: object, names: tuple[str, ...]) -> list[float]:
        """Values in rising order, one for each of ``names``."""
        if not isinstance(raw, list) or len(raw) != len(names):
            raise QuantityError("wrong_parameters", found=raw, allowed=f"[{', '.join(names)}]")
        values = [self.value(item) for item in raw]
        if sorted(values) != values or values[0] == values[-1]:
            raise QuantityError("not_rising", found=raw, allowed=" < ".join(names))
        return values

    def table(self, raw: object, **readers: Callable[[object], Any]) -> list[Any]:
        """The values of a small table with exactly the named keys."""
        if not isinstance(raw, Mapping) or set(raw) != set(readers):
            allowed = "{ " + ", ".join(f"{name} = …" for name in readers) + " }"
            raise QuantityError("wrong_parameters", found=raw, allowed=allowed)
        return [read(raw[name]) for name, read in readers.items()]


def _interval(raw: object, read: _Reader) -> d.Distribution:
    low, high = read.row(raw, ("low", "high"))
    try:
        return d.from_interval(str(read.family), low, high)
    except ValueError:
        allowed = ", ".join(d.INTERVAL_FAMILIES)
        raise QuantityError(
            "interval_family", found=read.family, allowed=allowed, close="", at="interval"
        ) from None


def _weighted(values: list[float], weights: list[float], found: object) -> d.Discrete:
    if not values or len(values) != len(weights) or min(weights) <= 0:
        raise QuantityError("wrong_weights", found=found)
    merged: dict[float, float] = {}
    for value, weight in zip(values, weights, strict=True):
        merged[value] = merged.get(value, 0.0) + weight / sum(weights)
    return d.Discrete(tuple(sorted(merged)), tuple(merged[value] for value in sorted(merged)))


def _discrete(raw: object, read: _Reader) -> d.Distribution:
    def many(reader: Callable[[object], float]) -> Callable[[object], list[float]]:
        return lambda items: [reader(item) for item in items] if isinstance(items, list) else []

    values, weights = read.table(raw, values=many(read.value), weights=many(read.bare))
    return _weighted(values, weights, raw)


def _empirical(raw: object, read: _Reader) -> d.Distribution:
    if not isinstance(raw, list) or not raw:
        raise QuantityError("wrong_parameters", found=raw, allowed=say("[värde, värde, …]"))
    values = [read.value(item) for item in raw]
    return _weighted(values, [1.0] * len(values), raw)


def _unit_cost(raw: object, _: _Reader) -> d.Distribution:
    """A price is filled in before the number is read; one that is still here has no such name."""
    code = "unknown_price" if isinstance(raw, str) else "not_text"
    raise QuantityError(code, found=raw, at="unit_cost")


def _evidence(raw: object, _: _Reader) -> d.Distribution:
    block, dot, quantity = raw.partition(".") if isinstance(raw, str) else ("", "", "")
    if not (block and dot and quantity):
        raise QuantityError("wrong_evidence", found=raw)
    return d.FromEvidence(block, quantity)


_FORMS: dict[str, Callable[[object, _Reader], d.Distribution]] = {
    "value": lambda raw, read: d.Fixed(read.value(raw)),
    "normal": lambda raw, read: d.Normal(*read.table(raw, mean=read.value, sd=read.spread)),
    "lognormal": lambda raw, read: d.LogNormal(
        *read.table(raw, median=read.value, sigma=read.shape)
    ),
    "beta": lambda raw, read: d.Beta(*read.table(raw, a=read.bare, b=read.bare)),
    "gamma": lambda raw, read: d.Gamma(*read.table(raw, mean=read.value, cv=read.shape)),
    "uniform": lambda raw, read: d.Uniform(*read.row(raw, ("low", "high"))),
    "triangular": lambda raw, read: d.Triangular(*read.row(raw, ("low", "mode", "high"))),
    "pert": lambda raw, read: d.Pert(*read.row(raw, ("low", "mode", "high"))),
    "interval": _interval,
    "discrete": _discrete,
    "empirical": _empirical,
    "evidence": _evidence,
    "unit_cost": _unit_cost,
}
FORMS: tuple[str, ...] = tuple(_FORMS)


def _again(error: QuantityError) -> PydanticCustomError:
    context = {"code": error.code} | error.context
    return PydanticCustomError(error.code, "{code}", context)


def parse_price(raw: object) -> Number:
    """Return the price of a unit in SEK; units are counted by year, so ``kr/år`` is the same.

    Raises:
        QuantityError: as :func:`parse_number`.

    Example:
        >>> parse_price("75 tkr/år") == parse_price("75 tkr")
        True
    """
    try:
        return parse_number(raw, q.SEK)
    except QuantityError as error:
        if error.code != "unit_kind":
            raise
        try:
            return dataclasses.replace(parse_number(raw, q.SEK_PER_YEAR), dimension=q.SEK)
        except QuantityError:
            raise error from None


def parse_year(raw: object) -> Number:
    """Return a calendar year; ``uniform`` makes every whole year from low to high equally likely.

    Raises:
        QuantityError: as :func:`parse_number`.

    Example:
        >>> parse_year({"uniform": [2026, 2028]}).distribution.values
        (2026.0, 2027.0, 2028.0)
    """
    number = parse_number(raw, q.CALENDAR_YEAR)
    if not isinstance(number.distribution, d.Uniform):
        return number
    low, high = (round(end) for end in number.distribution.support())
    years = [float(year) for year in range(low, high + 1)]
    return dataclasses.replace(number, distribution=_weighted(years, [1.0] * len(years), raw))


@dataclass(frozen=True)
class _Written(NumberSchema):
    """Reads a number with ``parse``, and says to editors how one is written."""

    parse: Callable[[object], Number]

    def __get_pydantic_core_schema__(
        self, source: object, handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        return BeforeValidator(self._read).__get_pydantic_core_schema__(source, handler)

    def _read(self, raw: object) -> Number:
        try:
            return self.parse(raw)
        except NumberError as error:
            wrong = [InitErrorDetails(type=_again(one), input=raw) for one in error.errors]
            raise ValidationError.from_exception_data("number", wrong) from None
        except QuantityError as error:
            raise _again(error) from None


def _as(dimension: Dimension) -> _Written:
    return _Written((dimension,), lambda raw: parse_number(raw, dimension))


Sek = Annotated[InstanceOf[Number], _as(q.SEK)]
SekPerUnit = Annotated[InstanceOf[Number], _Written((q.SEK, q.SEK_PER_YEAR), parse_price)]
SekPerDay = Annotated[InstanceOf[Number], _as(q.SEK_PER_DAY)]
SekPerYear = Annotated[InstanceOf[Number], _as(q.SEK_PER_YEAR)]
SignedSek = Annotated[InstanceOf[Number], _as(q.SIGNED_SEK)]
Share = Annotated[InstanceOf[Number], _as(q.SHARE)]
SignedShare = Annotated[InstanceOf[Number], _as(q.SIGNED_SHARE)]
Rate = Annotated[InstanceOf[Number], _as(q.RATE)]
LogRatio = Annotated[InstanceOf[Number], _as(q.LOG_RATIO)]
Shift = Annotated[InstanceOf[Number], _as(q.SHIFT)]
Logit = Annotated[InstanceOf[Number], _as(q.LOGIT)]
Ratio = Annotated[InstanceOf[Number], _as(q.RATIO)]
RelativeRisk = Annotated[InstanceOf[Number], _as(q.RELATIVE_RISK)]
Count = Annotated[InstanceOf[Number], _as(q.COUNT)]
CountPerYear = Annotated[InstanceOf[Number], _as(q.COUNT_PER_YEAR)]
Years = Annotated[InstanceOf[Number], _as(q.YEARS)]
SignedYears = Annotated[InstanceOf[Number], _as(q.SIGNED_YEARS)]
Days = Annotated[InstanceOf[Number], _as(q.DAYS)]
SignedDays = Annotated[InstanceOf[Number], _as(q.SIGNED_DAYS)]
Points = Annotated[InstanceOf[Number], _as(q.POINTS)]
CalendarYear = Annotated[InstanceOf[Number], _Written((q.CALENDAR_YEAR,), parse_year)]
