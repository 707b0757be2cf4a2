"""The fund's engine agrees with a slow twin in exact fractions, to the öre.

An amount within 1e-7 öre of a rounding boundary could fall on either side in floating point; a
product of four factors below 1e9 SEK has an error of about 1e-6 öre, so an öre of difference is
allowed per investment, year and nämnd, and nothing more.
"""

from __future__ import annotations

import copy
import dataclasses
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from models.distributions import Fixed
from models.number import Number
from simulate.draws.draw import Draws
from simulate.draws.factors import factors
from simulate.draws.streams import Streams
from simulate.draws.values import Central
from simulate.ledger import TRANSFERS
from simulate.pipeline import FundLived, live_fund
from simulate.scenario.checks import check
from simulate.scenario.read import tree_of
from simulate.scenario.tree.scenario import FundScenario
from tests.reference import fund_twin
from tests.support.plain import plain
from tests.support.rebuilt import mapped
from tests.support.scenarios import NOTES, Raw, raw

EACH = 25


def _effects(data: Raw) -> None:
    """Give one investment priced lines instead of a plan, one of them a cost that grows."""
    one = data["investments"]["solid_aterkomst"]
    del one["aterforing"], one["split"]
    data["parties"]["regionen"] = {
        "name": "Regionen",
        "type": "region",
        "roles": ["outcome_payer"],
        "discount_rate": {"value": 0.02, **NOTES},
    }
    shared = {"cashable": {"beta": {"a": 4, "b": 3}, **NOTES}}
    one["effects"] = [
        {
            "id": "dygn",
            "title": "Färre dygn",
            "type": "days",
            "falls_on": "socialnamnden",
            "days": {"2015": {"uniform": [10, 60], "unit": "dygn", **NOTES}, "2016": "30 dygn"},
            "price": {"pert": [2000, 2500, 3300], "unit": "kr/dygn", **NOTES},
            "realised": {"uniform": [0.2, 1.4], **NOTES},
            **shared,
        },
        {
            "id": "familjehem",
            "title": "Fler dygn i familjehem",
            "type": "days",
            "falls_on": "socialnamnden",
            "direction": "more",
            "days": {"2015": "20 dygn", "2016": "400 dygn"},
            "price": {"value": "1 258 kr/dygn", **NOTES},
            **shared,
        },
        {
            "id": "vard",
            "title": "Mindre vård",
            "type": "amount",
            "falls_on": "regionen",
            "amounts": {"2016": {"uniform": ["0 kr", "300 tkr"], **NOTES}},
            **shared,
        },
        {
            "id": "larare",
            "title": "Färre resurser",
            "type": "units",
            "falls_on": "utbildningsnamnden",
            "units": {"2017": {"uniform": [0, 2], **NOTES}},
            "price": {"value": "500 tkr", **NOTES},
            **shared,
        },
    ]


