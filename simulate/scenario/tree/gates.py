"""Stage gates: at stated meetings it is decided, on what is known then, whether funding goes on."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from pydantic import Field

from models.number import Count, LogRatio, Number, Ratio, Share, Years
from models.table import Day, Flag, Identifier, Table


class StopRule(Table):
    """The rule by which possible futures stop.

    Funding ends at the first meeting at which both hold, if anything is left to be drawn.

    Attributes:
        index_above: cost so far over the expected cost of the same person-months, above which
            funding ends.
        person_months: so many person-months must be known.
    """

    index_above: Ratio
    person_months: Count


class StageGates(Table):
    """Meetings that decide on continued funding, and what can be known at each.

    Where nobody has agreed on a rule funding goes on at each of them.

    Attributes:
        meetings: their days, in order.
        measure: the measured saving whose costs are looked at on the way.
        reporting_lag: time from a person-month to the meeting at which its cost is known.
        stable: share of the variance between persons in cost that is a stable level of the
            person, known from the first month; the rest comes anew every month.
        front_load: log of the cost of a person's first months over what the expected profile
            says of them; what comes later makes up for it.
        yardstick_known: whether the expected cost is known at the meetings. Where it is not, only
            the cost itself can be looked at.
        rule: left out where none is agreed on.
    """

    meetings: Annotated[tuple[Day, ...], Field(min_length=1)]
    measure: Identifier
    reporting_lag: Years
    stable: Share
    front_load: LogRatio
    yardstick_known: Flag
    rule: StopRule | None = None

    @property
    def numbers(self) -> tuple[Number, ...]:
        """Its numbers, in the order in which their factors are declared."""
        rule = () if self.rule is None else (self.rule.index_above, self.rule.person_months)
        return (self.reporting_lag, self.stable, self.front_load, *rule)


def instalments_by(draw_days: tuple[date, ...], meeting: date) -> int:
    """Return how many drawdowns have been made when a meeting decides: those before its day.

    Example:
        >>> instalments_by((date(2020, 1, 1), date(2020, 7, 1)), date(2020, 7, 1))
        1
    """
    return sum(day < meeting for day in draw_days)
