"""Everything that is said of a contract's stage gates."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

import numpy as np
from numpy.typing import NDArray

from models.posterior import Posterior as Fit
from simulate.draws.copula import ties_of
from simulate.draws.draw import Draws
from simulate.draws.factors import factors, gate_factors
from simulate.draws.streams import BATCH, Streams
from simulate.errors import Problem
from simulate.evidence import samples
from simulate.gates.actual import Data, Lived, Posterior, Weighed, posterior, weighed
from simulate.gates.basis import cross, halves, told
from simulate.gates.dual import Asked, draws_of, gaps_of, size_of
from simulate.gates.forecast import Before, Forecast, Value, before, forecast
from simulate.gates.futures import Futures, concerned, futures_of, sides, world_of
from simulate.gates.stopping import Policy, Right, policy, right
from simulate.interrupts import check
from simulate.risk.error import Used
from simulate.run import Progress, in_order, shapes_of
from simulate.scenario.tree.gates import StageGates
from simulate.scenario.tree.scenario import ContractScenario

Floats = NDArray[np.float64]
# At which quantiles of the cost so far the regression is checked.
CHECKED = (0.1, 0.5, 0.9)


@dataclass(frozen=True)
class Checked:
    """One data set that a meeting may come to see, forecast in two ways.

    Attributes:
        meeting: its place, from zero.
        index: cost so far over the expected, or of a person-month, SEK, where that is not known.
        regression: expected payment by the regression, SEK.
        weights: the same by exact weights on other futures.
    """

    meeting: int
    index: float
    regression: float
    weights: Posterior


@dataclass(frozen=True, eq=False)
class Study:
    """What stage gates know, and what the right to stop is worth.

    Attributes:
        scenario, seed, draws: what was asked.
        before: what is known of the payment beforehand.
        meetings: what each meeting knows.
        checked: the regression against exact weights, at some data that may be seen.
        rights: of each side.
        rule: what comes of the contract's own rule; ``None`` without one.
        actual: what is known with the data that were given.
    """

    scenario: ContractScenario
    seed: int
    draws: int
    before: Before
    meetings: tuple[Forecast, ...]
    checked: tuple[Checked, ...]
    rights: tuple[Right, ...]
    rule: Policy | None
    actual: tuple[Posterior, ...]

    @property
    def concerned(self) -> tuple[str, ...]:
        """Whose money a stop may change."""
        return concerned(self.scenario)

    @property
    def gates(self) -> StageGates:
        """The gates of the contract."""
        return gates_of(self.scenario)


def gates_of(scenario: ContractScenario) -> StageGates:
    """Return the gates of a contract.

    Raises:
        ValueError: it has none; see :func:`refused`.
    """
    if scenario.contract.stage_gates is None:
        raise ValueError(f"{scenario.id} has no stage gates")
    return scenario.contract.stage_gates


def refused(scenario: ContractScenario) -> Iterator[Problem]:
    """Yield why a scenario has no stage gates to study."""
    if scenario.contract.stage_gates is None:
        yield Problem("no_gates", ("contract",), {"found": scenario.id})


def streams_of(scenario: ContractScenario, seed: int) -> Streams:
    """Return the uniform numbers of a run, and after them those of what the gates can know."""
    names = factors(scenario)
    more = tuple(name for name in gate_factors(scenario) if name not in names)
    return Streams(seed, (*names, *more), ties_of(scenario, (*names, *more)))


def study(
    scenario: ContractScenario,
    fitted: Mapping[str, Fit],
    draws: int,
    seed: int,
    data: Sequence[Data] = (),
    progress: Progress | None = None,
) -> Study:
    """Return what the stage gates of a scenario know.

    Args:
        scenario: as read and checked, not refused.
        fitted: posteriors by block.
        draws: number of futures, made up to whole batches.
        seed: of the draws. The futures are those of a run.
        data: what was really known at some meetings.
        progress: told of (stage, share done).
    """
    first = Draws(streams_of(scenario, seed), 0, samples(scenario, fitted))
    batches = -(-draws // BATCH)
    told_of = None if progress is None else partial(progress, "meetings")
    steps = _Steps(told_of, 3 + len(data))
    found = Futures.joined(
        steps.through(lambda b: futures_of(scenario, first.of_batch(b)), batches)
    )
    shapes = shapes_of(fitted)
    used = tuple(Used(found.sample[:, at], shape) for at, shape in enumerate(shapes.values()))
    names, places = concerned(scenario), world_of(scenario)
    rule = policy(found, names, found.rule, places, used) if scenario.contract.stops else None
    meetings = range(len(gates_of(scenario).meetings))
    checked = tuple(_checked(scenario, found, first, places, steps))
    rights = tuple(right(found, names, side, places, used) for side in sides(scenario))
    return Study(
        scenario=scenario,
        seed=seed,
        draws=batches * BATCH,
        before=before(found, used),
        meetings=tuple(forecast(found, at, used) for at in meetings),
        checked=checked,
        rights=tuple(_bounded(scenario, found, rights, first, steps)),
        rule=rule,
        actual=tuple(_actual(scenario, first, one, batches, steps) for one in data),
    )


@dataclass
class _Steps:
    """Passes over all batches, and how far they have come.

    Attributes:
        progress: told of the share done.
        passes: how many there will be.
    """

    progress: Callable[[float], None] | None
    passes: int
    done: int = 0

    def through[Made](self, make: Callable[[int], Made], batches: int) -> list[Made]:
        """Return what is made of every batch, in order."""
        found = []
        for one in in_order(make, batches):
            check()
            found.append(one)
            if self.progress is not None:
                self.progress((self.done + len(found) / batches) / self.passes)
        self.done += 1
        return found


def _actual(
    scenario: ContractScenario, first: Draws, data: Data, batches: int, steps: _Steps
) -> Posterior:
    def one(batch: int) -> Weighed:
        return weighed(Lived.of(scenario, first.of_batch(batch)), data)

    return posterior(data, steps.through(one, batches))


def _bounded(
    scenario: ContractScenario,
    found: Futures,
    rights: Sequence[Right],
    first: Draws,
    steps: _Steps,
) -> Iterator[Right]:
    """Yield each right with what the best rule can gain beside, by as many futures of their own."""
    names, batches = concerned(scenario), len(found.payment) // BATCH
    places, size = world_of(scenario), size_of(batches)
    costs = {one: _ends(told(found, one - 1)[0]) for one in places if one}
    shares = tuple(
        len(found.payment[half]) / len(found.payment) for half in halves(batches * BATCH)
    )
    asked = Asked(
        [one.rules for one in rights],
        shares,
        [names.index(one.side) for one in rights],
        places,
        costs,
    )
    streams = streams_of(scenario, _other(first.streams.seed))
    own = draws_of(streams, scenario.programme, size, first.evidence)

    def one(batch: int) -> Floats:
        # After those that the regression is checked with.
        return gaps_of(scenario, own.of_batch(batches + batch), asked, size)

    sets = np.concatenate(steps.through(one, batches)).mean(axis=1)
    errors = sets.std(axis=0, ddof=1) / np.sqrt(len(sets))
    for each, value, error in zip(rights, sets.mean(axis=0), errors, strict=True):
        yield replace(each, gap=Value(float(value), float(error)))


def _ends(costs: Floats) -> tuple[float, float]:
    known = costs[np.isfinite(costs)]
    return (float(known.min()), float(known.max())) if len(known) else (0.0, 0.0)


def _checked(
    scenario: ContractScenario,
    found: Futures,
    first: Draws,
    places: Mapping[int, int],
    steps: _Steps,
) -> Iterator[Checked]:
    """Yield the regression and exact weights, at futures of low, middle and high cost so far.

    Each future's own data are taken as known; it does not itself count among those that are
    weighed, which are drawn with another seed.
    """
    gates = gates_of(scenario)
    known = [at for at, one in enumerate(gates.meetings) if np.isfinite(found.monthly[:, at]).all()]
    asked = sorted({max((one - 1 for one in places if one - 1 in known), default=-1), *known[-1:]})
    wanted = [(at, q) for at in asked if at >= 0 for q in CHECKED]
    seen = [(at, _like(found, at, q)) for at, q in wanted]
    data = [_data(gates, found, at, draw) for at, draw in seen]
    again = Draws(streams_of(scenario, _other(first.streams.seed)), 0, first.evidence)
    batches = len(found.payment) // BATCH

    def one(batch: int) -> list:  # type: ignore[type-arg]  # of what is weighed, one for each data
        there = Lived.of(scenario, again.of_batch(batch))
        return [weighed(there, each) for each in data]

    parts = steps.through(one, batches) if data else []
    for place, (at, draw) in enumerate(seen):
        expected, _ = cross(told(found, at), found.payment)
        index = told(found, at)[0][draw]
        exact = posterior(data[place], [part[place] for part in parts])
        yield Checked(at, float(index), float(expected[draw]), exact)


def _other(seed: int) -> int:
    """Return a seed that no run of this one uses."""
    return -1 - seed


def _like(found: Futures, at: int, q: float) -> int:
    """Return a future whose cost so far is at a quantile, and the rest as in most futures."""
    cost, persons = told(found, at)
    values, counts = np.unique(persons, return_counts=True)
    usual = persons == values[np.argmax(counts)]
    gap = np.where(usual, np.abs(cost - np.quantile(cost[usual], q)), np.inf)
    return int(np.argmin(gap))


def _data(gates: StageGates, found: Futures, at: int, draw: int) -> Data:
    months = found.months[draw, at]
    cost = found.monthly[draw, at] * months
    index = found.index[draw, at]
    expected = float(cost / index) if np.isfinite(index) else None
    return Data(gates.meetings[at], float(cost), expected, int(found.persons[draw, at]))


__all__ = ["Checked", "Data", "Study", "gates_of", "refused", "study"]
