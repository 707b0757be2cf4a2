"""Effect lines of a fund's investment: one level for all years of a line."""

from __future__ import annotations

import tomllib
from typing import Any

import numpy as np
import pytest

from simulate.aterforing.arithmetic import as_written
from simulate.aterforing.cases import break_even, case_lines
from simulate.aterforing.plan import planned
from simulate.draws.factors import factors
from simulate.draws.values import Central
from simulate.scenario.checks import check
from simulate.scenario.read import tree_of
from simulate.scenario.tree.scenario import FundScenario
from tests.support.effect_lines import (
    BY_HAND,
    KINDS,
    LINE,
    LINES,
    PLAIN,
    by_year,
    counted,
    fund,
    of_kind,
    one,
)


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


@pytest.mark.parametrize("kind", list(KINDS))
def test_kinds_by_hand(kind: str) -> None:
    """Each kind of line that Örebro lists is its formula, worked out by hand."""
    line, wanted = KINDS[kind]
    scenario = of_kind(line)
    assert by_year(scenario) == pytest.approx(wanted, abs=0.006)
    plan = planned(scenario.investments["hemma"], scenario) / 100.0
    assert plan.sum() == pytest.approx(sum(max(one, 0.0) for one in wanted), abs=0.006)
    written = as_written(scenario.investments["hemma"], scenario)
    assert sum(written.values()) == pytest.approx(plan.sum(), abs=0.006)


def test_an_effect_occurs_or_does_not() -> None:
    """In each future the line is all there in all years, or not at all, as often as it says."""
    line, wanted = KINDS["a percentage"]
    found = one(of_kind({**line, "occurs": 0.3})).realised.sum(axis=2)[:, 1:3] / 100.0
    there = found[:, 0] > 0
    assert (found[there] == np.asarray(wanted)).all()
    assert (found[~there] == 0.0).all()
    # Scrambled Sobol' points are spread more evenly than independent ones.
    assert there.mean() == pytest.approx(0.3, abs=4 * (0.3 * 0.7 / 2048) ** 0.5)


@pytest.mark.parametrize(("occurs", "share"), [(0.0, 0.0), (1.0, 1.0)])
def test_never_and_always(occurs: float, share: float) -> None:
    """A line that cannot occur saves nothing; one that must is the line without the key."""
    line, _ = KINDS["cases"]
    plain, said = one(of_kind(line)), one(of_kind({**line, "occurs": occurs}))
    assert (said.realised == share * plain.realised).all()
    assert (said.planned == plain.planned).all()


def test_what_replaces_a_saving_occurs_with_it() -> None:
    """A substitution is there in just the futures where the line that it replaces is."""
    line, _ = KINDS["a difference of two prices"]
    instead = {"id": "i_stallet", "type": "substitution", "of": "rad", "share": 0.6}
    scenario = of_kind({**line, "occurs": 0.4}, {**instead, "falls_on": "regionen"})
    real = one(scenario).realised
    own, other = (list(scenario.parties).index(who) for who in ("socialnamnden", "regionen"))
    assert ((real[:, 1, own] > 0) == (real[:, 1, other] < 0)).all()
    assert 0 < (real[:, 1, own] > 0).mean() < 1


EVENT = {"verkan": {"value": 0.4, "source": "skrivet för test", "kind": "assumption"}}


def test_lines_of_one_event_occur_in_the_same_futures() -> None:
    """As often as it says, all of them or none; a line without it goes its own way."""
    line = KINDS["a percentage"][0]
    purses = ("socialnamnden", "regionen", "socialnamnden")
    said = [{"event": "verkan"}, {"event": "verkan"}, {"occurs": 0.4}]
    each = [
        line | more | {"id": f"rad{i}", "falls_on": purse}
        for i, (more, purse) in enumerate(zip(said, purses, strict=True))
    ]
    together, alone = of_kind(*each[:2], events=EVENT), of_kind(*each[1:], events=EVENT)
    for scenario, same in ((together, True), (alone, False)):
        real = one(scenario).realised[:, 1]
        own, other = (real[:, list(scenario.parties).index(who)] > 0 for who in purses[:2])
        assert bool((own == other).all()) is same
        for found in (own, other):
            assert found.mean() == pytest.approx(0.4, abs=4 * (0.4 * 0.6 / 2048) ** 0.5)
        if not same:
            assert abs(np.corrcoef(own, other)[0, 1]) < 0.05


