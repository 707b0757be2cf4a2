"""What an investment realises in each future, and what is owed to the fund for it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from simulate.aterforing.plan import Grid, planned
from simulate.aterforing.rules import RULES
from simulate.aterforing.saving import saving
from simulate.contract import money
from simulate.contract.money import Ore
from simulate.draws.draw import Draws, full
from simulate.draws.streams import BATCH
from simulate.scenario.tree.fund import RULES as RULE_NAMES
from simulate.scenario.tree.fund import Rule
from simulate.scenario.tree.investment import Investment, PlanShare, Priced
from simulate.scenario.tree.scenario import FundScenario


@dataclass(frozen=True)
class Returned:
    """One investment in one batch of futures, in öre.

    Attributes:
        cost: what it costs, and the fund grants, dims (draw, year).
        planned: återföring of the plan, dims (year, party).
        realised: cashable saving, dims (draw, year, party).
        owed: återföring under each rule, dims (draw, year, party).
    """

    cost: Ore
    planned: Ore
    realised: Ore
    owed: Mapping[Rule, Ore]


def returned(scenario: FundScenario, draws: Draws) -> dict[str, Returned]:
    """Return every investment, by id."""
    found: dict[str, Returned] = {}
    for key, investment in scenario.investments.items():
        plan = planned(investment, scenario)
        real = _realised(investment, plan, scenario, draws)
        owed = {rule: RULES[rule](plan, real) for rule in RULE_NAMES}
        found[key] = Returned(_cost(investment, scenario, draws), plan, real, owed)
    return found


def _cost(investment: Investment, scenario: FundScenario, draws: Draws) -> Ore:
    cost = np.zeros((BATCH, len(scenario.years)), dtype=np.int64)
    for year, amount in investment.costs.items():
        cost[:, int(year) - scenario.first_year] += money.ore(draws.of(amount))
    return cost


def _realised(investment: Investment, plan: Ore, scenario: FundScenario, draws: Draws) -> Ore:
    grid = Grid.of(scenario)
    shared = scenario.fund.common_factor
    common = np.asarray(1.0) if shared is None else draws.of(shared)
    real = np.zeros((BATCH, *plan.shape), dtype=np.int64)
    for effect in investment.effects:
        if isinstance(effect, PlanShare):
            share = full(common * draws.of(effect.share))
            real += money.ore(share[:, None, None] * money.sek(plan))
        elif isinstance(effect, Priced):
            level = common if effect.realised is None else common * draws.of(effect.realised)
            for year in effect.counted:
                row, column = grid.at(year, effect.falls_on)
                real[:, row, column] += money.ore(level * saving(effect, year, draws))
    return real
