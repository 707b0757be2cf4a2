"""Effect lines of a fund's investment: one level for all years of a line."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from simulate.aterforing.plan import planned
from simulate.aterforing.returned import Returned, returned
from simulate.draws.draw import Draws
from simulate.draws.factors import factors
from simulate.draws.streams import Streams
from simulate.scenario.read import tree_of
from simulate.scenario.tree.scenario import FundScenario

PLAIN = Path(__file__).parents[1] / "bad" / "_valid_fund.toml"
LINE = {
    "id": "dygn",
    "title": "Färre dygn",
    "type": "days",
    "falls_on": "socialnamnden",
    "days": {"2021": "40 dygn", "2022": "40 dygn"},
    "price": "2 500 kr/dygn",
    "cashable": 0.5,
}


def fund(**line: Any) -> FundScenario:
    """Return a small fund with one investment of one line, without a stated plan."""
    raw = tomllib.loads(PLAIN.read_text(encoding="utf-8"))
    investment = raw["investments"]["hemma"]
    del investment["aterforing"], investment["split"]
    investment["effects"] = [LINE | line]
    scenario = tree_of(raw)
    assert isinstance(scenario, FundScenario)
    return scenario


def one(scenario: FundScenario) -> Returned:
    """Return its investment in one batch of futures."""
    return returned(scenario, Draws(Streams(1, factors(scenario)), 0, {}))["hemma"]


def test_all_of_it_unless_said_otherwise() -> None:
    """A line without a level is what it says, and so is one whose level is one."""
    assert (one(fund()).realised == one(fund(realised=1.0)).realised).all()
    assert one(fund()).realised.sum(axis=(1, 2))[0] == 2 * 40 * 2500_00 // 2


@pytest.mark.parametrize("level", [0.0, 0.25, 2.0])
def test_level(level: float) -> None:
    """The level scales what is realised, in every year, and leaves the plan alone."""
    changed, plain = one(fund(realised=level)), one(fund())
    assert (changed.realised == level * plain.realised).all()
    assert (changed.planned == plain.planned).all()


def test_years_move_together() -> None:
    """An uncertain level is drawn once for the line: its years are high and low together."""
    found = one(fund(realised={"interval": [0.3, 1.5], "family": "lognormal"})).realised
    years = found.sum(axis=2)[:, 1:3]
    assert (np.abs(years[:, 0] - years[:, 1]) <= 1).all()
    assert years.std() > 0


def test_the_plan_is_what_the_line_says() -> None:
    """Without a stated plan the plan is count × price × realisable share, whatever the level."""
    scenario = fund(realised={"gamma": {"mean": 0.6, "cv": 0.6}})
    plan = planned(scenario.investments["hemma"], scenario)
    assert plan.sum() == 2 * 40 * 2500_00 // 2
