"""What is kept of every possible future: a few numbers per draw, and yearly means."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import xarray as xr
from numpy.typing import NDArray

from models.quantity import SIGNED_SEK
from simulate.contract import money
from simulate.contract.pay import Payout, pay
from simulate.contract.terms import Reading
from simulate.discount import SOCIETY, party_factors, society_factors
from simulate.draws.draw import full
from simulate.ledger import investor_flows
from simulate.measurement.measure import readings
from simulate.pipeline import Lived, terms_of
from simulate.scenario.tree.scenario import Scenario
from simulate.value.irr import irr
from simulate.value.multiple import multiple
from simulate.value.npv import npv
from simulate.value.payback import payback_year

Arrays = dict[str, NDArray[np.generic]]

# Dimensions after (draw,) of each variable; all others have none.
DIMENSIONS: dict[str, tuple[str, ...]] = {
    "clause_ore": ("clause",),
    "reading": ("measure",),
    "standard_error": ("measure",),
    "npv": ("party",),
    "payback_year": ("party",),
    "payback_year_discounted": ("party",),
    "asked_payment_ore": ("intervention",),
    "asked_only_guarantee": ("intervention",),
    "sample": ("evidence",),
}


def kept(scenario: Scenario, lived: Lived) -> Arrays:
    """Return the variables of one batch, each with dims (draw, …)."""
    own, spending = lived.settled, lived.spending
    arrays: Arrays = {
        "participants": lived.intake.total,
        "delivered": lived.intake.delivered,
        "cost_ore": spending.cost,
        "drawn_ore": spending.drawn,
        "true_saving_horizon": _horizon_saving(lived),
        "true_saving_window": _window_saving(scenario, lived),
        "multiple": multiple(own.payout.payment, spending.drawn),
    }
    size = len(spending.drawn)
    arrays |= _payment(scenario, own.payout)
    arrays |= _measures(lived, size)
    arrays |= _values(scenario, lived)
    arrays |= _dispute(scenario, lived)
    arrays |= _asked(scenario, lived)
    if lived.draws.evidence:
        blocks = [lived.draws.sample(block) for block in lived.draws.evidence]
        arrays["sample"] = np.stack(blocks, axis=1)
    return arrays


def _payment(scenario: Scenario, payout: Payout) -> Arrays:
    guarantees = [clause.id for clause in scenario.contract.clauses if clause.guarantee]
    none = np.zeros_like(payout.payment)
    guarantee = sum((payout.clauses[name] for name in guarantees), start=none)
    return {
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


def _window_saving(scenario: Scenario, lived: Lived) -> NDArray[np.float64]:
    """The true saving in the contract's windows; an outcome that is measured twice counts once."""
    found: dict[str, NDArray[np.float64]] = {}
    for key, one in lived.settled.measured.items():
        if one.true_saving is not None:
            found.setdefault(scenario.measurements[key].outcome, one.true_saving)
    return sum(found.values(), start=np.zeros(len(lived.spending.drawn)))


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


def _values(scenario: Scenario, lived: Lived) -> Arrays:
    net, draws = lived.ledger.net(), lived.draws
    flows = {party: net[:, :, place] for place, party in enumerate(scenario.parties)}
    factors = {
        name: party_factors(party, scenario, draws) for name, party in scenario.parties.items()
    }
    flows[SOCIETY] = net.sum(axis=2)
    factors[SOCIETY] = society_factors(scenario.society, scenario, draws)
    rate = irr(*_dated(scenario, lived))
    years = scenario.years
    return {
        "npv": np.stack([npv(flows[name], factors[name]) for name in flows], axis=1),
        "payback_year": np.stack([payback_year(flows[name], years) for name in flows], axis=1),
        "payback_year_discounted": np.stack(
            [payback_year(flows[name] * factors[name], years) for name in flows], axis=1
        ),
        "irr": rate.rate,
        "irr_several": rate.several,
    }


def _dated(scenario: Scenario, lived: Lived) -> tuple[tuple, NDArray[np.float64]]:  # type: ignore[type-arg]  # days as irr() takes them
    flows = investor_flows(scenario, lived.spending, lived.settled.payout)
    return flows.days, flows.amounts


def _dispute(scenario: Scenario, lived: Lived) -> Arrays:
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
        terms = terms_of(lived.draws, lived.intake, lived.spending, moved)
        shifted.append(pay(scenario.contract, terms).payment)
    arrays: Arrays = {"disputed": disputed}
    if any(True for clause in scenario.contract.clauses for _ in clause.knots()):
        arrays["payment_per_error"] = money.sek(shifted[1]) - money.sek(shifted[0])
    return arrays


def _asked(scenario: Scenario, lived: Lived) -> Arrays:
    if not lived.asked:
        return {}
    payouts = [_payment(scenario, answer.payout) for answer in lived.asked.values()]
    paid = np.stack([one["payment_ore"] for one in payouts], axis=1)
    only = np.stack([only_guarantee(one) for one in payouts], axis=1)
    return {"asked_payment_ore": paid, "asked_only_guarantee": only}


def only_guarantee(arrays: Mapping[str, NDArray[np.generic]]) -> NDArray[np.bool_]:
    """Return where the guarantee pays and every other clause pays nothing, dims (draw,)."""
    guarantee = np.asarray(arrays["guarantee_ore"])
    return np.asarray((guarantee > 0) & (np.asarray(arrays["uncapped_ore"]) == guarantee))


@dataclass
class Collector:
    """Puts batches together without keeping them twice.

    Attributes:
        total: number of draws that are wanted; the last batch may be cut.
    """

    total: int
    filled: int = 0

    def __post_init__(self) -> None:
        self._arrays: Arrays = {}
        self._yearly: dict[str, NDArray[np.float64]] = {}

    def add(self, arrays: Arrays, lived: Lived) -> None:
        """Add one batch."""
        take = min(len(arrays["drawn_ore"]), self.total - self.filled)
        if not self._arrays:
            self._arrays = {
                name: np.empty((self.total, *values.shape[1:]), values.dtype)
                for name, values in arrays.items()
            }
        for name, values in arrays.items():
            self._arrays[name][self.filled : self.filled + take] = values[:take]
        for name, flows in {**lived.ledger.entries, **lived.ledger.memo}.items():
            part = flows[:take].sum(axis=0)
            self._yearly[name] = self._yearly[name] + part if name in self._yearly else part
        self.filled += take

    def dataset(self, scenario: Scenario, asked: tuple[str, ...]) -> xr.Dataset:
        """Return all futures with named dimensions, and ``yearly_*`` means by year and party."""
        variables: dict[str, object] = {
            name: (("draw", *DIMENSIONS.get(name, ())), values)
            for name, values in self._arrays.items()
        }
        for name, sums in self._yearly.items():
            # Only real parties have flows; society has values.
            wide = np.concatenate([sums, sums.sum(axis=1, keepdims=True)], axis=1)
            variables[f"yearly_{name}"] = (("year", "party"), wide / self.total)
        coords: dict[str, list[object]] = {
            "clause": [clause.id for clause in scenario.contract.clauses],
            "measure": list(scenario.measurements),
            "party": [*scenario.parties, SOCIETY],
            "year": list(scenario.years),
        }
        if "asked_payment_ore" in self._arrays:
            coords["intervention"] = list(asked)
        if "sample" in self._arrays:
            coords["evidence"] = list(scenario.evidence)
        return xr.Dataset(variables, coords)
