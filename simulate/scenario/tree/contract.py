"""The contract: who lends, who pays, when, and by which clauses."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from models.number import Sek, Share
from models.table import Day, Flag, Identifier, Integer, Table, Text
from simulate.contract.bound import Bound
from simulate.contract.clauses import AnyClause
from simulate.contract.clauses.base import Threshold
from simulate.scenario.tree.gates import StageGates
from simulate.scenario.tree.payer import Payer
from simulate.scenario.tree.waterfall import Guarantor, Step, Tranche

Rounding = Literal["ore", "krona", "hundra_kronor", "tusen_kronor"]


class Case(Table):
    """Stated outcomes to pay out on: what happened, or what somebody asks about.

    Never evidence: nothing is learned from a case.

    Attributes:
        id: names the case in results.
        title: the case in a few words, for people.
        drawn: drawn amount.
        delivered: whether the activity was carried out.
        readings: measures by id.
        redeemed_in: year in which the investor leaves; left out when she stays.
    """

    id: Identifier
    title: Text
    drawn: Sek
    delivered: Flag
    readings: dict[Identifier, Threshold]
    redeemed_in: Integer | None = None


class Group(Table):
    """Clauses whose sum has a cap and a floor of its own.

    Attributes:
        id: names the group in results.
        title: the group in a few words, for people.
        clauses: ids of the clauses; a clause is in one group at most.
        cap, floor: of their sum.
    """

    id: Identifier
    title: Text
    clauses: Annotated[tuple[Identifier, ...], Field(min_length=1)]
    cap: Bound
    floor: Bound


class Below(Table):
    """The rule by which the investor leaves: the measure is below a level.

    Attributes:
        measure: the measure that decides.
        below: level under which she leaves.
    """

    measure: Identifier
    below: Threshold


class Redemption(Table):
    """A day on which the investor may leave for a share of the drawn amount.

    Whoever leaves is paid that share the same day and none of the clauses that fall due later; it
    lies outside caps and floors.

    Attributes:
        id: names the possibility.
        day: on which she may leave, after the last drawdown.
        share: of the drawn amount, which is then paid.
        leaves: rule by which possible futures decide; left out where she stays in all of them.
    """

    id: Identifier
    day: Day
    share: Share
    leaves: Below | None = None


class Contract(Table):
    """A social outcome contract.

    Attributes:
        title: what the contract is called.
        clauses: what it pays; the payment is their sum.
        investor: who lends the drawn amount to the programme's provider and is paid; left out
            where the provider itself has its fee at risk. With tranches it stands between them and
            the others and keeps nothing.
        payer: who pays for what is measured; left out where several do.
        committed: most that can be drawn.
        drawn_on: days on which equal parts of the drawn amount are paid out.
        pays_on: day of the payment of every clause that states none of its own.
        cap, floor: of the sum of the clauses.
        rounding: what the clauses, caps and floors are rounded to, half away from zero.
        payers: who pays which part, where several pay.
        groups: of clauses that share a cap and a floor.
        redemptions: days on which the investor may leave, in order.
        tranches: who lends how much, where several do.
        waterfall: who of them is paid in which order, the last step without limit.
        guarantors: who makes good a tranche's loss.
        stage_gates: meetings that decide on continued funding; left out where there are none.
        unstated: what public sources do not say and this file therefore assumes.
        cases: stated outcomes that the contract is paid out on when none are given.
    """

    title: Text
    investor: Identifier | None = None
    payer: Identifier | None = None
    committed: Sek
    drawn_on: Annotated[tuple[Day, ...], Field(min_length=1)]
    pays_on: Day
    cap: Bound
    floor: Bound
    clauses: Annotated[tuple[AnyClause, ...], Field(min_length=1)]
    rounding: Rounding = "ore"
    payers: tuple[Payer, ...] = ()
    groups: tuple[Group, ...] = ()
    redemptions: tuple[Redemption, ...] = ()
    tranches: tuple[Tranche, ...] = ()
    waterfall: tuple[Step, ...] = ()
    guarantors: tuple[Guarantor, ...] = ()
    stage_gates: StageGates | None = None
    unstated: tuple[Text, ...] = ()
    cases: tuple[Case, ...] = ()

    @property
    def draw_days(self) -> tuple[date, ...]:
        """The days of drawdown, in order."""
        return tuple(sorted(self.drawn_on))

    @property
    def stops(self) -> bool:
        """Whether a rule can end the funding on the way."""
        return self.stage_gates is not None and self.stage_gates.rule is not None

    def measures(self) -> tuple[str, ...]:
        """The measures that decide what the clauses pay, each once."""
        used = (measure for clause in self.clauses for measure in clause.measures())
        return tuple(dict.fromkeys(used))

    @property
    def paid_by(self) -> tuple[str, ...]:
        """Everybody who pays, each once."""
        several = (one.party for one in self.payers)
        return tuple(dict.fromkeys(several)) if self.payer is None else (self.payer,)

    def payers_of(self, clause: str) -> tuple[Payer, ...]:
        """Who pays a clause: those who name it, or where nobody does those who name none."""
        naming = tuple(one for one in self.payers if clause in (one.clauses or ()))
        return naming or tuple(one for one in self.payers if one.clauses is None)