def _persons(data: Raw) -> None:
    """Give one investment every line that counts persons, what replaces them, and an overrun."""
    one = data["investments"]["alla_barn_i_skolan"]
    del one["aterforing"], one["split"]
    one["overrun"] = {"uniform": [0.0, 0.3], **NOTES}
    data["parties"]["staten"] = {
        "name": "Staten",
        "type": "state",
        "roles": ["outcome_payer"],
        "discount_rate": {"value": 0.02, **NOTES},
    }
    shared = {"cashable": {"beta": {"a": 4, "b": 3}, **NOTES}, "falls_on": "socialnamnden"}
    one["effects"] = [
        {
            "id": "dygn",
            "title": "Dygn på HVB",
            "type": "person_days",
            "persons": {"2013": 21, "2014": {"uniform": [10, 21], **NOTES}, "2015": 7},
            "days_avoided": {"normal": {"mean": 9, "sd": 30}, **NOTES},
            "window": {"uniform": [1.5, 2.5], "unit": "år", **NOTES},
            "price": {"pert": [2000, 2500, 3300], "unit": "kr/dygn", **NOTES},
            "realised": {"uniform": [0.2, 1.4], **NOTES},
            **shared,
        },
        {
            "id": "familjehem",
            "title": "Familjehem i stället",
            "type": "substitution",
            "of": "dygn",
            "share": {"beta": {"a": 3, "b": 2}, **NOTES},
            "realised": {"uniform": [0.8, 1.1], **NOTES},
            **shared | {"falls_on": "utbildningsnamnden"},
        },
        {
            "id": "bistand",
            "title": "Ekonomiskt bistånd",
            "type": "person_years",
            "persons": {"2014": 30, "2015": {"uniform": [20, 30], **NOTES}},
            "avoided": {
                "2014": {"normal": {"mean": 0.1, "sd": 0.15}, **NOTES},
                "2015": {"uniform": [-0.2, 0.4], **NOTES},
            },
            "price": {"pert": ["40 tkr/år", "47 tkr/år", "75 tkr/år"], **NOTES},
            "part": {"uniform": [0.6, 0.9], **NOTES},
            **shared,
        },
        {
            "id": "a_kassa",
            "title": "Arbetslöshetsersättning i stället",
            "type": "substitution",
            "of": "bistand",
            "share": {"beta": {"a": 2, "b": 5}, **NOTES},
            **shared | {"falls_on": "staten", "cashable": 1.0},
        },
        {
            "id": "kostnad",
            "title": "Socialtjänstens kostnad",
            "type": "cost_ratio",
            "persons": {"2012": 21, "2013": {"uniform": [15, 21], **NOTES}},
            "cost_per_person": {"lognormal": {"median": "1 144 085 kr", "sigma": 0.2}, **NOTES},
            "per": "5 år",
            "effect": {"normal": {"mean": -0.1, "sd": 0.2}, **NOTES},
            **shared,
        },
    ]


def _kinds(data: Raw) -> None:
    """Give one investment the kinds of line that Örebro lists, and effects that may not occur."""
    one = data["investments"]["skolfam2"]
    del one["aterforing"], one["split"]
    shared = {"cashable": {"beta": {"a": 4, "b": 3}, **NOTES}, "falls_on": "socialnamnden"}
    half = {"occurs": {"beta": {"a": 5, "b": 5}, **NOTES}}
    one["effects"] = [
        {
            "id": "dygn",
            "title": "HVB mot familjehem",
            "type": "days",
            "days": {"2013": "0.5 årsplatser", "2014": {"uniform": [10, 60], **NOTES}},
            "price": {"pert": [3000, 4000, 5000], "unit": "kr/dygn", **NOTES},
            "instead": {"uniform": [1000, 4500], "unit": "kr/dygn", **NOTES},
            "realised": {"uniform": [0.2, 1.4], **NOTES},
            **shared | half,
        },
        {
            "id": "i_stallet",
            "title": "Följer den ersatta raden",
            "type": "substitution",
            "of": "dygn",
            "share": {"beta": {"a": 3, "b": 2}, **NOTES},
            "occurs": {"value": 0.7, **NOTES},
            **shared | {"falls_on": "utbildningsnamnden"},
        },
        {
            "id": "procent",
            "title": "En del av öppenvården",
            "type": "percentage",
            "shares": {"2014": {"uniform": [0.0, 0.01], **NOTES}, "2015": "25 %"},
            "cost": {"uniform": ["14 mkr/år", "18 mkr/år"], **NOTES},
            **shared,
        },
        {
            "id": "exempel",
            "title": "Fall, räknat på ett exempel",
            "type": "units",
            "units": {"2016": 4, "2017": {"uniform": [0, 3], **NOTES}},
            "each": {"uniform": [0.5, 2.0], **NOTES},
            "price": {"value": "70 tkr", **NOTES},
            "instead": {"uniform": ["0 kr", "20 tkr"], **NOTES},
            **shared,
        },
        {
            "id": "fall",
            "title": "Färre fall",
            "type": "cases",
            "persons": {"uniform": [100, 200], **NOTES},
            "risk": {"beta": {"a": 2, "b": 98}, **NOTES},
            "reduction": {"normal": {"mean": 0.05, "sd": 0.1}, **NOTES},
            "price": {"value": "1.7 mkr", **NOTES},
            "spread": {"2016": 0.5, "2017": {"uniform": [0.1, 0.4], **NOTES}},
            **shared | half,
        },
    ]


