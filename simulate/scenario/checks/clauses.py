"""What must hold between the clauses of a contract, and between those who lend."""

from __future__ import annotations

import math
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import combinations

from simulate.contract.clauses.coupon import Coupon
from simulate.contract.clauses.linear_share import LinearShare
from simulate.errors import Path, Problem, dotted
from simulate.language.numbers import significant
from simulate.language.quantities import unit_of
from simulate.scenario.checks.common import named_once, party_exists, place, unknown
from simulate.scenario.checks.contract import comparable, wrong_unit
from simulate.scenario.tree.contract import Contract
from simulate.scenario.tree.measurements import Blend, Windowed, direct
from simulate.scenario.tree.party import RESERVED
from simulate.scenario.tree.scenario import ContractScenario

_OF = ("contract", "clauses")


def blends(scenario: ContractScenario) -> Iterator[Problem]:
    """A blend is made of measures that exist, in its own unit, none of them a blend."""
    known = scenario.measurements
    for key, blend in known.items():
        if not isinstance(blend, Blend):
            continue
        for name in blend.weights:
            path: Path = ("measurements", key, "weights", name)
            part = known.get(name)
            if part is None or isinstance(part, Blend):
                parts = [other for other, one in known.items() if not isinstance(one, Blend)]
                yield unknown("unknown_measure", path, name, parts)
            elif (part.dimension.name.removeprefix("signed_")
                  != blend.dimension.name.removeprefix("signed_")):  # fmt: skip
                context = {
                    "found": name,
                    "unit": unit_of(part.dimension),
                    "other": f"measurements.{key}.unit",
                }
                yield Problem("blend_kind", path, context)


def groups(scenario: ContractScenario) -> Iterator[Problem]:
    """A group is made of clauses that exist and are in no other."""
    known = [clause.id for clause in scenario.contract.clauses]
    taken: dict[str, str] = {}
    for group in scenario.contract.groups:
        path: Path = ("contract", "groups", group.id, "clauses")
        yield from named_once(path, group.clauses)
        for name in dict.fromkeys(group.clauses):
            here = (*path, group.clauses.index(name))
            if name not in known:
                yield unknown("unknown_clause", here, name, known)
            elif name in taken:
                yield Problem("clause_twice", here, {"found": name, "other": taken[name]})
            else:
                taken[name] = dotted(path[:-1])


def same_krona(scenario: ContractScenario) -> Iterator[Problem]:
    """Two shares of the same part of a measure do not pay more than the whole of it."""
    shares = [one for one in scenario.contract.clauses if isinstance(one, LinearShare)]
    for one, other in combinations(shares, 2):
        together = sum(c.share.distribution.support()[0] for c in (one, other))
        overlap = one.above.below(other.up_to) and other.above.below(one.up_to)
        if one.measure == other.measure and overlap and together > 1.0 + 1e-9:
            context = {"found": significant(together), "other": dotted((*_OF, one.id, "share"))}
            yield Problem("same_krona", (*_OF, other.id, "share"), context)


def loan_days(scenario: ContractScenario) -> Iterator[Problem]:
    """Interest and ways out begin when all is lent; there is one way out a year."""
    contract = scenario.contract
    last = contract.draw_days[-1]
    lent = dotted(("contract", "drawn_on", contract.drawn_on.index(last)))
    days: list[tuple[Path, object]] = []
    for clause in contract.clauses:
        if isinstance(clause, Coupon):
            path: Path = (*_OF, clause.id)
            days += [((*path, *inside), day) for inside, day in clause.days()]
    years: dict[int, str] = {}
    for one in contract.redemptions:
        path = ("contract", "redemptions", one.id, "day")
        days.append((path, one.day))
        if one.day.year in years:
            context = {"found": one.day.year, "other": years[one.day.year]}
            yield Problem("redemption_twice", path, context)
        years.setdefault(one.day.year, dotted(path))
    for path, day in days:
        if day <= last:  # type: ignore[operator]  # both are days
            context = {"found": day, "start": last, "other": lent}
            yield Problem("before_drawdown", path, context)


def measured_in_time(scenario: ContractScenario) -> Iterator[Problem]:
    """What has a day of its own reads only measures that can be known by then."""
    for clause in scenario.contract.clauses:
        for inside, day in clause.days():
            if day is None:
                continue
            for place_of, measure in clause.reads():
                same = place_of[:-1] == inside[:-1] or place_of[0] == "gate"
                if same or inside == ("pays_on",):
                    path = (*_OF, clause.id, *inside)
                    yield from _known_by(scenario, path, day, measure)
    for one in scenario.contract.redemptions:
        if one.leaves is not None:
            path = ("contract", "redemptions", one.id, "day")
            yield from _known_by(scenario, path, one.day, one.leaves.measure)


