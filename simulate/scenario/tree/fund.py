"""The social investment fund: its capital, and the rule by which nämnder fill it again."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from models.number import CalendarYear, Ratio, Sek
from models.table import Identifier, Table
from simulate.scenario.tree.aterforing import Aterforing, YearKey


class TopUp(Table):
    """Capital that is paid in later, in a year that may be uncertain.

    Attributes:
        amount: what is paid in.
        year: calendar year; one after the horizon is never.
    """

    amount: Sek
    year: CalendarYear


class Fund(Table):
    """A social investment fund.

    Attributes:
        party: the party that is the fund.
        capital: what is paid in to it, by calendar year.
        aterforing: the rule of återföring.
        common_factor: multiplies what every investment realises, in each future by the same: what
            they share of policy, labour market and budget discipline. Left out, each investment
            goes its own way.
        top_ups: what is paid in beside ``capital``, in years that need not be known.
    """

    party: Identifier
    capital: Annotated[dict[YearKey, Sek], Field(min_length=1)]
    aterforing: Aterforing
    common_factor: Ratio | None = None
    top_ups: tuple[TopUp, ...] = ()
