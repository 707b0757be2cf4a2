"""Small funds of one investment whose effect lines are worked out by hand."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

from simulate.aterforing.returned import Returned, returned
from simulate.draws.draw import Draws
from simulate.draws.factors import factors
from simulate.draws.streams import Streams
from simulate.scenario.checks import check
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
    found = returned(scenario, Draws(Streams(1, factors(scenario)), 0, {}))
    return {key: one for key, one, _ in found}["hemma"]


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
