"""What an effect line says of the cost that it lowers, so that no krona is counted twice."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from models.table import Identifier, Table

LineKey = Annotated[str, Field(pattern=r"^([a-z][a-z0-9_]{0,59}\.)?[a-z][a-z0-9_]{0,59}$")]


class Claims(Table):
    """The cost that a line says will be lower.

    Attributes:
        cost: what kind of cost it is, such as ``hvb``; the same name wherever it is the same.
        of: whose cost it is, such as ``barn_i_familjehem``; the same name for the same persons.
    """

    cost: Identifier
    of: Identifier
