"""What a number can be: the closed list of dimensions, each with its unit and its allowed range.

Inside the program every amount is in the canonical unit of its dimension (SEK, shares, days,
years, counts). Only :mod:`models.units` converts, and only when a file is read.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from models.language import mark, say, say_count


class QuantityError(ValueError):
    """A value that cannot be read as the quantity that is asked for.

    Attributes:
        code: stable name of the way it is wrong; the sentence a person reads is looked up by it.
        context: what the sentence needs, as text (``found``, ``allowed``, ``example`` …).
    """

    def __init__(self, code: str, **context: object) -> None:
        super().__init__(f"{code}: {context}")
        self.code = code
        self.context: dict[str, object] = context


@dataclass(frozen=True)
class Dimension:
    """A kind of quantity.

    Attributes:
        name: identifier, used in schemas and result files.
        unit: canonical unit as people write it; empty for a bare number.
        lowest, highest: allowed range, both ends included.
        examples: how a value is written in a scenario, in one way or in two.
        bare: whether a number without unit is unambiguous.
    """

    name: str
    unit: str
    lowest: float
    highest: float
    examples: tuple[str, ...]
    bare: bool = True

    @property
    def example(self) -> str:
        """How a value is written in a scenario, for a message."""
        if len(self.examples) == 1:
            return self.examples[0]
        return say("{first} eller {last}", first=self.examples[0], last=self.examples[1])

    def unit_of(self, value: float) -> str:
        """Return the unit beside ``value`` as people say it; empty for a bare number.

        Example:
            >>> YEARS.unit_of(2.0), COUNT.unit_of(1.0)
            ('år', '')
        """
        count = 1 if value == 1.0 else 2
        if self.name in ("years", "signed_years"):
            return say_count("år", "år", count)
        if self.name in ("days", "signed_days"):
            return say_count("dygn", "dygn", count)
        if self.name == "points":
            return say_count("poäng", "poäng", count)
        return say(self.unit)

    def check(self, value: float, found: object) -> float:
        """Return ``value``, or raise :class:`QuantityError` if it is outside the range."""
        if not math.isfinite(value):
            raise QuantityError("not_finite", found=found, example=self.example)
        if value < self.lowest or value > self.highest:
            code = f"{self.name}_out_of_range" if self is SHARE else "out_of_range"
            allowed = _range(self.lowest, self.highest, self.unit_of(self.highest))
            raise QuantityError(code, found=found, allowed=allowed, example=self.example)
        return value


def _range(lowest: float, highest: float, unit: str) -> str:
    unit = f" {unit}" if unit else ""
    if math.isinf(highest):
        return f"≥ {lowest:g}{unit}" if math.isfinite(lowest) else say("reella tal")
    return f"{_plain(lowest)}–{_plain(highest)}{unit}"


def _plain(value: float) -> str:
    """A bound as people write it: never 9e+10, and long whole numbers in groups of three."""
    return f"{value:g}" if abs(value) < 10_000 else f"{value:,.0f}".replace(",", "\u202f")


# Amounts above this overflow whole öre times millionths in 64 bits (simulate/contract/money.py).
LARGEST_SEK = 9e10

SEK = Dimension("sek", mark("kr"), 0.0, LARGEST_SEK, ('"7.5 mkr"',), bare=False)
SIGNED_SEK = Dimension(
    "signed_sek", mark("kr"), -LARGEST_SEK, LARGEST_SEK, ('"-7.5 mkr"',), bare=False
)
SEK_PER_DAY = Dimension("sek_per_day", mark("kr/dygn"), 0.0, 1e8, ('"2 500 kr/dygn"',), bare=False)
SEK_PER_YEAR = Dimension(
    "sek_per_year", mark("kr/år"), 0.0, LARGEST_SEK, ('"70 tkr/år"',), bare=False
)
SHARE = Dimension("share", "", 0.0, 1.0, ("0.4", '"40 %"'))
SIGNED_SHARE = Dimension("signed_share", "", -1.0, 1.0, ("-0.1", '"-10 %"'))
RATE = Dimension("rate", mark("per år"), -0.5, 1.0, ("0.0175", '"1.75 %"'))
LOG_RATIO = Dimension("log_ratio", "", -5.0, 5.0, ("-0.1",))
# How far results are moved in an ordered probit, in standard deviations.
SHIFT = Dimension("shift", "", -5.0, 5.0, ("-0.1",))
LOGIT = Dimension("logit", "", -10.0, 10.0, ("0.3",))
RATIO = Dimension("ratio", "", 0.0, 10.0, ("0.4",))
RELATIVE_RISK = Dimension("relative_risk", "", 0.0, 1000.0, ("2.5",))
COUNT = Dimension("count", "", 0.0, 1e7, ("60", '"60 personer"'))
COUNT_PER_YEAR = Dimension("count_per_year", mark("per år"), 0.0, 1e7, ("75", '"75 personer/år"'))
YEARS = Dimension("years", mark("år"), 0.0, 100.0, ("2", '"2 år"'))
SIGNED_YEARS = Dimension("signed_years", mark("år"), -100.0, 100.0, ("-0.5", '"-0.5 år"'))
DAYS = Dimension("days", mark("dygn"), 0.0, 36_525.0, ("200", '"200 dygn"'))
SIGNED_DAYS = Dimension("signed_days", mark("dygn"), -36_525.0, 36_525.0, ("-20", '"-20 dygn"'))
CALENDAR_YEAR = Dimension("calendar_year", "", 1900.0, 2199.0, ("2026",))
POINTS = Dimension("points", mark("poäng"), -1e6, 1e6, ("18", '"18 poäng"'))

DIMENSIONS: dict[str, Dimension] = {
    dimension.name: dimension
    for dimension in (
        SEK,
        SIGNED_SEK,
        SEK_PER_DAY,
        SEK_PER_YEAR,
        SHARE,
        SIGNED_SHARE,
        RATE,
        LOG_RATIO,
        SHIFT,
        LOGIT,
        RATIO,
        RELATIVE_RISK,
        COUNT,
        COUNT_PER_YEAR,
        YEARS,
        SIGNED_YEARS,
        DAYS,
        SIGNED_DAYS,
        CALENDAR_YEAR,
        POINTS,
    )
}
