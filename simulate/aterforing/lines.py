"""What effect lines save in each future: whether they occur, how far they come true, how much."""

from __future__ import annotations

import numpy as np

from simulate.aterforing.plan import Grid
from simulate.aterforing.saving import level, saving
from simulate.contract import money
from simulate.contract.money import Ore
from simulate.draws.draw import Draws, full
from simulate.draws.factors import OCCURS, event_place, line_place
from simulate.draws.streams import BATCH
from simulate.draws.values import Floats
from simulate.scenario.tree.investment import PlanShare, Priced
from simulate.scenario.tree.scenario import FundScenario


def occurs(place: str, effect: Priced, scenario: FundScenario, draws: Draws) -> Floats:
    """Return 1 where the effect of a line occurs and 0 where not, dims (draw,) or ().

    Law: a line occurs where its event happens and its own chance is met. What comes in the place
    of a saving cannot come without it: it follows that line.

    Args:
        place: of the lines, as in :attr:`FundScenario.lines`.
        effect: one of them.
        scenario, draws: the fund and the batch.
    """
    lines, key = scenario.lines[place], place.partition(".")[0]
    each = {effect.id: effect, (other := lines.replaced(effect)).id: other}
    found = np.asarray(1.0)
    for event in dict.fromkeys(one.event for one in each.values() if one.event is not None):
        u = draws.chance(event_place(key, event), OCCURS)
        found = np.asarray(found * (u < draws.of(scenario.investments[key].events[event])))
    for one in each.values():
        if one.occurs is not None:
            u = draws.chance(line_place(place, one.id), OCCURS)
            found = np.asarray(found * (u < draws.of(one.occurs)))
    return found


def common_factor(scenario: FundScenario, draws: Draws, key: str = "") -> Floats:
    """Return what multiplies all that an investment realises, dims (draw,) or ().

    Law: the product of the factors that act on it, each to the power of its loading; one where
    there are none. What is granted further has no name and shares only what all do.
    """
    shared = scenario.fund.common_factor
    found = np.asarray(1.0) if shared is None else draws.of(shared)
    for one in scenario.fund.common_factors.values():
        if key in one.on:
            power = np.asarray(1.0) if one.loading is None else draws.of(one.loading)
            found = np.asarray(found * draws.of(one.factor) ** power)
    return found


def realised(place: str, scenario: FundScenario, draws: Draws, plan: Ore | None = None) -> Ore:
    """Return the realisable saving of some lines, öre, dims (draw, year, party).

    Args:
        place: of the lines, as in :attr:`FundScenario.lines`.
        scenario, draws: the fund and the batch.
        plan: what is planned, öre, dims (year, party), for lines that realise a share of it.
    """
    grid, lines = Grid.of(scenario), scenario.lines[place]
    common = common_factor(scenario, draws, place.partition(".")[0])
    real = np.zeros((BATCH, *grid.nothing.shape), dtype=np.int64)
    for effect in lines.effects:
        if isinstance(effect, PlanShare) and plan is not None:
            share = full(common * draws.of(effect.share))
            real += money.ore(share[:, None, None] * money.sek(plan))
        elif isinstance(effect, Priced):
            part = common * occurs(place, effect, scenario, draws) * level(effect, lines, draws)
            for year in lines.replaced(effect).counted:
                row, column = grid.at(year, effect.falls_on)
                saved = part * saving(effect, lines, year, draws)
                real[:, row, column] += money.ore(saved)
    return real
