"""What a stage gate can know: cost so far of those included, as a bridge to what is measured.

The cost of a person through the whole window is gamma with mean m and coefficient of variation CV.
It is the sum of a stable level and of what comes anew, ρ being the stable share of the variance::

    S ~ Gamma(ρ/CV²) · m CV²          falls due evenly: f S when the fraction f has fallen due
    R ~ Gamma((1 − ρ)/CV²) · m CV²    comes as a gamma process: independent parts, R(f) by f

Sums over persons are of the same kind. Given the whole group's cost A, which the measure has drawn,
the shares of it are therefore Dirichlet and independent of A: for each cohort c its stable level
and what comes anew between meetings. They are drawn as gamma variables divided by their sum, so
that in every future the cost so far ends at just the A that is measured.

Without front loading f is g, the expected cost with the insats of the elapsed part of the window
over that of all of it. With the first months e^φ times as dear as the profile says it is

    f = e^φ g / (1 + (e^φ − 1) g)
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import scipy

from simulate.draws.draw import Draws, full
from simulate.draws.factors import GATES, course_name, stable_name
from simulate.draws.remembered import remembered
from simulate.draws.values import Floats
from simulate.measurement.measured import Luck, Measured
from simulate.measurement.window import Window
from simulate.programme import Intake, year_of
from simulate.scenario.tree.gates import StageGates
from simulate.scenario.tree.measurements import CostSaving
from simulate.scenario.tree.outcomes import CostOutcome
from simulate.scenario.tree.scenario import ContractScenario
from simulate.truth.truth import TrueOutcome, Truth


@dataclass(frozen=True)
class Elapsed:
    """How much of every person's window is known at each meeting.

    Attributes:
        time: share of the window, dims (draw, meeting, cohort).
        cost: share of the expected cost in the window, with the insats, same dims.
    """

    time: Floats
    cost: Floats


@dataclass(frozen=True)
class Shares:
    """The parts that make up the whole group's cost in the window; over all of them they sum to 1.

    Attributes:
        stable: of each cohort's stable level, dims (draw, cohort).
        anew: of what each cohort costs beside it since the meeting before, dims (draw, meeting,
            cohort).
        rest: of what comes after the last meeting, dims (draw, cohort).
        shapes: of the gamma variables that ``stable``, ``anew`` and ``rest`` are made of, same
            dims.
    """

    stable: Floats
    anew: Floats
    rest: Floats
    shapes: tuple[Floats, Floats, Floats]

    @property
    def shape(self) -> Floats:
        """Of all that has come anew by each meeting, as a gamma variable, dims (draw, meeting)."""
        return np.cumsum(self.shapes[1].sum(axis=2), axis=1)

    @property
    def cohorts(self) -> Floats:
        """Each cohort's share of the cost, dims (draw, cohort)."""
        return np.asarray(self.stable + self.anew.sum(axis=1) + self.rest)

    def level(self, elapsed: Elapsed) -> Floats:
        """Return what has fallen due of the stable levels, dims (draw, meeting)."""
        return np.asarray((self.stable[:, None, :] * elapsed.cost).sum(axis=2))

    def known(self, elapsed: Elapsed) -> Floats:
        """Return the share of the cost that is known at each meeting, dims (draw, meeting)."""
        return np.asarray(self.level(elapsed) + np.cumsum(self.anew.sum(axis=2), axis=1))


