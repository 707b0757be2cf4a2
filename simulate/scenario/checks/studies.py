"""What must hold of the studies that could be made before a decision."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping

from models.cost_comparison.spec import CostComparison
from models.language import say
from models.number import Number
from models.quantity import SHARE, YEARS
from models.spec import Evidence, value_of
from models.spoken import listed
from models.table import Table
from simulate.errors import Path, Problem, dotted
from simulate.language.quantities import quantity
from simulate.scenario.checks.common import lasts, party_exists, unique_ids, unknown
from simulate.scenario.resolve import inputs
from simulate.scenario.tree.investment import (
    CasesEffect,
    CostRatio,
    PersonDays,
    PersonYears,
    Priced,
)
from simulate.scenario.tree.measurements import CostSaving
from simulate.scenario.tree.outcomes import (
    CostOutcome,
    GradesOutcome,
    PersonsOutcome,
    SuccessOutcome,
)
from simulate.scenario.tree.scenario import ContractScenario, FundScenario, Scenario
from simulate.scenario.tree.study import MoreRows, Pilot, Sample

_AT: Path = ("decision", "studies")
# What a pilot can look at, and the keys that it then must and may have, of these.
_OWN = ("window", "yardstick", "cv", "sd")
_KEYS: Mapping[type[Table], tuple[tuple[str, ...], tuple[str, ...]]] = {
    CostOutcome: (("window",), ("yardstick",)),
    SuccessOutcome: ((), ()),
    GradesOutcome: ((), ()),
    PersonsOutcome: ((), ()),
    PersonDays: (("sd",), ()),
    PersonYears: (("sd",), ()),
    CostRatio: (("cv",), ()),
    CasesEffect: ((), ()),
}


def studies(scenario: Scenario) -> Iterator[Problem]:
    """Every study has a name of its own, and parties pay the whole of it."""
    if scenario.decision is None:
        return
    yield from unique_ids(_AT, scenario.decision.studies)
    for index, one in enumerate(scenario.decision.studies):
        path: Path = (*_AT, index, "paid_by")
        for party in one.paid_by:
            yield from party_exists(scenario, (*path, party), party)
        if not all(share.certain for share in one.paid_by.values()):
            yield Problem("uncertain_split", path)
            continue
        total = sum(share.distribution.support()[0] for share in one.paid_by.values())
        if abs(total - 1.0) > 1e-9:
            yield Problem("shares_not_one", path, {"found": f"{total:g}"})


def biases(scenario: Scenario) -> Iterator[Problem]:
    """A bias is not known: whoever knows it takes it away, and it is none."""
    for index, one in enumerate(() if scenario.decision is None else scenario.decision.studies):
        bias = getattr(one, "bias", None)
        if isinstance(bias, Number) and bias.certain and value_of(bias) != 0.0:
            context = {"found": f"{value_of(bias):g}"}
            yield Problem("study_bias_known", (*_AT, index, "bias"), context)


def subjects(scenario: Scenario) -> Iterator[Problem]:
    """What a study looks at is there, and is something that it can tell of."""
    for index, one in enumerate(() if scenario.decision is None else scenario.decision.studies):
        path: Path = (*_AT, index)
        if isinstance(one, Pilot | Sample) and one.most is not None:
            most, count = value_of(one.most), value_of(one.persons)
            if count > most:
                context = {"found": f"{count:g}", "allowed": f"{most:g}"}
                yield Problem("study_beyond_most", (*path, "persons"), context)
        if isinstance(one, Pilot):
            yield from _pilot(scenario, path, one)
        elif isinstance(one, MoreRows):
            yield from _rows(scenario, path, one)
        elif isinstance(one, Sample):
            yield from _sample(scenario, path, one)


def _pilot(scenario: Scenario, path: Path, one: Pilot) -> Iterator[Problem]:
    if not isinstance(scenario, ContractScenario | FundScenario):
        return
    subject = scenario.changed.get(one.outcome)
    if subject is None:
        known = [key for key, each in scenario.changed.items() if type(each) in _KEYS]
        yield unknown("unknown_outcome", (*path, "outcome"), one.outcome, known)
    elif type(subject) not in _KEYS:
        yield Problem("study_without_persons", (*path, "outcome"), {"found": one.outcome})
    elif isinstance(subject, Priced) and (subject.occurs or subject.event):
        yield Problem("study_of_occurrence", (*path, "outcome"), {"found": one.outcome})
    else:
        needed, allowed = _KEYS[type(subject)]
        for key in needed:
            if getattr(one, key) is None:
                yield Problem("missing_key", (*path, key), {"found": key})
        for key in _OWN:
            if key not in (*needed, *allowed) and getattr(one, key) is not None:
                usable = listed(["persons", "compared", *needed, *allowed, "bias"])
                context = {"found": key, "outcome": one.outcome, "allowed": usable}
                yield Problem("study_key_unused", (*path, key), context)
        if one.window is not None and "window" in needed:
            yield from lasts(one.window)
            yield from _waits(path, one.delay, one.window)
        if "yardstick" in allowed:
            yield from _yardstick(scenario, path, one)


def _waits(path: Path, delay: Number | None, window: Number) -> Iterator[Problem]:
    """Nothing is decided on a pilot before its persons have been followed."""
    waits = 0.0 if delay is None else delay.distribution.support()[1]
    follows = window.distribution.support()[0]
    if waits < follows - 1e-9:
        context = {
            "found": quantity(waits, YEARS),
            "allowed": quantity(follows, YEARS),
            "other": dotted((*path, "window")),
        }
        yield Problem("study_too_soon", (*path, "delay"), context)


def _yardstick(scenario: Scenario, path: Path, one: Pilot) -> Iterator[Problem]:
    if one.yardstick is None or not isinstance(scenario, ContractScenario):
        return
    known = [
        key
        for key, measure in scenario.measurements.items()
        if isinstance(measure, CostSaving) and measure.outcome == one.outcome
    ]
    if one.yardstick not in known:
        yield unknown("unknown_measure", (*path, "yardstick"), one.yardstick, known)


def _rows(scenario: Scenario, path: Path, one: MoreRows) -> Iterator[Problem]:
    block = scenario.evidence.get(one.block)
    if block is None:
        yield unknown("unknown_evidence", (*path, "block"), one.block, scenario.evidence)
    elif not _of_means(block):
        yield Problem("study_of_evidence", (*path, "block"), {"found": one.block})


def _of_means(block: Evidence) -> bool:
    """Whether the means of both groups are all that a block learns from."""
    if not isinstance(block, CostComparison) or block.hurdle or block.distribution != "gamma":
        return False
    if block.rows is None:
        return block.form == "totals"
    return not block.rows.covariates and "exposure" not in block.rows.columns


def _sample(scenario: Scenario, path: Path, one: Sample) -> Iterator[Problem]:
    known = {number.key: number for number in inputs(scenario)}
    number = known.get(one.number)
    if number is None:
        close = "".join(difflib.get_close_matches(one.number, known, n=1))
        yield Problem("unknown_number", (*path, "number"), {"found": one.number, "close": close})
    elif number.certain:
        yield Problem("study_of_the_known", (*path, "number"), {"found": one.number})
    elif one.cv is not None and one.sd is not None:
        yield Problem("study_spread_twice", (*path, "sd"))
    elif not _told_apart(one, number):
        context = {"found": one.number, "allowed": listed([*_spreads(number)])}
        yield Problem("study_spread", path, context)


def _told_apart(one: Sample, number: Number) -> bool:
    if one.cv is not None:
        return number.dimension.lowest >= 0.0
    return number.dimension.unit == "" if one.sd is not None else number.dimension is SHARE


def _spreads(number: Number) -> Iterator[str]:
    """Yield how the observations of a number can differ."""
    if number.dimension.lowest >= 0.0:
        yield "cv"
    if number.dimension.unit == "":
        yield "sd"
    if number.dimension is SHARE:
        yield say("ingetdera")
