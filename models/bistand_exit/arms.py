"""A group of households as it was published, and how many there can have been.

A net change is printed in rounded per cent and its base often not at all. The number of
households at the start is then a whole number that nobody knows, and only those from which some
whole number of households at the end rounds to what is printed are possible.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Annotated, Self

from pydantic import Field, model_validator

from models import distributions as d
from models.number import Count, SignedShare
from models.spec import CERTAIN, POSITIVE, WHOLE, refuse, value_of
from models.table import Flag, Integer, Table, Text

# More terms than this in one group's likelihood would take minutes to sample, and the printed
# per cent then says as much about the change as the households themselves would.
LARGEST, LARGEST_WITH_ENTRIES = 2_000, 400


class Arm(Table):
    """Households of one group: counted, or their net change as it was printed.

    Attributes:
        n: households on bistånd at the start.
        left: those of them that are without bistånd after ``years``.
        change: change in the number of households on bistånd from the start, negative when they
            get fewer; exits less those who came back or are new.
        base: households on bistånd at the start, when ``change`` is given: a number when it is
            known, else which numbers are believed in before the change is seen.
        decimals: of the printed per cent.
        entries: whether households that are new after the start are counted at the end.
        years: from the start to the count.
    """

    n: Annotated[Count, WHOLE, POSITIVE] | None = None
    left: Annotated[Count, WHOLE] | None = None
    change: Annotated[SignedShare, CERTAIN] | None = None
    base: Count | None = None
    decimals: Annotated[Integer, Field(ge=0, le=2)] = 0
    entries: Flag = False
    years: Annotated[Integer, Field(ge=1, le=10)]

    @property
    def counts(self) -> tuple[int, int] | None:
        """Households at the start and those that have left, where they are counted."""
        if self.n is None or self.left is None:
            return None
        return int(value_of(self.n)), int(value_of(self.left))

    @property
    def printed(self) -> int:
        """The printed change in units of its last decimal of a per cent."""
        assert self.change is not None  # the form was checked
        return round(value_of(self.change) * 10.0 ** (2 + self.decimals))

    @property
    def bases(self) -> dict[int, float]:
        """Households at the start → probability before the change is seen."""
        if self.counts is not None:
            return {self.counts[0]: 1.0}
        assert self.base is not None  # the form was checked
        return believed(self.base.distribution)

    @property
    def possible_bases(self) -> tuple[int, ...]:
        """Numbers of households at the start from which the printed change can come."""
        if self.counts is not None:
            return (self.counts[0],)
        return tuple(
            base
            for base in self.bases
            if finals(base, self.printed, self.decimals, entries=self.entries)
        )

    @model_validator(mode="after")
    def _possible(self) -> Self:
        counted = (self.n is not None, self.left is not None)
        printed = (self.change is not None, self.base is not None)
        if {counted, printed} != {(True, True), (False, False)}:
            raise refuse("arm_form", found=", ".join(self._given()) or "–")
        if self.counts is not None:
            return self._counted(*self.counts)
        for wrong in self._wrong_base():
            raise wrong
        return self

    def _given(self) -> Iterator[str]:
        names = ("n", "left", "change", "base")
        yield from (name for name in names if getattr(self, name) is not None)

    def _counted(self, households: int, left: int) -> Self:
        if left > households:
            raise refuse("more_left_than_households", found=left, households=households)
        if self.entries:
            raise refuse("arm_form", found="n, left, entries")
        return self

    def _wrong_base(self) -> Iterator[Exception]:
        assert self.change is not None and self.base is not None
        family = self.base.distribution
        if not isinstance(family, d.Fixed | d.Uniform | d.Discrete):
            form = type(family).__name__.lower()
            yield refuse("prior_family", found=form, allowed="value, uniform, discrete")
        ends = family.values if isinstance(family, d.Discrete) else family.support()
        for end in ends:
            if end != int(end):
                yield refuse("not_an_integer", found=end)
        if min(ends) < 1:
            yield refuse("not_positive", found=f"{min(ends):g}")
        most = LARGEST_WITH_ENTRIES if self.entries else LARGEST
        if max(ends) > most:
            yield refuse("out_of_range", found=max(ends), allowed=f"1–{most}", example="30")
        scaled = value_of(self.change) * 10 ** (2 + self.decimals)
        if abs(scaled - self.printed) > 1e-6:  # beyond rounding of the input
            yield refuse("change_decimals", found=_percent(value_of(self.change)))
        if not self.possible_bases:
            yield refuse(
                "change_impossible",
                found=_percent(value_of(self.change)),
                lowest=int(min(ends)),
                highest=int(max(ends)),
            )


class Group(Arm):
    """A comparison group.

    Attributes:
        title: what a person calls it.
    """

    title: Text | None = None


def believed(distribution: d.Distribution) -> dict[int, float]:
    """Return whole number → probability: uniform from the lowest to the highest, or as stated.

    Example:
        >>> believed(d.Uniform(2.0, 5.0))
        {2: 0.25, 3: 0.25, 4: 0.25, 5: 0.25}
    """
    if isinstance(distribution, d.Discrete):
        pairs = zip(distribution.values, distribution.weights, strict=True)
        return {int(value): weight for value, weight in pairs}
    low, high = (int(end) for end in distribution.support())
    return dict.fromkeys(range(low, high + 1), 1.0 / (high - low + 1))


def finals(base: int, printed: int, decimals: int, *, entries: bool) -> range:
    """Return the numbers of households at the end that print as ``printed``.

    Halves are rounded away from nought, as spreadsheets do.

    Args:
        base: households at the start.
        printed: change in units of the last printed decimal of a per cent.
        decimals: how many are printed.
        entries: whether there can be more households at the end than at the start.

    Example:
        >>> [base for base in range(1, 31) if finals(base, -42, 0, entries=False)]
        [12, 19, 24, 26]
    """
    unit = 10 ** (2 + decimals)
    size = abs(printed)
    # |change| in households: from (size − ½)·base/unit up to, not including, (size + ½)·base/unit.
    low = max(_up(Fraction((2 * size - 1) * base, 2 * unit)), 0)
    high = _up(Fraction((2 * size + 1) * base, 2 * unit)) - 1
    if printed > 0:
        found = range(base + low, base + high + 1)
    elif printed < 0:
        found = range(base - high, base - low + 1)
    else:
        found = range(base - high, base + high + 1)
    most = found.stop if entries else min(found.stop, base + 1)
    return range(max(found.start, 0), max(most, found.start, 0))


def _up(number: Fraction) -> int:
    return -(-number.numerator // number.denominator)


def _percent(share: float) -> str:
    return f"{100 * share:g} %".replace("-", "−")
