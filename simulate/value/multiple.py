"""How many times over the investor has its money back."""

from __future__ import annotations

import numpy as np

from simulate.contract.money import Ore
from simulate.draws.values import Floats


def multiple(payment: Ore, drawn: Ore) -> Floats:
    """Return payment / drawn, dims (draw,); NaN where nothing was drawn."""
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(drawn > 0, payment / drawn, np.nan)
