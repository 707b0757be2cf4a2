"""What another defensible measurement would pay in the same futures; what one person is worth."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from models.language import say
from models.spec import value_of
from simulate.contract import money
from simulate.draws.draw import Draws
from simulate.measurement import alternatives
from simulate.measurement.measure import lucks
from simulate.measurement.measured import Luck
from simulate.operating.behaviour import Behaviour, behaviour, figure
from simulate.operating.paid import Answered, World
from simulate.programme import recruit
from simulate.risk.error import Used
from simulate.risk.estimate import mean, mean_given, probability
from simulate.risk.risk import Figure
from simulate.scenario.tree.measurements import (
    Alternative,
    CostSaving,
    SchoolPoints,
    SuccessShare,
)
from simulate.scenario.tree.scenario import ContractScenario

MULTIPLES = (0.0, 1.0)


@dataclass(frozen=True)
class Way:
    """One way to measure.

    Attributes:
        id, title: of the alternative; empty for the measure as agreed.
        weight: the weights of all ways to measure the same thing add to one.
        at: what the contract does, by multiple of e_F.
    """

    id: str
    title: str
    weight: float
    at: Mapping[float, Behaviour]


@dataclass(frozen=True)
class Dispute:
    """Several ways to measure the same thing, in the same futures.

    Attributes:
        key: of the measure.
        title: of the measure.
        ways: the agreed one first.
        disagree: share of futures in which they differ about full payment, by multiple of e_F.
        stake: expected difference between the highest and the lowest payment, SEK.
        weighted: expected payment over the weights, SEK.
    """

    key: str
    title: str
    ways: tuple[Way, ...]
    disagree: Mapping[float, Figure]
    stake: Mapping[float, Figure]
    weighted: Mapping[float, Figure]


@dataclass(frozen=True)
class Person:
    """What one person more or less in a measure is worth to those whom the contract pays.

    Attributes:
        key, title: of the measure.
        persons: +1 or −1.
        change: expected change of the payment, SEK, by multiple of e_F.
        matters: share of futures in which the payment changes at all.
        then: expected change in those futures, SEK; undefined where there are none.
    """

    key: str
    title: str
    persons: float
    change: Mapping[float, Figure]
    matters: Mapping[float, Figure]
    then: Mapping[float, Figure]


def disputed(scenario: ContractScenario) -> dict[str, CostSaving]:
    """Return the measures that have alternatives."""
    return {
        key: one
        for key, one in scenario.measurements.items()
        if isinstance(one, CostSaving) and one.alternatives
    }


def counted(scenario: ContractScenario) -> dict[str, SchoolPoints | SuccessShare]:
    """Return the measures in which one person can be placed on the other side."""
    return {
        key: one
        for key, one in scenario.measurements.items()
        if isinstance(one, SuccessShare) or (isinstance(one, SchoolPoints) and one.stated is None)
    }


def worlds(scenario: ContractScenario) -> Iterator[World]:
    """Yield every world that :func:`disputes` and then :func:`persons` need, in their order."""
    for key, measure in disputed(scenario).items():
        for one in measure.alternatives:
            yield _measured(scenario, key, measure, one)
    for key in counted(scenario):
        for step in (1.0, -1.0):
            yield World(scenario, multiples=MULTIPLES, as_first=True, shift=(key, step))


def _measured(scenario: ContractScenario, key: str, measure: CostSaving, one: Alternative) -> World:
    """Return the same futures, measured in another way."""
    other = alternatives.changed(measure, one)
    there = alternatives.with_measure(scenario, key, **dict(other))

    def chance(own: Draws, other: Draws) -> Mapping[str, Luck]:
        intake = recruit(scenario.programme, own)
        agreed = lucks(scenario, own, intake)
        return alternatives.chance(scenario, there, agreed, intake, (own, other))

    return World(there, multiples=MULTIPLES, chance=chance, as_first=True)


def disputes(
    scenario: ContractScenario, own: Answered, others: Iterator[Answered], used: tuple[Used, ...]
) -> Iterator[Dispute]:
    """Yield what the alternatives of each measure would pay.

    Args:
        scenario: that they belong to.
        own: the scenario as it stands.
        others: as in :func:`worlds`.
        used: for the errors.
    """
    multiples = MULTIPLES if own.even is not None else MULTIPLES[:1]
    for key, measure in disputed(scenario).items():
        weights = [value_of(one.weight) for one in measure.alternatives]
        names = [("", "", 1.0 - sum(weights))]
        names += [
            (one.id, one.title, w) for one, w in zip(measure.alternatives, weights, strict=True)
        ]
        answered = [own, *(next(others) for _ in measure.alternatives)]
        ways = tuple(
            Way(*name, {m: behaviour(one.paid[m], m, m * own.unit, used) for m in multiples})
            for name, one in zip(names, answered, strict=True)
        )
        found = [_differ(answered, [w for *_, w in names], m, used) for m in multiples]
        by = [dict(zip(multiples, part, strict=True)) for part in zip(*found, strict=True)]
        yield Dispute(key, measure.title, ways, *by)


def _differ(
    answered: Sequence[Answered], weights: Sequence[float], multiple: float, used: tuple[Used, ...]
) -> tuple[Figure, Figure, Figure]:
    full = np.stack([one.paid[multiple].full for one in answered])
    paid = np.stack([money.sek(one.paid[multiple].payment) for one in answered])
    return (
        figure("disagree", "share", probability(full.any(axis=0) & ~full.all(axis=0)), used),
        figure("stake", "sek", mean(np.ptp(paid, axis=0)), used),
        figure("weighted", "sek", mean(np.asarray(weights) @ paid), used),
    )


def persons(
    scenario: ContractScenario, own: Answered, others: Iterator[Answered], used: tuple[Used, ...]
) -> Iterator[Person]:
    """Yield what one person more and one less is worth in each measure of persons."""
    multiples = MULTIPLES if own.even is not None else MULTIPLES[:1]
    for key, measure in counted(scenario).items():
        for step in (1.0, -1.0):
            moved = next(others)
            change, matters, then = {}, {}, {}
            for m in multiples:
                more = moved.paid[m].payment - own.paid[m].payment
                sek = money.sek(more)
                change[m] = figure("change", "sek", mean(sek), used)
                then[m] = figure("then", "sek", mean_given(sek, more != 0), used)
                matters[m] = figure("matters", "share", probability(more != 0), used)
            yield Person(key, measure.title, step, change, matters, then)


def agreed() -> str:
    """Return what the measure itself is called beside its alternatives."""
    return say("så som kontraktet mäter")
