"""What an investment realises in each future, and what is owed to the fund for it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from simulate.aterforing.lines import realised
from simulate.aterforing.plan import planned
from simulate.aterforing.rules import RULES
from simulate.contract import money
from simulate.contract.money import Ore
from simulate.draws.draw import Draws, full
from simulate.draws.streams import BATCH
from simulate.scenario.tree.fund import RULES as RULE_NAMES
from simulate.scenario.tree.fund import Rule
from simulate.scenario.tree.investment import Investment
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
        real = realised(key, scenario, draws, plan)
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
