"""What must hold between the parts of a scenario. Each check yields problems and never stops.

A new check is one function in this file, or beside it, and one line in :data:`CHECKS`, with the
parts of the scenario that it reads; where one of those cannot be read, the check waits.
"""

from __future__ import annotations

import difflib
import math
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date

from models.distributions import FromEvidence
from models.language import say
from models.number import Number
from models.quantity import SIGNED_SEK
from models.table import Table
from simulate.errors import Path, Problem
from simulate.scenario.resolve import numbers
from simulate.scenario.tree.measurements import CostSaving, Observed, Windowed
from simulate.scenario.tree.outcomes import CostOutcome, Priced
from simulate.scenario.tree.scenario import Scenario


def check(scenario: Scenario, lacking: frozenset[str] = frozenset()) -> Iterator[Problem]:
    """Yield everything that does not fit together in ``scenario``.

    Args:
        scenario: with keys, sources and kinds filled in.
        lacking: parts that could not be read and are absent.
    """
    for one, reads in CHECKS.items():
        if lacking.isdisjoint(reads):
            yield from one(scenario)


def _place(key: str) -> Path:
    return tuple(key.split("."))


def _unknown(code: str, path: Path, found: str, known: Iterable[str]) -> Problem:
    names = list(known)
    close = "".join(difflib.get_close_matches(found, names, n=1))
    return Problem(code, path, {"found": found, "allowed": ", ".join(names), "close": close})


def sources(scenario: Scenario) -> Iterator[Problem]:
    """Every number has a source and a kind."""
    for number in numbers(scenario):
        if number.source is None:
            yield Problem("no_source", _place(number.key))
        elif number.kind is None:
            yield Problem("no_kind", _place(number.key))


def hindsight(scenario: Scenario) -> Iterator[Problem]:
    """Nothing is used that was not known at signing, unless it says so and why."""
    for number in numbers(scenario):
        if number.hindsight and not number.reason:
            yield Problem("hindsight_without_reason", _place(number.key))
        late = number.known_from is not None and number.known_from > scenario.known_until
        if late and not number.hindsight:
            context = {"found": number.known_from, "signed": scenario.known_until}
            yield Problem("later_than_signed", _place(number.key), context)


def payer_and_investor(scenario: Scenario) -> Iterator[Problem]:
    """The two sides of the contract are parties."""
    yield from _party(scenario, ("contract", "investor"), scenario.contract.investor)
    yield from _party(scenario, ("contract", "payer"), scenario.contract.payer)


def provider(scenario: Scenario) -> Iterator[Problem]:
    """Whoever runs the programme is a party."""
    yield from _party(scenario, ("programme", "provider"), scenario.programme.provider)


def bearers(scenario: Scenario) -> Iterator[Problem]:
    """Savings fall on parties."""
    for key, outcome in scenario.outcomes.items():
        if isinstance(outcome, Priced):
            for party in outcome.falls_on:
                yield from _party(scenario, ("outcomes", key, "falls_on", party), party)


def _party(scenario: Scenario, path: Path, party: str) -> Iterator[Problem]:
    if party not in scenario.parties:
        yield _unknown("unknown_party", path, party, scenario.parties)


def splits(scenario: Scenario) -> Iterator[Problem]:
    """What falls on the parties adds up to the whole."""
    for key, outcome in scenario.outcomes.items():
        if not isinstance(outcome, Priced):
            continue
        path: Path = ("outcomes", key, "falls_on")
        if not all(share.certain for share in outcome.falls_on.values()):
            yield Problem("uncertain_split", path)
            continue
        total = sum(share.distribution.support()[0] for share in outcome.falls_on.values())
        if abs(total - 1.0) > 1e-9:
            yield Problem("shares_not_one", path, {"found": f"{total:g}"})


def cost_lines(scenario: Scenario) -> Iterator[Problem]:
    """The id of a cost line names one line."""
    yield from _ids(("programme", "cost_lines"), scenario.programme.cost_lines)


