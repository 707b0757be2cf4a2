"""Net present value."""

from __future__ import annotations

import numpy as np

from simulate.draws.values import Floats


def npv(flows: Floats, factors: Floats) -> Floats:
    """Return Σ flow × factor over years, dims (draw,), SEK at the base date.

    Args:
        flows: dims (draw, year).
        factors: dims (draw, year) or (1, year).

    Example:
        >>> npv(np.array([[-100.0, 110.0]]), np.array([[1.0, 1.0 / 1.1]])).round(9).tolist()
        [0.0]
    """
    return np.asarray((flows * factors).sum(axis=1))
