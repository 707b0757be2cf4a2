"""A limit in a contract: an amount, a multiple of what was drawn, or none at all.

Blank, zero and unlimited are three different things: a key that is left out is refused where it
matters, zero is written ``"0 kr"``, no limit is written ``"unlimited"``.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

from pydantic import BeforeValidator, GetJsonSchemaHandler
from pydantic_core import CoreSchema, PydanticCustomError

from models.number import Ratio, Sek
from models.number_schema import SHARED, has, written
from models.quantity import SEK
from models.table import Table

UNLIMITED = "unlimited"


class Limit(Table):
    """An amount of money; with neither key set there is no limit.

    Attributes:
        amount: in SEK.
        of_drawn: as a multiple of the drawn amount.
    """

    amount: Sek | None = None
    of_drawn: Ratio | None = None

    @property
    def unlimited(self) -> bool:
        """Whether there is no limit."""
        return self.amount is None and self.of_drawn is None

    def reaches(self, other: Limit) -> bool:
        """Whether this limit is at or above ``other``, where that can be told before any draw."""
        if self.unlimited:
            return True
        pairs = ((self.amount, other.amount), (self.of_drawn, other.of_drawn))
        return any(
            a.distribution.support()[0] >= b.distribution.support()[1]
            for a, b in pairs
            if a is not None and b is not None
        )


def _read(raw: object) -> object:
    if raw == UNLIMITED:
        return Limit()
    if isinstance(raw, Mapping):
        if ("amount" in raw) == ("of_drawn" in raw):
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
        one = [has("amount"), has("of_drawn")]
        tables = {"allOf": [handler(table)], "oneOf": one}
        return {
            SHARED: "limit",
            "description": 'An amount, a multiple of what was drawn, or "unlimited".',
            "anyOf": [{"const": UNLIMITED}, written(SEK), tables],
        }


Bound = Annotated[Limit, BeforeValidator(_read), _Schema()]
