"""How far each watched figure moves with the assumptions of the evidence."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from weakref import WeakKeyDictionary

import numpy as np
from numpy.typing import NDArray

from models.distributions import Fixed
from models.evidence import load_model
from models.language import language
from models.number import Number
from models.quantile import quantile
from simulate.evidence_sensitivity.given import given
from simulate.evidence_sensitivity.targets import Target, targets
from simulate.risk.error import Used, mcse
from simulate.run import Result

Floats = NDArray[np.float64]

# The ends of a prior between which a parameter is moved.
LOW, HIGH = 0.1, 0.9


@dataclass(frozen=True)
class Parameter:
    """An uncertain parameter of the evidence.

    Attributes:
        block, name: which.
        title: what a person calls it; marked, to be said.
        number: its prior.
        ratio: posterior over prior standard deviation.
        learned: whether data moved it.
    """

    block: str
    name: str
    title: str
    number: Number
    ratio: float
    learned: bool


@dataclass(frozen=True)
class Move:
    """A figure at the low and the high end of one parameter's prior, all else as evidence has it.

    Attributes:
        parameter: which is moved; the data have not moved it.
        low, high: its values there.
        at_low, at_high: the figure, each with its Monte Carlo error.
        change, error: high minus low, with its Monte Carlo error.
        inside: whether the posterior reaches so far out; else the figure is that of its edge.
    """

    parameter: Parameter
    low: float
    high: float
    at_low: tuple[float, float]
    at_high: tuple[float, float]
    change: float
    error: float
    inside: bool


@dataclass(frozen=True)
class Reach:
    """How far one figure moves.

    Attributes:
        target: which figure.
        value: as it is.
        alike: whether it is the same in every future, so that nothing can move it.
        moves: of the parameters that data have not moved, furthest first; empty where all are
            alike, and where data moved every parameter.
    """

    target: Target
    value: float
    alike: bool
    moves: tuple[Move, ...]


@dataclass(frozen=True)
class Sensitivity:
    """How far the money moves with what the evidence takes for granted.

    Attributes:
        parameters: every uncertain parameter of the evidence.
        reaches: one for each watched figure, the headline first; empty without evidence.
    """

    parameters: tuple[Parameter, ...]
    reaches: tuple[Reach, ...]

    @property
    def assumptions(self) -> tuple[Parameter, ...]:
        """The parameters that data have not moved."""
        return tuple(one for one in self.parameters if not one.learned)


# A page and a terminal ask the same of one result. Titles are in the language that was spoken.
_FOUND: WeakKeyDictionary[Result, dict[str, Sensitivity]] = WeakKeyDictionary()


def sensitivity(result: Result) -> Sensitivity:
    """Return how far the watched figures of a run move with the assumptions of its evidence."""
    found = _FOUND.setdefault(result, {})
    if language() not in found:
        found[language()] = _sensitivity(result)
    return found[language()]


def _sensitivity(result: Result) -> Sensitivity:
    known = tuple(_parameters(result))
    used = dict(zip(result.posteriors, result.used, strict=True))
    if not used:
        return Sensitivity((), ())
    found = [_reach(result, one, known, used) for one in targets(result.scenario)]
    return Sensitivity(known, tuple(found))


def _parameters(result: Result) -> Iterator[Parameter]:
    for block, fitted in result.posteriors.items():
        spec = result.scenario.evidence[block]
        for name, number in load_model(spec).parameters(spec).items():
            learning = fitted.learning.get(name)
            if learning is None or isinstance(number.distribution, Fixed):
                continue
            yield Parameter(
                block, name, spec.titles[name], number, learning.ratio, learning.learned
            )


def _reach(
    result: Result,
    target: Target,
    known: tuple[Parameter, ...],
    used: Mapping[str, Used],
) -> Reach:
    y = target.values(result.futures)
    every = tuple(used.values())
    if np.ptp(y) == 0.0:
        return Reach(target, float(y[0]), True, ())
    share = target.unit == "share"
    moves = [_move(result, y, one, used, every, share) for one in known if not one.learned]
    moves.sort(key=lambda move: -abs(move.change))
    return Reach(target, float(y.mean()), False, tuple(moves))


def _move(
    result: Result,
    y: Floats,
    one: Parameter,
    used: Mapping[str, Used],
    every: tuple[Used, ...],
    share: bool,
) -> Move:
    ends = quantile(one.number.distribution, np.array([LOW, HIGH]))
    samples = result.posteriors[one.block].quantity(one.name)
    low, high = (given(y, samples, used[one.block], float(end)) for end in ends)
    # A curve through probabilities can leave 0–1 by less than its error.
    bottom, top = (0.0, 1.0) if share else (-np.inf, np.inf)
    at_low, at_high = (float(np.clip(end.value, bottom, top)) for end in (low, high))
    return Move(
        one,
        float(ends[0]),
        float(ends[1]),
        (at_low, mcse(low.influence, every)),
        (at_high, mcse(high.influence, every)),
        at_high - at_low,
        mcse(high.influence - low.influence, every),
        low.inside and high.inside,
    )
