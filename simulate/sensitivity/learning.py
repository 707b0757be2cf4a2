"""What is expected of some quantities once something that hangs on them has been seen.

E(y | x) by least squares on smooth functions of x, each seen through its normal score among many
futures, and their products in pairs. Nothing of the money is in it, so that the futures can be as
many as are wanted: the fit is close to exact.
"""

from __future__ import annotations

import numpy as np

from simulate.sensitivity.basis import Floats, products, scores, smooth

# Keeps a fit of functions that are the same from running away: counts have few values.
_RIDGE = 1e-9


def expected(y: Floats, seen: Floats, asked: Floats) -> Floats:
    """Return what is expected of ``y`` where ``asked`` is seen, dims (case, column).

    Args:
        y: quantities, dims (future, column).
        seen: what was seen in the same futures, dims (future, statistic).
        asked: what is seen now, dims (case, statistic).

    Example:
        >>> z, noise = np.random.default_rng(1).normal(size=(2, 20_000))
        >>> found = expected(z[:, None], (z + noise)[:, None], np.array([[1.0], [-2.0]]))
        >>> found.round(1).tolist()
        [[0.5], [-1.0]]
    """
    known = [np.sort(one) for one in seen.T]
    design = _functions(known, seen)
    gram, moment = design.T @ design, design.T @ y
    gram[np.diag_indices_from(gram)] += _RIDGE * len(y)
    return np.asarray(_functions(known, asked) @ np.linalg.solve(gram, moment))


def _functions(known: list[Floats], seen: Floats) -> Floats:
    """Return a constant, smooth functions of each statistic, and the products of their scores."""
    lines = np.column_stack([_score(one, x) for one, x in zip(known, seen.T, strict=True)])
    return np.column_stack([np.ones(len(seen)), *map(smooth, lines.T), products(lines)])


def _score(known: Floats, x: Floats) -> Floats:
    """Return the normal scores of values among sorted ones; equal ones in the middle of theirs."""
    below, to = (np.searchsorted(known, x, side=side) for side in ("left", "right"))
    return scores(
        np.clip((below + to) / (2.0 * len(known)), 0.5 / len(known), 1 - 0.5 / len(known))
    )
