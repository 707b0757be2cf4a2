"""The investments of a fund, added up one after another: what they are together, not each."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from simulate.aterforing.plan import Grid
from simulate.aterforing.returned import Returned, compared, lag_of
from simulate.aterforing.rules import late
from simulate.contract import money
from simulate.contract.money import Ore
from simulate.draws.draw import Draws, full
from simulate.draws.streams import BATCH
from simulate.scenario.tree.scenario import FundScenario


@dataclass(frozen=True)
class Totals:
    """All investments together under one rule, öre.

    Attributes:
        grants: what the fund pays out, dims (draw, year).
        realised: cashable saving, dims (draw, year, party).
        due: återföring by the year of the saving, dims (draw, year, party).
        paid: återföring by the year in which it is returned, dims (draw, year, party).
        matured: cashable saving by the year in which what is owed for it is returned, same dims;
            it is ``realised`` itself where all is returned at once.
    """

    grants: Ore
    realised: Ore
    due: Ore
    paid: Ore
    matured: Ore

    def __add__(self, other: Totals) -> Totals:
        """Return the sums of both."""
        realised = self.realised + other.realised
        prompt = self.matured is self.realised and other.matured is other.realised
        return Totals(
            self.grants + other.grants,
            realised,
            self.due + other.due,
            self.paid + other.paid,
            realised if prompt else self.matured + other.matured,
        )

    @property
    def outstanding(self) -> Ore:
        """What is owed for savings within the horizon and returned after it, dims (draw,)."""
        if self.paid is self.due:
            return np.zeros(len(self.due), dtype=np.int64)
        return np.asarray(self.due.sum(axis=(1, 2)) - self.paid.sum(axis=(1, 2)))


@dataclass
class Decided:
    """What the decisions of one calendar year commit the fund to, öre.

    Attributes:
        grant: what is granted, dims (draw, year).
        planned: what is planned to be returned by the year of the saving, by the lag of the
            return, dims (year,).
    """

    grant: Ore
    planned: dict[int, Ore] = field(default_factory=dict)


class Books:
    """What has been added so far, öre.

    Its size depends on draws, years and parties, and not on how many investments there are.

    Attributes:
        grants: what the fund pays out, dims (draw, year).
        realised: cashable saving, dims (draw, year, party).
        matured: as in :class:`Totals`.
        grant, cost, partners: flows in the ledger, plus is money in, dims (draw, year, party).
        planned: återföring of the plan, dims (draw, year, party) or (1, year, party).
        decided: what has been granted, by calendar year of the decision.
    """

    def __init__(self, scenario: FundScenario) -> None:
        self._scenario, self._grid = scenario, Grid.of(scenario)
        self._fund = self._grid.parties.index(scenario.fund.party)
        shape = (BATCH, *self._grid.nothing.shape)
        self.realised, self.grant, self.cost, self.partners = (
            np.zeros(shape, dtype=np.int64) for _ in range(4)
        )
        self.matured = self.realised
        self.grants = np.zeros(shape[:2], dtype=np.int64)
        self.planned = np.zeros((1, *shape[1:]), dtype=np.int64)
        self.decided: dict[int, Decided] = {}
        self._due = {rule: np.zeros(shape, dtype=np.int64) for rule in compared(scenario)}
        # Where everything is returned at once the two are one.
        self._paid = dict(self._due)

    def add(self, key: str, one: Returned, draws: Draws) -> None:
        """Add an investment of the scenario.

        Args:
            key: its id.
            one: what it realises and owes.
            draws: for what its provider pays on to partners.
        """
        investment = self._scenario.investments[key]
        self.grants += one.grant
        self._realise(one.realised, lag_of(investment, self._scenario))
        self.planned += one.planned[None]
        for rule, owed in one.owed.items():
            prompt = owed.paid is owed.due
            if not prompt and self._paid[rule] is self._due[rule]:
                self._paid[rule] = self._due[rule].copy()
            apart = self._paid[rule] is not self._due[rule]
            self._due[rule] += owed.due
            if apart:
                self._paid[rule] += owed.paid
        spent = one.grant + one.overrun
        self._pay(investment.provider, one.grant, spent)
        for partner, share in (investment.paid_to or {}).items():
            part = money.part(spent, full(draws.of(share))[:, None])
            self._pass_on(investment.provider, partner, part)
        self._decide(key, one)

    def add_further(self, provider: str, grants: Ore, planned: Ore) -> None:
        """Add what is granted beside the investments; its returns are in its own totals.

        Args:
            provider: who runs it.
            grants: dims (draw, year).
            planned: dims (draw, year, party).
        """
        self._pay(provider, grants, grants)
        self.planned = self.planned + planned

    def undrawn(self) -> Ore:
        """Return what is granted by the end of each year and not yet paid, dims (draw, year).

        Of the investments of the scenario alone.
        """
        found = np.zeros_like(self.grants)
        first = self._grid.years[0]
        for year, one in self.decided.items():
            later = np.cumsum(one.grant[:, ::-1], axis=1)[:, ::-1] - one.grant
            found[:, year - first :] += later[:, year - first :]
        return found

    def totals(self) -> dict[str, Totals]:
        """Return the sums over what was added with :meth:`add`, under each compared rule."""
        return {
            rule: Totals(self.grants, self.realised, due, self._paid[rule], self.matured)
            for rule, due in self._due.items()
        }

    def _realise(self, realised: Ore, lag: int) -> None:
        if lag and self.matured is self.realised:
            self.matured = self.realised.copy()
        self.realised += realised
        if self.matured is not self.realised:
            self.matured += late(realised, lag)

    def _pay(self, provider: str, grant: Ore, spent: Ore) -> None:
        place = self._grid.parties.index(provider)
        self.cost[:, :, place] -= spent
        self.grant[:, :, place] += grant
        self.grant[:, :, self._fund] -= grant

    def _pass_on(self, provider: str, partner: str, part: Ore) -> None:
        for party, sign in ((partner, 1), (provider, -1)):
            place = self._grid.parties.index(party)
            self.partners[:, :, place] += sign * part
            self.cost[:, :, place] -= sign * part

    def _decide(self, key: str, one: Returned) -> None:
        investment = self._scenario.investments[key]
        year = max(investment.granted.year, self._scenario.first_year)
        mine = self.decided.setdefault(year, Decided(np.zeros_like(one.grant)))
        mine.grant += one.grant
        lag = lag_of(investment, self._scenario)
        planned = one.planned.sum(axis=1)
        mine.planned[lag] = mine.planned.get(lag, np.zeros_like(planned)) + planned
