"""The contract: who lends, who pays, when, and by which clauses."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from pydantic import Field

from models.number import Sek
from models.table import Day, Flag, Identifier, Table, Text
from simulate.contract.bound import Bound
from simulate.contract.clauses import AnyClause
from simulate.contract.clauses.base import Threshold


class Case(Table):
    """Stated outcomes to pay out on: what happened, or what somebody asks about.

    Never evidence: nothing is learned from a case.

    Attributes:
        id: names the case in results.
        title: the case in a few words, for people.
        drawn: drawn amount.
        delivered: whether the activity was carried out.
        readings: measures by id.
    """

    id: Identifier
    title: Text
    drawn: Sek
    delivered: Flag
    readings: dict[Identifier, Threshold]


class Contract(Table):
    """A social outcome contract.

    Attributes:
        title: what the contract is called.
        clauses: what it pays; the payment is their sum.
        investor, payer: the parties between which money goes; the drawn amount goes from the
            investor to the programme's provider.
        committed: most that can be drawn.
        drawn_on: days on which equal parts of the drawn amount are paid out.
        pays_on: day of the payment to the investor.
        cap, floor: of the sum of the clauses.
        unstated: what public sources do not say and this file therefore assumes.
        cases: stated outcomes that the contract is paid out on when none are given.
    """

    title: Text
    investor: Identifier
    payer: Identifier
    committed: Sek
    drawn_on: Annotated[tuple[Day, ...], Field(min_length=1)]
    pays_on: Day
    cap: Bound
    floor: Bound
    clauses: Annotated[tuple[AnyClause, ...], Field(min_length=1)]
    unstated: tuple[Text, ...] = ()
    cases: tuple[Case, ...] = ()

    @property
    def draw_days(self) -> tuple[date, ...]:
        """The days of drawdown, in order."""
        return tuple(sorted(self.drawn_on))
