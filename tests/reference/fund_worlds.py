"""Funds that the fund's twin and its engine both live: the shipped plan after edits."""

from __future__ import annotations

import copy
from collections.abc import Callable

from simulate.scenario.checks import check
from simulate.scenario.read import tree_of
from simulate.scenario.tree.scenario import FundScenario
from tests.support.scenarios import NOTES, Raw, raw


def effects(data: Raw) -> None:
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


def persons(data: Raw) -> None:
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


def kinds(data: Raw) -> None:
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


def shared_event(data: Raw) -> None:
    """Several lines, with and without a chance of their own, hang on one event."""
    kinds(data)
    one = data["investments"]["skolfam2"]
    one["events"] = {
        "verkan": {"beta": {"a": 6, "b": 4}, **NOTES},
        "annat": {"value": 0.5, **NOTES},
    }
    for line, event in (("dygn", "verkan"), ("i_stallet", "annat"), ("procent", "verkan")):
        next(each for each in one["effects"] if each["id"] == line)["event"] = event


def growing(data: Raw) -> None:
    """Give the lines that can grow a share for it, and shares that differ by year."""
    persons(data)
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


def lesser(data: Raw) -> None:
    """Return the lesser of what is planned and realised."""
    data["fund"]["aterforing"]["rule"] = "lesser"


def apart(data: Raw) -> None:
    """Let nothing be shared between investments."""
    del data["fund"]["common_factor"]


def uneven(data: Raw) -> None:
    """Amounts and shares that do not divide evenly, and an uncertain cost."""
    one = data["investments"]["np_center"]
    one["aterforing"] = {"2016": "3 893 333.33 kr", "2017": "0.01 kr", "2018": "1 kr"}
    for share, value in zip(one["split"].values(), (0.3333333, 0.3333333, 0.3333334), strict=True):
        share["value"] = value
    one["costs"]["2013"] = {"uniform": ["4 mkr", "7 mkr"], **NOTES}


def terms(**said: object) -> Callable[[Raw], None]:
    """Replace the fund's terms."""

    def edit(data: Raw) -> None:
        data["fund"]["aterforing"] = {**said, **NOTES}

    return edit


def own_terms(data: Raw) -> None:
    """Two investments have terms of their own."""
    for name, said in (
        ("skolfam2", {"rule": "lesser", "gap": "provider", "ceiling": 0.9}),
        ("np_center", {"rule": "until_repaid", "lag": 1}),
    ):
        data["investments"][name]["terms"] = {**said, **NOTES}


def split_by_year(data: Raw) -> None:
    """One investment is split in another way each year."""
    one = data["investments"]["np_center"]
    even = one["split"]
    one["split"] = {
        "2016": even,
        "2017": {"socialnamnden": {"value": 1.0, **NOTES}},
        "2018": {name: even[name] for name in reversed(even)},
    }


def topped_up(data: Raw) -> None:
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


def granting(**said: object) -> Callable[[Raw], None]:
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


def shared(data: Raw) -> None:
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


HALF = terms(rule="realised_share", share={"beta": {"a": 5, "b": 4}, **NOTES})
REPAID = terms(rule="until_repaid")
LATE = terms(rule="lesser", lag=2, ceiling={"uniform": [0.2, 0.9], **NOTES})
GAP = terms(rule="realised_share", share=0.6, gap="namnd", ceiling=1.1)
ENDS = terms(
    rule="until_repaid",
    gap="provider",
    lag=1,
    abolished={"first_year": 2015, "hazard": {"uniform": [0.1, 0.4], **NOTES}},
)

VARIATIONS: dict[str, tuple[Callable[[Raw], None], ...]] = {
    "as shipped": (),
    "lesser": (lesser,),
    "no common factor": (apart,),
    "priced effects, planned": (effects,),
    "priced effects, lesser": (effects, lesser),
    "persons, planned": (persons,),
    "persons, lesser": (persons, lesser),
    "kinds, planned": (kinds,),
    "kinds, lesser": (kinds, lesser),
    "shared event, lesser": (shared_event, lesser),
    "growing, planned": (growing,),
    "growing, lesser": (growing, lesser),
    "uneven": (uneven,),
    "uneven, lesser": (uneven, lesser),
    "share": (HALF,),
    "share of priced effects": (effects, HALF),
    "until repaid": (REPAID,),
    "until repaid, persons": (persons, REPAID),
    "late and limited": (effects, LATE),
    "gap of the namnder": (GAP,),
    "gap of the provider, abolished": (persons, ENDS),
    "topped up": (lesser, topped_up),
    "granting, planned": (granting(),),
    "granting, lesser": (lesser, granting(per_year=1, paid_over=3)),
    "granting on plans": (REPAID, granting(planned_ahead=3), topped_up),
    "granting, limited": (persons, ENDS, granting(planned_ahead=6, while_free="0 kr")),
    "granting, own terms": (own_terms, GAP, granting(planned_ahead=2)),
    "named factors": (lesser, shared, persons),
    "own terms": (own_terms, split_by_year),
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
