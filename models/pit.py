"""Probability integral transforms: where in its predictive distribution each unit was seen.

A value u = F(y−) + v·(F(y) − F(y−)) with v uniform is itself uniform if F is the distribution of y
(Rosenblatt 1952; Brockwell 2007 with atoms). One v a unit, the same in all samples: the mean of u
over a posterior is then such a value of the predictive distribution.
"""

from __future__ import annotations

import numpy as np

from models.interface import Floats


def drawn(below: Floats, upto: Floats, rng: np.random.Generator) -> Floats:
    """Return P(new unit ≤ the observed one), drawn evenly where many are alike.

    Args:
        below: P(new < observed), dims (sample, unit).
        upto: P(new ≤ observed), same dims. Of who was not observed 0 and 1, which gives an even
            draw from 0 to 1.
        rng: draws one number a unit.

    Example:
        >>> rng = np.random.default_rng(1)
        >>> found = drawn(np.full((2, 3), 0.2), np.full((2, 3), 0.6), rng)
        >>> bool(np.all((found > 0.2) & (found < 0.6)) and np.all(found[0] == found[1]))
        True
    """
    low, high = np.clip(below, 0.0, 1.0), np.clip(upto, 0.0, 1.0)
    return np.asarray(low + rng.random(low.shape[-1]) * (high - low))
