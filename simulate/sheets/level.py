"""How much of an effect line comes true: what its low and high counts say, or a sceptical default.

Years of a line move together, so the line has one level. For quantities that move together the
quantiles of a sum are the sums of the quantiles, so the level's interval is the sum of the low
counts to the sum of the high ones, over the sum of the best guesses.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from simulate.sheets.rows import EffectRow
from simulate.sheets.toml import Table

DEFAULT = "PROGRAMMETS FÖRVAL"  # what the source of the program's own choices begins with
MEAN, CV = 0.6, 0.6  # of the default: a little over half, very uncertain
MEDIAN = 0.52974  # of the default
_TAIL = 0.05


@dataclass(frozen=True)
class Spans:
    """The years of an effect that have a low and a high count, and their sums."""

    rows: tuple[EffectRow, ...]
    low: float
    guess: float
    high: float

    @classmethod
    def of(cls, rows: Sequence[EffectRow]) -> Spans:
        """Return the spans among the rows of one effect."""
        own = tuple(row for row in rows if row.low is not None and row.high is not None)
        return cls(
            own,
            float(sum((row.low.value for row in own if row.low), Decimal(0))),
            float(sum((row.count.value for row in own), Decimal(0))),
            float(sum((row.high.value for row in own if row.high), Decimal(0))),
        )


def certain(rows: Sequence[EffectRow]) -> bool:
    """Whether the form leaves nothing uncertain in an effect: its low counts are its high ones."""
    spans = Spans.of(rows)
    return bool(spans.rows) and spans.low == spans.high


def middle(spans: Spans) -> float:
    """Return the median of the level that :func:`level` returns."""
    low, guess, high = spans.low, spans.guess, spans.high
    if not spans.rows or low == high:
        return 1.0 if spans.rows else MEDIAN
    if low:
        return math.sqrt(low * high) / guess
    top = top_of_triangle(1.0, high / guess)
    return math.sqrt(top / 2.0) if top <= 2.0 else top - math.sqrt(top * (top - 1.0) / 2.0)


def level(rows: Sequence[EffectRow]) -> tuple[Table, str]:
    """Return the level of a line as a number of a scenario: its form, and why.

    A low count of nought has no logarithm: then it is a floor, the guess the mode, and the high
    count is exceeded once in twenty, in a triangle.

    Args:
        rows: years of one effect.
    """
    spans = Spans.of(rows)
    if not spans.rows:
        why = f"{DEFAULT}: lågt och högt antal är inte angivna, så omkring {MEAN * 100:g} % av "
        why += "antalet antas bli verklighet, mycket osäkert"
        return {"gamma": f"{{ mean = {MEAN}, cv = {CV} }}"}, why
    low, guess, high = spans.low, spans.guess, spans.high
    shown = f"lågt {low:g}, antal {guess:g}, högt {high:g}"
    if low == high:
        return {"value": "1.0"}, f"utan osäkerhet enligt arket: {shown}"
    if low == 0:
        top = round(top_of_triangle(1.0, high / guess), 4)
        why = f"{shown}; lågt är noll, så triangel med noll som golv, vald av programmet"
        return {"triangular": f"[0, 1, {top}]"}, why
    ends = f"[{round(low / guess, 6)}, {round(high / guess, 6)}]"
    why = f"{shown}; nio gånger av tio däremellan, lognormal vald av programmet"
    return {"interval": ends, "family": '"lognormal"'}, why


def top_of_triangle(mode: float, high: float) -> float:
    """Return the top of a triangle from 0 over ``mode`` of which 5 % lies above ``high``.

    Solves (c − h)² = 0.05 c (c − m) for c ≥ h.

    Example:
        >>> c = top_of_triangle(1.0, 2.0)
        >>> round((c - 2.0) ** 2 / (c * (c - 1.0)), 12)
        0.05
    """
    a, b, c = 1.0 - _TAIL, 2.0 * high - _TAIL * mode, high * high
    return max(high, (b + math.sqrt(max(b * b - 4.0 * a * c, 0.0))) / (2.0 * a))
