"""What must hold between the parts of a scenario with a contract."""

from __future__ import annotations

import math
from collections.abc import Iterator
from datetime import date

from models.distributions import FromEvidence
from models.language import say
from models.number import Number
from models.quantity import COUNT, SIGNED_SEK
from models.spec import value_of
from simulate.errors import Path, Problem, dotted
from simulate.language.numbers import significant
from simulate.language.quantities import unit_of
from simulate.scenario.checks.common import (
    party_exists,
    persons,
    place,
    unique_ids,
    unknown,
    written,
)
from simulate.scenario.tree.contract import Contract, Group
from simulate.scenario.tree.measurements import (
    Alternative,
    CostSaving,
    Direct,
    Measurement,
    Observed,
    RelativeReduction,
    Windowed,
    direct,
)
from simulate.scenario.tree.outcomes import CostOutcome
from simulate.scenario.tree.scenario import ContractScenario


def payer_and_investor(scenario: ContractScenario) -> Iterator[Problem]:
    """The two sides of the contract are parties, and not the same one."""
    contract = scenario.contract
    paying: list[tuple[Path, str]] = [
        (("contract", "payers", place, "party"), one.party)
        for place, one in enumerate(contract.payers)
    ]
    if contract.payer is not None:
        paying.append((("contract", "payer"), contract.payer))
        yield from party_exists(scenario, ("contract", "payer"), contract.payer)
    if contract.investor is None:
        return
    yield from party_exists(scenario, ("contract", "investor"), contract.investor)
    for path, party in paying:
        if party == contract.investor:
            yield Problem("pays_itself", path, {"found": party})


def provider(scenario: ContractScenario) -> Iterator[Problem]:
    """Whoever runs the programme is a party."""
    yield from party_exists(scenario, ("programme", "provider"), scenario.programme.provider)


def cost_lines(scenario: ContractScenario) -> Iterator[Problem]:
    """The id of a cost line names one line."""
    yield from unique_ids(("programme", "cost_lines"), scenario.programme.cost_lines)


def contract_ids(scenario: ContractScenario) -> Iterator[Problem]:
    """An id names one clause, one case, one group, one tranche, one guarantor or one way out."""
    contract = scenario.contract
    for name in ("clauses", "cases", "groups", "redemptions", "tranches", "guarantors"):
        yield from unique_ids(("contract", name), getattr(contract, name))


def measured_outcomes(scenario: ContractScenario) -> Iterator[Problem]:
    """A measure measures an outcome that exists and that it can measure."""
    for key, measure in scenario.measurements.items():
        if not isinstance(measure, Direct):
            continue
        path: Path = ("measurements", key, "outcome")
        outcome = scenario.outcomes.get(measure.outcome)
        if outcome is None:
            yield unknown("unknown_outcome", path, measure.outcome, scenario.outcomes)
            continue
        kind = str(getattr(outcome, "type", ""))
        if kind != measure.OF:
            context = {"found": measure.outcome, "type": kind, "allowed": measure.OF}
            yield Problem("outcome_kind", path, context)
        if isinstance(measure, CostSaving) and isinstance(outcome, CostOutcome):
            yield from _yardstick(key, measure, outcome)


def _yardstick(key: str, measure: CostSaving, outcome: CostOutcome) -> Iterator[Problem]:
    """An observed yardstick and the cost level come from the same evidence, or neither does."""
    learned = isinstance(outcome.cost_per_person.distribution, FromEvidence)
    if isinstance(measure.comparison, Observed):
        if not learned:
            yield Problem("yardstick_twice", ("outcomes", measure.outcome, "cost_per_person"))
    elif measure.actual is not None:
        yield Problem("stated_incomplete", ("measurements", key, "actual"))


def clauses(scenario: ContractScenario) -> Iterator[Problem]:
    """A clause reads measures that exist, in their own unit, at rising levels."""
    known = scenario.measurements
    for clause in scenario.contract.clauses:
        path: Path = ("contract", "clauses", clause.id)
        for inside, measure in clause.reads():
            if measure not in known:
                yield unknown("unknown_measure", (*path, *inside), measure, known)
        for measure, level in clause.levels():
            if measure in known and not comparable(known[measure], level):
                yield wrong_unit(place(level.key), measure, scenario)
        for measure in clause.money_measures():
            if measure in known and known[measure].dimension is not SIGNED_SEK:
                yield wrong_unit((*path, "measure"), measure, scenario)
        for inside, measure in clause.counts():
            if measure in known and known[measure].dimension is not COUNT:
                yield wrong_unit((*path, *inside), measure, scenario, say("antal"))
        for code, inside, context in clause.faults():
            places = {"other": written(str(context["other"]))} if "other" in context else {}
            yield Problem(code, (*path, *inside), {**context, **places})


