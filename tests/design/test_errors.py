"""The error of a design value: what common random numbers give, and that it is the right one."""

from __future__ import annotations

import numpy as np
import pytest

from simulate.contract import money
from simulate.design import Asked, Study, stated, study
from simulate.design.paid import World, ask, first_batch
from simulate.design.study import Changed
from simulate.risk.error import mcse
from simulate.scenario.tree.party import CONTRACT
from tests.design.conftest import known, twice
from tests.support.scenarios import NO_UPSIDE

pytestmark = pytest.mark.slow


def _apart(changed: Changed) -> float:
    """Return the error that the difference would have between two runs of their own."""
    return float(np.hypot(changed.agreed.mcse or 0.0, changed.other.mcse or 0.0))


def test_common_numbers_make_the_error_small(nystart: Study) -> None:
    """Half of that between two runs or less, for what is paid and for each side."""
    (larger, *_) = nystart.designs
    for name in ((CONTRACT, "repayment_mean"), ("finansiar", "npv_mean"), ("kommun", "npv_mean")):
        changed = larger.changes[name]
        assert 0.0 < (changed.change.mcse or 0.0) < 0.5 * _apart(changed)


def test_two_runs_of_their_own_are_that_much_apart(nystart: Study) -> None:
    """Negative control: with another seed on one side the difference is as uncertain as said.

    Their error is more than twice the paired one; the two differences agree within four.
    """
    scenario = nystart.scenario
    other = study(scenario, stated(scenario)[:1], Asked(nystart.draws, 2, sizes=False), {})
    here, there = nystart.designs[0], other.designs[0]
    mixed = there.changes["kommun", "npv_mean"].other, here.changes["kommun", "npv_mean"].agreed
    error = np.hypot(mixed[0].mcse or 0.0, mixed[1].mcse or 0.0)
    paired = here.change("kommun", "npv_mean")
    assert error > 2.0 * (paired.mcse or 0.0)
    gap = (mixed[0].value or 0.0) - (mixed[1].value or 0.0)
    assert abs(gap - (paired.value or 0.0)) <= 4.0 * error


def test_the_error_is_the_spread_between_seeds() -> None:
    """Sixteen seeds of eight batches: root mean square of change/error between 0.6 and 1.5.

    With 15 degrees of freedom it lies outside once in three hundred times were each error right;
    errors of eight batches are themselves uncertain, which is in the band.
    """
    scenario = twice(*known(0.0, 0.0), *NO_UPSIDE)
    worlds = [World(scenario), World.of(stated(scenario)[0])]
    found = []
    for seed in range(100, 116):
        first = first_batch(scenario, worlds, seed, {})
        agreed, other = ask(scenario, worlds, first, 16_384)
        gap = money.sek(other.payment) - money.sek(agreed.payment)
        found.append((gap.mean(), mcse(gap - gap.mean())))
    values, errors = np.array(found).T
    ratio = np.sqrt(np.mean(np.square((values - values.mean()) / errors)) * 16 / 15)
    assert 0.6 < ratio < 1.5
