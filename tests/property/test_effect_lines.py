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


PERSONS = {"2021": 20, "2022": "10 personer"}
LINES: dict[str, dict[str, Any]] = {
    "person_days": {
        "persons": PERSONS,
        "days_avoided": "30 dygn",
        "window": "2 år",
        "price": "2 500 kr/dygn",
    },
    "person_years": {
        "persons": PERSONS,
        "avoided": {"2021": 0.1, "2022": -0.05},
        "price": "100 tkr/år",
        "part": 0.8,
    },
    "cost_ratio": {
        "persons": PERSONS,
        "cost_per_person": "1 mkr",
        "per": "5 år",
        "effect": -0.2,
    },
}
# SEK a year by hand, all cashable: 20 and 10 persons.
BY_HAND = {
    "person_days": (20 * 15 * 2500, 10 * 15 * 2500),
    "person_years": (20 * 0.1 * 80e3, -10 * 0.05 * 80e3),
    "cost_ratio": (20 * 200e3 * (1 - 0.8187307530779818), 10 * 200e3 * (1 - 0.8187307530779818)),
}


def counted(kind: str, *more: dict[str, Any], **changes: Any) -> FundScenario:
    """Return a small fund with one line that counts persons, all cashable, and more after it."""
    raw = tomllib.loads(PLAIN.read_text(encoding="utf-8"))
    investment = raw["investments"]["hemma"]
    del investment["aterforing"], investment["split"]
    shared = {"title": "Rad", "falls_on": "socialnamnden", "cashable": 1.0}
    line = {"id": "rad", "type": kind, **LINES[kind], **shared}
    investment["effects"] = [line | changes, *(shared | one for one in more)]
    scenario = tree_of(raw)
    assert isinstance(scenario, FundScenario)
    return scenario


def by_year(scenario: FundScenario, party: str = "socialnamnden") -> tuple[float, float]:
    """Return what a party saves in the first future, SEK, in 2021 and 2022."""
    column = list(scenario.parties).index(party)
    first, second = one(scenario).realised[0, 1:3, column] / 100.0
    return float(first), float(second)


@pytest.mark.parametrize("kind", list(LINES))
def test_persons_by_hand(kind: str) -> None:
    """Each line is its formula, worked out by hand; half an öre is rounded."""
    assert by_year(counted(kind)) == pytest.approx(BY_HAND[kind], abs=0.006)


@pytest.mark.parametrize(
    ("kind", "none"),
    [
        ("person_days", {"days_avoided": 0}),
        ("person_years", {"avoided": {"2021": 0, "2022": 0}}),
        ("cost_ratio", {"effect": 0.0}),
        ("person_days", {"persons": {"2021": 0, "2022": 0}}),
        ("person_years", {"part": 0}),
    ],
)
def test_nothing_comes_of_nothing(kind: str, none: dict[str, Any]) -> None:
    """Without an effect, or without anyone, a line saves nothing."""
    assert by_year(counted(kind, **none)) == (0.0, 0.0)


def test_more_days_cost() -> None:
    """Days that grow are a cost of the same size, without any key that says so."""
    fewer, more = counted("person_days"), counted("person_days", days_avoided=-30)
    assert by_year(more) == tuple(-x for x in by_year(fewer))


def test_a_cost_cannot_be_saved_twice() -> None:
    """However large the effect, no more is saved than there was."""
    found = by_year(counted("cost_ratio", effect=-5.0))
    assert 0.99 * 20 * 200e3 < found[0] < 20 * 200e3


@pytest.mark.parametrize("kind", list(LINES))
def test_what_comes_in_its_place(kind: str) -> None:
    """A substitution is a share of the line, against it, in the purse that it names."""
    instead = {"id": "i_stallet", "type": "substitution", "of": "rad", "share": 0.6}
    together = by_year(counted(kind, instead))
    assert together == pytest.approx([0.4 * x for x in BY_HAND[kind]], abs=0.011)
    elsewhere = counted(kind, instead | {"falls_on": "regionen"})
    assert by_year(elsewhere) == by_year(counted(kind))
    assert by_year(elsewhere, "regionen") == pytest.approx(
        [-0.6 * x for x in BY_HAND[kind]], abs=0.006
    )


def test_a_substitution_cannot_come_without_its_saving() -> None:
    """What is not realised of a saving is not replaced either."""
    instead = {"id": "i_stallet", "type": "substitution", "of": "rad", "share": 0.6}
    whole, half = counted("person_days", instead), counted("person_days", instead, realised=0.5)
    assert by_year(half) == pytest.approx([0.5 * x for x in by_year(whole)], abs=0.011)
    assert by_year(counted("person_days", instead, realised=0.0)) == (0.0, 0.0)


def test_the_plan_of_persons_is_what_the_lines_save() -> None:
    """Without a stated plan it is the lines at their medians, never less than nothing."""
    scenario = counted("person_years")
    plan = planned(scenario.investments["hemma"], scenario) / 100.0
    assert plan.sum() == pytest.approx(BY_HAND["person_years"][0], abs=0.006)