def test_an_event_and_a_chance_of_its_own_multiply() -> None:
    """A line with both is there as often as their product, and only where the event happens."""
    line = KINDS["a percentage"][0] | {"event": "verkan"}
    scenario = of_kind(
        line, line | {"id": "annan", "falls_on": "regionen", "occurs": 0.5}, events=EVENT
    )
    real = one(scenario).realised[:, 1]
    own, other = (
        real[:, list(scenario.parties).index(who)] > 0 for who in ("socialnamnden", "regionen")
    )
    assert not (other & ~own).any()
    assert other.mean() == pytest.approx(0.2, abs=4 * (0.2 * 0.8 / 2048) ** 0.5)


def test_an_event_moves_no_other_draw() -> None:
    """Its chance comes last: lines that do not hang on it have the numbers they had."""
    line = KINDS["a percentage"][0] | {"cashable": {"beta": {"a": 2, "b": 3}}}
    plain = factors(of_kind(line))
    found = factors(of_kind(line, events=EVENT))
    assert found[-1] == "chance/investments.hemma.events.verkan.occurs"
    assert set(found) - set(plain) == {found[-1], "investments.hemma.events.verkan"}
    assert (one(of_kind(line)).realised == one(of_kind(line, events=EVENT)).realised).all()


def test_the_chance_has_a_name_of_its_own() -> None:
    """It is keyed by the line, so that nothing else moves it; how likely it is is another one."""
    names = factors(of_kind({**KINDS["cases"][0], "occurs": {"beta": {"a": 2, "b": 3}}}))
    assert "chance/investments.hemma.rad.occurs" in names
    assert "investments.hemma.effects.rad.occurs" in names
    assert not [name for name in factors(fund()) if name.startswith("chance/investments")]


CLAIM = {"cost": "hvb", "of": "barn"}


@pytest.mark.parametrize(
    ("first", "second", "codes"),
    [
        ({}, {}, ["claimed_twice"]),
        ({}, {"claims": {"cost": "hvb", "of": "unga"}}, []),
        ({}, {"claims": {"cost": "sis", "of": "barn"}}, []),
        ({}, {"disjoint": {"rad": "andra barn"}}, []),
        ({"disjoint": {"hemma.annan": "andra barn"}}, {}, []),
        ({"days": {"2021": "1 dygn"}}, {"days": {"2022": "1 dygn"}}, []),
        ({}, {"disjoint": {"annan": "sig själv"}}, ["unknown_disjoint", "claimed_twice"]),
    ],
)
def test_no_cost_is_claimed_twice(
    first: dict[str, Any], second: dict[str, Any], codes: list[str]
) -> None:
    """The same cost of the same persons in a year is refused, unless it is said why it is not."""
    raw = tomllib.loads(PLAIN.read_text(encoding="utf-8"))
    raw["investments"]["hemma"]["effects"] = [
        LINE | {"id": "rad", "claims": CLAIM} | first,
        LINE | {"id": "annan", "claims": CLAIM} | second,
    ]
    scenario = tree_of(raw)
    assert [one.code for one in check(scenario)] == codes


def test_investments_claim_against_each_other() -> None:
    """Lines of two investments of a fund may count the same cost as well; both are named."""
    raw = tomllib.loads(PLAIN.read_text(encoding="utf-8"))
    one_of_them = raw["investments"]["hemma"]
    one_of_them["effects"] = [LINE | {"claims": CLAIM}]
    raw["investments"]["borta"] = one_of_them
    (problem,) = check(tree_of(raw))
    assert problem.code == "claimed_twice"
    text = problem.text()
    assert "hemma.dygn, borta.dygn" in text and 'disjoint = { "hemma.dygn"' in text


def test_one_child_in_1214() -> None:
    """1 400 kr against 1.7 mkr: one child in 1 214 is enough, whatever the number of children."""
    line = {**KINDS["cases"][0], "persons": 200}
    raw = tomllib.loads(PLAIN.read_text(encoding="utf-8"))
    investment = raw["investments"]["hemma"]
    investment["costs"] = {"2020": "280 tkr"}
    investment["effects"] = [
        {"id": "rad", "title": "Rad", "falls_on": "regionen", "cashable": 0.1, **line}
    ]
    scenario = tree_of(raw)
    assert isinstance(scenario, FundScenario)
    (found,) = case_lines(scenario).values()
    assert 1.0 / break_even(*found, Central()) == pytest.approx(1.7e6 / 1400, rel=1e-12)
    assert round(1.7e6 / 1400) == 1214
