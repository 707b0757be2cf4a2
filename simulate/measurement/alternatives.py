"""Other measurements that could be defended as well: the same futures, another yardstick.

A number of an alternative takes the place, and the uniform numbers, of the one it replaces, so
the two are drawn as differently as their distributions differ and no more. Comparison groups are
nested, exactly: with X the sum of the agreed group's m gamma costs with coefficient of variation
CV, one of m′ persons has the sum

    X + Gamma((m′ − m)/CV²)·CV²        m′ > m
    X · Beta(m′/CV², (m − m′)/CV²)     m′ < m

Of several larger groups each holds the agreed one; what they have beyond it rises and falls
together. Costs of one person in windows of different lengths are as dear or as cheap in each. Those
who can be followed are nested likewise, in number and in cost.

Where failures are counted, a larger group has those of the agreed one and Binomial(m′ − m, p) more;
a smaller one has its own law at the same uniform numbers.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import scipy

from models.number import Number
from simulate.draws.discrete import binomial
from simulate.draws.draw import Draws
from simulate.draws.values import Floats
from simulate.measurement.measure import lucks
from simulate.measurement.measured import Luck
from simulate.programme import Intake
from simulate.scenario.tree.measurements import Alternative, CostSaving, RelativeReduction
from simulate.scenario.tree.outcomes import CostOutcome, SuccessOutcome
from simulate.scenario.tree.scenario import ContractScenario

_NUMBERS = ("window", "drift", "indexation", "followed")


def changed(measure: CostSaving, one: Alternative) -> CostSaving:
    """Return the measure as the alternative has it, each number under the key it replaces."""
    updates: dict[str, object] = {}
    for name in _NUMBERS:
        new, old = getattr(one, name), getattr(measure, name)
        if isinstance(new, Number):
            updates[name] = new.at(old.key, new.source, new.kind)
    for name in ("window_from", "missing"):
        if getattr(one, name) is not None:
            updates[name] = getattr(one, name)
    if one.persons is not None:
        persons = one.persons.at(measure.comparison.persons.key, None, None)
        updates["comparison"] = measure.comparison.model_copy(update={"persons": persons})
    return measure.model_copy(update=updates)


def with_measure(scenario: ContractScenario, key: str, **changes: Any) -> ContractScenario:
    """Return the scenario with some keys of one measure changed."""
    made = scenario.measurements[key].model_copy(update=changes)
    return scenario.model_copy(update={"measurements": {**scenario.measurements, key: made}})


def nested(mean: Floats, u: Floats, sizes: tuple[Floats, Floats], cv: Floats) -> Floats:
    """Return the mean of a group that holds another, or is part of it.

    Args:
        mean: of the agreed group's costs, relative to what was to be expected.
        u: uniform numbers, for the persons that only one of the groups has.
        sizes: persons of the agreed group and of the other.
        cv: between persons.

    Example:
        >>> one, half = np.asarray(1.1), np.asarray(0.5)
        >>> float(nested(one, half, (np.asarray(60.0), np.asarray(60.0)), np.asarray(0.5)))
        1.1
    """
    agreed, other = np.broadcast_arrays(*sizes)
    shape = 1.0 / np.maximum(np.square(cv), 1e-12)
    gap = np.maximum(np.abs(other - agreed), 1e-9) * shape
    more = mean * agreed + scipy.special.gammaincinv(gap, u) / shape
    fewer = mean * agreed * scipy.special.betaincinv(np.minimum(other, agreed) * shape, gap, u)
    found = np.where(other > agreed, more, fewer) / np.maximum(other, 1e-9)
    found = np.where(other > 0.0, found, 1.0)
    return np.where((other == agreed) | (cv <= 0.0), mean, found)


def chance(
    agreed: ContractScenario,
    other: ContractScenario,
    own: Mapping[str, Luck],
    intake: Intake,
    draws: tuple[Draws, Draws],
) -> Mapping[str, Luck]:
    """Return the chance in every measure of a scenario that measures otherwise than another.

    Args:
        agreed: measures as the contract does.
        other: the same, some of whose measures are made in another way.
        own: the chance in the measures as agreed.
        intake: who takes part, in both.
        draws: of the two, in the same futures.
    """
    found = dict(own)
    anew: Mapping[str, Luck] | None = None
    for key, one in other.measurements.items():
        before = agreed.measurements[key]
        if one == before or key not in found:
            continue
        if isinstance(before, CostSaving) and isinstance(one, CostSaving):
            outcome = other.outcomes[one.outcome]
            assert isinstance(outcome, CostOutcome)  # a check of the scenario
            ways = ((before, draws[0]), (one, draws[1]))
            found[key] = luck(key, ways, outcome, own[key], intake)
            continue
        anew = lucks(other, draws[1], intake) if anew is None else anew
        found[key] = anew[key]
        if isinstance(before, RelativeReduction) and isinstance(one, RelativeReduction):
            sizes = before.comparison.persons, one.comparison.persons
            failing = 1.0 - draws[0].of(_success(other, one).without)
            more = counted(key, (own[key], anew[key]), sizes, failing, draws)
            found[key] = {**anew[key], "expected": more}
    return found


def _success(scenario: ContractScenario, measure: RelativeReduction) -> SuccessOutcome:
    outcome = scenario.outcomes[measure.outcome]
    assert isinstance(outcome, SuccessOutcome)  # a check of the scenario
    return outcome


def counted(
    key: str,
    lucks_of: tuple[Luck, Luck],
    persons: tuple[Number, Number],
    failing: Floats,
    draws: tuple[Draws, Draws],
) -> Floats:
    """Return the failures of another comparison group, which holds the agreed one if it is larger.

    Args:
        key: of the measure.
        lucks_of: the chance as agreed, and that of the other by itself.
        persons: of each group.
        failing: chance of a failure.
        draws: in which each is read.
    """
    sizes = (np.floor(there.of(one) + 0.5) for there, one in zip(draws, persons, strict=True))
    agreed, other = np.broadcast_arrays(*sizes)
    alone, own = lucks_of[1]["expected"], lucks_of[0]["expected"]
    if not np.any(other >= agreed):
        return alone
    u = draws[0].chance(key, "compared_beyond")
    beyond = binomial(u, np.maximum(other - agreed, 0.0), failing)
    return np.where(other >= agreed, own + beyond, alone)


_Way = tuple[CostSaving, Draws]


def luck(
    key: str, ways: tuple[_Way, _Way], outcome: CostOutcome, own: Luck, intake: Intake
) -> Luck:
    """Return the chance in an alternative: that of the agreed measure, with the groups nested.

    Args:
        key: of the measure.
        ways: as agreed, and as the alternative has it, each with the draws in which it is read.
        outcome: that both measure.
        own: chance of the agreed measure.
        intake: who takes part.
    """
    (agreed, draws), (other, there) = ways
    cv = draws.of(outcome.cv)
    sizes = draws.of(agreed.comparison.persons), there.of(other.comparison.persons)
    found = {**own}
    if not np.array_equal(*sizes):
        u = draws.chance(key, "compared_beyond")
        found["expected"] = nested(own["expected"], u, sizes, cv)
    if agreed.followed is not None and other.followed is not None:
        share = there.of(other.followed)
        if not np.array_equal(share, draws.of(agreed.followed)):
            followed = binomial(draws.chance(key, "followed"), intake.total, share)
            u = draws.chance(key, "followed_beyond")
            found["followed"] = followed
            found["actual"] = nested(own["actual"], u, (own["followed"], followed), cv)
    return found
