"""What it is worth to know, or to learn something of, an uncertain factor before a decision.

The value of knowing z before choosing whether to take a gain u, or to abstain, is

    EVPPI = E max(E(u | z), 0) − max(E u, 0)

E(u | z) comes from regression (Strong, Oakley and Brennan 2014). Put in as it is, its noise is
always to the advantage of the larger, in both terms, and the more so in the last one where E u is
near nothing: there the estimate is too low. Here a rule of choice is fitted on some draws and
valued on others, so that no draw both chooses and judges. A rule can only do worse than the best
one, and by the square of its error. Its value is the mean of the fitted curve, over the known
distribution of z, plus the mean of what the fit missed; the effects of all other factors, whose
means are known, are taken out of that.

So too for who knows nothing. With m the estimate of E u and s its error, half of the draws choose
by m − δ and the other half, which is m + δ, judges, δ normal with error s. Over all halves

    E 1(m > δ)(m + δ) = m Φ(m/s) − s φ(m/s)

which has no bias where E u = 0, and is a smooth function of m: no error of m decides alone.

A study does not show z but something x that hangs on it. E(u_d | x) is then the same fit with
E(columns | x) in the place of the columns (Strong, Oakley, Brennan and Breeze 2015): EVSI is the
value of the rule that chooses by it. What is chosen and what it is worth are kept apart here too:
the rule sees x, and is valued at z.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import scipy
from numpy.typing import NDArray

from simulate.risk.error import NORMAL, mcse, reach
from simulate.sensitivity.mains import Fit, fits

Floats = NDArray[np.float64]

# A rule is worse by the square of its error: it is fitted on nearly all draws.
_FOLDS = 8
# For means over a standard normal number.
_NODES, _WEIGHTS = np.polynomial.hermite_e.hermegauss(61)
_WEIGHTS = _WEIGHTS / _WEIGHTS.sum()


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
    gain: Floats,
    columns: Sequence[Floats],
    targets: Iterable[Known],
    error: Callable[[Floats], float] = mcse,
) -> tuple[Worth, ...]:
    """Return the value of knowing each target before choosing whether to take the gain.

    Args:
        gain: utility of going ahead over that of abstaining, dims (draw,).
        columns: functions of each factor with known means of zero, dims (draw, column); all that is
            known of the draws, targets and others.
        targets: what can become known; each is asked for when it is its turn.
        error: from the influence of every draw, dims (draw,), to a standard error.

    Example:
        >>> rng = np.random.default_rng(1)
        >>> z, noise = rng.normal(size=(2, 1000, 1))
        >>> from simulate.sensitivity.basis import scores
        >>> grid = scores((np.arange(4096) + 0.5) / 4096)[:, None]
        >>> (found,) = worth((z + 2.0 * noise)[:, 0], [z, noise], [Known((0,), grid)])
        >>> round(found.value, 3), round(found.changes, 3)
        (0.399, 0.5)
    """
    known = fits(gain, columns, _FOLDS)
    left = np.empty_like(gain)
    for fit in known:
        fitted = sum(
            (one[fit.fold] @ slopes for one, slopes in zip(columns, fit.slopes, strict=True)),
            start=np.full(fit.fold.stop - fit.fold.start, fit.constant),
        )
        left[fit.fold] = gain[fit.fold] - fitted
    asked = _Asked(known, columns, left, error)
    return tuple(asked.worth(one) for one in targets)


@dataclass(frozen=True)
class _Plain:
    """What is chosen when nothing more is known.

    Attributes:
        mean: of the gain.
        error: of that mean.
    """

    mean: float
    error: float

    def value(self, off: Floats) -> Floats:
        """Return what choosing by the mean is worth, had the mean been off by so many errors."""
        mean = self.mean + self.error * off
        x = mean / max(self.error, 1e-300)
        return np.asarray(mean * scipy.special.ndtr(x) - self.error * _density(x))


def _density(x: Floats) -> Floats:
    return np.asarray(np.exp(-0.5 * np.square(x)) / np.sqrt(2.0 * np.pi))


@dataclass(frozen=True, eq=False)
class _Asked:
    """The draws, and what was fitted to them.

    Attributes:
        known: the fits, one for each part of the draws.
        columns: of each factor, dims (draw, column).
        left: what the fit that was not made on a draw missed there, dims (draw,).
        law: from the influence of every draw, dims (draw,), to a standard error.
    """

    known: Sequence[Fit]
    columns: Sequence[Floats]
    left: Floats
    law: Callable[[Floats], float]

    def error(self, of: Floats) -> float:
        """Return the standard error of a mean, of dims (draw,)."""
        return self.law(of - of.mean())

    @cached_property
    def weights(self) -> list[float]:
        """Of each fit: the share of the draws that it is used on."""
        return [(one.fold.stop - one.fold.start) / len(self.left) for one in self.known]

    @cached_property
    def plain(self) -> _Plain:
        """What is chosen when nothing more is known."""
        constants = [one.constant for one in self.known]
        mean = float(np.dot(self.weights, constants)) + float(self.left.mean())
        return _Plain(mean, self.error(self.left))

    def worth(self, target: Known) -> Worth:
        """Return the value of knowing a target."""
        plain, points = self.plain, np.zeros(len(target.everywhere))
        ruled, more, changes = np.empty(len(self.left), dtype=bool), np.zeros_like(points), 0.0
        for fit, weight in zip(self.known, self.weights, strict=True):
            slopes = np.concatenate([fit.slopes[place] for place in target.places])
            curve = fit.constant + target.everywhere @ slopes
            if target.expected is None:
                chosen = curve > 0.0
                there = np.column_stack([self.columns[place][fit.fold] for place in target.places])
            else:
                chosen = fit.constant + target.expected.everywhere @ slopes > 0.0
                there = target.expected.drawn[fit.fold]
            ruled[fit.fold] = fit.constant + there @ slopes > 0.0
            gain = np.where(chosen, curve, 0.0)
            points += weight * _steadied(gain, curve - fit.constant)
            more += weight * (gain - curve * (plain.mean > 0.0))
            changes += weight * float(np.mean(chosen != (plain.mean > 0.0)))
        missed = np.where(ruled, self.left, 0.0)
        value = float(points.mean()) + float(missed.mean()) - float(plain.value(np.zeros(1))[0])
        if target.blocks == 0:  # points and draws go together, draw by draw
            missed = missed + points.reshape(-1, len(missed)).mean(axis=0)
        beside = _off(more if target.blocks == 1 else points, target.blocks)
        off = float(np.hypot(self._off(missed), beside))
        return Worth(value, off, changes, reach(len(missed)))

    def _off(self, gained: Floats) -> float:
        """Return the standard error of what the rule gains, less that of choosing by the mean.

        The last term bends with the mean. What is straight in it is counted draw by draw with what
        the rule gains, as they go together; what bends, as a function of a normal number.
        """
        bent, error = self.plain.value(_NODES), self.plain.error
        slope = float(_WEIGHTS @ (_NODES * bent)) / max(error, 1e-300)
        rest = bent - slope * error * _NODES
        spread = float(_WEIGHTS @ np.square(rest) - (_WEIGHTS @ rest) ** 2)
        return float(np.hypot(self.error(gained - slope * self.left), np.sqrt(max(spread, 0.0))))


def _steadied(gain: Floats, known: Floats) -> Floats:
    """Return a gain with the same mean, less what goes with something whose mean is known as 0."""
    covariance = np.cov(gain, known)
    return np.asarray(gain - covariance[0, 1] / max(covariance[1, 1], 1e-300) * known)


def _off(gains: Floats, blocks: int) -> float:
    """Return the standard error of the mean over the points.

    Of points that are a whole distribution it is what they cannot follow between them: by how much
    every other step is larger than those beside it. Of few blocks it is itself uncertain: it is as
    much larger as Student's interval is.
    """
    if blocks == 0:
        return 0.0
    if blocks == 1:
        steps = np.diff(gains)
        return abs(float(steps[::2].sum() - steps[1::2].sum())) / len(gains)
    means = gains.reshape(blocks, -1).mean(axis=1)
    wider = scipy.special.stdtrit(blocks - 1, 0.975) / scipy.special.stdtrit(np.inf, 0.975)
    return float(wider * means.std(ddof=1) / np.sqrt(blocks))
