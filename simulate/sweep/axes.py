"""What is varied: ``KEY=a,b,c`` or ``KEY=lo:hi:n``, on a grid or by a Latin hypercube."""

from __future__ import annotations

import itertools
import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from models.language import say
from simulate.errors import Problem
from simulate.language.numbers import number

MOST_CELLS = 20_000
_OPENING, _CLOSING, _QUOTES = "[{", "]}", "\"'"
_NUMBER = re.compile(r"([-+]?(?:\d[\d_]*)(?:\.\d+)?(?:[eE][-+]?\d+)?)\s*([^\d\s:][^\d:]*)?")
# 1,5 % and 0,4,0,5: decimals to whoever writes with commas, two values to whoever reads them.
_COMMA = re.compile(r"(?<![\d.,])\d+,\d")
_WITH_UNIT = re.compile(r"(?:^|,)\s*[-+]?\d+,\d+\s*[^\d\s,.eE_:]")
_LHS = re.compile(r"lhs:([1-9]\d{0,6})")
_EXAMPLE = "--vary contract.clauses.guarantee.share=20 %:60 %:5"

# Key and value of one cell, as they are written after --set.
Settings = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Span:
    """Evenly spaced numbers with a unit.

    Attributes:
        low, high: the ends.
        unit: what follows each number; may be empty.
    """

    low: float
    high: float
    unit: str

    def at(self, share: float) -> str:
        """Return the value so far from the low end to the high.

        Example:
            >>> Span(20.0, 60.0, "%").at(0.5)
            '40 %'
        """
        value = self.low + (self.high - self.low) * share
        return f"{value:.12g} {self.unit}".rstrip()


@dataclass(frozen=True)
class Axis:
    """One key and the values it takes.

    Attributes:
        key: as in results.
        values: as they are written, in order.
        span: where they come from, when they are evenly spaced.
    """

    key: str
    values: tuple[str, ...]
    span: Span | None = None

    def at(self, share: float) -> str:
        """Return the value so far along the axis, 0 ≤ share < 1: between two values, or one."""
        if self.span is not None:
            return self.span.at(round(share, 6))
        return self.values[int(share * len(self.values))]


def read_axes(written: Iterable[str], problems: list[Problem]) -> tuple[Axis, ...]:
    """Return the axes; what is wrong with any of them is added to ``problems``.

    Example:
        >>> problems = []
        >>> [one.values for one in read_axes(["a.b=1,2", "c=0 %:10 %:3"], problems)], problems
        ([('1', '2'), ('0 %', '5 %', '10 %')], [])
    """
    axes: list[Axis] = []
    for text in written:
        key, equals, values = text.partition("=")
        key = key.strip()
        if not equals or not key:
            context = {"found": text, "example": _EXAMPLE}
            problems.append(Problem("bad_assignment", ("--vary",), context))
            continue
        if any(axis.key == key for axis in axes):
            problems.append(Problem("sweep_twice", ("--vary",), {"found": key}))
            continue
        axis = _axis(key, values.strip(), problems)
        if axis is not None:
            axes.append(axis)
    return tuple(axes)


def _axis(key: str, text: str, problems: list[Problem]) -> Axis | None:
    if text.count(":") == 2 and not set(text) & set(_OPENING + _QUOTES):
        return _range(key, text, problems)
    values = tuple(filter(None, split(text)))
    bare = all(one.lstrip("+-").isdecimal() for one in values) and ", " not in text
    if (bare and len(set(values)) < len(values)) or _unclear(text):
        _with_comma(key, text, problems)
        return None
    if not values:
        problems.append(Problem("sweep_empty", ("--vary",), {"found": key}))
        return None
    if repeated := [one for one, times in Counter(values).items() if times > 1]:
        problems.append(Problem("sweep_twice", ("--vary",), {"found": f"{key}={repeated[0]}"}))
        return None
    return Axis(key, values)