def cases(scenario: ContractScenario) -> Iterator[Problem]:
    """A stated case says what every measure of the contract was, in its own unit."""
    known = scenario.measurements
    years = [one.day.year for one in scenario.contract.redemptions]
    for case in scenario.contract.cases:
        path: Path = ("contract", "cases", case.id, "readings")
        for measure, value in case.readings.items():
            if measure not in known:
                yield unknown("unknown_measure", (*path, measure), measure, known)
            elif not comparable(known[measure], value):
                yield wrong_unit((*path, measure), measure, scenario)
        lacking = [name for name in scenario.contract.measures() if name not in case.readings]
        for measure in sorted(set(direct(known, lacking)) - set(case.readings)):
            yield Problem("missing_key", (*path, measure), {"found": measure})
        if case.redeemed_in is not None and case.redeemed_in not in years:
            context = {
                "found": case.redeemed_in,
                "allowed": ", ".join(map(str, years)) or say("inget år"),
                "example": years[0] if years else 2024,
            }
            yield Problem("redeemed_when", (*path[:-1], "redeemed_in"), context)


def comparable(measure: Measurement, level: Number) -> bool:
    """Whether a level can be in the unit of a measure; a number without unit can, but in money."""
    of, unit = measure.dimension.name, level.dimension.name
    if (of == SIGNED_SEK.name) != (unit == SIGNED_SEK.name):
        return False
    return "share" not in unit or "share" in of


def wrong_unit(
    path: Path, measure: str, scenario: ContractScenario, allowed: str | None = None
) -> Problem:
    """Return the problem of a measure in another unit than what it is compared with."""
    dimension = scenario.measurements[measure].dimension
    other = say("kronor") if dimension is not SIGNED_SEK else say("gränsens enhet")
    context = {
        "found": measure,
        "unit": unit_of(dimension),
        "other": dotted(("measurements", measure)),
        "allowed": other if allowed is None else allowed,
    }
    return Problem("measure_kind", path, context)


def caps(scenario: ContractScenario) -> Iterator[Problem]:
    """A cap is not below the floor."""
    committed = scenario.contract.committed
    if committed.distribution.support()[0] <= 0.0:
        yield Problem("not_positive", place(committed.key), {"found": say("ramen")})
    most = committed.distribution.support()[1]
    yield from _cap(("contract",), scenario.contract, most)
    for group in scenario.contract.groups:
        yield from _cap(("contract", "groups", group.id), group, most)


def _cap(path: Path, where: Contract | Group, committed: float) -> Iterator[Problem]:
    floor, cap = where.floor, where.cap
    if floor.unlimited:
        yield Problem("floor_unlimited", (*path, "floor"))
    elif not cap.unlimited and floor.reaches(cap) and not cap.reaches(floor):
        yield Problem("cap_below_floor", (*path, "cap"), {"other": dotted((*path, "floor"))})
    elif cap.of_drawn is not None and floor.amount is not None:
        # No more than all that is committed is ever drawn.
        highest = cap.of_drawn.distribution.support()[1] * committed
        if highest < floor.amount.distribution.support()[0]:
            yield Problem("cap_below_floor", (*path, "cap"), {"other": dotted((*path, "floor"))})


def dates(scenario: ContractScenario) -> Iterator[Problem]:
    """Dates follow each other and lie within the horizon."""
    programme, contract = scenario.programme, scenario.contract
    first, last = scenario.first_year, scenario.last_year
    ordered: list[tuple[Path, date, date]] = [
        (("programme", "intake_last"), programme.intake_last, programme.intake_first),
        (("programme", "intake_first"), programme.intake_first, scenario.signed),
        (("contract", "pays_on"), contract.pays_on, max(contract.drawn_on)),
    ]
    drawn = [(("contract", "drawn_on", i), day) for i, day in enumerate(contract.drawn_on)]
    ordered += [(path, day, min(contract.drawn_on)) for path, day in own_days(contract)]
    ordered += [(path, day, scenario.signed) for path, day in drawn]
    for path, day, start in ordered:
        if day < start:
            yield Problem("end_before_start", path, {"found": day, "start": start})
    allowed = f"{first}–{last}"
    if last < first:
        yield Problem("end_before_start", ("last_year",), {"found": last, "start": first})
        return
    within: list[tuple[Path, date]] = [
        (("signed",), scenario.signed),
        (("programme", "intake_first"), programme.intake_first),
        (("programme", "intake_last"), programme.intake_last),
        (("contract", "pays_on"), contract.pays_on),
        *own_days(contract),
    ]
    for path, day in within + drawn:
        if not first <= day.year <= last:
            yield Problem("outside_horizon", path, {"found": day, "allowed": allowed})


