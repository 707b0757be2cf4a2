"""What it is worth to know an uncertain factor before a decision: EVPI and EVPPI.

The value of knowing z before choosing among acts d with utility u_d is

    EVPPI = E max_d E(u_d | z) − max_d E u_d

E(u_d | z) comes from regression (Strong, Oakley and Brennan 2014). Put in as it is, its noise is
always to the advantage of the largest, in both terms, and the more so in the last one where the
acts are nearly equal: there the estimate is too low. Here a rule of choice, z → d, is fitted on
some draws and valued on the others, so that no draw both chooses and judges. A rule can only do
worse than the best one, and by the square of its error. Its value is the mean of the fitted curve,
over the known distribution of z, plus the mean of what the fit missed; the effects of all other
factors, whose means are known, are taken out of that.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from simulate.sensitivity.mains import Fit, fits

Floats = NDArray[np.float64]


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
class Known:
    """A factor, or a group of factors, that can become known.

    Attributes:
        places: which of the columns it is made of, in order.
        everywhere: those columns side by side over the whole of its distribution, dims (point,
            column), every point equally likely.
    """

    places: tuple[int, ...]
    everywhere: Floats


def worth(
    utilities: Floats, columns: Sequence[Floats], targets: Sequence[Known]
) -> tuple[Worth, ...]:
    """Return the value of knowing each target before the choice.

    Args:
        utilities: dims (draw, act).
        columns: functions of each factor with known means of zero, dims (draw, column); all that is
            known of the draws, targets and others.
        targets: what can become known.

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
    return tuple(_worth(acts, left, columns, one) for one in targets)


def _worth(
    acts: Sequence[Sequence[Fit]], left: Floats, columns: Sequence[Floats], target: Known
) -> Worth:
    missed = np.empty(len(left))
    means, grids, changed, weights = [], [], [], []
    for fold in range(len(acts[0])):
        own = [one[fold] for one in acts]
        where = own[0].fold
        constants = np.array([one.constant for one in own])
        slopes = np.column_stack(
            [np.concatenate([one.slopes[place] for place in target.places]) for one in own]
        )
        plain = int(np.argmax(constants))
        curve = constants + target.everywhere @ slopes
        gain = curve.max(axis=1) - curve[:, plain]
        there = np.column_stack([columns[place][where] for place in target.places]) @ slopes
        rule = np.argmax(constants + there, axis=1)
        rest = left[where]
        missed[where] = rest[np.arange(len(rest)), rule] - rest[:, plain]
        means.append(float(gain.mean()))
        grids.append(abs(float(gain[::2].mean() - gain[1::2].mean())) / 2.0)
        changed.append(float(np.mean(curve.argmax(axis=1) != plain)))
        weights.append(len(rest) / len(left))
    value = float(np.dot(weights, means)) + float(missed.mean())
    error = float(np.hypot(missed.std() / np.sqrt(len(missed)), np.dot(weights, grids)))
    return Worth(value, error, float(np.dot(weights, changed)))
