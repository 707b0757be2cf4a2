"""One factor at a time: the tornado, and how far each has to go before the answer flips."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import scipy

from simulate.evidence_sensitivity.targets import Target
from simulate.risk.error import mcse
from simulate.sensitivity.basis import Floats
from simulate.sensitivity.bench import Bench, Move, Told
from simulate.sensitivity.factors import Factor, value_at

# The ends between which a factor is moved in the tornado, and the furthest it is looked at.
LOW, HIGH = 0.1, 0.9
NEAREST, FURTHEST = 0.005, 0.995
# A posterior has samples, not quantiles: those within this of a percentile are drawn from.
_WINDOW = 0.02
# The answer flips where a probability crosses this, or an expected value changes sign.
_HALF = 0.5
_SCORE, _STEPS = 0.005, 6


@dataclass(frozen=True)
class Bar:
    """An answer with one factor at its low and its high end, and all others random.

    Attributes:
        factor: which.
        low, high: its values there; of an evidence block, those of its headline quantity.
        at_low, at_high, change: the answer, and high minus low, each with its Monte Carlo error.
    """

    factor: Factor
    low: float
    high: float
    at_low: tuple[float, float]
    at_high: tuple[float, float]
    change: tuple[float, float]


@dataclass(frozen=True)
class Switch:
    """Where the answer flips when one factor alone is moved.

    Attributes:
        factor: which.
        percentile: of the factor's own distribution, with its Monte Carlo error; ``None`` when the
            answer stays the same from :data:`NEAREST` to :data:`FURTHEST`.
        value: of the factor there, or of the headline quantity of a block.
        ends: the answer at the nearest and the furthest point, each with its Monte Carlo error.
    """

    factor: Factor
    percentile: tuple[float, float] | None
    value: float | None
    ends: tuple[tuple[float, float], tuple[float, float]]


def threshold(target: Target) -> float:
    """Return the value of a target at which the answer flips."""
    return _HALF if target.unit == "share" else 0.0


def held(factor: Factor, p: float) -> Move:
    """Return the move that holds a factor at a percentile."""
    if factor.kind != "evidence":
        return Move(held=(factor, (p, p)))
    width = min(_WINDOW, p, 1.0 - p)
    return Move(held=(factor, (p - width, p + width)))


@dataclass(frozen=True, eq=False)
class Profile:
    """Answers with each factor held at the four points, dims (factor, point, target, draw)."""

    factors: tuple[Factor, ...]
    answers: Floats

    POINTS = (NEAREST, LOW, HIGH, FURTHEST)


def profile(bench: Bench, factors: Sequence[Factor], told: Told | None = None) -> Profile:
    """Return the answers at the four points of each factor that has percentiles: not chance."""
    own = tuple(member for factor in factors for member in factor.members)
    moves = [held(factor, p) for factor in own for p in Profile.POINTS]
    found = bench.answers(moves, told=told)
    return Profile(own, found.reshape(len(own), len(Profile.POINTS), *found.shape[1:]))


def tornado(bench: Bench, known: Profile, place: int) -> tuple[Bar, ...]:
    """Return the bars of a target, the longest first.

    Args:
        bench: for the values.
        known: the answers.
        place: of the target.
    """
    bars = []
    for factor, answers in zip(known.factors, known.answers, strict=True):
        low, high = answers[1, place], answers[2, place]
        ends = [value_at(factor, p, headline(bench, factor), bench.evidence) for p in (LOW, HIGH)]
        change = float((high - low).mean())
        off = mcse(high - low - change)
        told = (mean_of(low), mean_of(high), (change, off))
        bars.append(Bar(factor, ends[0], ends[1], *told))
    return tuple(sorted(bars, key=lambda bar: -abs(bar.change[0])))


def switches(
    bench: Bench, known: Profile, place: int, told: Told | None = None
) -> tuple[Switch, ...]:
    """Return where a target flips, for each factor; those that flip it first."""
    level = threshold(bench.targets[place])
    found = []
    for done, (factor, answers) in enumerate(zip(known.factors, known.answers, strict=True)):
        means = answers[:, place].mean(axis=1) - level
        crossed = np.flatnonzero(np.sign(means[:-1]) != np.sign(means[1:]))
        ends = (mean_of(answers[0, place]), mean_of(answers[-1, place]))
        if len(crossed) == 0:
            found.append(Switch(factor, None, None, ends))
        else:
            two = slice(crossed[0], crossed[0] + 2)
            at, error = _root(bench, factor, place, list(Profile.POINTS)[two], means[two].tolist())
            value = value_at(factor, at, headline(bench, factor), bench.evidence)
            found.append(Switch(factor, (at, error), value, ends))
        if told is not None:
            told((done + 1) / len(known.factors))
    return tuple(sorted(found, key=lambda one: one.percentile is None))


def _root(
    bench: Bench, factor: Factor, place: int, between: Sequence[float], means: Sequence[float]
) -> tuple[float, float]:
    """Return the percentile at which a target flips, with its error.

    The Illinois rule on normal scores, along which answers are nearly straight.

    Args:
        bench, factor, place: which target of what.
        between: percentiles on either side.
        means: the target there, less its threshold.
    """
    level = threshold(bench.targets[place])
    scores = [float(scipy.special.ndtri(p)) for p in between]
    known = list(zip(scores, means, strict=True))  # where it was looked, and what was found there
    (low, under), (high, over) = known
    side, score, error = 0, low, 0.0
    for _ in range(_STEPS):
        last, score = score, (low * over - high * under) / (over - under)
        answers = bench.answers([held(factor, float(scipy.special.ndtr(score)))])[0, place]
        value, error = mean_of(answers)
        known.append((score, value - level))
        # An end that stays twice weighs half as much, or it would never be left.
        if np.sign(value - level) == np.sign(over):
            high, over = score, value - level
            side, under = 1, under / 2.0 if side == 1 else under
        else:
            low, under = score, value - level
            side, over = -1, over / 2.0 if side == -1 else over
        if abs(value - level) <= error or abs(score - last) < _SCORE:
            break
    score, slope = _crossing(known)
    density = float(np.exp(-0.5 * score**2) / np.sqrt(2.0 * np.pi))
    return float(scipy.special.ndtr(score)), float(min(error / slope, 3.0)) * density


def _crossing(known: Sequence[tuple[float, float]]) -> tuple[float, float]:
    """Return where a curve is zero and how steep it is there, from the points nearest to zero.

    Args:
        known: points of the curve, on both sides of zero.
    """
    score, value = min(known, key=lambda one: abs(one[1]))
    others = [one for one in known if one[1] * value <= 0.0 and one[0] != score]
    other, beyond = min(others, key=lambda one: abs(one[0] - score))
    slope = (beyond - value) / (other - score)
    return score - value / slope, abs(slope)


def headline(bench: Bench, factor: Factor) -> str | None:
    """Return the headline quantity of a block, or nothing of a number."""
    if factor.kind != "evidence":
        return None
    return bench.scenario.evidence[factor.block].headline


def mean_of(values: Floats) -> tuple[float, float]:
    """Return a mean with its error: of what happens in no draw or in all, at least one draw."""
    value = float(values.mean())
    least = 1.0 / len(values) if value in (0.0, 1.0) else 0.0
    return value, max(mcse(values - value), least)
