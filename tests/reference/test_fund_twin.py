"""The fund's engine agrees with a slow twin in exact fractions, to the öre.

An amount within 1e-7 öre of a rounding boundary could fall on either side in floating point; a
product of four factors below 1e9 SEK has an error of about 1e-6 öre, so an öre of difference is
allowed per investment, year and nämnd, and nothing more.
"""

from __future__ import annotations

import copy
import dataclasses
from collections.abc import Callable
from functools import cached_property
from typing import Any

import numpy as np
import pytest

from models.distributions import Fixed
from models.number import Number
from simulate.aterforing.returned import Returned, own_rule, returned
from simulate.draws.draw import Draws
from simulate.draws.factors import factors, streams_of
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
from tests.support.spread import slow_but

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


def _shared_event(data: Raw) -> None:
    """Several lines, with and without a chance of their own, hang on one event."""
    _kinds(data)
    one = data["investments"]["skolfam2"]
    one["events"] = {
        "verkan": {"beta": {"a": 6, "b": 4}, **NOTES},
        "annat": {"value": 0.5, **NOTES},
    }
    for line, event in (("dygn", "verkan"), ("i_stallet", "annat"), ("procent", "verkan")):
        next(each for each in one["effects"] if each["id"] == line)["event"] = event


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


def _terms(**said: object) -> Callable[[Raw], None]:
    """Replace the fund's terms."""

    def edit(data: Raw) -> None:
        data["fund"]["aterforing"] = {**said, **NOTES}

    return edit


def _own_terms(data: Raw) -> None:
    """Two investments have terms of their own."""
    for name, said in (
        ("skolfam2", {"rule": "lesser", "gap": "provider", "ceiling": 0.9}),
        ("np_center", {"rule": "until_repaid", "lag": 1}),
    ):
        data["investments"][name]["terms"] = {**said, **NOTES}


def _split_by_year(data: Raw) -> None:
    one = data["investments"]["np_center"]
    even = one["split"]
    one["split"] = {
        "2016": even,
        "2017": {"socialnamnden": {"value": 1.0, **NOTES}},
        "2018": {name: even[name] for name in reversed(even)},
    }


def _topped_up(data: Raw) -> None:
    """30 mkr at first, and 40 from a year that is not known; perhaps more, perhaps never."""
    fund = data["fund"]
    fund["capital"] = {"2011": {"value": "30 mkr", **NOTES}}
    fund["top_ups"] = [
        {"amount": "10 mkr", "year": {"uniform": [2012, 2014]}, **NOTES},
        {
            "amount": {"uniform": ["1 mkr", "2 mkr"]},
            "year": {"triangular": [2013, 2018, 2022]},
            **NOTES,
        },
    ]


def _granting(**said: object) -> Callable[[Raw], None]:
    """Grant further investments while the fund has free capital."""

    def edit(data: Raw) -> None:
        data["fund"]["grants"] = {
            "first_year": 2012,
            "last_year": 2017,
            "per_year": 3,
            "while_free": "2 mkr",
            "size": {"uniform": ["1 mkr", "3 mkr"]},
            "paid_over": 2,
            "plan": {"1": 0.3, "2": 0.45, "4": 0.4},
            "realised": {"gamma": {"mean": 0.7, "cv": 0.6}},
            "provider": "socialnamnden",
            "namnd": "utbildningsnamnden",
            **NOTES,
            **said,
        }

    return edit


def _shared(data: Raw) -> None:
    """Two named factors, one of them on several investments and to a power."""
    data["fund"]["common_factors"] = {
        "placeringar": {
            "factor": {"lognormal": {"median": 1.0, "sigma": 0.3}},
            "on": ["skolfam2", "np_center"],
            **NOTES,
        },
        "arbetsmarknad": {
            "factor": {"uniform": [0.5, 1.5]},
            "on": ["servicetrainee", "np_center"],
            "loading": {"uniform": [0.0, 2.0]},
            **NOTES,
        },
    }


_HALF = _terms(rule="realised_share", share={"beta": {"a": 5, "b": 4}, **NOTES})
_REPAID = _terms(rule="until_repaid")
_LATE = _terms(rule="lesser", lag=2, ceiling={"uniform": [0.2, 0.9], **NOTES})
_GAP = _terms(rule="realised_share", share=0.6, gap="namnd", ceiling=1.1)
_ENDS = _terms(
    rule="until_repaid",
    gap="provider",
    lag=1,
    abolished={"first_year": 2015, "hazard": {"uniform": [0.1, 0.4], **NOTES}},
)

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
    "shared event, lesser": (_shared_event, _lesser),
    "growing, planned": (_growing,),
    "growing, lesser": (_growing, _lesser),
    "uneven": (_uneven,),
    "uneven, lesser": (_uneven, _lesser),
    "share": (_HALF,),
    "share of priced effects": (_effects, _HALF),
    "until repaid": (_REPAID,),
    "until repaid, persons": (_persons, _REPAID),
    "late and limited": (_effects, _LATE),
    "gap of the namnder": (_GAP,),
    "gap of the provider, abolished": (_persons, _ENDS),
    "topped up": (_lesser, _topped_up),
    "granting, planned": (_granting(),),
    "granting, lesser": (_lesser, _granting(per_year=1, paid_over=3)),
    "granting on plans": (_REPAID, _granting(planned_ahead=3), _topped_up),
    "granting, limited": (_persons, _ENDS, _granting(planned_ahead=6, while_free="0 kr")),
    "granting, own terms": (_own_terms, _GAP, _granting(planned_ahead=2)),
    "named factors": (_lesser, _shared, _persons),
    "own terms": (_own_terms, _split_by_year),
}

