"""What is kept of every future of a contract: a few numbers per draw."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from models.quantity import SIGNED_SEK
from simulate.contract import money
from simulate.contract.pay import Payout, pay
from simulate.contract.terms import Reading
from simulate.draws.draw import full
from simulate.futures.collect import Arrays, Batch, gained, sampled, so_far
from simulate.ledger import investor_flows
from simulate.measurement.measure import readings
from simulate.pipeline.contract import Lived, Settled, terms_of
from simulate.scenario.tree.measurements import Direct
from simulate.scenario.tree.outcomes import gains_of
from simulate.scenario.tree.scenario import ContractScenario
from simulate.value.irr import irr
from simulate.value.multiple import multiple
from simulate.value.views import flows, values


def batch_of(scenario: ContractScenario, lived: Lived) -> Batch:
    """Return what is kept of one batch."""
    cash = flows(scenario, lived.ledger)
    arrays = kept(scenario, lived) | values(scenario, cash, lived.draws)
    return Batch(arrays, {**lived.ledger.entries, **lived.ledger.memo}, so_far(cash))


def coordinates(scenario: ContractScenario, asked: tuple[str, ...]) -> dict[str, list[str]]:
    """Return the coordinates that only a contract has.

    Args:
        scenario: for clauses and measures.
        asked: names of the interventions.
    """
    return {
        "clause": [clause.id for clause in scenario.contract.clauses],
        "measure": list(scenario.measurements),
        "intervention": list(asked),
        "gain": list(gains_of(scenario.outcomes)),
        "tranche": [one.id for one in scenario.contract.tranches],
    }


def kept(scenario: ContractScenario, lived: Lived) -> Arrays:
    """Return the variables of one batch but its values, each with dims (draw, …)."""
    own, spending = lived.settled, lived.spending
    size = len(spending.drawn)
    arrays: Arrays = {
        "participants": lived.intake.total,
        "delivered": lived.intake.delivered,
        "cost_ore": spending.cost,
        "drawn_ore": spending.drawn,
        "true_saving_horizon": _horizon_saving(lived),
        "true_saving_window": window_saving(scenario, lived.settled, size),
        "multiple": multiple(own.payout.payment, spending.drawn),
    }
    arrays |= paid_out(scenario, own.payout)
    arrays |= _measures(lived, size)
    arrays |= _returns(scenario, lived)
    arrays |= gained(lived.gains)
    arrays |= _dispute(scenario, lived)
    arrays |= _asked(scenario, lived)
    if scenario.contract.stops:
        arrays["stopped"] = own.stopped
    return arrays | sampled(lived.draws)


def paid_out(scenario: ContractScenario, payout: Payout) -> Arrays:
    """Return what is paid, in öre: in all, by the guarantees, and by each clause."""
    guarantees = [clause.id for clause in scenario.contract.clauses if clause.guarantee]
    none = np.zeros_like(payout.payment)
    guarantee = sum((payout.clauses[name] for name in guarantees), start=none)
    parts = list(payout.parts.tranches.values())
    arrays: Arrays = {}
    if parts:
        arrays["tranche_drawn_ore"] = np.stack([one.drawn for one in parts], axis=1)
        arrays["tranche_paid_ore"] = np.stack([one.paid + one.covered for one in parts], axis=1)
        arrays["tranche_loss_ore"] = np.stack([one.loss for one in parts], axis=1)
    return arrays | {
        "payment_ore": payout.payment,
        "uncapped_ore": payout.uncapped,
        "cap_ore": np.broadcast_to(payout.cap, payout.payment.shape),
        "guarantee_ore": guarantee,
        "clause_ore": np.stack(list(payout.clauses.values()), axis=1),
    }


def _horizon_saving(lived: Lived) -> NDArray[np.float64]:
    total = np.zeros(len(lived.spending.drawn))
    for one in lived.saved.values():
        total = total + one.saving.sum(axis=1)
    return total


def window_saving(scenario: ContractScenario, settled: Settled, size: int) -> NDArray[np.float64]:
    """Return the true saving in the contract's windows, SEK, dims (draw,).

    An outcome that is measured twice counts once.
    """
    found: dict[str, NDArray[np.float64]] = {}
    for key, one in settled.measured.items():
        measure = scenario.measurements[key]
        if one.true_saving is not None and isinstance(measure, Direct):
            found.setdefault(measure.outcome, one.true_saving)
    return sum(found.values(), start=np.zeros(size))


def _measures(lived: Lived, size: int) -> Arrays:
    measured = lived.settled.measured
    arrays: Arrays = {
        "reading": np.stack([full(one.value, size) for one in measured.values()], axis=1),
        "standard_error": np.stack(
            [full(one.standard_error, size) for one in measured.values()], axis=1
        ),
    }
    for key, one in measured.items():
        arrays |= {f"{key}.{part}": full(value, size) for part, value in one.parts.items()}
    return arrays


def _returns(scenario: ContractScenario, lived: Lived) -> Arrays:
    rate = irr(*_dated(scenario, lived))
    return {"irr": rate.rate, "irr_several": rate.several}


def _dated(scenario: ContractScenario, lived: Lived) -> tuple[tuple, NDArray[np.float64]]:  # type: ignore[type-arg]  # days as irr() takes them
    flows = investor_flows(scenario, lived.spending, lived.settled.payout)
    return flows.days, flows.amounts


def _dispute(scenario: ContractScenario, lived: Lived) -> Arrays:
    """Where a measure is within its own error of a jump, and what an error in money is worth."""
    own = lived.settled
    read = readings(scenario, own.measured)
    size = len(lived.spending.drawn)
    disputed = np.zeros(size, dtype=bool)
    for clause in scenario.contract.clauses:
        for key, level in clause.thresholds():
            distance = np.abs(own.measured[key].value - lived.draws.of(level))
            disputed |= distance <= own.measured[key].standard_error
    shifted = []
    for side in (-0.5, 0.5):
        moved = {
            key: Reading(one.value + side * own.measured[key].standard_error, one.dimension)
            if one.dimension is SIGNED_SEK
            else one
            for key, one in read.items()
        }
        terms = terms_of(own.draws, own.intake, own.spending, moved)
        shifted.append(pay(scenario.contract, terms).payment)
    arrays: Arrays = {"disputed": disputed}
    if any(True for clause in scenario.contract.clauses for _ in clause.knots()):
        arrays["payment_per_error"] = money.sek(shifted[1]) - money.sek(shifted[0])
    return arrays


def _asked(scenario: ContractScenario, lived: Lived) -> Arrays:
    if not lived.asked:
        return {}
    payouts = [paid_out(scenario, answer.payout) for answer in lived.asked.values()]
    paid = np.stack([one["payment_ore"] for one in payouts], axis=1)
    only = np.stack([only_guarantee(one) for one in payouts], axis=1)
    arrays: Arrays = {"asked_payment_ore": paid, "asked_only_guarantee": only}
    if scenario.contract.stops:
        drawn = [answer.spending.drawn for answer in lived.asked.values()]
        arrays["asked_drawn_ore"] = np.stack(drawn, axis=1)
        arrays["asked_guarantee_ore"] = np.stack([one["guarantee_ore"] for one in payouts], axis=1)
    return arrays


def only_guarantee(arrays: Mapping[str, NDArray[np.generic]]) -> NDArray[np.bool_]:
    """Return where the guarantee pays and every other clause pays nothing, dims (draw,)."""
    guarantee = np.asarray(arrays["guarantee_ore"])
    return np.asarray((guarantee > 0) & (np.asarray(arrays["uncapped_ore"]) == guarantee))
