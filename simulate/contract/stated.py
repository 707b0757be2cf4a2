"""Pay out on stated outcomes: no probability, uncertain terms at their medians."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from models.quantity import SEK, QuantityError
from models.units import parse_quantity
from simulate.contract import money
from simulate.contract.pay import Payout, pay
from simulate.contract.terms import Reading, Terms
from simulate.draws.draw import Central
from simulate.errors import BadInput, Problem
from simulate.scenario.tree.contract import Case
from simulate.scenario.tree.scenario import Scenario

DELIVERED = "delivered"
_FLAGS = {"true": True, "false": False, "ja": True, "nej": False}


@dataclass(frozen=True)
class Stated:
    """Outcomes that are given.

    Attributes:
        drawn_sek: drawn amount.
        delivered: whether the activity was carried out.
        readings: measures by id, in canonical units.
    """

    drawn_sek: float
    delivered: bool
    readings: dict[str, float]


def needed(scenario: Scenario) -> list[str]:
    """Return the measures that decide what the contract pays."""
    used = (measure for clause in scenario.contract.clauses for measure in clause.measures())
    return list(dict.fromkeys(used))


def read_given(scenario: Scenario, given: Iterable[str], drawn: str | None) -> Stated:
    """Return the outcomes in ``given`` (``NAME=VALUE`` each).

    Without ``drawn`` the whole commitment is drawn; without ``delivered`` it was delivered.

    Raises:
        BadInput: with every problem.
    """
    problems: list[Problem] = []
    readings: dict[str, float] = {}
    delivered, drawn_sek = True, float(Central().of(scenario.contract.committed))
    known = [*needed(scenario), DELIVERED]
    for item in given:
        name, equals, value = (part.strip() for part in item.partition("="))
        if not equals:
            context = {"found": item, "example": "--given saving=-7.5mkr"}
            problems.append(Problem("bad_assignment", ("--given",), context))
        elif name not in known:
            close = "".join(difflib.get_close_matches(name, known, n=1))
            context = {"found": name, "allowed": ", ".join(known), "close": close}
            problems.append(Problem("unknown_given", ("--given",), context))
        elif name == DELIVERED:
            if value in _FLAGS:
                delivered = _FLAGS[value]
            else:
                problems.append(Problem("not_true_or_false", ("--given", name), {"found": value}))
        else:
            try:
                dimension = scenario.measurements[name].dimension
                readings[name] = dimension.check(parse_quantity(_bare(value), dimension), value)
            except QuantityError as error:
                problems.append(Problem(error.code, ("--given", name), error.context))
    if drawn is not None:
        try:
            drawn_sek = SEK.check(parse_quantity(_bare(drawn), SEK), drawn)
        except QuantityError as error:
            problems.append(Problem(error.code, ("--drawn",), error.context))
    named = {item.partition("=")[0].strip() for item in given}
    problems += [
        Problem("missing_given", ("--given",), {"found": name})
        for name in needed(scenario)
        if name not in named
    ]
    if problems:
        raise BadInput(problems)
    return Stated(drawn_sek, delivered, readings)


def from_case(case: Case) -> Stated:
    """Return the outcomes of a case in the scenario."""
    values = {key: float(Central().of(number)) for key, number in case.readings.items()}
    return Stated(float(Central().of(case.drawn)), case.delivered, values)


def _bare(text: str) -> float | str:
    """A number without unit is a number, not a text that lacks a unit."""
    try:
        return float(text)
    except ValueError:
        return text


def pay_stated(scenario: Scenario, stated: Stated) -> Payout:
    """Return what the contract pays; arrays of one future."""
    readings = {
        key: Reading(np.asarray([value]), scenario.measurements[key].dimension)
        for key, value in stated.readings.items()
    }
    drawn = np.atleast_1d(money.ore(stated.drawn_sek))
    terms = Terms(drawn, np.asarray([stated.delivered], dtype=bool), readings, Central())
    return pay(scenario.contract, terms)
