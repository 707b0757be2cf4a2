"""An insats in ordinary operations after its grant: what it costs, and what it saves then."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from simulate.aterforing.lines import realised
from simulate.aterforing.plan import Grid
from simulate.contract import money
from simulate.contract.money import Ore
from simulate.draws.draw import Draws
from simulate.draws.streams import BATCH
from simulate.scenario.tree.investment import Implementation
from simulate.scenario.tree.scenario import FundScenario


@dataclass(frozen=True)
class Running:
    """One insats in ordinary operations in one batch, öre, dims (draw, year, party).

    Attributes:
        cost: what running it costs, in the purse that pays.
        saved: the realisable saving, in the purse where it falls.
    """

    cost: Ore
    saved: Ore


def implementations(scenario: FundScenario) -> dict[str, Implementation]:
    """Return what may go on after its grant, by its place as in :attr:`FundScenario.lines`."""
    return {
        f"{key}.implementation": one.implementation
        for key, one in scenario.investments.items()
        if one.implementation is not None
    }


def running(scenario: FundScenario, draws: Draws) -> dict[str, Running]:
    """Return every implementation, decided or not, by its place."""
    each = implementations(scenario)
    return {place: _one(place, one, scenario, draws) for place, one in each.items()}


def _one(place: str, one: Implementation, scenario: FundScenario, draws: Draws) -> Running:
    grid = Grid.of(scenario)
    cost = np.zeros((BATCH, *grid.nothing.shape), dtype=np.int64)
    for year, amount in one.costs.items():
        row, column = grid.at(year, one.paid_by)
        cost[:, row, column] += money.ore(draws.of(amount))
    return Running(cost, realised(place, scenario, draws))


def decided(scenario: FundScenario, found: Mapping[str, Running]) -> list[Running]:
    """Return those that are decided on: the others are no part of any flow."""
    after = implementations(scenario)
    return [one for place, one in found.items() if after[place].decided]