def _growing(data: Raw) -> None:
    """Give the lines that can grow a share for it, and shares that differ by year."""
    _persons(data)
    lines = {line["id"]: line for line in data["investments"]["alla_barn_i_skolan"]["effects"]}
    early, late = ({"beta": {"a": a, "b": 10 - a}, **NOTES} for a in (2, 7))
    lines["dygn"]["cashable"] = {"2014": early, "2015": late}
    lines["dygn"]["cashable_growth"] = {"2013": 1.0, "2015": late}
    lines["familjehem"]["cashable_growth"] = early
    lines["a_kassa"]["share"] = {"2013": late, "2015": early}
    lines["a_kassa"]["cashable_growth"] = {"2012": late}
    lines["bistand"]["cashable_growth"] = 0.25
    lines["kostnad"]["cashable"] = {"2012": early, "2013": late}
    lines["kostnad"]["effect"] = {"normal": {"mean": 0.0, "sd": 0.3}, **NOTES}


def _lesser(data: Raw) -> None:
    data["fund"]["aterforing"]["rule"] = "lesser"


def _apart(data: Raw) -> None:
    del data["fund"]["common_factor"]


def _uneven(data: Raw) -> None:
    """Amounts and shares that do not divide evenly, and an uncertain cost."""
    one = data["investments"]["np_center"]
    one["aterforing"] = {"2016": "3 893 333.33 kr", "2017": "0.01 kr", "2018": "1 kr"}
    for share, value in zip(one["split"].values(), (0.3333333, 0.3333333, 0.3333334), strict=True):
        share["value"] = value
    one["costs"]["2013"] = {"uniform": ["4 mkr", "7 mkr"], **NOTES}


VARIATIONS: dict[str, tuple[Callable[[Raw], None], ...]] = {
    "as shipped": (),
    "lesser": (_lesser,),
    "no common factor": (_apart,),
    "priced effects, planned": (_effects,),
    "priced effects, lesser": (_effects, _lesser),
    "persons, planned": (_persons,),
    "persons, lesser": (_persons, _lesser),
    "kinds, planned": (_kinds,),
    "kinds, lesser": (_kinds, _lesser),
    "growing, planned": (_growing,),
    "growing, lesser": (_growing, _lesser),
    "uneven": (_uneven,),
    "uneven, lesser": (_uneven, _lesser),
}


def built(*edits: Callable[[Raw], None]) -> FundScenario:
    """Return the shipped plan after ``edits``; every problem is a failure."""
    data = copy.deepcopy(raw("norrkoping_fond_plan"))
    for edit in edits:
        edit(data)
    scenario = tree_of(data)
    assert isinstance(scenario, FundScenario)
    assert list(check(scenario)) == []
    return scenario


class Pair:
    """Some futures as the engine and the twin see them."""

    def __init__(self, scenario: FundScenario, seed: int) -> None:
        self.scenario = scenario
        draws = Draws(Streams(seed, factors(scenario)), seed, {})
        self.lived: FundLived = live_fund(scenario, draws)
        rng = np.random.default_rng(seed)
        self.places = [int(i) for i in rng.choice(2048, EACH, replace=False)]
        medians = _medians(scenario)
        names = [name for name in type(scenario).model_fields if name != "evidence"]
        self.books = []
        for i in self.places:
            world = {name: plain(getattr(scenario, name), draws, i) for name in names}
            world["chances"] = chances(scenario, draws, i)
            self.books.append(fund_twin.live(world, medians))


def chances(scenario: FundScenario, draws: Draws, draw: int) -> dict[str, float]:
    """Return the uniform numbers of the lines that may not occur, in one future, by name."""
    return {
        f"{key}.{line.id}": float(draws.chance(f"investments.{key}.{line.id}", "occurs")[draw])
        for key, one in scenario.investments.items()
        for line in one.effects
        if getattr(line, "occurs", None) is not None
    }


def _medians(scenario: FundScenario) -> dict[str, Any]:
    """Return the scenario with every number at its median."""
    dull = Streams(1, factors(scenario))

    def middle(number: Number) -> Number:
        value = float(Central().of(number))
        return dataclasses.replace(number, distribution=Fixed(value))

    still = mapped(scenario, middle)
    draws = Draws(dull, 0, {})
    names = [name for name in type(scenario).model_fields if name != "evidence"]
    return {name: plain(getattr(still, name), draws, 0) for name in names}


