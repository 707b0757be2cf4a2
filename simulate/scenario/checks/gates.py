"""What must hold of stage gates: when they meet, what they look at, and what can be known then."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import pairwise

from models.language import say
from simulate.errors import Path, Problem, dotted
from simulate.language.numbers import significant
from simulate.scenario.checks.common import place, unknown
from simulate.scenario.checks.contract import own_days, wrong_unit
from simulate.scenario.tree.contract import Contract
from simulate.scenario.tree.gates import StageGates, StopRule, instalments_by
from simulate.scenario.tree.measurements import CostSaving
from simulate.scenario.tree.scenario import ContractScenario

_OF: Path = ("contract", "stage_gates")
# Each cohort has a factor of its own between any two meetings.
MOST = 500


def meetings(scenario: ContractScenario) -> Iterator[Problem]:
    """Meetings come in order, while money is drawn or the payment is still open."""
    contract, gates = scenario.contract, scenario.contract.stage_gates
    if gates is None:
        return
    path: Path = (*_OF, "meetings")
    for number, (before, day) in enumerate(pairwise(gates.meetings), start=1):
        if day <= before:
            other = dotted((*path, number - 1))
            yield Problem("gates_not_in_order", (*path, number), {"found": day, "other": other})
    first, last = contract.draw_days[0], last_payment(contract)
    for number, day in enumerate(gates.meetings):
        if day <= first:
            other = dotted(("contract", "drawn_on", contract.drawn_on.index(first)))
            context = {"found": day, "start": first, "other": other}
            yield Problem("gate_too_early", (*path, number), context)
        elif day >= last:
            yield Problem("gate_too_late", (*path, number), {"found": day, "end": last})
    count = len(gates.meetings) * scenario.programme.cohorts
    if count > MOST:
        yield Problem("gates_too_many", path, {"found": count, "allowed": MOST})


def last_payment(contract: Contract) -> date:
    """Return the last day on which the contract pays."""
    return max([contract.pays_on, *(day for _, day in own_days(contract))])


def looked_at(scenario: ContractScenario) -> Iterator[Problem]:
    """What the meetings look at is a saving whose cost is not known yet."""
    gates, known = scenario.contract.stage_gates, scenario.measurements
    if gates is None:
        return
    path: Path = (*_OF, "measure")
    if gates.measure not in known:
        yield unknown("unknown_measure", path, gates.measure, known)
        return
    measure = known[gates.measure]
    if not isinstance(measure, CostSaving):
        allowed = say("en besparing i kronor (cost_saving)")
        yield wrong_unit(path, gates.measure, scenario, allowed)
    elif measure.actual is not None:
        other = dotted(("measurements", gates.measure, "actual"))
        yield Problem("gates_outcome_known", path, {"found": gates.measure, "other": other})


def rule(scenario: ContractScenario) -> Iterator[Problem]:
    """A rule can end something, uses no more than is known, and can come to hold."""
    gates = scenario.contract.stage_gates
    if gates is None or gates.rule is None:
        return
    days = scenario.contract.draw_days
    path: Path = (*_OF, "rule")
    ends = [day for day in gates.meetings if instalments_by(days, day) < len(days)]
    if not ends:
        yield Problem("gates_stop_nothing", path, {"found": min(gates.meetings), "last": days[-1]})
        return
    if not gates.yardstick_known:
        other = dotted((*_OF, "yardstick_known"))
        yield Problem("gate_rule_blind", (*path, "index_above"), {"other": other})
    yield from _enough(scenario, gates, gates.rule, max(ends))


def _enough(
    scenario: ContractScenario, gates: StageGates, one: StopRule, last: date
) -> Iterator[Problem]:
    """Yield a problem where so many person-months cannot be known in time."""
    measure, programme = scenario.measurements.get(gates.measure), scenario.programme
    if not isinstance(measure, CostSaving):
        return
    lag = gates.reporting_lag.distribution.support()[0]
    years = (last - programme.intake_first).days / 365.25 - lag
    window = measure.window.distribution.support()[1]
    persons = programme.participants.distribution.support()[1]
    most = 12.0 * persons * min(max(years, 0.0), window)
    least = one.person_months.distribution.support()[0]
    if least > most:
        context = {"found": significant(least), "most": significant(most), "last": last}
        yield Problem("gate_rule_never", place(one.person_months.key), context)
