"""The shipped evidence, as fitted in a run, against its exact posterior by quadrature."""

from __future__ import annotations

from importlib import import_module

import numpy as np
import pytest
from arviz_stats.base import array_stats

from simulate.run import Result

pytestmark = pytest.mark.slow  # the posteriors of shipped scenarios are fitted


@pytest.mark.parametrize("which", ["nystart", "account"])
def test_the_shipped_posteriors_are_exact(which: str, request: pytest.FixtureRequest) -> None:
    """Mean of every quantity that the oracle solves lies within 4.5 Monte Carlo errors of it.

    About a dozen comparisons; the nominal false-alarm rate of all of them is below 1e-4.
    """
    result: Result = request.getfixturevalue(which)
    compared = 0
    for block, spec in result.scenario.evidence.items():
        exact = import_module(f"models.{spec.model}.exact").solve(spec)
        samples = result.posteriors[block].samples
        for quantity in exact.keys() & set(map(str, samples.data_vars)):
            values = samples[quantity].values
            size = float(array_stats.ess(values, method="mean"))
            error = float(np.std(values, ddof=1)) / np.sqrt(size)
            assert abs(values.mean() - exact[quantity].mean) <= 4.5 * error, (block, quantity)
            compared += 1
    assert compared >= 3
