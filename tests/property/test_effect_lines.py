"""Effect lines of a fund's investment: one level for all years of a line."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from pydantic import ValidationError

from simulate.aterforing.arithmetic import as_written
from simulate.aterforing.cases import break_even, case_lines
from simulate.aterforing.plan import planned
from simulate.aterforing.returned import Returned, returned
from simulate.draws.draw import Draws
from simulate.draws.factors import factors
from simulate.draws.streams import Streams
from simulate.draws.values import Central
from simulate.scenario.checks import check
from simulate.scenario.read import tree_of
from simulate.scenario.tree.scenario import FundScenario

SHARE = st.floats(0.0, 1.0)
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
    found = returned(scenario, Draws(Streams(1, factors(scenario)), 0, {}))
    return {key: one for key, one, _ in found}["hemma"]


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


KINDS: dict[str, tuple[dict[str, Any], tuple[float, float]]] = {
    "a difference of two prices": (
        {
            "type": "days",
            "days": {"2021": "0.5 årsplatser", "2022": "10 dygn"},
            "price": "4 000 kr/dygn",
            "instead": "1 500 kr/dygn",
        },
        (182.5 * 2500, 10 * 2500),
    ),
    "what comes instead is dearer": (
        {
            "type": "units",
            "units": {"2021": 2, "2022": 1},
            "price": "70 tkr",
            "instead": "100 tkr",
        },
        (-60e3, -30e3),
    ),
    "an example and how many there are": (
        {
            "type": "units",
            "units": {"2021": 4, "2022": 1},
            "each": 1.5,
            "price": "70 tkr",
        },
        (420e3, 105e3),
    ),
    "a percentage": (
        {
            "type": "percentage",
            "shares": {"2021": "0.3 %", "2022": "0.5 %"},
            "cost": "16 mkr/år",
        },
        (48e3, 80e3),
    ),
    "a resource": (
        {
            "type": "percentage",
            "shares": {"2021": "25 %", "2022": "50 %"},
            "cost": "500 tkr/år",
        },
        (125e3, 250e3),
    ),
    "a percentage that grows": (
        {
            "type": "percentage",
            "direction": "more",
            "shares": {"2021": "0.3 %", "2022": "0.5 %"},
            "cost": "16 mkr/år",
        },
        (-48e3, -80e3),
    ),
    "cases": (
        {
            "type": "cases",
            "persons": 200,
            "risk": "2 %",
            "reduction": 0.05,
            "price": "1.7 mkr",
            "spread": {"2021": 0.1, "2022": 0.25},
        },
        (34e3, 85e3),
    ),
}


def of_kind(line: dict[str, Any], *more: dict[str, Any], **keys: Any) -> FundScenario:
    """Return a small fund with one line of any kind, all cashable, more after it and other keys."""
    raw = tomllib.loads(PLAIN.read_text(encoding="utf-8"))
    investment = raw["investments"]["hemma"]
    del investment["aterforing"], investment["split"]
    shared = {"title": "Rad", "falls_on": "socialnamnden", "cashable": 1.0}
    investment["effects"] = [{"id": "rad", **shared, **line}, *(shared | one for one in more)]
    investment |= keys
    scenario = tree_of(raw)
    assert isinstance(scenario, FundScenario)
    assert not list(check(scenario))
    return scenario


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


# What makes the lines above grow by as much as they fall.
GROWS: dict[str, dict[str, Any]] = {
    "person_days": {"days_avoided": -30},
    "person_years": {"avoided": {"2021": -0.1, "2022": -0.05}},
    "cost_ratio": {"effect": 0.2},
}
INSTEAD = {"id": "i_stallet", "type": "substitution", "of": "rad", "share": 0.6}
UNSURE = {
    "person_days": {"days_avoided": {"normal": {"mean": 0, "sd": 30}}},
    "person_years": {"avoided": {year: {"uniform": [-0.2, 0.2]} for year in PERSONS}},
    "cost_ratio": {"effect": {"normal": {"mean": 0.0, "sd": 0.3}}},
}


def saved(scenario: FundScenario) -> NDArray[np.float64]:
    """Return öre by draw, of all years and parties."""
    return np.asarray(one(scenario).realised, dtype=np.float64)


@pytest.mark.parametrize("kind", list(LINES))
def test_what_is_bought_more_of_is_paid_in_full(kind: str) -> None:
    """However little of a fall leaves the budget, growth is paid for unless the line says not."""
    whole = by_year(counted(kind, **GROWS[kind]))
    assert by_year(counted(kind, **GROWS[kind], cashable=0.1)) == whole
    assert all(amount < 0 for amount in whole)
    some = by_year(counted(kind, **GROWS[kind], cashable=0.1, cashable_growth=0.4))
    assert some == pytest.approx([0.4 * amount for amount in whole], abs=0.011)


@pytest.mark.parametrize("kind", list(LINES))
def test_growth_leaves_the_futures_that_fall_alone(kind: str) -> None:
    """The one share counts where a cost falls, the other where it grows, and no third place."""
    low = saved(counted(kind, **UNSURE[kind], cashable=0.3, cashable_growth=0.2))
    high = saved(counted(kind, **UNSURE[kind], cashable=0.3, cashable_growth=0.9))
    falls, grows = low > 0, low < 0
    assert falls.any()
    assert grows.any()
    assert (high[falls] == low[falls]).all()
    assert high[grows] == pytest.approx(low[grows] * 4.5, abs=5.0)


@pytest.mark.parametrize("kind", list(LINES))
@settings(deadline=None, max_examples=8)
@given(cashable=SHARE, growth=SHARE, more=SHARE)
def test_monotone_in_each_share(kind: str, cashable: float, growth: float, more: float) -> None:
    """More of a fall taken home never saves less; more of growth paid never saves more."""
    plain = saved(counted(kind, **UNSURE[kind], cashable=cashable, cashable_growth=growth))
    home = saved(
        counted(kind, **UNSURE[kind], cashable=max(cashable, more), cashable_growth=growth)
    )
    paid = saved(
        counted(kind, **UNSURE[kind], cashable=cashable, cashable_growth=max(growth, more))
    )
    assert (home >= plain).all()
    assert (paid <= plain).all()


@pytest.mark.parametrize("kind", list(LINES))
@settings(deadline=None, max_examples=5)
@given(share=SHARE)
def test_the_same_share_both_ways_is_one_share(kind: str, share: float) -> None:
    """With the share of growth that of a fall, every future is that share of the whole line."""
    whole = saved(counted(kind, **UNSURE[kind], cashable_growth=1.0))
    part = saved(counted(kind, **UNSURE[kind], cashable=share, cashable_growth=share))
    assert np.abs(part - share * whole).max() <= 1.0 + 1e-6 * np.abs(whole).max()


@pytest.mark.parametrize("kind", list(LINES))
def test_what_comes_in_its_place_grows_when_it_falls(kind: str) -> None:
    """A substitution is paid where the line saves, and taken home where the line grows."""
    own = {"falls_on": "regionen", "cashable": 0.5, "cashable_growth": 0.8}
    falls, grows = (
        by_year(counted(kind, INSTEAD | own, **more), "regionen") for more in ({}, GROWS[kind])
    )
    less = by_year(counted(kind))
    more = by_year(counted(kind, **GROWS[kind]))
    second = 0.8 if kind != "person_years" else 0.5  # that line grows in its second year
    assert falls == pytest.approx([-0.6 * 0.8 * less[0], -0.6 * second * less[1]], abs=0.011)
    assert grows == pytest.approx([-0.6 * 0.5 * amount for amount in more], abs=0.011)


def test_a_line_stated_as_growth_has_one_share() -> None:
    """Counted by hand a line goes the way it says: what is paid of it is its cashable share."""
    assert (saved(fund(direction="more")) == -saved(fund())).all()
    assert (saved(fund(direction="more", cashable=1.0)) == -2 * saved(fund())).all()
    with pytest.raises(ValidationError):
        fund(direction="more", cashable_growth=1.0)


RAMP = {"2021": 0.3, "2022": 0.7}


@pytest.mark.parametrize("kind", list(LINES))
def test_a_share_of_its_own_each_year(kind: str) -> None:
    """Each year has its share; a year that is not stated has that of the nearest earlier one."""
    whole = by_year(counted(kind, cashable_growth=1.0))
    first, second = by_year(counted(kind, cashable=RAMP, cashable_growth=RAMP))
    assert (first, second) == pytest.approx((0.3 * whole[0], 0.7 * whole[1]), abs=0.011)
    for flat in ({"2020": 0.3}, {"2021": 0.3}, {"2022": 0.3}, {"2020": 0.3, "2026": 0.9}):
        found = by_year(counted(kind, cashable=flat, cashable_growth=flat))
        assert found == by_year(counted(kind, cashable=0.3, cashable_growth=0.3))


def test_what_moves_differs_by_year() -> None:
    """An insurance that runs out takes less of the saving in the later year."""
    insured = INSTEAD | {"falls_on": "regionen", "share": {"2021": 0.4, "2022": 0.1}}
    less = by_year(counted("person_days"))
    moved = by_year(counted("person_days", insured), "regionen")
    assert moved == pytest.approx((-0.4 * less[0], -0.1 * less[1]), abs=0.011)


@pytest.mark.parametrize("line", [LINE, {"type": "person_days", **LINES["person_days"]}])
def test_the_plan_takes_the_share_of_each_year(line: dict[str, Any]) -> None:
    """A plan made of the lines has a year's own share, with arrays and without."""
    own = {name: value for name, value in line.items() if name not in ("id", "title", "falls_on")}
    kind = own.pop("type")
    if kind == "days":
        scenario = fund(cashable=RAMP)
        amounts = [40 * 2500 * 0.3, 40 * 2500 * 0.7]
    else:
        scenario = counted(kind, cashable=RAMP)
        amounts = [BY_HAND[kind][0] * 0.3, BY_HAND[kind][1] * 0.7]
    investment = scenario.investments["hemma"]
    assert planned(investment, scenario).sum(axis=1)[1:3] / 100.0 == pytest.approx(amounts)
    assert list(as_written(investment, scenario).values()) == pytest.approx(amounts)
