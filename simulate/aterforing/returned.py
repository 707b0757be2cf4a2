"""What an investment realises in each future, and what is owed to the fund for it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from simulate.aterforing import rules
from simulate.aterforing.lines import realised
from simulate.aterforing.plan import planned
from simulate.contract import money
from simulate.contract.money import Ore
from simulate.draws.draw import Draws, full
from simulate.draws.streams import BATCH
from simulate.draws.values import Floats
from simulate.scenario.tree.aterforing import OWN, RULES, Rule, Terms
from simulate.scenario.tree.investment import Investment, Priced
from simulate.scenario.tree.scenario import FundScenario


@dataclass(frozen=True)
class Owed:
    """What is owed to the fund under one rule, öre, dims (draw, year, party).

    Attributes:
        due: by the year of the saving; what is returned after the horizon too.
        paid: by the year in which it is returned, within the horizon.
    """

    due: Ore
    paid: Ore


@dataclass(frozen=True)
class Returned:
    """One investment in one batch of futures, in öre.

    Attributes:
        grant: what the fund grants, dims (draw, year).
        overrun: what it costs beyond the grant, dims (draw, year).
        planned: återföring of the plan, dims (year, party).
        realised: cashable saving, dims (draw, year, party).
        owed: what is returned under each rule that is compared.
    """

    grant: Ore
    overrun: Ore
    planned: Ore
    realised: Ore
    owed: Mapping[str, Owed]


def compared(scenario: FundScenario) -> tuple[str, ...]:
    """Return the rules that are compared: all, and the scenario's own where no one of them is."""
    own = own_rule(scenario)
    return RULES if own in RULES else (*RULES, own)


def own_rule(scenario: FundScenario) -> str:
    """Return the rule that the scenario follows; ``own`` where an investment has its own terms."""
    apart = any(one.terms is not None for one in scenario.investments.values())
    return OWN if apart else scenario.fund.aterforing.rule


def lag_of(investment: Investment, scenario: FundScenario) -> int:
    """Return the whole years between a saving of an investment and its return."""
    return (investment.terms or scenario.fund.aterforing).lag


def saving_years(scenario: FundScenario, namnd: str, year: int) -> tuple[int, ...]:
    """Return the years whose savings a nämnd returns in a year: several where lags differ.

    Those of the investments that are planned to save, or have a line that saves, in that nämnd;
    where none does it is the fund's own lag.
    """
    column, found = list(scenario.parties).index(namnd), set[int]()
    for one in scenario.investments.values():
        when = year - lag_of(one, scenario)
        if when in scenario.years:
            plan = planned(one, scenario)[when - scenario.first_year, column]
            lines = [line for line in one.effects if isinstance(line, Priced)]
            own = [one.replaced(line).counted for line in lines if line.falls_on == namnd]
            if plan or any(str(when) in counted for counted in own):
                found.add(when)
    fund = max(year - scenario.fund.aterforing.lag, scenario.first_year)
    return tuple(sorted(found)) or (fund,)


def returned(scenario: FundScenario, draws: Draws) -> Iterator[tuple[str, Returned, Draws]]:
    """Yield every investment: its id, what it realises and owes, and the draws of its numbers.

    What is drawn for one is forgotten with it: memory does not grow with how many there are.
    """
    end = end_of_rules(scenario, draws)
    for key, investment in scenario.investments.items():
        own = draws.apart()
        plan = planned(investment, scenario)
        real = realised(key, scenario, own, plan)
        grant = _grant(investment, scenario, own)
        terms = investment.terms or scenario.fund.aterforing
        law = Applied.of(scenario, terms, investment.provider, end, own)
        saved = law.saved(real)
        total = grant.sum(axis=1)
        owed = {
            rule: law.owed(terms.rule if rule == OWN else as_rule(rule), plan, saved, total)
            for rule in compared(scenario)
        }
        yield key, Returned(grant, _overrun(investment, grant, own), plan, real, owed), own


