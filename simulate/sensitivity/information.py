"""What it is worth to know, or to learn something of, an uncertain factor before a decision.

The value of knowing z before choosing among acts d with utility u_d is

    EVPPI = E max_d E(u_d | z) − max_d E u_d

E(u_d | z) comes from regression (Strong, Oakley and Brennan 2014). Put in as it is, its noise is
always to the advantage of the largest, in both terms, and the more so in the last one where the
acts are nearly equal: there the estimate is too low. Here a rule of choice, z → d, is fitted on
some draws and valued on the others, so that no draw both chooses and judges. A rule can only do
worse than the best one, and by the square of its error. Its value is the mean of the fitted curve,
over the known distribution of z, plus the mean of what the fit missed; the effects of all other
factors, whose means are known, are taken out of that.

A study does not show z but something x that hangs on it. E(u_d | x) is then the same fit with
E(columns | x) in the place of the columns (Strong, Oakley, Brennan and Breeze 2015): EVSI is the
value of the rule that chooses by it. What is chosen and what it is worth are kept apart here too:
the rule sees x, and is valued at z.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from simulate.risk.error import NORMAL, mcse, reach
from simulate.sensitivity.mains import Fit, fits

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Worth:
    """The value of some information.

    Attributes:
        value: in the unit of the utility; below zero only by its error.
        error: standard error.
        changes: probability that the information changes what is chosen.
        reach: of the 95 % interval, in standard errors.
    """

    value: float
    error: float
    changes: float
    reach: float = NORMAL

    @property
    def low(self) -> float:
        """Lower end of the 95 % interval."""
        return self.value - self.reach * self.error

    @property
    def high(self) -> float:
        """Upper end of the 95 % interval."""
        return self.value + self.reach * self.error


@dataclass(frozen=True, eq=False)
class Expected:
    """What is expected of some columns by who has seen a study.

    Attributes:
        everywhere: at the points of :attr:`Known.everywhere`, dims (point, column).
        drawn: in the draws, dims (draw, column).
    """

    everywhere: Floats
    drawn: Floats


@dataclass(frozen=True, eq=False)
class Known:
    """A factor, or a group of factors, that can become known, or of which something can.

    Attributes:
        places: which of the columns it is made of, in order.
        everywhere: those columns side by side over the whole of its distribution, dims (point,
            column), every point equally likely.
        expected: where a study tells something of them; left out, they become known themselves.
        blocks: into how many runs of points they fall that are independent of each other; with
            one, they are the whole of the distribution, in order of size; with none, they are those
            of the draws, in the same order, once or several times over.
    """

    places: tuple[int, ...]
    everywhere: Floats
    expected: Expected | None = None
    blocks: int = 1


def worth(
    utilities: Floats,
    columns: Sequence[Floats],
    targets: Iterable[Known],
    error: Callable[[Floats], float] = mcse,
) -> tuple[Worth, ...]:
    """Return the value of knowing each target before the choice.

    Args:
        utilities: dims (draw, act).
        columns: functions of each factor with known means of zero, dims (draw, column); all that is
            known of the draws, targets and others.
        targets: what can become known; each is asked for when it is its turn.
        error: from the influence of every draw, dims (draw,), to a standard error.

    Example:
        >>> rng = np.random.default_rng(1)
        >>> z, noise = rng.normal(size=(2, 1000, 1))
        >>> u = np.column_stack([(z + 2.0 * noise)[:, 0], np.zeros(1000)])
        >>> from simulate.sensitivity.basis import scores
        >>> grid = scores((np.arange(4096) + 0.5) / 4096)[:, None]
        >>> (found,) = worth(u, [z, noise], [Known((0,), grid)])
        >>> round(found.value, 3), round(found.changes, 3)
        (0.399, 0.5)
    """
    acts = [fits(utilities[:, act], columns) for act in range(utilities.shape[1])]
    left = np.empty_like(utilities)
    for act, known in enumerate(acts):
        for fit in known:
            fitted = sum(
                (one[fit.fold] @ slopes for one, slopes in zip(columns, fit.slopes, strict=True)),
                start=np.full(fit.fold.stop - fit.fold.start, fit.constant),
            )
            left[fit.fold, act] = utilities[fit.fold, act] - fitted
    return tuple(_worth(acts, left, columns, one, error) for one in targets)


def _worth(
    acts: Sequence[Sequence[Fit]],
    left: Floats,
    columns: Sequence[Floats],
    target: Known,
    error: Callable[[Floats], float],
) -> Worth:
    missed, gains = np.empty(len(left)), np.zeros(len(target.everywhere))
    changes = beside = 0.0
    for fold in range(len(acts[0])):
        own = [one[fold] for one in acts]
        where = own[0].fold
        constants = np.array([one.constant for one in own])
        slopes = np.column_stack(
            [np.concatenate([one.slopes[place] for place in target.places]) for one in own]
        )
        plain = int(np.argmax(constants))
        curve = constants + target.everywhere @ slopes
        if target.expected is None:
            chosen = curve.argmax(axis=1)
            there = np.column_stack([columns[place][where] for place in target.places])
        else:
            chosen = np.argmax(constants + target.expected.everywhere @ slopes, axis=1)
            there = target.expected.drawn[where]
        rule = np.argmax(constants + there @ slopes, axis=1)
        rest = left[where]
        missed[where] = rest[np.arange(len(rest)), rule] - rest[:, plain]
        weight = len(rest) / len(left)
        gain = curve[np.arange(len(curve)), chosen] - curve[:, plain]
        gains += weight * gain
        beside += weight * _off(gain, target.blocks)
        changes += weight * float(np.mean(chosen != plain))
    value = float(gains.mean()) + float(missed.mean())
    if target.blocks == 0:  # points and draws go together, draw by draw
        missed = missed + gains.reshape(-1, len(missed)).mean(axis=0)
    off = float(np.hypot(error(missed - missed.mean()), beside))
    return Worth(value, off, changes, reach(len(missed)))


def _off(gains: Floats, blocks: int) -> float:
    """Return the standard error of the mean over the points.

    Of points that are a whole distribution it is what they cannot follow between them: by how much
    every other step is larger than those beside it.
    """
    if blocks == 0:
        return 0.0
    if blocks == 1:
        steps = np.diff(gains)
        return abs(float(steps[::2].sum() - steps[1::2].sum())) / len(gains)
    means = gains.reshape(blocks, -1).mean(axis=1)
    return float(means.std(ddof=1) / np.sqrt(blocks))