def contract_ids(scenario: Scenario) -> Iterator[Problem]:
    """The id of a clause or a case names one of them."""
    yield from _ids(("contract", "clauses"), scenario.contract.clauses)
    yield from _ids(("contract", "cases"), scenario.contract.cases)


def _ids(path: Path, items: tuple[Table, ...]) -> Iterator[Problem]:
    ids = [getattr(item, "id", "") for item in items]
    for index, name in enumerate(ids):
        if name in ids[:index]:
            yield Problem("duplicate_id", (*path, index, "id"), {"found": name})


def measured_outcomes(scenario: Scenario) -> Iterator[Problem]:
    """A measure measures an outcome that exists and that it can measure."""
    for key, measure in scenario.measurements.items():
        path: Path = ("measurements", key, "outcome")
        outcome = scenario.outcomes.get(measure.outcome)
        if outcome is None:
            yield _unknown("unknown_outcome", path, measure.outcome, scenario.outcomes)
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


def clauses(scenario: Scenario) -> Iterator[Problem]:
    """A clause reads measures that exist, in their own unit, at rising levels."""
    known = scenario.measurements
    for clause in scenario.contract.clauses:
        path: Path = ("contract", "clauses", clause.id)
        for measure in dict.fromkeys(clause.measures()):
            if measure not in known:
                gated = clause.gate is not None and clause.gate.measure == measure
                place = (*path, "gate", "measure") if gated else (*path, "measure")
                yield _unknown("unknown_measure", place, measure, known)
        for measure, level in clause.levels():
            if measure in known and not _comparable(known[measure].dimension.name, level):
                yield _wrong_unit(_place(level.key), measure, scenario)
        for measure in clause.money_measures():
            if measure in known and known[measure].dimension is not SIGNED_SEK:
                yield _wrong_unit((*path, "measure"), measure, scenario)
        for code, place, context in clause.faults():
            yield Problem(code, (*path, *place), context)


def cases(scenario: Scenario) -> Iterator[Problem]:
    """A stated case says what every measure of the contract was, in its own unit."""
    known = scenario.measurements
    needed = {m for clause in scenario.contract.clauses for m in clause.measures()}
    for case in scenario.contract.cases:
        path: Path = ("contract", "cases", case.id, "readings")
        for measure, value in case.readings.items():
            if measure not in known:
                yield _unknown("unknown_measure", (*path, measure), measure, known)
            elif not _comparable(known[measure].dimension.name, value):
                yield _wrong_unit((*path, measure), measure, scenario)
        for measure in sorted(needed - set(case.readings)):
            yield Problem("missing_key", (*path, measure), {"found": measure})


def _comparable(measure: str, level: Number) -> bool:
    money = SIGNED_SEK.name
    return (measure == money) == (level.dimension.name == money)


def _wrong_unit(path: Path, measure: str, scenario: Scenario) -> Problem:
    dimension = scenario.measurements[measure].dimension
    context = {
        "found": measure,
        "unit": dimension.unit_of(2.0) or dimension.name,
        "allowed": say("kronor") if dimension is not SIGNED_SEK else say("gränsens enhet"),
    }
    return Problem("measure_kind", path, context)


def caps(scenario: Scenario) -> Iterator[Problem]:
    """A cap is not below the floor."""
    floor, cap = scenario.contract.floor, scenario.contract.cap
    committed = scenario.contract.committed
    if committed.distribution.support()[0] <= 0.0:
        yield Problem("not_positive", _place(committed.key), {"found": say("ramen")})
    if floor.unlimited:
        yield Problem("floor_unlimited", ("contract", "floor"))
    elif not cap.unlimited and floor.reaches(cap) and floor != cap:
        yield Problem("cap_below_floor", ("contract", "cap"))


