"""Lines that may count the same krona are told, and those that may not are left alone."""

from __future__ import annotations

import tomllib
from typing import Any

import pytest

from simulate.aterforing.arithmetic import perhaps_twice
from simulate.cli.check_command import show
from simulate.scenario.checks import check
from simulate.scenario.checks.claims import doubts
from simulate.scenario.read import load, tree_of
from simulate.scenario.shipped import shipped
from simulate.scenario.tree.scenario import FundScenario
from tests.support.effect_lines import LINE, PLAIN

PERSON_DAYS: dict[str, Any] = {
    "type": "person_days",
    "persons": {"2022": 4},
    "days_avoided": 10,
    "window": "1 år",
}
HVB = {"claims": {"cost": "hvb", "of": "barn"}}


def fund(first: dict[str, Any], second: dict[str, Any]) -> FundScenario:
    """Return a small fund whose two lines differ from each other in what is given."""
    raw = tomllib.loads(PLAIN.read_text(encoding="utf-8"))
    raw["investments"]["hemma"]["effects"] = [
        LINE | {"id": "rad"} | first,
        {key: value for key, value in (LINE | {"id": "annan"} | second).items() if value},
    ]
    scenario = tree_of(raw)
    assert isinstance(scenario, FundScenario)
    assert list(check(scenario)) == []
    return scenario


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ({}, {}),
        (HVB, {}),
        ({}, {"days": {"2022": "3 dygn"}}),
        ({}, PERSON_DAYS | {"days": None}),
        ({}, {"instead": "900 kr/dygn"}),
    ],
    ids=["nothing said", "one says", "one year", "another kind of line", "another replacement"],
)
def test_the_same_price_in_one_purse_and_year_is_told(
    first: dict[str, Any], second: dict[str, Any]
) -> None:
    """It is no refusal: both lines are named once, in words."""
    scenario = fund(first, second)
    (doubt,) = doubts(scenario)
    assert doubt.lines == ("hemma.rad", "hemma.annan")
    (text,) = perhaps_twice(scenario)
    assert text.count("«Färre dygn»") == 2 and "Socialnämnden" in text


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (HVB, {"claims": {"cost": "sis", "of": "barn"}}),
        ({}, {"disjoint": {"rad": "andra barn"}}),
        ({}, {"price": "2 600 kr/dygn"}),
        ({}, {"falls_on": "regionen"}),
        ({"days": {"2021": "4 dygn"}}, {"days": {"2022": "4 dygn"}}),
        ({}, {"direction": "more"}),
        ({}, {"type": "amount", "amounts": {"2021": "1 mkr"}, "days": None, "price": None}),
    ],
    ids=["told apart", "disjoint", "price", "purse", "years", "a cost that grows", "no price"],
)
def test_what_differs_is_left_alone(first: dict[str, Any], second: dict[str, Any]) -> None:
    """No wolf is cried where anything says that the kronor are others."""
    assert doubts(fund(first, second)) == ()


def test_three_lines_are_one_sentence() -> None:
    """Lines that are alike are told together, over investments too."""
    raw = tomllib.loads(PLAIN.read_text(encoding="utf-8"))
    raw["investments"]["hemma"]["effects"] = [LINE | {"id": "a"}, LINE | {"id": "b"}]
    raw["investments"]["borta"] = raw["investments"]["hemma"] | {
        "title": "Bortaplan",
        "effects": [LINE | {"id": "c"}],
    }
    scenario = tree_of(raw)
    assert isinstance(scenario, FundScenario)
    (text,) = perhaps_twice(scenario)
    assert text.count("«Färre dygn»") == 3 and "Bortaplan" in text


def test_check_says_it(capsys: pytest.CaptureFixture[str]) -> None:
    """A person who checks a scenario is told, under what it rests on."""
    show(fund({}, {}))
    assert "räknar samma pris" in " ".join(capsys.readouterr().out.split())


@pytest.mark.parametrize("name", ["skolfam2", "norrkoping_fond", "orebro_skolfam"])
def test_the_shipped_scenarios_say_what_their_lines_count(name: str) -> None:
    """Each of their lines claims its cost, so there is nothing to wonder about."""
    scenario = load(shipped()[name]).scenario
    assert isinstance(scenario, FundScenario)
    assert doubts(scenario) == ()
