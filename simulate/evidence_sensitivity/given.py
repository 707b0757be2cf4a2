"""What the futures say of a mean given the value of one parameter of the evidence.

E[money | parameter = x] under the posterior is what a refit with the parameter fixed at x would
give, since fixing is conditioning. It is read off the futures by local cubic regression on the
parameter's normal score, φ⁻¹ of its rank among the posterior samples: a line would be too straight
where a probability bends towards one.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import scipy
from numpy.typing import NDArray

from simulate.risk.error import Used

Floats = NDArray[np.float64]

# Half the width of the window of the regression, in normal scores.
HALF_WIDTH = 2.0
_DEGREE = 3
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
    powers = np.stack([distance**k for k in range(_DEGREE + 1)])
    normal = (powers * (count * kernel)) @ powers.T
    weights = np.linalg.solve(normal, powers * kernel)
    fitted = weights[:, used.samples] @ y
    rest = y - (fitted @ powers)[used.samples]
    return Given(float(fitted[0]), len(y) * weights[0, used.samples] * rest, inside)
