"""Rules by which budgets are cut and returned to the fund. Each is a function with its law.

A rule says what is owed of what is planned and what is realised, by investment, year and party.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np

from simulate.contract.money import Ore
from simulate.scenario.tree.fund import Rule

Law = Callable[[Ore, Ore], Ore]


def as_planned(planned: Ore, realised: Ore) -> Ore:
    """Return the plan, whatever is realised: the nämnd bears all of the risk.

    Law: the same in every future; the fund has its plan.
    """
    return np.broadcast_to(planned, np.broadcast_shapes(planned.shape, realised.shape))


def lesser(planned: Ore, realised: Ore) -> Ore:
    """Return the lesser of what is planned and what is realised: the fund bears the risk.

    Law: 0 ≤ owed ≤ planned, and owed ≤ realised wherever anything is realised; so no nämnd is cut
    for more than it saves by an investment. Equal to the plan where the plan is realised.
    """
    return np.maximum(np.minimum(planned, realised), 0)


RULES: Mapping[Rule, Law] = {"planned": as_planned, "lesser": lesser}