@dataclass(frozen=True)
class Interim:
    """What is known at each meeting, dims (draw, meeting); nothing of it looks ahead.

    Attributes:
        persons: included before the meeting.
        months: person-months whose cost is known.
        share: of all person-months in the windows of those who will be included.
        cost: of those months, SEK; scaled up where some cannot be followed.
        yardstick: expected cost of all who will be included in their whole windows, SEK, dims
            (draw,); ``None`` where it is not known at the meetings.
        total: cost in the end, scaled up in the same way, SEK, dims (draw,); not known.
        unit: of the gamma variables that it is made of, SEK, dims (draw,).
        shares: how it is made up; not known at any meeting.
        elapsed: what the windows are known of.
    """

    persons: Floats
    months: Floats
    share: Floats
    cost: Floats
    yardstick: Floats | None
    total: Floats
    unit: Floats
    shares: Shares
    elapsed: Elapsed

    @property
    def expected(self) -> Floats | None:
        """Expected cost of the same months by the yardstick, SEK; ``None`` where not known."""
        return None if self.yardstick is None else np.asarray(self.yardstick[:, None] * self.share)

    @property
    def index(self) -> Floats:
        """Cost so far over the expected; NaN where no month is known, or the yardstick is not."""
        expected = self.expected
        if expected is None:
            return np.full(self.cost.shape, np.nan)
        with np.errstate(divide="ignore", invalid="ignore"):
            return np.where(self.months > 0.0, self.cost / expected, np.nan)

    @property
    def monthly(self) -> Floats:
        """Cost so far of a person-month, SEK; NaN where none is known."""
        with np.errstate(divide="ignore", invalid="ignore"):
            return np.where(self.months > 0.0, self.cost / self.months, np.nan)


def interim(
    scenario: ContractScenario,
    draws: Draws,
    intake: Intake,
    truth: Truth,
    chance: Mapping[str, Luck],
    measured: Mapping[str, Measured],
) -> Interim:
    """Return what is known at each stage gate in each future where funding goes on.

    A pure function of the stages before it; whoever values interim data needs no more.

    Args:
        scenario: with stage gates.
        draws: whose streams know the factors of the gates.
        intake, truth, chance, measured: the stages before, as they are without any stop.

    Raises:
        ValueError: the scenario has no stage gates on a measured saving.
    """
    gates = scenario.contract.stage_gates
    measure = None if gates is None else scenario.measurements.get(gates.measure)
    outcome = scenario.outcomes.get(getattr(measure, "outcome", ""))
    if gates is None or not isinstance(measure, CostSaving) or not isinstance(outcome, CostOutcome):
        raise ValueError("no stage gates on a measured saving")
    elapsed = elapsed_of(gates, (measure, outcome), draws, intake, truth[measure.outcome])
    luck, found = chance[gates.measure], measured[gates.measure]
    square = np.maximum(np.square(draws.of(outcome.cv)), 1e-12)
    followed = _followed(luck, intake)
    shapes = followed / np.reshape(square, (-1, 1))
    shares = shares_of(gates, shapes, elapsed, draws)
    mean = found.parts["actual"] - found.parts["chance"]
    total = full(np.asarray(mean * luck["actual"]), len(intake.total))
    whole = np.maximum(intake.total, 1.0)[:, None]
    weights = intake.persons[:, None, :] * elapsed.time
    share = weights.sum(axis=2) / whole
    meetings = np.asarray([year_of(day) for day in gates.meetings])
    window = np.reshape(draws.of(measure.window), (-1, 1))
    expected = found.parts["expected"]
    return Interim(
        persons=_included(intake, meetings),
        months=12.0 * window * share * intake.total[:, None],
        share=share,
        cost=np.reshape(total, (-1, 1)) * shares.known(elapsed),
        yardstick=full(np.asarray(expected), len(total)) if gates.yardstick_known else None,
        total=total,
        unit=full(np.asarray(mean * square / np.maximum(followed.sum(axis=1), 1.0)), len(total)),
        shares=shares,
        elapsed=elapsed,
    )


def _included(intake: Intake, meetings: Floats) -> Floats:
    return np.asarray(intake.persons @ (intake.starts[:, None] < meetings[None, :]))


def _followed(luck: Luck, intake: Intake) -> Floats:
    """Persons of each cohort whose cost can be followed, in proportion, dims (draw, cohort)."""
    part = luck["followed"] / np.maximum(intake.total, 1.0)
    return np.asarray(intake.persons * np.reshape(part, (-1, 1)))