def own_days(contract: Contract) -> Iterator[tuple[Path, date]]:
    """Yield the days that clauses and ways out state themselves, each with its place."""
    for clause in contract.clauses:
        for inside, day in clause.days():
            if day is not None:
                yield ("contract", "clauses", clause.id, *inside), day
    for one in contract.redemptions:
        yield ("contract", "redemptions", one.id, "day"), one.day


def windows(scenario: ContractScenario) -> Iterator[Problem]:
    """A follow-up window ends within the horizon for the last person."""
    last = scenario.programme.intake_last
    end_of_intake = last.year + (last.timetuple().tm_yday - 1) / 365.25
    for key, measure in scenario.measurements.items():
        if not isinstance(measure, Windowed):
            continue
        for path, window, opens in _windows(key, measure):
            end = end_of_intake + window.distribution.support()[1]
            if opens == "end":
                end += scenario.programme.duration.distribution.support()[1]
            if end > scenario.last_year + 1:
                found = math.floor(end) if math.isfinite(end) else say("hur sent som helst")
                context = {"found": found, "allowed": scenario.last_year}
                yield Problem("window_beyond_horizon", path, context)


def _windows(key: str, measure: Windowed) -> Iterator[tuple[Path, Number, str]]:
    """Yield every window of a measure and its alternatives, with where it stands and opens."""
    yield ("measurements", key, "window"), measure.window, measure.window_from
    for one in getattr(measure, "alternatives", ()):
        if one.window is not None or one.window_from is not None:
            path = ("measurements", key, "alternatives", one.id)
            yield path, one.window or measure.window, one.window_from or measure.window_from


def alternatives(scenario: ContractScenario) -> Iterator[Problem]:
    """An alternative measurement changes something that is not known yet, and has a weight."""
    for key, measure in scenario.measurements.items():
        if not isinstance(measure, CostSaving) or not measure.alternatives:
            continue
        path: Path = ("measurements", key, "alternatives")
        yield from unique_ids(path, measure.alternatives)
        if isinstance(measure.comparison, Observed):
            yield Problem("alternative_observed", path)
        if any(not one.weight.certain for one in measure.alternatives):
            yield Problem("alternative_weights", path, {"found": say("osäkra")})
        elif (total := sum(value_of(one.weight) for one in measure.alternatives)) > 1.0 + 1e-9:
            found = say("tillsammans {sum}", sum=significant(total))
            yield Problem("alternative_weights", path, {"found": found})
        for one in measure.alternatives:
            if one.persons is not None:
                yield from persons(one.persons)
            if all(getattr(one, name) is None for name in _CHANGEABLE):
                context = {"allowed": ", ".join(_CHANGEABLE)}
                yield Problem("alternative_unchanged", (*path, one.id), context)
            for name in ("followed", "missing"):
                if measure.followed is None and getattr(one, name) is not None:
                    context = {"found": name, "measure": f"measurements.{key}"}
                    yield Problem("alternative_followed", (*path, one.id, name), context)


_CHANGEABLE = ("persons", "window", "window_from", "drift", "indexation", "followed", "missing")


def _alternatives(scenario: ContractScenario) -> Iterator[tuple[Path, Alternative]]:
    for key, measure in scenario.measurements.items():
        for one in getattr(measure, "alternatives", ()):
            yield ("measurements", key, "alternatives", one.id), one


def costs_of_measuring(scenario: ContractScenario) -> Iterator[Problem]:
    """What another measurement costs is paid by a party."""
    for path, one in _alternatives(scenario):
        if (one.cost is None) != (one.paid_by is None):
            lacking = "cost" if one.cost is None else "paid_by"
            yield Problem("missing_key", (*path, lacking), {"found": lacking})
        if one.paid_by is not None:
            yield from party_exists(scenario, (*path, "paid_by"), one.paid_by)


def pay_days_of_alternatives(scenario: ContractScenario) -> Iterator[Problem]:
    """The day on which another measurement would be paid on is within the horizon."""
    lent = max(scenario.contract.drawn_on)
    for path, one in _alternatives(scenario):
        if one.pays_on is None:
            continue
        if one.pays_on < lent:
            context: dict[str, object] = {"found": one.pays_on, "start": lent}
            yield Problem("end_before_start", (*path, "pays_on"), context)
        if not scenario.first_year <= one.pays_on.year <= scenario.last_year:
            context = {
                "found": one.pays_on,
                "allowed": f"{scenario.first_year}–{scenario.last_year}",
            }
            yield Problem("outside_horizon", (*path, "pays_on"), context)


def participants(scenario: ContractScenario) -> Iterator[Problem]:
    """Somebody takes part."""
    yield from persons(scenario.programme.participants)


def comparisons(scenario: ContractScenario) -> Iterator[Problem]:
    """Somebody is compared with."""
    for measure in scenario.measurements.values():
        if isinstance(measure, CostSaving | RelativeReduction):
            yield from persons(measure.comparison.persons)
