"""scenario → draws → programme → truth → chance → measurement → contract → ledger → values.

One call of :func:`live` takes one batch through all of them; :func:`begin` stops before the effect.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from simulate.characteristics import Intervention
from simulate.contract.pay import Payout, pay
from simulate.contract.terms import Reading, Terms
from simulate.draws.draw import Draws
from simulate.ledger import Ledger, book
from simulate.measurement.measure import Known, lucks, measure_all, readings
from simulate.measurement.measured import Luck, Measured
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


@dataclass(frozen=True)
class Begun:
    """One batch of futures up to the effect: who takes part, what it costs, what chance does.

    Attributes:
        chance: in each measure, the same whatever the effect is set to.
        known: what has been measured under earlier settings.
    """

    scenario: ContractScenario
    draws: Draws
    intake: Intake
    spending: Spending
    chance: Mapping[str, Luck]
    known: Known = field(default_factory=dict)

    def settled(self, settings: Mapping[str, float]) -> Settled:
        """Return truth, measurement and payment where some numbers are set."""
        there = self.draws.setting(settings)
        truth = cause(self.scenario, there, self.intake)
        measured = measure_all(self.scenario, truth, self.intake, self.chance, there, self.known)
        payout = self.paid(readings(self.scenario, measured), settings)
        return Settled(truth, measured, payout)

    def paid(self, read: Mapping[str, Reading], settings: Mapping[str, float]) -> Payout:
        """Return what the contract pays on these readings."""
        there = self.draws.setting(settings)
        return pay(self.scenario.contract, terms_of(there, self.intake, self.spending, read))


def begin(
    scenario: ContractScenario, draws: Draws, chance: Mapping[str, Luck] | None = None
) -> Begun:
    """Return one batch of futures, taken as far as it goes without any effect.

    Args:
        scenario, draws: whose futures.
        chance: in the measures, where it is not the scenario's own.
    """
    intake = recruit(scenario.programme, draws)
    spending = spend(scenario.programme, scenario.contract, draws)
    own = lucks(scenario, draws, intake) if chance is None else chance
    return Begun(scenario, draws, intake, spending, own)


def live(scenario: ContractScenario, draws: Draws, asked: tuple[Intervention, ...] = ()) -> Lived:
    """Return one batch of futures, taken through every stage."""
    begun = begin(scenario, draws)
    intake, spending = begun.intake, begun.spending
    own = begun.settled({})
    answers = {one.name: begun.settled(one.settings) for one in asked}
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
