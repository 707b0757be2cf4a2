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

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import scipy
from numpy.typing import NDArray

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
    """

    value: float
    error: float
    changes: float

    @property
    def low(self) -> float:
        """Lower end of the 95 % interval."""
        return self.value - 1.96 * self.error

    @property
    def high(self) -> float:
        """Upper end of the 95 % interval."""
        return self.value + 1.96 * self.error


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
            one, the points are a grid.
    """

    places: tuple[int, ...]
    everywhere: Floats
    expected: Expected | None = None
    blocks: int = 1


def worth(gain: Floats, columns: Sequence[Floats], targets: Iterable[Known]) -> tuple[Worth, ...]:
    """Return the value of knowing each target before choosing whether to take the gain.

    Args:
        gain: utility of going ahead over that of abstaining, dims (draw,).
        columns: functions of each factor with known means of zero, dims (draw, column); all that is
            known of the draws, targets and others.
        targets: what can become known; each is asked for when it is its turn.

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
    plain = _plain(known, left)
    return tuple(_worth(known, left, columns, plain, one) for one in targets)


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


def _plain(known: Sequence[Fit], left: Floats) -> _Plain:
    mean = _weighted(known, [one.constant for one in known]) + float(left.mean())
    return _Plain(mean, float(left.std()) / np.sqrt(len(left)))


def _weighted(known: Sequence[Fit], each: Sequence[float]) -> float:
    sizes = np.array([one.fold.stop - one.fold.start for one in known])
    return float(np.dot(sizes / sizes.sum(), each))


def _worth(
    known: Sequence[Fit], left: Floats, columns: Sequence[Floats], plain: _Plain, target: Known
) -> Worth:
    ruled = np.empty(len(left), dtype=bool)
    means, grids, changed = [], [], []
    for fit in known:
        slopes = np.concatenate([fit.slopes[place] for place in target.places])
        curve = fit.constant + target.everywhere @ slopes
        if target.expected is None:
            chosen = curve > 0.0
            there = np.column_stack([columns[place][fit.fold] for place in target.places])
        else:
            chosen = fit.constant + target.expected.everywhere @ slopes > 0.0
            there = target.expected.drawn[fit.fold]
        ruled[fit.fold] = fit.constant + there @ slopes > 0.0
        gain = np.where(chosen, curve, 0.0)
        steady = _steadied(gain, curve - fit.constant)
        means.append(float(steady.mean()))
        more = gain - curve * (plain.mean > 0.0)
        grids.append(_off(more if target.blocks == 1 else steady, target.blocks))
        changed.append(float(np.mean(chosen != (plain.mean > 0.0))))
    missed = np.where(ruled, left, 0.0)
    value = _weighted(known, means) + float(missed.mean()) - float(plain.value(np.zeros(1))[0])
    error = float(np.hypot(_error(missed, left, plain), _weighted(known, grids)))
    return Worth(value, error, _weighted(known, changed))


def _steadied(gain: Floats, known: Floats) -> Floats:
    """Return a gain with the same mean, less what goes with something whose mean is known as 0."""
    covariance = np.cov(gain, known)
    return np.asarray(gain - covariance[0, 1] / max(covariance[1, 1], 1e-300) * known)


def _error(missed: Floats, left: Floats, plain: _Plain) -> float:
    """Return the standard error of what the rule gains, less that of choosing by the mean.

    What the rule missed goes with the mean to some part, and is normal beside it; the last term
    bends with the mean, so that its error is that of a bent function of a normal number.
    """
    covariance = np.cov(missed, left)
    slope = covariance[0, 1] / max(covariance[1, 1], 1e-300)
    beside = max(covariance[0, 0] - slope * covariance[0, 1], 0.0) / len(left)
    bent = plain.value(_NODES) - plain.value(np.zeros(1))
    together = slope * plain.error * _NODES - bent
    spread = _WEIGHTS @ np.square(together) - (_WEIGHTS @ together) ** 2
    return float(np.sqrt(beside + max(float(spread), 0.0)))


def _off(gain: Floats, blocks: int) -> float:
    """Return the standard error of the mean over the points.

    Of few blocks it is itself uncertain: it is as much larger as Student's interval is.
    """
    if blocks == 1:
        return abs(float(gain[::2].mean() - gain[1::2].mean())) / 2.0
    means = gain.reshape(blocks, -1).mean(axis=1)
    wider = scipy.stats.t.ppf(0.975, blocks - 1) / 1.96
    return float(wider * means.std(ddof=1) / np.sqrt(blocks))
