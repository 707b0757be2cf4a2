"""Truth against measurement: what the insats saved, and what the evaluation made of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import xarray as xr
from numpy.typing import NDArray

from models.distributions import FromEvidence
from models.language import named, say
from models.number import Number
from models.quantile import quantile
from models.quantity import SIGNED_SEK, Dimension
from simulate.contract.bound import Limit
from simulate.language.quantities import quantity
from simulate.risk.error import mcse
from simulate.run import Result
from simulate.scenario.tree.measurements import Windowed
from simulate.scenario.tree.scenario import ContractScenario

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Trigger:
    """A level of the measure where the contract starts or stops paying.

    Attributes:
        level: in the unit of the measure; the mean of it when it follows the drawn amount.
        included: whether the level itself is enough.
        label: as it is shown.
    """

    level: float
    included: bool
    label: str


@dataclass(frozen=True, eq=False)
class Paired:
    """The measure that the contract pays for first, beside the truth.

    Attributes:
        key, title, dimension: of the measure.
        truth: true saving in the window, SEK, dims (draw,); ``None`` when nothing has a price.
        reading: the measure, dims (draw,).
        standard_error: of the reading given the truth, dims (draw,).
        stated: the reading when it is the same in every future.
        triggers: in rising order.
    """

    key: str
    title: str
    dimension: Dimension
    truth: Floats | None
    reading: Floats
    standard_error: Floats
    stated: float | None
    triggers: tuple[Trigger, ...]

    @property
    def money(self) -> bool:
        """Whether truth and reading share a unit."""
        return self.dimension is SIGNED_SEK

    def pays(self) -> NDArray[np.bool_]:
        """Return where the reading passes the lowest trigger; everywhere if there is none."""
        if not self.triggers:
            return np.ones(len(self.reading), dtype=bool)
        lowest = self.triggers[0]
        above = self.reading > lowest.level
        return above | (self.reading == lowest.level) if lowest.included else above


@dataclass(frozen=True)
class Spread:
    """How far truth and measurement error vary, in the unit of the measure.

    Attributes:
        truth, truth_error: standard deviation of the truth, and its Monte Carlo error.
        noise, noise_error: standard deviation of reading − truth, and its Monte Carlo error.
        bias, bias_error: mean of reading − truth, and its Monte Carlo error; 0 if not money.
    """

    truth: float
    truth_error: float
    noise: float
    noise_error: float
    bias: float
    bias_error: float


def paired(scenario: ContractScenario, futures: xr.Dataset) -> Paired:
    """Return the first measure that decides payment, money before anything else."""
    key = _primary(scenario)
    measure = scenario.measurements[key]
    reading = np.asarray(futures["reading"].sel(measure=key).values, dtype=np.float64)
    same = bool(np.ptp(reading) == 0.0)
    drawn = float(futures["drawn_ore"].values.mean()) / 100.0
    return Paired(
        key,
        named(measure.title),
        measure.dimension,
        _truth(scenario, futures, key, reading),
        reading,
        np.asarray(futures["standard_error"].sel(measure=key).values),
        float(reading[0]) if same else None,
        _triggers(scenario, key, drawn),
    )


def _primary(scenario: ContractScenario) -> str:
    named = [key for clause in scenario.contract.clauses for key in clause.measures()]
    known = scenario.measurements
    order = sorted(
        dict.fromkeys([*named, *known]),
        key=lambda key: (
            key not in named,
            known[key].dimension is not SIGNED_SEK,
            not isinstance(known[key], Windowed),
        ),
    )
    return order[0]


def _truth(
    scenario: ContractScenario, futures: xr.Dataset, key: str, reading: Floats
) -> Floats | None:
    """The measure's own true saving: reading − yardstick error + chance, else the sum of all."""
    if f"{key}.yardstick_error" in futures:
        wrong = futures[f"{key}.yardstick_error"].values - futures[f"{key}.chance"].values
        return np.asarray(reading - wrong)
    if any(isinstance(one, Windowed) for one in scenario.measurements.values()):
        return np.asarray(futures["true_saving_window"].values)
    return None


def _triggers(scenario: ContractScenario, key: str, drawn: float) -> tuple[Trigger, ...]:
    found: dict[float, Trigger] = {}
    dimension = scenario.measurements[key].dimension
    for clause in scenario.contract.clauses:
        gate = clause.gate is not None and clause.gate.measure == key
        for measure, level in clause.thresholds():
            if measure == key and not isinstance(level.distribution, FromEvidence):
                value = _middle(level)
                included = not (gate and clause.gate and level is clause.gate.above)
                found.setdefault(value, Trigger(value, included, quantity(value, dimension)))
        for measure, limit in clause.knots():
            if measure == key:
                for knot in _knot(limit, drawn):
                    found.setdefault(knot.level, knot)
    return tuple(found[level] for level in sorted(found))


def _knot(limit: Limit, drawn: float) -> Iterator[Trigger]:
    if limit.amount is not None:
        value = _middle(limit.amount)
        yield Trigger(value, False, quantity(value, SIGNED_SEK))
    elif limit.of_drawn is not None:
        times = _middle(limit.of_drawn)
        shown = quantity(times, limit.of_drawn.dimension)
        name = say("{times} × draget belopp", times=shown)
        yield Trigger(times * drawn, False, say("draget belopp") if times == 1.0 else name)


def _middle(number: Number) -> float:
    return float(quantile(number.distribution, np.asarray(0.5)))


def spread(result: Result, pair: Paired) -> Spread | None:
    """Return how far truth and measurement vary; ``None`` without a truth to compare with.

    In money the error is reading − truth in every future. For another measure, whose truth is
    not in its unit, the variance is split: Var(reading) = Var(truth) + E(standard error²).
    """
    if pair.truth is None:
        return None
    if pair.money:
        return _spread_of_money(result, pair.truth, pair.reading - pair.truth)
    return _spread_split(result, pair)


def _spread_of_money(result: Result, truth: Floats, wrong: Floats) -> Spread:
    bias = float(wrong.mean())
    return Spread(*_sd(result, truth), *_sd(result, wrong), bias, error_of(result, wrong - bias))


def _spread_split(result: Result, pair: Paired) -> Spread:
    square = pair.standard_error**2
    around = (pair.reading - pair.reading.mean()) ** 2 - square
    found: list[float] = []
    for part in (around, square):
        sd = float(np.sqrt(max(part.mean(), 0.0)))
        found += [sd, error_of(result, (part - part.mean()) / (2.0 * sd)) if sd > 0 else 0.0]
    return Spread(found[0], found[1], found[2], found[3], 0.0, 0.0)


def _sd(result: Result, x: Floats) -> tuple[float, float]:
    off = x - x.mean()
    sd = float(np.sqrt(np.mean(off**2)))
    return sd, error_of(result, (off**2 - sd**2) / (2.0 * sd)) if sd > 0 else 0.0


def error_of(result: Result, influence: Floats) -> float:
    """Return the Monte Carlo error that goes with an influence, posterior included."""
    return mcse(influence, result.used)
