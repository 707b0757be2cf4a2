"""What decides how bad it is, where it is bad: ranking inside the region of an event."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from simulate.risk.error import mcse, reach
from simulate.sensitivity.basis import Floats
from simulate.sensitivity.shapley import explained
from simulate.sensitivity.sobol import Index


def inside(
    y: Floats,
    event: NDArray[np.bool_],
    columns: Sequence[Floats],
    error: Callable[[Floats], float] = mcse,
) -> tuple[Index, ...]:
    """Return how much of the variance of ``y`` inside the event each factor goes with.

    That is Var E(y | x, event) / Var(y | event), by regression corrected for its number of
    functions. Inside an event the factors hang together, so the shares do not add up.

    Args:
        y: dims (draw,).
        event: dims (draw,).
        columns: functions of each factor, dims (draw, column).
        error: from the influence of every draw, dims (draw,), to a standard error.

    Example:
        >>> x = np.random.default_rng(1).normal(size=(2, 4000))
        >>> one, other = inside(x[0], x[0] < 0.0, [x[0][:, None], x[1][:, None]])
        >>> round(one.value, 3), abs(other.value) < 0.01
        (1.0, True)
    """
    own = y[event]
    if len(own) == 0 or np.ptp(own) == 0.0:
        return tuple(Index(0.0, 0.0) for _ in columns)
    centred = own - own.mean()
    variance = float(np.mean(centred**2))
    found = []
    for one in columns:
        part = explained(own, one[event])
        value = float(part.mean()) / variance
        influence = np.zeros(len(y))
        influence[event] = (part - value * centred**2) / variance / event.mean()
        found.append(Index(value, error(influence), reach(len(y))))
    return tuple(found)
