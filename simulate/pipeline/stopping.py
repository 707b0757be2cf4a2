"""When a rule ends the funding, and what chance does in the group that is left."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from simulate.draws.draw import Draws
from simulate.draws.values import Ints
from simulate.measurement.interim import Interim
from simulate.measurement.measure import lucks
from simulate.measurement.measured import Luck
from simulate.programme import Intake
from simulate.scenario.tree.contract import Contract
from simulate.scenario.tree.gates import instalments_by
from simulate.scenario.tree.scenario import ContractScenario


def instalments_at(contract: Contract, meeting: Ints) -> Ints:
    """Return how many drawdowns are made where funding ends at a meeting; all where it goes on.

    Args:
        contract: with stage gates.
        meeting: its number, from one; 0 for none; dims (draw,).
    """
    gates, days = contract.stage_gates, contract.draw_days
    meetings = () if gates is None else gates.meetings
    made = [len(days), *(instalments_by(days, day) for day in meetings)]
    return np.asarray(made, dtype=np.int64)[meeting]


def deciding(contract: Contract) -> tuple[int, ...]:
    """Return the numbers, from one, of the meetings after which something is left to be drawn."""
    gates, days = contract.stage_gates, contract.draw_days
    meetings = () if gates is None else gates.meetings
    made = (instalments_by(days, day) for day in meetings)
    return tuple(at for at, done in enumerate(made, start=1) if 0 < done < len(days))


def stopping(contract: Contract, known: Interim, draws: Draws) -> Ints:
    """Return the number of the meeting at which the rule ends the funding, 0 where it never does.

    Args:
        contract: with stage gates; without a rule funding goes on.
        known: at each of them.
        draws: the batch.
    """
    gates = contract.stage_gates
    rule = None if gates is None else gates.rule
    found = np.zeros(len(known.months), dtype=np.int64)
    if rule is None:
        return found
    level, enough = draws.of(rule.index_above), draws.of(rule.person_months)
    for at in reversed(deciding(contract)):
        index, months = known.index[:, at - 1], known.months[:, at - 1]
        stops = (np.nan_to_num(index, nan=-np.inf) > level) & (months >= enough)
        found = np.where(stops, at, found)
    return found


def shortened(
    scenario: ContractScenario,
    chance: Mapping[str, Luck],
    draws: Draws,
    intake: tuple[Intake, Intake],
    known: Interim,
) -> dict[str, Luck]:
    """Return the chance in each measure where only the first cohorts are included.

    The same uniform numbers, and in the measure that the gates look at the very persons whose
    costs were seen on the way.

    Args:
        scenario, chance, draws: as planned.
        intake: as planned, and as it is left.
        known: at the meetings.
    """
    planned, left = intake
    found = dict(lucks(scenario, draws, left))
    gates = scenario.contract.stage_gates
    if gates is None:
        return found
    there = (left.persons > 0.0) & (planned.persons > 0.0)
    cost = np.where(there, known.shares.cohorts, 0.0).sum(axis=1)
    part = np.where(there, planned.persons, 0.0).sum(axis=1) / np.maximum(planned.total, 1.0)
    some = (part > 0.0) & (part < 1.0)  # of everybody the cost is the whole, to the last bit
    ratio = np.where(some, cost / np.where(some, part, 1.0), 1.0)
    for key, plan in chance.items():
        if "expected" in plan:  # the comparison group is no smaller
            found[key] = {**found[key], "expected": plan["expected"]}
    seen = chance[gates.measure]["actual"]
    found[gates.measure] = {**found[gates.measure], "actual": seen * ratio}
    return found
