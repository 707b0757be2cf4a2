"""One actual data set: what the payment will be, given what a meeting really knows.

What is looked at is the cost so far, c: over the expected cost of the same months where that is
known, as it is where not. Futures are weighted by how likely they make it. In each the stable
levels S of the cohorts are there; what came anew must then be c less what has fallen due of S, and
its density is that of a gamma variable. What is still to come is independent of it. Only futures
with just as many persons count::

    w = p(c − Σ S f | S) · [persons]
    A = c + Σ S (1 − f) + what comes anew later

No step is an approximation; whether the futures are enough the Pareto shape k tells. How high the
yardstick itself stands is no news of the insats and is not used.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import scipy
from numpy.typing import NDArray

from models.psis import FEWEST, K_LIMIT, effective, smoothed
from simulate.contract import money
from simulate.contract.terms import Reading
from simulate.draws.draw import Draws
from simulate.measurement.cost_saving import weights_of
from simulate.measurement.interim import Interim
from simulate.measurement.measure import readings
from simulate.pipeline.contract import Begun, Settled, begin
from simulate.scenario.tree.measurements import CostSaving
from simulate.scenario.tree.scenario import ContractScenario

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Data:
    """What a meeting really knows.

    Attributes:
        day: of the meeting.
        cost: of the person-months that are known, SEK.
        expected: of the same months by the yardstick, SEK; ``None`` where it is not known.
        persons: included so far.
    """

    day: dt.date
    cost: float
    expected: float | None
    persons: int


@dataclass(frozen=True)
class Posterior:
    """What is known of the payment with the data.

    Attributes:
        data: what was known.
        k: Pareto shape of the weights.
        effective: how many equally weighted futures they are worth.
        payment: mean, SEK, and its error.
        interval: 5 % and 95 % quantile, SEK.
        loss: probability that less than the drawn amount is paid, and its error.
    """

    data: Data
    k: float
    effective: float
    payment: tuple[float, float]
    interval: tuple[float, float]
    loss: tuple[float, float]

    @property
    def holds(self) -> bool:
        """Whether the weights can be trusted; else the scenario must be fitted to the data."""
        return self.k <= K_LIMIT and self.effective >= FEWEST


@dataclass(frozen=True, eq=False)
class Weighed:
    """Some futures under the data, dims (draw,).

    Attributes:
        log_weight: minus infinity where the future cannot be the one that is seen.
        payment, drawn: SEK, as they then are in the end.
    """

    log_weight: Floats
    payment: Floats
    drawn: Floats


@dataclass(frozen=True, eq=False)
class Lived:
    """One batch of futures in which funding goes on, and what the gates know in them."""

    begun: Begun
    own: Settled
    known: Interim

    @classmethod
    def of(cls, scenario: ContractScenario, draws: Draws) -> Lived:
        """Return a batch.

        Args:
            scenario: with stage gates.
            draws: whose streams know their factors.
        """
        begun = begin(scenario, draws)
        return cls(begun, begun.carried_on({}), begun.interim({}))


def weighed(lived: Lived, data: Data) -> Weighed:
    """Return one batch of futures under the data.

    Args:
        lived: the batch; its scenario has a stage gate on the day of the data.
        data: what is known.
    """
    begun, known, gates = lived.begun, lived.known, lived.begun.scenario.contract.stage_gates
    if gates is None:
        raise ValueError("no stage gates")
    at = gates.meetings.index(data.day)
    shape, level = known.shares.shape[:, at], known.shares.level(known.elapsed)[:, at]
    cost, per = np.full(len(known.total), data.cost), np.ones(len(known.total))
    if data.expected is not None and known.expected is not None:
        per = known.expected[:, at]
        cost = data.cost / data.expected * per
    anew = (cost - known.total * level) / known.unit
    possible = (shape > 0.0) & (anew > 0.0) & (known.persons[:, at] == data.persons)
    safe = np.where(possible, anew, 1.0), np.where(possible, shape, 1.0)
    density = scipy.stats.gamma.logpdf(*safe) + np.log(np.where(possible, per / known.unit, 1.0))
    later = known.total * (1.0 - known.shares.known(known.elapsed)[:, at])
    payment = _paid(begun, lived.own, cost + later)
    return Weighed(
        np.where(possible, density, -np.inf),
        money.sek(payment),
        money.sek(lived.own.spending.drawn),
    )


def _paid(begun: Begun, own: Settled, total: Floats) -> NDArray[np.int64]:
    """Return what is paid where the group costs so much in the end, öre."""
    gates = begun.scenario.contract.stage_gates
    assert gates is not None  # the caller's
    measure = begun.scenario.measurements[gates.measure]
    assert isinstance(measure, CostSaving)  # a check of the scenario
    seen = begun.chance[gates.measure]["followed"] / np.maximum(begun.intake.total, 1.0)
    yardstick = own.measured[gates.measure].parts["expected"]
    counts, others = weights_of(measure.missing, seen)
    actual = counts * total + others * yardstick
    read = readings(begun.scenario, own.measured)
    moved = Reading(np.asarray(yardstick - actual), read[gates.measure].dimension)
    return np.asarray(begun.paid({**read, gates.measure: moved}, own).payment)


def posterior(data: Data, parts: Iterable[Weighed]) -> Posterior:
    """Return what is known of the payment with the data.

    Args:
        data: what is known.
        parts: batches of futures.
    """
    each = list(parts)
    log_weight, payment, drawn = (
        np.concatenate([getattr(one, name) for one in each])
        for name in ("log_weight", "payment", "drawn")
    )
    possible = np.isfinite(log_weight)
    if possible.sum() < 2:
        nothing = (float("nan"), float("nan"))
        return Posterior(data, float("inf"), 0.0, nothing, nothing, nothing)
    weights, k = smoothed(log_weight[possible])
    paid, lost = payment[possible], payment[possible] < drawn[possible]
    order = np.argsort(paid)
    below = np.cumsum(weights[order])
    low, high = (
        float(paid[order][min(int(np.searchsorted(below, p)), len(paid) - 1)]) for p in (0.05, 0.95)
    )
    return Posterior(
        data,
        k,
        effective(weights),
        _mean(weights, paid),
        (low, high),
        _mean(weights, lost.astype(np.float64)),
    )


def _mean(weights: Floats, x: Floats) -> tuple[float, float]:
    """Return a weighted mean, and its error as if the futures were independent."""
    value = float(weights @ x)
    return value, float(np.sqrt(np.square(weights) @ np.square(x - value)))