def _range(key: str, text: str, problems: list[Problem]) -> Axis | None:
    if _COMMA.search(text):
        _with_comma(key, text, problems)
        return None
    low, high, count = (part.strip() for part in text.split(":"))
    ends = [_NUMBER.fullmatch(one) for one in (low, high)]
    steps = int(count) if count.isascii() and count.isdecimal() and len(count) < 7 else 0
    if ends[0] is None or ends[1] is None or not 2 <= steps <= MOST_CELLS:
        _no_range(key, text, problems)
        return None
    start, end = (float(one[1]) for one in ends if one is not None)
    units = {(one[2] or "").strip() for one in ends if one is not None}
    if start >= end or not math.isfinite(end - start) or len(units - {""}) > 1:
        _no_range(key, text, problems)
        return None
    span = Span(start, end, "".join(units))
    return Axis(key, tuple(span.at(place / (steps - 1)) for place in range(steps)), span)


def _no_range(key: str, text: str, problems: list[Problem]) -> None:
    context = {"found": f"{key}={text}", "allowed": number(MOST_CELLS), "example": _EXAMPLE}
    problems.append(Problem("sweep_range", ("--vary",), context))


def _unclear(text: str) -> bool:
    """Whether a bare number and one with a unit have only a comma between them: 1,5 %."""
    return not set(text) & set(_OPENING + _QUOTES) and _WITH_UNIT.search(text) is not None


def _with_comma(key: str, text: str, problems: list[Problem]) -> None:
    points = re.sub(r"(\d),(\d)", r"\1.\2", text)
    context = {"found": f"{key}={text}", "example": f"--vary {key}={points}"}
    problems.append(Problem("sweep_comma", ("--vary",), context))


def split(text: str) -> list[str]:
    """Return the values between commas; a comma in brackets or quotes parts nothing.

    Example:
        >>> split("0.4, { pert = [1, 2, 3] }, 'a,b'")
        ['0.4', '{ pert = [1, 2, 3] }', "'a,b'"]
    """
    parts, depth, quote = [""], 0, ""
    for character in text:
        if quote:
            quote = "" if character == quote else quote
        elif character in _QUOTES:
            quote = character
        elif character in _OPENING:
            depth += 1
        elif character in _CLOSING:
            depth -= 1
        elif character == "," and depth == 0:
            parts.append("")
            continue
        parts[-1] += character
    return [part.strip() for part in parts]


def cells_of(
    axes: Sequence[Axis], design: str, seed: int, problems: list[Problem]
) -> tuple[Settings, ...]:
    """Return the settings of every cell, in order; the last axis moves fastest on a grid.

    Args:
        axes: what is varied.
        design: ``grid`` or ``lhs:N``.
        seed: of the Latin hypercube.
        problems: is added to.
    """
    if not axes:
        return ()
    if design == "grid":
        count = 1
        for axis in axes:
            count *= len(axis.values)
        if count > MOST_CELLS:
            problems.append(too_many(count, "--vary"))
            return ()
        keys = [axis.key for axis in axes]
        every = itertools.product(*(axis.values for axis in axes))
        return tuple(tuple(zip(keys, one, strict=True)) for one in every)
    found = _LHS.fullmatch(design)
    if found is None:
        problems.append(Problem("sweep_design", ("--design",), {"found": design}))
        return ()
    if int(found[1]) > MOST_CELLS:
        problems.append(too_many(int(found[1]), "--design"))
        return ()
    return tuple(_spread(axes, int(found[1]), seed))


def too_many(count: int, option: str) -> Problem:
    """Return what is said of a sweep with so many cells."""
    context = {"found": say("{count} celler", count=number(count)), "allowed": number(MOST_CELLS)}
    return Problem("sweep_too_large", (option,), context)


def _spread(axes: Sequence[Axis], count: int, seed: int) -> Iterator[Settings]:
    import numpy as np  # slow to import, like the next
    from scipy.stats.qmc import LatinHypercube

    shares = LatinHypercube(len(axes), rng=np.random.default_rng(seed)).random(count)
    for row in shares.tolist():
        yield tuple((axis.key, axis.at(share)) for axis, share in zip(axes, row, strict=True))