def as_rule(name: str) -> Rule:
    """Return a name of a rule as such.

    Raises:
        StopIteration: it is none.
    """
    return next(rule for rule in RULES if rule == name)


def end_of_rules(scenario: FundScenario, draws: Draws) -> Floats | None:
    """Return from which year nothing is owed, dims (draw,); ``None`` where it cannot happen."""
    abolished = scenario.fund.aterforing.abolished
    if abolished is None:
        return None
    u = draws.chance("fund", "abolished")
    return rules.end_of_rules(u, abolished.first_year, draws.of(abolished.hazard))


@dataclass(frozen=True)
class Applied:
    """Terms as they apply to one investment in one batch.

    Attributes:
        terms: of the investment, or the fund's.
        share: of what is realised that ``realised_share`` returns, dims (draw,) or ().
        ceiling: as a multiple of what is granted; ``None`` without.
        namnder: which columns return what they save, dims (party,).
        provider: column of whoever runs the investment.
        years: of the second dimension.
        end: as in :func:`end_of_rules`.
    """

    terms: Terms
    share: Floats
    ceiling: Floats | None
    namnder: NDArray[np.bool_]
    provider: int
    years: tuple[int, ...]
    end: Floats | None

    @classmethod
    def of(
        cls,
        scenario: FundScenario,
        terms: Terms,
        provider: str,
        end: Floats | None,
        draws: Draws,
    ) -> Applied:
        """Return the terms of an investment with its numbers drawn."""
        return cls(
            terms,
            np.asarray(1.0) if terms.share is None else draws.of(terms.share),
            None if terms.ceiling is None else draws.of(terms.ceiling),
            np.asarray([one.type == "namnd" for one in scenario.parties.values()], dtype=np.bool_),
            list(scenario.parties).index(provider),
            scenario.years,
            end,
        )

    def saved(self, realised: Ore) -> Ore:
        """Return what nämnder save, never less than nothing: a cost that grows is no saving."""
        return np.where(self.namnder, np.maximum(realised, 0), 0)

    def owed(self, rule: Rule, planned: Ore, saved: Ore, granted: Ore) -> Owed:
        """Return what is owed under a rule with everything else that the terms say.

        Args:
            rule: the rule.
            planned: öre, dims (year, party).
            saved: öre, from :meth:`saved`.
            granted: öre in all years, dims (draw,).
        """
        return self.fallen(self.due(rule, planned, saved, granted))

    def due(self, rule: Rule, planned: Ore, saved: Ore, granted: Ore) -> Ore:
        """Return what is owed by year of the saving, were it never abolished.

        Args:
            rule, saved, granted: as in :meth:`owed`.
            planned: öre, dims (year, party) or (draw, year, party).
        """
        due = rules.RULES[rule](planned, saved, self.share)
        if self.terms.gap != "fund":
            payer = self.provider if self.terms.gap == "provider" else None
            due = rules.topped_up(due, planned, payer)
        if rule == "until_repaid":
            due = rules.at_most(due, granted)
        if self.ceiling is not None:
            due = rules.at_most(due, money.part(granted, self.ceiling))
        return due

    def fallen(self, due: Ore) -> Owed:
        """Return what is left of it once it can be abolished, and when it is paid."""
        if self.end is not None:
            due = rules.stopped(due, np.asarray(self.years) + self.terms.lag, self.end)
        return Owed(due, rules.late(due, self.terms.lag))


def _grant(investment: Investment, scenario: FundScenario, draws: Draws) -> Ore:
    grant = np.zeros((BATCH, len(scenario.years)), dtype=np.int64)
    for year, amount in investment.costs.items():
        grant[:, int(year) - scenario.first_year] += money.ore(draws.of(amount))
    return grant


def _overrun(investment: Investment, grant: Ore, draws: Draws) -> Ore:
    if investment.overrun is None:
        return np.zeros_like(grant)
    return money.ore(full(draws.of(investment.overrun))[:, None] * money.sek(grant))
