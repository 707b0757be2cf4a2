"""What money later is worth at signing: each party its own rate, and society in real terms.

Convention: the flows of a calendar year fall in its middle; nothing is discounted to before
signing.
"""

from __future__ import annotations

import numpy as np

from simulate.draws.values import Floats, Values
from simulate.programme import year_of
from simulate.scenario.tree.party import Party, Society
from simulate.scenario.tree.scenario import Scenario


def times(scenario: Scenario) -> Floats:
    """Return years from signing to the middle of each calendar year, dims (year,)."""
    middle = np.asarray(scenario.years, dtype=np.float64) + 0.5
    return np.maximum(middle - year_of(scenario.signed), 0.0)


def party_factors(party: Party, scenario: Scenario, values: Values) -> Floats:
    """Return nominal discount factors at the party's rate, dims (draw, year) or (1, year)."""
    rate = np.reshape(values.of(party.discount_rate), (-1, 1))
    return np.asarray((1.0 + rate) ** -times(scenario))


def society_factors(society: Society, scenario: Scenario, values: Values) -> Floats:
    """Return factors that first make flows real and then discount them at a real rate."""
    rate = np.reshape(values.of(society.discount_rate), (-1, 1))
    inflation = np.reshape(values.of(society.inflation), (-1, 1))
    return np.asarray(((1.0 + rate) * (1.0 + inflation)) ** -times(scenario))
