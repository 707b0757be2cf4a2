"""Pay out on stated outcomes: no probability, uncertain terms at their medians."""

from __future__ import annotations

import difflib
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from models.language import say
from models.quantity import SEK, QuantityError
from models.units import parse_quantity
from simulate.contract import money
from simulate.contract.blended import with_blends
from simulate.contract.pay import Payout, pay
from simulate.contract.terms import Reading, Terms
from simulate.draws.values import Central
from simulate.errors import BadInput, Problem
from simulate.language.numbers import mkr, significant
from simulate.scenario.tree.contract import Case
from simulate.scenario.tree.measurements import direct
from simulate.scenario.tree.scenario import ContractScenario

DELIVERED, REDEEMED = "delivered", "redeemed_in"
_FLAGS = {"true": True, "false": False, "ja": True, "nej": False}


@dataclass(frozen=True)
class Stated:
    """Outcomes that are given.

    Attributes:
        drawn_sek: drawn amount.
        delivered: whether the activity was carried out.
        readings: measures by id, in canonical units.
        redeemed_in: year in which the investor leaves, 0 where she stays.
    """

    drawn_sek: float
    delivered: bool
    readings: dict[str, float]
    redeemed_in: int = 0


def needed(scenario: ContractScenario, stated: Collection[str] = ()) -> list[str]:
    """Return the measures that decide what the contract pays.

    A blend is worked out of its parts, which stand in its stead, unless it is ``stated`` itself.
    """
    measures = scenario.contract.measures()
    own = [name for name in measures if name in stated]
    parts = direct(scenario.measurements, [name for name in measures if name not in stated])
    return list(dict.fromkeys([*own, *parts]))


def read_given(
    scenario: ContractScenario,
    given: Iterable[str],
    drawn: str | None,
    but: tuple[str, ...] = (),
) -> Stated:
    """Return the outcomes in ``given`` (``NAME=VALUE`` each).

    Without ``drawn`` the whole commitment is drawn; without ``delivered`` it was delivered; without
    ``redeemed_in`` the investor stays.

    Args:
        scenario: with the contract.
        given: what is stated.
        drawn: drawn amount.
        but: measures that need not be stated, because they are varied.

    Raises:
        BadInput: with every problem.
    """
    found, named, problems = _outcomes(scenario, tuple(given), but)
    drawn_sek = float(Central().of(scenario.contract.committed))
    if drawn is not None:
        try:
            drawn_sek = _drawn(drawn, most=drawn_sek)
        except QuantityError as error:
            problems.append(Problem(error.code, ("--drawn",), error.context))
    given_all = (*named, *but)
    lacking = [name for name in needed(scenario, given_all) if name not in given_all]
    problems += [Problem("missing_given", ("--given",), {"found": name}) for name in lacking]
    if problems:
        raise BadInput(problems)
    delivered, year = bool(found.pop(DELIVERED, True)), int(found.pop(REDEEMED, 0))
    return Stated(drawn_sek, delivered, {key: float(value) for key, value in found.items()}, year)


def _outcomes(
    scenario: ContractScenario, given: tuple[str, ...], but: tuple[str, ...]
) -> tuple[dict[str, float | bool], set[str], list[Problem]]:
    """Return the outcomes that can be read, the names that were stated, and what is wrong."""
    problems: list[Problem] = []
    found: dict[str, float | bool] = {}
    named: set[str] = set()
    known = needed(scenario, [*but, *(item.partition("=")[0].strip() for item in given)])
    for item in given:
        name, equals, value = (part.strip() for part in item.partition("="))
        try:
            if name in named:
                raise QuantityError("duplicate_id", found=name)
            named.add(name)
            if not equals:
                raise QuantityError("bad_assignment", found=item, example="--given saving=-7.5mkr")
            found[name] = _outcome(scenario, name, value, known)
        except QuantityError as error:
            own = error.code not in ("bad_assignment", "unknown_given", "duplicate_id")
            problems.append(
                Problem(error.code, ("--given", name) if own else ("--given",), error.context)
            )
    return found, named, problems


def _drawn(text: str, most: float) -> float:
    """Return the stated drawn amount, which is at most what is committed."""
    drawn = SEK.check(parse_quantity(bare(text), SEK), text)
    if drawn > most:
        allowed = say("högst {amount} (contract.committed)", amount=mkr(significant(most / 1e6, 6)))
        raise QuantityError("out_of_range", found=text, allowed=allowed, example="7.5mkr")
    return drawn


def _outcome(
    scenario: ContractScenario, name: str, value: str, measures: list[str]
) -> float | bool:
    """Return one stated outcome in its canonical unit."""
    years = [one.day.year for one in scenario.contract.redemptions]
    known = [*measures, DELIVERED, *([REDEEMED] if years else [])]
    if name not in known:
        raise unknown_given(name, known)
    if name == DELIVERED:
        if value not in _FLAGS:
            raise QuantityError("not_true_or_false", found=value)
        return _FLAGS[value]
    if name == REDEEMED:
        if value not in map(str, years):
            allowed = ", ".join(map(str, years))
            raise QuantityError("redeemed_when", found=value, allowed=allowed, example=years[0])
        return float(value)
    dimension = scenario.measurements[name].dimension
    return dimension.check(parse_quantity(bare(value), dimension), value)


def unknown_given(name: str, known: list[str]) -> QuantityError:
    """Return the error of an outcome that the contract does not know."""
    close = "".join(difflib.get_close_matches(name, known, n=1))
    return QuantityError("unknown_given", found=name, allowed=", ".join(known), close=close)


def from_case(case: Case) -> Stated:
    """Return the outcomes of a case in the scenario."""
    values = {key: float(Central().of(number)) for key, number in case.readings.items()}
    drawn = float(Central().of(case.drawn))
    return Stated(drawn, case.delivered, values, case.redeemed_in or 0)


def bare(text: str) -> float | str:
    """A number without unit is a number, not a text that lacks a unit."""
    try:
        return float(text)
    except ValueError:
        return text


def pay_stated(scenario: ContractScenario, stated: Stated) -> Payout:
    """Return what the contract pays; arrays of one future."""
    return pay_varied(scenario, stated, {})


def pay_varied(
    scenario: ContractScenario, stated: Stated, varied: Mapping[str, NDArray[np.float64]]
) -> Payout:
    """Return what the contract pays where some measures take many values, dims (value,).

    Args:
        scenario: with the contract.
        stated: everything else.
        varied: values by measure, all of one length; without any, one payout.
    """
    size = len(next(iter(varied.values()))) if varied else 1
    values = {key: np.full(size, value) for key, value in stated.readings.items()} | dict(varied)
    readings = {
        key: Reading(value, scenario.measurements[key].dimension) for key, value in values.items()
    }
    terms = Terms(
        np.full(size, int(money.ore(stated.drawn_sek)), np.int64),
        np.full(size, stated.delivered, dtype=bool),
        with_blends(scenario.measurements, readings, Central()),
        Central(),
        np.full(size, stated.redeemed_in, np.int64),
    )
    return pay(scenario.contract, terms)
