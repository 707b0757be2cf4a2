"""An insats in ordinary operations: what it costs to run, and whether it saves as much."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from models.language import mark
from simulate.risk.estimate import mean, probability
from simulate.risk.measures.base import Measure, View


def _pays(view: View) -> NDArray[np.bool_]:
    saved, cost = (view.own(f"running_{name}_ore", "running") for name in ("saved", "cost"))
    return np.asarray(saved >= cost)


MEASURES = (
    Measure(
        "running_cost_mean",
        "sek",
        "running",
        mark("Kostnad för driften, alla år, i genomsnitt"),
        lambda view: mean(view.own("running_cost_ore", "running") / 100.0),
    ),
    Measure(
        "running_saved_mean",
        "sek",
        "running",
        mark("Besparing i kommunen av driften, alla år, i genomsnitt"),
        lambda view: mean(view.own("running_saved_ore", "running") / 100.0),
    ),
    Measure(
        "p_running_pays",
        "share",
        "running",
        mark("Sannolikhet att driften sparar minst vad den kostar"),
        lambda view: probability(_pays(view)),
        key=True,
    ),
)
