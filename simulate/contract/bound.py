"""A limit in a contract: an amount, a multiple of what was drawn, a rate of return, or none.

Blank, zero and unlimited are three different things: a key that is left out is refused where it
matters, zero is written ``"0 kr"``, no limit is written ``"unlimited"``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Annotated, Any

from pydantic import BeforeValidator, GetJsonSchemaHandler, InstanceOf
from pydantic_core import CoreSchema, PydanticCustomError

from models.number import Number, Rate, Ratio, Sek, parse_number
from models.number_schema import SHARED, has, number_schema, written
from models.quantity import COUNT, SEK, QuantityError
from models.table import Table

UNLIMITED = "unlimited"


class Limit(Table):
    """An amount of money; with no key set there is no limit.

    Attributes:
        amount: in SEK.
        of_drawn: as a multiple of the drawn amount.
        irr: as the yearly return (act/365) that the dated drawdowns and payments then give: what
            is still owed at that rate on the day of the payment.
    """

    amount: Sek | None = None
    of_drawn: Ratio | None = None
    irr: Rate | None = None

    @property
    def unlimited(self) -> bool:
        """Whether there is no limit."""
        return self.amount is None and self.of_drawn is None and self.irr is None

    def reaches(self, other: Limit) -> bool:
        """Whether this limit is at or above ``other``, where that can be told before any draw."""
        if self.unlimited:
            return True
        return any(low >= high for low, high in self._pairs(other))

    def below(self, other: Limit) -> bool:
        """Whether this limit is below ``other``, where that can be told before any draw."""
        if self.unlimited:
            return False
        if other.unlimited:
            return True
        return any(high < low for low, high in other._pairs(self))

    def _pairs(self, other: Limit) -> Iterator[tuple[float, float]]:
        """Yield (lowest of this, highest of the other) of what is written in the same way.

        Nothing is written in the same way as any multiple of the drawn amount.
        """
        for name in ("amount", "of_drawn", "irr"):
            mine, its = getattr(self, name), getattr(other, name)
            if mine is not None and its is not None:
                yield mine.distribution.support()[0], its.distribution.support()[1]
        if self.of_drawn is not None and other._nothing:
            yield self.of_drawn.distribution.support()[0], 0.0
        if self._nothing and other.of_drawn is not None:
            yield 0.0, other.of_drawn.distribution.support()[1]

    @property
    def _nothing(self) -> bool:
        return self.amount is not None and self.amount.distribution.support() == (0.0, 0.0)


def _read(raw: object) -> object:
    if raw == UNLIMITED:
        return Limit()
    if isinstance(raw, Mapping):
        forms = [key for key in ("amount", "of_drawn", "irr") if key in raw]
        if len(forms) > 1:
            raise PydanticCustomError("bound_two", "{found}", {"found": ", ".join(forms)})
        if not forms:
            raise PydanticCustomError("bound_blank", "{found}", {"found": ", ".join(raw)})
        return raw
    if isinstance(raw, Limit):
        return raw
    return {"amount": raw}


class _Schema:
    """How a limit is written, for editors."""

    def __get_pydantic_json_schema__(
        self, table: CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        one = [has("amount"), has("of_drawn"), has("irr")]
        tables = {"allOf": [handler(table)], "oneOf": one}
        return {
            SHARED: "limit",
            "description": 'An amount, a multiple of what was drawn, a return, or "unlimited".',
            "anyOf": [{"const": UNLIMITED}, written(SEK), tables],
        }


def _most(raw: object) -> object:
    if raw == UNLIMITED or isinstance(raw, Number):
        return None if raw == UNLIMITED else raw
    try:
        return parse_number(raw, COUNT)
    except QuantityError as error:
        raise PydanticCustomError(error.code, "{found}", dict(error.context)) from None


class _MostSchema:
    """How a largest number of something is written, for editors."""

    def __get_pydantic_json_schema__(
        self, table: CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        return {
            SHARED: "most",
            "description": 'A whole number, or "unlimited".',
            "anyOf": [{"const": UNLIMITED}, number_schema(COUNT)],
        }


# A largest number of something; nothing where there is no limit, which is written out.
Most = Annotated[InstanceOf[Number] | None, BeforeValidator(_most), _MostSchema()]
Bound = Annotated[Limit, BeforeValidator(_read), _Schema()]