def dates(scenario: Scenario) -> Iterator[Problem]:
    """Dates follow each other and lie within the horizon."""
    programme, contract = scenario.programme, scenario.contract
    first, last = scenario.first_year, scenario.last_year
    ordered: list[tuple[Path, date, date]] = [
        (("programme", "intake_last"), programme.intake_last, programme.intake_first),
        (("programme", "intake_first"), programme.intake_first, scenario.signed),
        (("contract", "pays_on"), contract.pays_on, max(contract.drawn_on)),
    ]
    drawn = [(("contract", "drawn_on", i), day) for i, day in enumerate(contract.drawn_on)]
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
    ]
    for path, day in within + drawn:
        if not first <= day.year <= last:
            yield Problem("outside_horizon", path, {"found": day, "allowed": allowed})


def windows(scenario: Scenario) -> Iterator[Problem]:
    """A follow-up window ends within the horizon for the last person."""
    last = scenario.programme.intake_last
    end_of_intake = last.year + (last.timetuple().tm_yday - 1) / 365.25
    for key, measure in scenario.measurements.items():
        if not isinstance(measure, Windowed):
            continue
        end = end_of_intake + measure.window.distribution.support()[1]
        if measure.window_from == "end":
            end += scenario.programme.duration.distribution.support()[1]
        if end > scenario.last_year + 1:
            found = math.floor(end) if math.isfinite(end) else say("hur sent som helst")
            context = {"found": found, "allowed": scenario.last_year}
            yield Problem("window_beyond_horizon", ("measurements", key, "window"), context)


def participants(scenario: Scenario) -> Iterator[Problem]:
    """Somebody takes part."""
    yield from _persons(scenario.programme.participants)


def comparisons(scenario: Scenario) -> Iterator[Problem]:
    """Somebody is compared with."""
    for measure in scenario.measurements.values():
        if isinstance(measure, CostSaving):
            yield from _persons(measure.comparison.persons)


def _persons(number: Number) -> Iterator[Problem]:
    if number.distribution.support()[0] < 1:
        yield Problem("empty_group", _place(number.key))


def periods(scenario: Scenario) -> Iterator[Problem]:
    """A cost refers to a period that has a length."""
    for outcome in scenario.outcomes.values():
        if isinstance(outcome, CostOutcome) and outcome.per.distribution.support()[0] < _DAY:
            context = {
                "found": say("perioden"),
                "allowed": say("minst ett dygn"),
                "example": '"2 år"',
            }
            yield Problem("out_of_range", _place(outcome.per.key), context)


_DAY = 1 / 366  # of a year


def evidence(scenario: Scenario) -> Iterator[Problem]:
    """A number that comes from evidence names a block and a quantity of the right kind."""
    for number in numbers(scenario):
        dist = number.distribution
        if not isinstance(dist, FromEvidence):
            continue
        path = _place(number.key)
        if dist.block not in scenario.evidence:
            yield _unknown("unknown_evidence", path, dist.block, scenario.evidence)
        else:
            known = scenario.evidence[dist.block].quantities
            if dist.quantity not in known:
                yield _unknown("unknown_quantity", path, dist.quantity, known)
            elif known[dist.quantity].name != number.dimension.name:
                context = {
                    "found": dist.quantity,
                    "dimension": known[dist.quantity].name,
                    "allowed": number.dimension.name,
                }
                yield Problem("quantity_kind", path, context)


# Check → the parts of the scenario that it reads. Numbers are looked for wherever there are any.
CHECKS: Mapping[Callable[[Scenario], Iterator[Problem]], tuple[str, ...]] = {
    sources: (),
    hindsight: ("signed", "judged"),
    payer_and_investor: ("contract", "parties"),
    provider: ("programme", "parties"),
    bearers: ("outcomes", "parties"),
    splits: ("outcomes",),
    cost_lines: ("programme",),
    contract_ids: ("contract",),
    measured_outcomes: ("measurements", "outcomes"),
    clauses: ("contract", "measurements"),
    cases: ("contract", "measurements"),
    caps: ("contract",),
    dates: ("programme", "contract", "signed", "first_year", "last_year"),
    windows: ("programme", "measurements", "last_year"),
    participants: ("programme",),
    comparisons: ("measurements",),
    periods: ("outcomes",),
    evidence: ("evidence",),
}