# The twelve that differ most from one another; the others combine the same parts anew.
DEFAULT = (
    "as shipped",
    "priced effects, lesser",
    "persons, planned",
    "shared event, lesser",
    "growing, planned",
    "uneven",
    "share",
    "late and limited",
    "gap of the provider, abolished",
    "granting on plans",
    "granting, own terms",
    "named factors",
)


def built(*edits: Callable[[Raw], None]) -> FundScenario:
    """Return the shipped plan after ``edits``; every problem is a failure."""
    data = copy.deepcopy(raw("norrkoping_fond_plan"))
    del data["decision"]["studies"]  # they move no future, and name numbers that edits remove
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
        draws = Draws(streams_of(scenario, seed), seed, {})
        self.lived: FundLived = live_fund(scenario, draws)
        rng = np.random.default_rng(seed)
        self.places = [int(i) for i in rng.choice(2048, EACH, replace=False)]
        medians = _medians(scenario)
        names = [name for name in type(scenario).model_fields if name != "evidence"]
        self.books = []
        for i in self.places:
            world = {name: plain(getattr(scenario, name), draws, i) for name in names}
            self.books.append(fund_twin.live(world, medians, chances(scenario, draws, i)))

    @property
    def rule(self) -> str:
        """The rule that the scenario follows."""
        return own_rule(self.scenario)

    @cached_property
    def investments(self) -> dict[str, Returned]:
        """What each investment realises and owes, all at once."""
        return {key: one for key, one, _ in returned(self.scenario, self.lived.draws)}


