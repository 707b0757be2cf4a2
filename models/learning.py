"""How much the data moved each parameter: the one home of what counts as learned.

Standard deviations are told in the unit of the parameter. They are compared on the scale on which
they say most: the logarithm for a lognormal prior, whose own standard deviation hangs on a far tail
that hardly any draw reaches, and for a derived amount, number or ratio, which is never negative.
"""

from __future__ import annotations

import numpy as np

from models import distributions as d
from models.interface import Floats, Model, Samples
from models.number import Number
from models.posterior import LEARNED_LIMIT, Learning
from models.quantity import SHARE, Dimension
from models.spec import Evidence


def table(model: Model, spec: Evidence, prior: Samples, posterior: Samples) -> dict[str, Learning]:
    """Return how much each parameter and quantity was moved.

    Args:
        model, spec: of the block.
        prior, posterior: parameters and what is derived of them, any shape.
    """
    known = model.parameters(spec)
    return {
        name: compared(known.get(name), spec.quantities.get(name), prior[name], posterior[name])
        for name in model.learned_from(spec, model.sizes(spec))
    }


def compared(
    number: Number | None, dimension: Dimension | None, before: Floats, after: Floats
) -> Learning:
    """Return how much one parameter or derived quantity was moved.

    Args:
        number: its prior; ``None`` for what is derived.
        dimension: of what is derived, where it is handed on.
        before, after: draws from prior and posterior, any shape.

    Example:
        >>> rng = np.random.default_rng(1)
        >>> found = compared(None, None, rng.normal(0, 2, 9000), rng.normal(0, 1, 9000))
        >>> round(found.ratio, 1), found.learned
        (0.5, True)
    """
    if np.ptp(before) == 0:
        return Learning(0.0, 0.0, 1.0, False)
    law = None if number is None else number.distribution
    shown, own = _moments(law, before), _moments(None, after)
    first, last = shown, own
    logarithm = None if law is None else law.on_log()
    amount = number is None and dimension is not None and _endless(dimension)
    if (logarithm or amount) and min(np.min(before), np.min(after)) > 0.0:
        first, last = _moments(logarithm, np.log(before)), _moments(None, np.log(after))
    ratio = last[1] / first[1]
    # Data can move a parameter far and leave it as wide: a share from nought to a half.
    moved = abs(last[0] - first[0]) > first[1]
    return Learning(shown[1], own[1], ratio, ratio <= LEARNED_LIMIT or moved)


def _endless(dimension: Dimension) -> bool:
    return dimension.lowest == 0.0 and dimension is not SHARE


def _moments(law: d.Distribution | None, draws: Floats) -> tuple[float, float]:
    """Mean and standard deviation: exact where the distribution can tell, else of the draws."""
    exact = None if law is None else law.moments()
    return exact or (float(np.mean(draws)), float(np.std(draws, ddof=1)))
