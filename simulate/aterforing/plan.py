"""What is planned to be returned, by year and party; the same in every future, in whole öre."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from simulate.aterforing.saving import saving
from simulate.contract import money
from simulate.contract.money import Ore
from simulate.draws.values import Central
from simulate.scenario.tree.aterforing import split_in
from simulate.scenario.tree.investment import Investment, Priced
from simulate.scenario.tree.scenario import FundScenario


@dataclass(frozen=True)
class Grid:
    """The places of an amount: calendar years and parties."""

    years: tuple[int, ...]
    parties: tuple[str, ...]

    @classmethod
    def of(cls, scenario: FundScenario) -> Grid:
        """Return the grid of a scenario."""
        return cls(scenario.years, tuple(scenario.parties))

    @property
    def nothing(self) -> Ore:
        """Zero öre, dims (year, party)."""
        return np.zeros((len(self.years), len(self.parties)), dtype=np.int64)

    def at(self, year: str, party: str) -> tuple[int, int]:
        """Return the place of a year and a party."""
        return int(year) - self.years[0], self.parties.index(party)


def planned(investment: Investment, scenario: FundScenario) -> Ore:
    """Return the planned återföring of an investment, öre, dims (year, party).

    A stated plan is split over the nämnder; the last of them takes what is left of an öre, so that
    each year's sum is the plan's. Without one, the plan is what the effect lines save at their
    medians, in the purse where each falls: one number a line, as in a spreadsheet. What falls on a
    party that is no nämnd is not returned. A line that takes a number from evidence has no median
    before the fit: the plan is then stated, which is checked when the scenario is read.
    """
    grid = Grid.of(scenario)
    plan = grid.nothing
    if investment.aterforing is None or investment.split is None:
        for effect in investment.effects:
            if isinstance(effect, Priced) and scenario.parties[effect.falls_on].type == "namnd":
                for year in investment.replaced(effect).counted:
                    saved = money.ore(saving(effect, investment, year, Central()))
                    plan[grid.at(year, effect.falls_on)] += int(saved)
        return np.maximum(plan, 0)
    for year, amount in investment.aterforing.items():
        left = whole = int(money.ore(Central().of(amount)))
        *most, last = split_in(investment.split, year).items()
        for namnd, share in most:
            part = int(money.part(np.asarray(whole), Central().of(share)))
            plan[grid.at(year, namnd)] += part
            left -= part
        plan[grid.at(year, last[0])] += left
    return plan