def chances(scenario: FundScenario, draws: Draws, draw: int) -> dict[str, float]:
    """Return the uniform numbers of the fund's chances, and of lines that may not occur."""
    names = [name for name in factors(scenario) if name.startswith("chance/fund.")]
    fund = {
        name.removeprefix("chance/"): float(draws.streams.uniforms(name, draws.batch)[draw])
        for name in names
    }
    events = {
        f"{key}.events.{event}": float(
            draws.chance(f"investments.{key}.events.{event}", "occurs")[draw]
        )
        for key, one in scenario.investments.items()
        for event in one.events
    }
    return (fund | events) | {
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


@pytest.fixture(
    scope="module", params=slow_but(VARIATIONS, DEFAULT, lambda name: name.replace(" ", "-"))
)
def pair(request: pytest.FixtureRequest) -> Pair:
    """One variation of the fund, lived by both."""
    number = list(VARIATIONS).index(request.param)
    return Pair(built(*VARIATIONS[request.param]), 300 + number)


def test_realised_and_owed_by_year_and_party(pair: Pair) -> None:
    """Every investment's saving and return agrees, to an öre for each sum of roundings."""
    parties, first = list(pair.scenario.parties), pair.scenario.first_year
    totals = pair.lived.totals[pair.rule]
    allowed = len(pair.scenario.investments)
    # Shares, limits and running sums are rounded to the öre on the way.
    steps = {"planned": 0, "lesser": 1}.get(pair.rule, 4)
    if pair.lived.further is not None:
        allowed += int(pair.lived.further.count.sum(axis=1).max())
    for draw, books in zip(pair.places, pair.books, strict=True):
        for year in pair.scenario.years:
            for column, party in enumerate(parties):
                at, place = (draw, year - first, column), (year, party)
                real = int(totals.realised[at]) - books.realised.get(place, 0)
                assert abs(real) <= allowed
                matured = int(totals.matured[at]) - books.matured.get(place, 0)
                assert abs(matured) <= allowed
                assert abs(int(totals.due[at]) - books.owed.get(place, 0)) <= steps * allowed
                assert abs(int(totals.paid[at]) - books.paid.get(place, 0)) <= steps * allowed


def test_balances_year_by_year(pair: Pair) -> None:
    """The fund's balance is capital less grants and with what is returned."""
    path = pair.lived.balances[pair.rule].path
    allowed = 0 if pair.rule == "planned" else 400
    for draw, books in zip(pair.places, pair.books, strict=True):
        assert np.abs(path[draw] - np.asarray(books.balance)).max() <= allowed


def test_further_grants_and_insolvency(pair: Pair) -> None:
    """As many are granted, one by one, and the fund runs out of money in the same futures."""
    broke = pair.lived.balances[pair.rule].insolvent
    further = pair.lived.further
    for draw, books in zip(pair.places, pair.books, strict=True):
        assert bool(broke[draw]) == books.insolvent
        assert books.count == (0 if further is None else int(further.count[draw].sum()))


def test_what_is_outstanding(pair: Pair) -> None:
    """What is owed within the horizon and paid after it is the rest."""
    left = pair.lived.totals[pair.rule].outstanding
    for draw, books in zip(pair.places, pair.books, strict=True):
        after = [sum_ for (year, _), sum_ in books.paid.items() if year > pair.scenario.last_year]
        assert abs(int(left[draw]) - sum(after)) <= 400


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
        within = {place for place in books.spent if place[0] <= pair.scenario.last_year}
        assert found.keys() >= within
        for place, amount in found.items():
            assert abs(amount - books.spent.get(place, 0)) <= allowed


def test_transfers_sum_to_zero(pair: Pair) -> None:
    """What one purse receives from another is paid by the other, in every draw and year."""
    ledger = pair.lived.ledger
    for kind in set(TRANSFERS) & set(ledger.entries):
        assert np.abs(ledger.entries[kind]).sum() > 0
        assert (np.round(ledger.entries[kind] * 100).sum(axis=2) == 0.0).all()


def test_laws_of_the_rules(pair: Pair) -> None:
    """Every rule keeps its law, with whatever else the terms say."""
    columns = [one.type == "namnd" for one in pair.scenario.parties.values()]
    for key, one in pair.investments.items():
        terms = pair.scenario.investments[key].terms or pair.scenario.fund.aterforing
        due = {rule: owed.due for rule, owed in one.owed.items()}
        saved = np.where(columns, np.maximum(one.realised, 0), 0)
        granted = one.grant.sum(axis=1)
        assert all((owed >= 0).all() for owed in due.values())
        assert (due["until_repaid"].sum(axis=(1, 2)) <= granted).all()
        if terms.ceiling is None and terms.lag == 0 and terms.gap == "fund":
            assert (due["planned"] == one.planned).all()
            assert (due["lesser"] <= one.planned).all()
            assert (due["lesser"] <= saved).all()
            assert (due["realised_share"] <= saved).all()
            wanted = np.minimum(saved.sum(axis=(1, 2)), granted)
            assert (due["until_repaid"].sum(axis=(1, 2)) == wanted).all()
        elif terms.gap == "namnd" and terms.ceiling is None:
            assert (np.cumsum(due["lesser"], axis=1) >= np.cumsum(one.planned, axis=0)).all()


def test_both_signs_are_met() -> None:
    """Among the futures that are compared some lines grow in one and fall in another."""
    own = Pair(built(_growing), 306)
    real = own.investments["alla_barn_i_skolan"].realised[own.places].sum(axis=1)
    columns = [list(own.scenario.parties).index(one) for one in ("socialnamnden", "staten")]
    assert (real[:, columns] < 0).any(axis=0).all()
    assert (real[:, columns] > 0).any(axis=0).all()


def test_the_fund_can_run_out_on_plans_and_not_on_what_it_has() -> None:
    """Granting against planned returns can end in insolvency; against what is free it cannot."""
    careful = Pair(built(_lesser, _granting(while_free="3 mkr")), 5).lived
    bold = Pair(built(_lesser, _granting(planned_ahead=9, while_free="0 kr")), 5).lived
    assert careful.further is not None
    assert careful.further.count.sum(axis=1).min() > 0
    assert not careful.balances["lesser"].insolvent.any()
    assert 0.01 < bold.balances["lesser"].insolvent.mean() < 1.0


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        (_lesser, _terms(rule="planned")),
        (_HALF, _terms(rule="until_repaid")),
        (_REPAID, _terms(rule="realised_share", share=1.0)),
        (_LATE, _terms(rule="lesser", lag=1, ceiling={"uniform": [0.2, 0.9], **NOTES})),
        (_GAP, _terms(rule="realised_share", share=0.6, ceiling=1.1)),
        (_topped_up, _lesser),
        (_granting(), _granting(planned_ahead=4)),
        (_shared, _lesser),
        (_shared_event, _kinds),
    ],
    ids=lambda one: str(getattr(one, "__qualname__", one)),
)
def test_a_wrong_twin_is_found_out(
    right: Callable[[Raw], None], wrong: Callable[[Raw], None]
) -> None:
    """Negative control: a twin that follows another rule disagrees in many futures."""
    lesser = () if right is _lesser else (_lesser,)
    pair, other = Pair(built(*lesser, right), 17), Pair(built(*lesser, wrong), 17)
    path = pair.lived.balances[pair.rule].path
    apart = [
        np.abs(path[draw] - np.asarray(books.balance)).max()
        for draw, books in zip(other.places, other.books, strict=True)
    ]
    assert np.mean(np.asarray(apart) > 100_000) > 0.2