def _known_by(scenario: ContractScenario, path: Path, day: date, measure: str) -> Iterator[Problem]:
    """Yield a problem where not even the shortest follow-up of the last person is over."""
    programme = scenario.programme
    for name in direct(scenario.measurements, [measure]):
        one = scenario.measurements.get(name)
        if not isinstance(one, Windowed):
            continue
        years = one.window.distribution.support()[0]
        if one.window_from == "end":
            years += programme.duration.distribution.support()[0]
        over = programme.intake_last + timedelta(days=math.floor(365.0 * years))
        if day < over:
            context = {"found": day, "measure": name, "start": over,
                       "other": f"measurements.{name}.window"}  # fmt: skip
            yield Problem("paid_before_measured", path, context)


def leaving(scenario: ContractScenario) -> Iterator[Problem]:
    """The rule by which the investor leaves reads a measure that exists, in its own unit."""
    known = scenario.measurements
    for one in scenario.contract.redemptions:
        if one.leaves is None:
            continue
        path: Path = ("contract", "redemptions", one.id, "leaves", "measure")
        if one.leaves.measure not in known:
            yield unknown("unknown_measure", path, one.leaves.measure, known)
        elif not comparable(known[one.leaves.measure], one.leaves.below):
            yield wrong_unit(place(one.leaves.below.key), one.leaves.measure, scenario)


def lenders(scenario: ContractScenario) -> Iterator[Problem]:
    """Tranches and guarantors are of parties, and make up what is committed."""
    contract = scenario.contract
    for name in ("tranches", "guarantors"):
        for one in getattr(contract, name):
            yield from party_exists(scenario, ("contract", name, one.id, "party"), one.party)
    taken = {*scenario.parties, *scenario.outcomes, *RESERVED}
    for tranche in contract.tranches:
        if tranche.id in taken:
            path: Path = ("contract", "tranches", tranche.id, "id")
            yield Problem("reserved_name", path, {"found": tranche.id})
    if not contract.tranches:
        return
    amounts = [one.principal.distribution for one in contract.tranches]
    committed = contract.committed.distribution
    total = sum(one.support()[0] for one in amounts)
    certain = all(one.certain for one in (*amounts, committed))
    if not certain or abs(total - committed.support()[0]) > 0.005:
        last = contract.tranches[-1].id
        context = {
            "found": f"{total:,.0f}".replace(",", " "),
            "whole": f"{committed.support()[0]:,.0f}".replace(",", " "),
            "other": "contract.committed",
        }
        yield Problem("tranches_not_whole", ("contract", "tranches", last, "principal"), context)


def waterfall(scenario: ContractScenario) -> Iterator[Problem]:
    """Every krona has somewhere to go, and every step can be reached."""
    contract = scenario.contract
    known = [one.id for one in contract.tranches]
    if bool(known) != bool(contract.waterfall):
        lacking = "waterfall" if known else "tranches"
        yield Problem("missing_key", ("contract", lacking), {"found": lacking})
        return
    yield from _named(contract, known)
    for number, step in enumerate(contract.waterfall):
        path: Path = ("contract", "waterfall", number, "up_to")
        last = number == len(contract.waterfall) - 1
        if last and not step.up_to.unlimited:
            yield Problem("waterfall_end", path)
        elif not last and step.up_to.unlimited:
            other = dotted(("contract", "waterfall", number + 1))
            yield Problem("waterfall_unreachable", path, {"other": other})


def _named(contract: Contract, known: list[str]) -> Iterator[Problem]:
    for number, step in enumerate(contract.waterfall):
        if step.tranche not in known:
            where: Path = ("contract", "waterfall", number, "tranche")
            yield unknown("unknown_tranche", where, step.tranche, known)
    for one in contract.guarantors:
        if one.tranche not in known:
            where = ("contract", "guarantors", one.id, "tranche")
            yield unknown("unknown_tranche", where, one.tranche, known)


def ceilings(scenario: ContractScenario) -> Iterator[Problem]:
    """The ceiling of a cost is no return: nothing is lent yet."""
    for line in scenario.programme.cost_lines:
        if line.ceiling.irr is not None:
            yield Problem("irr_without_loan", ("programme", "cost_lines", line.id, "ceiling"))
