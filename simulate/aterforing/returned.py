"""What an investment realises in each future, and what is owed to the fund for it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from simulate.aterforing.plan import Grid, planned
from simulate.aterforing.rules import RULES
from simulate.aterforing.saving import level, saving
from simulate.contract import money
from simulate.contract.money import Ore
from simulate.draws.draw import Draws, full
from simulate.draws.factors import OCCURS, line_place
from simulate.draws.streams import BATCH
from simulate.draws.values import Floats
from simulate.scenario.tree.fund import RULES as RULE_NAMES
from simulate.scenario.tree.fund import Rule
from simulate.scenario.tree.investment import Investment, PlanShare, Priced
from simulate.scenario.tree.scenario import FundScenario


@dataclass(frozen=True)
class Returned:
    """One investment in one batch of futures, in öre.

    Attributes:
        grant: what the fund grants, dims (draw, year).
        overrun: what it costs beyond the grant, dims (draw, year).
        planned: återföring of the plan, dims (year, party).
        realised: cashable saving, dims (draw, year, party).
        owed: återföring under each rule, dims (draw, year, party).
    """

    grant: Ore
    overrun: Ore
    planned: Ore
    realised: Ore
    owed: Mapping[Rule, Ore]


def returned(scenario: FundScenario, draws: Draws) -> dict[str, Returned]:
    """Return every investment, by id."""
    found: dict[str, Returned] = {}
    for key, investment in scenario.investments.items():
        plan = planned(investment, scenario)
        real = _realised(key, plan, scenario, draws)
        owed = {rule: RULES[rule](plan, real) for rule in RULE_NAMES}
        grant = _grant(investment, scenario, draws)
        found[key] = Returned(grant, _overrun(investment, grant, draws), plan, real, owed)
    return found


def _grant(investment: Investment, scenario: FundScenario, draws: Draws) -> Ore:
    grant = np.zeros((BATCH, len(scenario.years)), dtype=np.int64)
    for year, amount in investment.costs.items():
        grant[:, int(year) - scenario.first_year] += money.ore(draws.of(amount))
    return grant


def _overrun(investment: Investment, grant: Ore, draws: Draws) -> Ore:
    if investment.overrun is None:
        return np.zeros_like(grant)
    return money.ore(full(draws.of(investment.overrun))[:, None] * money.sek(grant))


def occurs(key: str, effect: Priced, investment: Investment, draws: Draws) -> Floats:
    """Return 1 where the effect of a line occurs and 0 where not, dims (draw,) or ().

    What comes in the place of a saving cannot come without it: it follows that line.

    Args:
        key: id of the investment.
        effect: the line.
        investment: that it is a line of.
        draws: the batch.
    """
    each = {effect.id: effect, (other := investment.replaced(effect)).id: other}
    found = np.asarray(1.0)
    for one in each.values():
        if one.occurs is not None:
            u = draws.chance(line_place(key, one.id), OCCURS)
            found = np.asarray(found * (u < draws.of(one.occurs)))
    return found


def _realised(key: str, plan: Ore, scenario: FundScenario, draws: Draws) -> Ore:
    grid, investment = Grid.of(scenario), scenario.investments[key]
    shared = scenario.fund.common_factor
    common = np.asarray(1.0) if shared is None else draws.of(shared)
    real = np.zeros((BATCH, *plan.shape), dtype=np.int64)
    for effect in investment.effects:
        if isinstance(effect, PlanShare):
            share = full(common * draws.of(effect.share))
            real += money.ore(share[:, None, None] * money.sek(plan))
        elif isinstance(effect, Priced):
            there = occurs(key, effect, investment, draws)
            part = common * there * level(effect, investment, draws)
            for year in investment.replaced(effect).counted:
                row, column = grid.at(year, effect.falls_on)
                saved = part * saving(effect, investment, year, draws)
                real[:, row, column] += money.ore(saved)
    return real
