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
from simulate.draws.values import Ints
from simulate.ledger import Ledger, book
from simulate.measurement.interim import Interim, interim
from simulate.measurement.measure import Known, lucks, measure_all, readings
from simulate.measurement.measured import Luck, Measured
from simulate.pipeline.stopping import instalments_at, shortened, stopping
from simulate.programme import Intake, Spending, curtail, recruit, spend
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
        intake, spending: the insats as it turns out, which a stop on the way cuts short.
        draws: in which an effect that is not fully carried out is so much smaller.
        chance: in each measure, in the group that takes part.
        stopped: number of the meeting that stops, from one, 0 where none does, dims (draw,).
    """

    truth: Truth
    measured: Mapping[str, Measured]
    payout: Payout
    intake: Intake
    spending: Spending
    draws: Draws
    chance: Mapping[str, Luck]
    stopped: Ints


@dataclass(frozen=True)
class Lived:
    """One batch of futures.

    Attributes:
        settled: with the scenario's own effects, and the insats as it then turns out.
        asked: the same futures under each intervention.
        saved: the true saving by year, of the priced outcomes by id.
        ledger: who pays and receives.
        gains: what has no price.
    """

    draws: Draws
    settled: Settled
    asked: Mapping[str, Settled]
    saved: Mapping[str, TrueSaving]
    ledger: Ledger
    gains: Mapping[str, Gain]

    @property
    def intake(self) -> Intake:
        """Who takes part."""
        return self.settled.intake

    @property
    def spending(self) -> Spending:
        """What it costs, and who finances it."""
        return self.settled.spending


@dataclass(frozen=True)
class Begun:
    """One batch of futures up to the effect: who takes part, what it costs, what chance does.

    All of it as planned, without any stop on the way.

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
        if not self.scenario.contract.stops:
            return self.carried_on(settings)
        known = self.interim(settings)
        meeting = stopping(self.scenario.contract, known, self.draws.setting(settings))
        return self.cut_short(settings, meeting, known)

    def carried_on(self, settings: Mapping[str, float]) -> Settled:
        """Return the same where funding goes on at every meeting, whatever a rule says."""
        there = self.draws.setting(settings)
        truth, measured = self._found(there)
        read = readings(self.scenario, measured)
        payout = pay(self.scenario.contract, terms_of(there, self.intake, self.spending, read))
        never = np.zeros(len(self.spending.drawn), dtype=np.int64)
        return Settled(
            truth, measured, payout, self.intake, self.spending, there, self.chance, never
        )

    def interim(self, settings: Mapping[str, float]) -> Interim:
        """Return what is known at each stage gate where funding goes on.

        Raises:
            ValueError: the scenario has no stage gates.
        """
        there = self.draws.setting(settings)
        truth, measured = self._found(there)
        return interim(self.scenario, there, self.intake, truth, self.chance, measured)

    def _found(self, there: Draws) -> tuple[Truth, Mapping[str, Measured]]:
        """Return truth and measurement where funding goes on."""
        truth = cause(self.scenario, there, self.intake)
        chance, known = self.chance, self.known
        return truth, measure_all(self.scenario, truth, self.intake, chance, there, known)

    def cut_short(self, settings: Mapping[str, float], meeting: Ints, known: Interim) -> Settled:
        """Return truth, measurement and payment where funding ends at a meeting.

        Args:
            settings: numbers that are set.
            meeting: its number, from one; 0 where funding goes on; dims (draw,).
            known: at the meetings, under the same settings.
        """
        scenario, contract = self.scenario, self.scenario.contract
        left = curtail(self.intake, self.spending, contract, instalments_at(contract, meeting))
        there = self.draws.setting(settings)
        effects = [node for one in scenario.outcomes.values() for node in one.effects]
        there = there.scaling(effects, left.carried_out)
        both = self.intake, left.intake
        chance = shortened(scenario, self.chance, there, both, known)
        truth = cause(scenario, there, left.intake)
        measured = measure_all(scenario, truth, left.intake, chance, there)
        terms = terms_of(there, left.intake, left.spending, readings(scenario, measured))
        payout = pay(contract, terms)
        return Settled(truth, measured, payout, left.intake, left.spending, there, chance, meeting)

    def paid(self, read: Mapping[str, Reading], own: Settled) -> Payout:
        """Return what the contract pays on other readings than those that are settled."""
        terms = terms_of(own.draws, own.intake, own.spending, read)
        return pay(self.scenario.contract, terms)


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
    own = begun.settled({})
    answers = {one.name: begun.settled(one.settings) for one in asked}
    saved, ledger = booked(scenario, own)
    gained = gains(scenario.outcomes, own.draws, own.intake.total)
    return Lived(draws, own, answers, saved, ledger, gained)


def booked(scenario: ContractScenario, own: Settled) -> tuple[Mapping[str, TrueSaving], Ledger]:
    """Return the true saving by year, and who pays and receives."""
    saved = savings(scenario, own.draws, own.intake, own.truth)
    return saved, book(scenario, own.draws, own.spending, saved, own.payout)


def terms_of(
    draws: Draws, intake: Intake, spending: Spending, read: Mapping[str, Reading]
) -> Terms:
    """Return the situation in which the contract pays."""
    spread = {
        key: Reading(np.broadcast_to(one.value, spending.drawn.shape), one.dimension)
        for key, one in read.items()
    }
    return Terms(spending.drawn, intake.delivered, spread, draws, instalments=spending.instalments)
