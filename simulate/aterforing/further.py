"""Further investments, granted in each future year by year while the fund's free capital allows.

How many there are depends on the path of the balance, so every rule has its own.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from simulate.aterforing.books import Decided, Totals
from simulate.aterforing.lines import common_factor
from simulate.aterforing.returned import (
    Applied,
    as_rule,
    end_of_rules,
    own_rule,
)
from simulate.aterforing.rules import late
from simulate.contract import money
from simulate.contract.money import Ore
from simulate.draws.draw import Draws, full
from simulate.draws.streams import BATCH
from simulate.draws.values import Floats, Ints
from simulate.scenario.tree.aterforing import OWN
from simulate.scenario.tree.fund import Grants
from simulate.scenario.tree.scenario import FundScenario


@dataclass(frozen=True)
class One:
    """One typical grant by years after its decision, öre.

    Attributes:
        parts: what is paid out, dims (draw, years after).
        planned: planned återföring, dims (draw, years after, party).
        realised: cashable saving, dims (draw, years after, party).
        due: what is owed by year of the saving, were it never abolished, same dims.
    """

    parts: Ore
    planned: Ore
    realised: Ore
    due: Ore


@dataclass(frozen=True)
class Further:
    """What is granted beside the investments of the scenario, in one batch.

    Attributes:
        count: how many are decided each year, dims (draw, year).
        planned: planned återföring, öre, dims (draw, year, party).
        totals: of all of them.
        undrawn: what is granted by the end of each year and not yet paid, the investments of the
            scenario included, öre, dims (draw, year).
    """

    count: Ints
    planned: Ore
    totals: Totals
    undrawn: Ore


def typical(
    grants: Grants, scenario: FundScenario, rule: str, law: Applied, draws: Draws, reached: Floats
) -> One:
    """Return one typical grant under a rule.

    Args:
        grants: how they are granted.
        scenario: for the parties.
        rule: under which they are returned.
        law: the fund's terms, with their numbers drawn.
        draws: the batch.
        reached: what is realised over what is planned, dims (draw,).
    """
    size = full(money.ore(draws.of(grants.size)))
    parts = np.repeat(size[:, None] // grants.paid_over, grants.paid_over, axis=1)
    parts[:, -1] += size - parts.sum(axis=1)
    planned = np.zeros((BATCH, 1 + max(map(int, grants.plan)), len(scenario.parties)), np.int64)
    namnd = list(scenario.parties).index(grants.namnd)
    for after, share in grants.plan.items():
        planned[:, int(after), namnd] += money.part(size, draws.of(share))
    realised = money.ore(reached[:, None, None] * money.sek(planned))
    own = scenario.fund.aterforing.rule if rule == OWN else as_rule(rule)
    return One(parts, planned, realised, law.due(own, planned, law.saved(realised), size))


@dataclass(frozen=True)
class Before:
    """What there is in a batch before anything further is granted.

    Attributes:
        scenario, draws: of the batch.
        decided: what the investments of the scenario commit the fund to, by year of decision.
        capital: paid in each year, öre, dims (draw, year).
    """

    scenario: FundScenario
    draws: Draws
    decided: Mapping[int, Decided]
    capital: Ore


def granted_further(
    before: Before, totals: Totals, rule: str, reached: Floats | None = None
) -> Further | None:
    """Return what is granted further under a rule; ``None`` where nothing ever is.

    Args:
        before: with or without a granting rule.
        totals: of the investments of the scenario, under the rule.
        rule: of the comparison.
        reached: what is realised over what is planned, dims (draw,); left out, as drawn.
    """
    scenario, draws = before.scenario, before.draws
    grants = scenario.fund.grants
    if grants is None:
        return None
    if reached is None:
        reached = full(common_factor(scenario, draws) * draws.of(grants.realised))
    end = end_of_rules(scenario, draws)
    law = Applied.of(scenario, scenario.fund.aterforing, grants.provider, end, draws)
    one = typical(grants, scenario, rule, law, draws, reached)
    path = _Path(before, grants, law, one, totals.paid.sum(axis=2))
    for year in range(len(scenario.years)):
        path.live(year)
    owed = law.fallen(path.due)
    matured = late(path.realised, law.terms.lag)
    sums = Totals(path.paid_out, path.realised, owed.due, owed.paid, matured)
    return Further(path.count, path.planned, sums, path.undrawn)


def carried(before: Before, totals: Totals) -> Mapping[float, Ints]:
    """Return how many the fund can grant if that share of what is planned is realised.

    Args:
        before, totals: as in :func:`granted_further`, under the scenario's own rule.
    """
    rule, counts = own_rule(before.scenario), {}
    for share in SHARES:
        more = granted_further(before, totals, rule, np.full(BATCH, share))
        if more is not None:
            counts[share] = more.count.sum(axis=1)
    return counts


# Of what is planned, for :func:`carried`.
SHARES = (0.0, 0.25, 0.5, 0.75, 1.0)


class _Path:
    """The balance year by year; what is decided changes what is due and what comes back."""

    def __init__(
        self, before: Before, grants: Grants, law: Applied, one: One, named_paid: Ore
    ) -> None:
        scenario = before.scenario
        self.grants, self.law, self.one = grants, law, one
        self.years = scenario.years
        self.capital, self.named_paid = before.capital, named_paid
        self.decided = before.decided
        lags = (lag for one in self.decided.values() for lag in one.planned)
        length, parties = len(self.years), len(before.scenario.parties)
        latest = max(law.terms.lag + one.planned.shape[1], *lags)
        reach = length + max(grants.paid_over, latest)
        # Both go on after the horizon: what is due then is no longer free either.
        self.committed = np.zeros((BATCH, reach), dtype=np.int64)
        self.expected = np.zeros((BATCH, reach), dtype=np.int64)
        self.balance = np.zeros(BATCH, dtype=np.int64)
        self.count = np.zeros((BATCH, length), dtype=np.int64)
        self.paid_out, self.undrawn = (np.zeros((BATCH, length), np.int64) for _ in range(2))
        self.planned, self.realised, self.due = (
            np.zeros((BATCH, length, parties), dtype=np.int64) for _ in range(3)
        )
        self.while_free = full(money.ore(before.draws.of(grants.while_free)))

    def live(self, year: int) -> None:
        """Take one year: capital, decisions, payments, and last what is returned."""
        self.balance += self.capital[:, year]
        self._named(year)
        if self.grants.first_year <= self.years[year] <= self.grants.last_year:
            self._decide(year)
        self.balance += self._returned(year) - self.committed[:, year]
        self.undrawn[:, year] = self.committed[:, year + 1 :].sum(axis=1)

    def _named(self, year: int) -> None:
        """Add what the investments of the scenario that are decided this year commit it to."""
        one = self.decided.get(self.years[year])
        if one is not None:
            self.committed[:, : len(self.years)] += one.grant
            for lag, planned in one.planned.items():
                self._expect(lag, planned[None, :])

    def _expect(self, begun: int, planned: Ore) -> None:
        """Add planned returns, dims (draw, years after ``begun``), by the year they are paid."""
        most = min(planned.shape[1], self.expected.shape[1] - begun)
        self.expected[:, begun : begun + most] += planned[:, :most]

    def _decide(self, year: int) -> None:
        grants, one = self.grants, self.one
        ahead = self.expected[:, year : year + grants.planned_ahead].sum(axis=1)
        free = self.balance - self.committed[:, year:].sum(axis=1) + ahead
        within = max(grants.planned_ahead - self.law.terms.lag, 0)
        planned = one.planned.sum(axis=2)
        less = one.parts.sum(axis=1) - planned[:, :within].sum(axis=1)
        count = np.zeros(BATCH, dtype=np.int64)
        for _ in range(grants.per_year):
            more = free >= self.while_free
            count += more
            free = free - more * less
        self.count[:, year] = count
        self.committed[:, year : year + grants.paid_over] += count[:, None] * one.parts
        self._expect(year + self.law.terms.lag, count[:, None] * planned)
        left = len(self.years) - year
        self.paid_out[:, year : year + grants.paid_over] += (count[:, None] * one.parts)[:, :left]
        for book, flows in (
            (self.planned, one.planned),
            (self.realised, one.realised),
            (self.due, one.due),
        ):
            here = flows[:, :left]
            book[:, year : year + here.shape[1]] += count[:, None, None] * here

    def _returned(self, year: int) -> Ore:
        """What comes back in a year from all, those that are granted further among them."""
        back = self.named_paid[:, year]
        saved = year - self.law.terms.lag
        if saved < 0:
            return back
        further = self.due[:, saved].sum(axis=1)
        if self.law.end is not None:
            further = np.where(self.years[year] < self.law.end, further, 0)
        return np.asarray(back + further)
