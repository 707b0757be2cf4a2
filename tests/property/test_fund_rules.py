"""What the terms of a fund say holds for any amounts, and the year of abolition is geometric."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from simulate.aterforing import rules

AMOUNTS = arrays(np.int64, (3, 4, 2), elements=st.integers(0, 10**9))
LIMITS = arrays(np.int64, (3,), elements=st.integers(0, 10**10))


@given(AMOUNTS, LIMITS)
def test_a_ceiling_cuts_the_end_and_only_the_end(owed: np.ndarray, limit: np.ndarray) -> None:
    """The sum is the lesser of the two, and a year before the limit is reached is untouched."""
    found = rules.at_most(owed, limit)
    assert (found.sum(axis=(1, 2)) == np.minimum(owed.sum(axis=(1, 2)), limit)).all()
    assert ((found >= 0) & (found <= owed)).all()
    within = np.cumsum(owed.sum(axis=2), axis=1) <= limit[:, None]
    assert (found[within] == owed[within]).all()


@given(AMOUNTS, AMOUNTS)
def test_a_gap_that_is_paid_never_lags_the_plan(owed: np.ndarray, planned: np.ndarray) -> None:
    """So far, no less than planned; and nothing is paid where nothing lacks."""
    more = rules.shortfall(owed, planned)
    assert (more >= 0).all()
    assert (np.cumsum(owed + more, axis=1) >= np.cumsum(planned, axis=1)).all()
    assert not rules.shortfall(planned, planned).any()
    lesser = np.minimum(owed, planned)
    assert (rules.topped_up(lesser, planned, None) == planned).all()
    by_one = rules.topped_up(lesser, planned, 1)
    assert (by_one.sum(axis=2) == planned.sum(axis=2)).all()


@given(AMOUNTS, st.integers(0, 3))
def test_a_lag_moves_and_loses_nothing_but_the_end(owed: np.ndarray, lag: int) -> None:
    """What is paid and what is outstanding is what was owed."""
    paid = rules.late(owed, lag)
    assert (paid[:, lag:] == owed[:, : owed.shape[1] - lag]).all()
    assert not paid[:, :lag].any()


@given(AMOUNTS)
def test_abolition_ends_all_of_it(owed: np.ndarray) -> None:
    """Before the year nothing changes, from it on nothing is owed."""
    years, end = np.arange(2020, 2024), np.array([2019.0, 2022.0, np.inf])
    found = rules.stopped(owed, years, end)
    assert not found[0].any()
    assert (found[1, :2] == owed[1, :2]).all()
    assert not found[1, 2:].any()
    assert (found[2] == owed[2]).all()


@pytest.mark.parametrize("hazard", [0.0, 0.03, 0.4, 1.0])
def test_the_year_of_abolition_is_geometric(hazard: float) -> None:
    """Its distribution function is 1 − (1 − hazard)^(k + 1) at every year."""
    n = 4000
    u = (np.arange(n) + 0.5) / n
    found = rules.end_of_rules(u, 2020, np.asarray(hazard))
    for k in range(12):
        wanted = 1.0 - (1.0 - hazard) ** (k + 1)
        assert np.mean(found <= 2020 + k) == pytest.approx(wanted, abs=1.0 / n)
