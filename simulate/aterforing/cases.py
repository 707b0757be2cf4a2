"""How few cases must be prevented for an insats to pay, and whether so many are."""

from __future__ import annotations

import numpy as np

from models.distributions import FromEvidence
from simulate.aterforing.saving import fewer_share
from simulate.draws.values import Floats, Values
from simulate.scenario.tree.investment import CasesEffect, Investment
from simulate.scenario.tree.scenario import FundScenario


def case_lines(scenario: FundScenario) -> dict[str, tuple[CasesEffect, Investment]]:
    """Return every line that counts prevented cases, by ``investment.line``."""
    return {
        f"{key}.{line.id}": (line, one)
        for key, one in scenario.investments.items()
        for line in one.effects
        if isinstance(line, CasesEffect)
    }


def break_even(line: CasesEffect, investment: Investment, values: Values) -> Floats:
    """Return the share of the persons that must be prevented cases, dims (draw,) or ().

    cost of the insats ÷ (persons × price of a case): all that anyone is spared, in all years,
    whether it can be taken home or not, and undiscounted. 1 400 kr a child against 1.7 mkr is one
    in 1 214.
    """
    cost = sum((values.of(amount) for amount in investment.costs.values()), np.asarray(0.0))
    over = 0.0 if investment.overrun is None else values.of(investment.overrun)
    most = values.of(line.persons) * values.of(line.price)
    return np.asarray(cost * (1.0 + over) / most)


def stated(line: CasesEffect, investment: Investment) -> bool:
    """Whether the break-even share is known before any fit."""
    own = [line.persons, line.price, *investment.costs.values()]
    own += [] if investment.overrun is None else [investment.overrun]
    return not any(isinstance(one.distribution, FromEvidence) for one in own)


def case_shares(line: CasesEffect, occurs: Floats, values: Values) -> Floats:
    """Return the share of the persons that are prevented cases, dims (draw,) or ()."""
    level = 1.0 if line.realised is None else values.of(line.realised)
    return np.asarray(occurs * level * fewer_share(line, values))
