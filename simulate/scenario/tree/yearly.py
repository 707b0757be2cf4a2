"""A share that is the same in all years, or is stated from one calendar year and on."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

from pydantic import Field, InstanceOf, TypeAdapter, ValidationInfo

from models.number import Number, Share
from models.table import Chosen, Identifier, Table
from simulate.scenario.tree.aterforing import YearKey

_ONE: Any = Share
_BY_YEAR: Any = Annotated[dict[YearKey, Share], Field(min_length=1)]
_FORMS = {True: TypeAdapter[Any](_BY_YEAR), False: TypeAdapter[Any](_ONE)}


def _read(raw: object, _: ValidationInfo) -> object:
    """Read a table as years where it has any: no part of a number begins with a digit."""
    by_year = isinstance(raw, Mapping) and any(str(key)[:1].isdigit() for key in raw)
    return _FORMS[by_year].validate_python(raw)


class Yearly(Table):
    """A table with quantities that are stated by calendar year.

    Attributes:
        years: how the uncertain numbers of such a quantity hang together, by the name of its key:
            the rank correlation between each of them and the next. Left out it is one: all of
            them are at the same quantile in a future. At nothing each is drawn for itself.
    """

    years: dict[Identifier, Share] = Field(default_factory=dict)


YearlyShare = Annotated[
    InstanceOf[Number] | dict[str, InstanceOf[Number]],
    Chosen(_read, {"one": _ONE, "by_year": _BY_YEAR}),
]


def in_year(shares: Number | Mapping[str, Number], year: str) -> Number:
    """Return the share that holds in a calendar year.

    A year that is not stated has what the nearest earlier one has; before the first, the first.

    Example:
        >>> from models.number import parse_number
        >>> from models.quantity import SHARE
        >>> low, high = parse_number(0.3, SHARE), parse_number(0.7, SHARE)
        >>> ramp = {"2013": low, "2016": high}
        >>> [in_year(ramp, year) is high for year in ("2012", "2015", "2016", "2020")]
        [False, False, True, True]
        >>> in_year(low, "2016") is low
        True
    """
    if isinstance(shares, Number):
        return shares
    # Years have four digits, so their texts come in the order of time.
    return shares[max((one for one in shares if one <= year), default=min(shares))]
