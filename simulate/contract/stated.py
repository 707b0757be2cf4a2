"""Pay out on stated outcomes: no probability, uncertain terms at their medians."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from models.language import say
from models.quantity import SEK, QuantityError
from models.units import parse_quantity
from simulate.contract import money
from simulate.contract.pay import Payout, pay
from simulate.contract.terms import Reading, Terms
from simulate.draws.values import Central
from simulate.errors import BadInput, Problem
from simulate.language.numbers import mkr, significant
from simulate.scenario.tree.contract import Case
from simulate.scenario.tree.scenario import ContractScenario

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


def needed(scenario: ContractScenario) -> list[str]:
    """Return the measures that decide what the contract pays."""
    used = (measure for clause in scenario.contract.clauses for measure in clause.measures())
    return list(dict.fromkeys(used))


def read_given(scenario: ContractScenario, given: Iterable[str], drawn: str | None) -> Stated:
    """Return the outcomes in ``given`` (``NAME=VALUE`` each).

    Without ``drawn`` the whole commitment is drawn; without ``delivered`` it was delivered.

    Raises:
        BadInput: with every problem.
    """
    problems: list[Problem] = []
    found: dict[str, float | bool] = {}
    named = set()
    for item in given:
        name, equals, value = (part.strip() for part in item.partition("="))
        try:
            if name in named:
                raise QuantityError("duplicate_id", found=name)
            named.add(name)
            if not equals:
                raise QuantityError("bad_assignment", found=item, example="--given saving=-7.5mkr")
            found[name] = _outcome(scenario, name, value)
        except QuantityError as error:
            known = error.code not in ("bad_assignment", "unknown_given", "duplicate_id")
            problems.append(
                Problem(error.code, ("--given", name) if known else ("--given",), error.context)
            )
    drawn_sek = float(Central().of(scenario.contract.committed))
    if drawn is not None:
        try:
            drawn_sek = _drawn(drawn, most=drawn_sek)
        except QuantityError as error:
            problems.append(Problem(error.code, ("--drawn",), error.context))
    lacking = [name for name in needed(scenario) if name not in named]
    problems += [Problem("missing_given", ("--given",), {"found": name}) for name in lacking]
    if problems:
        raise BadInput(problems)
    delivered = bool(found.pop(DELIVERED, True))
    return Stated(drawn_sek, delivered, {key: float(value) for key, value in found.items()})


def _drawn(text: str, most: float) -> float:
    """Return the stated drawn amount, which is at most what is committed."""
    drawn = SEK.check(parse_quantity(_bare(text), SEK), text)
    if drawn > most:
        allowed = say("högst {amount} (contract.committed)", amount=mkr(significant(most / 1e6, 6)))
        raise QuantityError("out_of_range", found=text, allowed=allowed, example="7.5mkr")
    return drawn


def _outcome(scenario: ContractScenario, name: str, value: str) -> float | bool:
    """Return one stated outcome in its canonical unit."""
    known = [*needed(scenario), DELIVERED]
    if name not in known:
        close = "".join(difflib.get_close_matches(name, known, n=1))
        raise QuantityError("unknown_given", found=name, allowed=", ".join(known), close=close)
    if name == DELIVERED:
        if value not in _FLAGS:
            raise QuantityError("not_true_or_false", found=value)
        return _FLAGS[value]
    dimension = scenario.measurements[name].dimension
    return dimension.check(parse_quantity(_bare(value), dimension), value)


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


def pay_stated(scenario: ContractScenario, stated: Stated) -> Payout:
    """Return what the contract pays; arrays of one future."""
    readings = {
        key: Reading(np.asarray([value]), scenario.measurements[key].dimension)
        for key, value in stated.readings.items()
    }
    drawn = np.atleast_1d(money.ore(stated.drawn_sek))
    terms = Terms(drawn, np.asarray([stated.delivered], dtype=bool), readings, Central())
    return pay(scenario.contract, terms)
