"""scenario → draws → programme → truth → chance → measurement → contract → ledger → values.

One call of :func:`live` takes one batch through all of them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from simulate.characteristics import Intervention
from simulate.contract.pay import Payout, pay
from simulate.contract.terms import Reading, Terms
from simulate.draws.draw import Draws
from simulate.ledger import Ledger, book
from simulate.measurement.measure import Known, lucks, measure_all, readings
from simulate.measurement.measured import Measured
from simulate.programme import Intake, Spending, recruit, spend
from simulate.scenario.tree.scenario import ContractScenario
from simulate.truth.gains import Gain, gains
from simulate.truth.truth import TrueSaving, Truth, cause, savings


@dataclass(frozen=True)
class Settled:
    """Truth, measurement and payment, kept apart.

    Attributes:
        truth: what the insats causes.
        measured: what the evaluation shows, by measure.
        payout: what the contract makes of it.
    """

    truth: Truth
    measured: Mapping[str, Measured]
    payout: Payout


@dataclass(frozen=True)
class Lived:
    """One batch of futures.

    Attributes:
        intake, spending: the insats as it turns out.
        settled: with the scenario's own effects.
        asked: the same futures under each intervention.
        saved: the true saving by year, of the priced outcomes by id.
        ledger: who pays and receives.
        gains: what has no price.
    """

    draws: Draws
    intake: Intake
    spending: Spending
    settled: Settled
    asked: Mapping[str, Settled]
    saved: Mapping[str, TrueSaving]
    ledger: Ledger
    gains: Mapping[str, Gain]


def live(scenario: ContractScenario, draws: Draws, asked: tuple[Intervention, ...] = ()) -> Lived:
    """Return one batch of futures, taken through every stage."""
    intake = recruit(scenario.programme, draws)
    spending = spend(scenario.programme, scenario.contract, draws)
    chance = lucks(scenario, draws, intake)
    known: Known = {}

    def settled(there: Draws) -> Settled:
        truth = cause(scenario, there, intake)
        measured = measure_all(scenario, truth, intake, chance, there, known)
        terms = terms_of(there, intake, spending, readings(scenario, measured))
        return Settled(truth, measured, pay(scenario.contract, terms))

    own = settled(draws)
    answers = {one.name: settled(draws.setting(one.settings)) for one in asked}
    saved = savings(scenario, draws, intake, own.truth)
    ledger = book(scenario, draws, spending, saved, own.payout)
    gained = gains(scenario.outcomes, draws, intake.total)
    return Lived(draws, intake, spending, own, answers, saved, ledger, gained)


def terms_of(
    draws: Draws, intake: Intake, spending: Spending, read: Mapping[str, Reading]
) -> Terms:
    """Return the situation in which the contract pays."""
    spread = {
        key: Reading(np.broadcast_to(one.value, spending.drawn.shape), one.dimension)
        for key, one in read.items()
    }
    return Terms(spending.drawn, intake.delivered, spread, draws)
