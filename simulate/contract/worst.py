"""The least that a contract can pay, whatever the outcome: what the investor can lose at most."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from simulate.contract import money
from simulate.contract.blended import with_blends
from simulate.contract.pay import pay
from simulate.contract.terms import Reading, Terms
from simulate.draws.values import Central
from simulate.scenario.tree.scenario import ContractScenario


@dataclass(frozen=True)
class Worst:
    """The worst case of the investor, in öre, with all that is committed drawn.

    Attributes:
        committed: what is drawn.
        delivered: most that is lost although the activity is carried out.
        undelivered: most that is lost if it is not.
    """

    committed: int
    delivered: int
    undelivered: int


def worst(scenario: ContractScenario) -> Worst:
    """Return what the investor loses when every measure is as low as it can be.

    No clause pays less for a better measure, so the lowest measures are the worst. Whoever may
    leave early does what is worst, for a rule that makes her leave can be what saves her. Uncertain
    numbers in the terms are taken at their medians.
    """
    committed = int(money.ore(Central().of(scenario.contract.committed)))
    lost = [committed - _least(scenario, committed, done) for done in (True, False)]
    return Worst(committed, *(max(one, 0) for one in lost))


def _least(scenario: ContractScenario, drawn: int, delivered: bool) -> int:
    readings = {
        key: Reading(np.asarray([one.dimension.lowest]), one.dimension)
        for key, one in scenario.measurements.items()
    }
    read = with_blends(scenario.measurements, readings, Central())
    amount, done = np.asarray([drawn], np.int64), np.asarray([delivered], np.bool_)
    years = [0, *(one.day.year for one in scenario.contract.redemptions)]
    paid = (
        pay(scenario.contract, Terms(amount, done, read, Central(), np.asarray([year], np.int64)))
        for year in years
    )
    return min(int(one.payment[0]) for one in paid)