def elapsed_of(
    gates: StageGates,
    of: tuple[CostSaving, CostOutcome],
    draws: Draws,
    intake: Intake,
    true: TrueOutcome,
) -> Elapsed:
    """Return how much of the windows is known at each meeting.

    Args:
        gates: when, and how late costs become known.
        of: the measure and its outcome.
        draws, intake: the batch.
        true: what the insats causes.
    """
    measure, outcome = of
    window = Window.of(measure, intake, draws)

    def column(x: Floats) -> Floats:
        return np.reshape(x, (-1, 1, 1))

    length, start = column(window.length), column(window.start)
    lag = column(draws.of(gates.reporting_lag))
    meetings = np.asarray([year_of(day) for day in gates.meetings])[None, :, None]
    passed = np.clip(meetings - lag - intake.starts[None, None, :] - start, 0.0, length)
    passed = np.broadcast_to(passed, (len(intake.total), *passed.shape[1:]))
    level = column(draws.of(outcome.cost_per_person) / draws.of(outcome.per))
    course = true.course.by_draw(2)

    def due(t: Floats) -> Floats:
        avoided = course.until(start + t) - course.until(start)
        return np.asarray(level * t - column(true.yearly) * avoided)

    plain = np.clip(due(passed) / due(length), 0.0, 1.0)
    first = np.exp(column(draws.of(gates.front_load)))
    return Elapsed(passed / length, first * plain / (1.0 + (first - 1.0) * plain))


@remembered
def _gamma(u: Floats, shape: Floats) -> Floats:
    """Return gamma quantiles; nothing where the shape is nothing."""
    some = shape > 1e-12
    found = np.zeros(shape.shape)
    found[some] = scipy.special.gammaincinv(shape[some], u[some])
    return found


def shares_of(gates: StageGates, shapes: Floats, elapsed: Elapsed, draws: Draws) -> Shares:
    """Return how the cost is made up.

    Args:
        gates: for how stable costs are.
        shapes: of each cohort's cost as a gamma variable, dims (draw, cohort).
        elapsed: at the meetings.
        draws: whose streams know the factors of the gates.
    """
    stable = np.reshape(draws.of(gates.stable), (-1, 1))
    edges = np.concatenate([np.zeros_like(elapsed.cost[:, :1]), elapsed.cost], axis=1)
    pieces = np.maximum(np.diff(edges, axis=1), 0.0) * ((1.0 - stable) * shapes)[:, None, :]
    after = (1.0 - stable) * shapes * (1.0 - edges[:, -1])
    level = stable * shapes + np.zeros_like(after)

    def drawn(name: str, shape: Floats) -> Floats:
        if not np.any(shape > 1e-12):
            return np.zeros(len(shape))
        return draws.made((GATES, name), _gamma, np.ascontiguousarray(shape))

    cohorts, meetings = range(shapes.shape[1]), range(pieces.shape[1])
    own = np.stack([drawn(stable_name(c), level[:, c]) for c in cohorts], axis=1)
    rest = np.stack([drawn(course_name(c, None), after[:, c]) for c in cohorts], axis=1)
    anew = np.stack(
        [
            np.stack([drawn(course_name(c, m), pieces[:, m, c]) for c in cohorts], axis=1)
            for m in meetings
        ],
        axis=1,
    )
    total = own.sum(axis=1) + rest.sum(axis=1) + anew.sum(axis=(1, 2))
    # Without variation, and without persons, everything falls due as expected.
    even = total <= 0.0
    safe = np.where(even, 1.0, total)
    weight = shapes / np.maximum(shapes.sum(axis=1, keepdims=True), 1e-300)
    return Shares(
        np.where(even[:, None], weight, own / safe[:, None]),
        np.where(even[:, None, None], 0.0, anew / safe[:, None, None]),
        np.where(even[:, None], 0.0, rest / safe[:, None]),
        (level, pieces, after),
    )
