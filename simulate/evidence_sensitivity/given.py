"""What the futures say of a mean given the value of one parameter of the evidence.

E[money | parameter = x] under the posterior is what a refit with the parameter fixed at x would
give, since fixing is conditioning. It is read off the futures by local linear regression on the
parameter's normal score, φ⁻¹ of its rank among the posterior samples.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import scipy
from numpy.typing import NDArray

from simulate.risk.error import Used

Floats = NDArray[np.float64]

# Half the width of the window of the regression, in normal scores.
HALF_WIDTH = 1.0
# Closer to the ends of the posterior than this nothing can be read off.
_EDGE = 0.01


@dataclass(frozen=True, eq=False)
class Given:
    """A mean given the value of a parameter.

    Attributes:
        value: the mean.
        influence: of every draw, dims (draw,), for its Monte Carlo error.
        inside: whether the value lies where the posterior has samples.
    """

    value: float
    influence: Floats
    inside: bool


def scores(samples: Floats) -> Floats:
    """Return the normal scores of samples, dims (sample,); equal samples have equal scores."""
    ranks = scipy.stats.rankdata(samples)
    return np.asarray(scipy.special.ndtri((ranks - 0.5) / len(samples)))


def given(y: Floats, samples: Floats, used: Used, at: float) -> Given:
    """Return the mean of ``y`` given that the parameter is ``at``.

    Args:
        y: of every future, dims (draw,).
        samples: posterior samples of the parameter, dims (sample,), chain after chain.
        used: which sample each future used.
        at: value of the parameter.
    """
    below = (np.mean(samples < at) + np.mean(samples <= at)) / 2.0
    inside = bool(_EDGE <= below <= 1.0 - _EDGE)
    centre = float(scipy.special.ndtri(np.clip(below, _EDGE, 1.0 - _EDGE)))
    distance = scores(samples) - centre
    kernel = np.maximum(1.0 - (distance / HALF_WIDTH) ** 2, 0.0)
    # All futures of a sample share its place, so sums over samples will do.
    count = used.count.reshape(-1)
    moments = [float(np.sum(count * kernel * distance**k)) for k in range(3)]
    determinant = moments[0] * moments[2] - moments[1] ** 2
    weight = kernel * (moments[2] - moments[1] * distance) / determinant
    slope = kernel * (moments[0] * distance - moments[1]) / determinant
    weight_of, slope_of = weight[used.samples], slope[used.samples]
    value, rise = float(weight_of @ y), float(slope_of @ y)
    rest = y - (value + rise * distance[used.samples])
    return Given(value, len(y) * weight_of * rest, inside)