@pytest.fixture(scope="module", params=VARIATIONS, ids=lambda name: name.replace(" ", "-"))
def pair(request: pytest.FixtureRequest) -> Pair:
    """One variation of the fund, lived by both."""
    number = list(VARIATIONS).index(request.param)
    return Pair(built(*VARIATIONS[request.param]), 300 + number)


def test_realised_and_owed_by_year_and_party(pair: Pair) -> None:
    """Every investment's saving and return agrees, to an öre for each sum of roundings."""
    parties, first = list(pair.scenario.parties), pair.scenario.first_year
    rule = pair.scenario.fund.aterforing.rule
    owed = pair.lived.totals.owed[rule]
    allowed = len(pair.scenario.investments)
    for draw, books in zip(pair.places, pair.books, strict=True):
        for year in pair.scenario.years:
            for column, party in enumerate(parties):
                at = (draw, year - first, column)
                real = int(pair.lived.totals.realised[at]) - books.realised.get((year, party), 0)
                due = int(owed[at]) - books.owed.get((year, party), 0)
                assert abs(real) <= allowed
                assert abs(due) <= (
                    allowed if pair.scenario.fund.aterforing.rule == "lesser" else 0
                )


def test_balances_year_by_year(pair: Pair) -> None:
    """The fund's balance is capital less grants and with what is returned."""
    path = pair.lived.balances[pair.scenario.fund.aterforing.rule].path
    allowed = 0 if pair.scenario.fund.aterforing.rule == "planned" else 200
    for draw, books in zip(pair.places, pair.books, strict=True):
        assert np.abs(path[draw] - np.asarray(books.balance)).max() <= allowed


def test_who_bears_the_cost(pair: Pair) -> None:
    """The provider pays the grant and what the insats costs beyond it, to an öre each."""
    parties, first = list(pair.scenario.parties), pair.scenario.first_year
    cost = np.round(pair.lived.ledger.entries["programme_cost"] * 100).astype(np.int64)
    allowed = len(pair.scenario.investments)
    for draw, books in zip(pair.places, pair.books, strict=True):
        found = {
            (year, party): -int(cost[draw, year - first, column])
            for year in pair.scenario.years
            for column, party in enumerate(parties)
        }
        assert found.keys() >= books.spent.keys()
        for place, amount in found.items():
            assert abs(amount - books.spent.get(place, 0)) <= allowed


def test_transfers_sum_to_zero(pair: Pair) -> None:
    """What one purse receives from another is paid by the other, in every draw and year."""
    ledger = pair.lived.ledger
    for kind in set(TRANSFERS) & set(ledger.entries):
        assert np.abs(ledger.entries[kind]).sum() > 0
        assert (np.round(ledger.entries[kind] * 100).sum(axis=2) == 0.0).all()


def test_laws_of_the_rules(pair: Pair) -> None:
    """Lesser never exceeds the plan, nor what an investment realises; planned is the plan."""
    for one in pair.lived.investments.values():
        assert (one.owed["planned"] == one.planned).all()
        assert (one.owed["lesser"] <= one.planned).all()
        assert (one.owed["lesser"] >= 0).all()
        assert (one.owed["lesser"] <= np.maximum(one.realised, 0)).all()


def test_both_signs_are_met() -> None:
    """Among the futures that are compared some lines grow in one and fall in another."""
    own = Pair(built(_growing), 306)
    real = own.lived.investments["alla_barn_i_skolan"].realised[own.places].sum(axis=1)
    columns = [list(own.scenario.parties).index(one) for one in ("socialnamnden", "staten")]
    assert (real[:, columns] < 0).any(axis=0).all()
    assert (real[:, columns] > 0).any(axis=0).all()


def test_a_wrong_twin_is_found_out() -> None:
    """Negative control: a twin that returns the plan where the lesser is owed disagrees."""
    scenario = built(_lesser)
    pair = Pair(scenario, 17)
    wrong = Pair(built(), 17)
    path = pair.lived.balances["lesser"].path
    apart = [
        np.abs(path[draw] - np.asarray(books.balance)).max()
        for draw, books in zip(wrong.places, wrong.books, strict=True)
    ]
    assert min(apart) > 100_000
