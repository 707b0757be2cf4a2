"""Smoothed weights, and a shape that tells good from bad."""

from __future__ import annotations

import numpy as np

from models.psis import K_LIMIT, effective, smoothed


def test_the_shape_tells_good_from_bad() -> None:
    """Between normals the weights are bounded or heavy, as their variances have it."""
    x = np.random.default_rng(4).standard_normal(20_000)
    # To a narrower normal the ratio is bounded; to a much wider one it has no finite mean square.
    assert smoothed(-0.5 * x**2)[1] < 0.5
    assert smoothed(x**2 / 3.0)[1] > K_LIMIT - 0.1
    assert smoothed(0.45 * x**2)[1] > K_LIMIT


def test_weights_move_a_mean_as_they_should() -> None:
    """Samples of N(0, 1) weighted to N(0.5, 1) have mean 0.5, within four standard errors."""
    x = np.random.default_rng(5).standard_normal(40_000)
    weights, k = smoothed(0.5 * x)
    assert k < K_LIMIT
    error = 1.0 / np.sqrt(effective(weights))
    assert abs(weights @ x - 0.5) < 4 * error
    assert abs(float(np.mean(x)) - 0.5) > 4 * error  # unweighted it is not


def test_equal_ratios_are_equal_weights() -> None:
    """A likelihood that says nothing leaves the samples as they are."""
    weights, k = smoothed(np.full(50, -3.2))
    assert np.all(weights == 0.02)
    assert k == float("-inf")


def test_too_few_samples_are_weighted_but_not_trusted() -> None:
    """Twenty samples have no tail to fit a shape to: raw weights, and a shape that says so."""
    x = np.random.default_rng(6).standard_normal(20)
    weights, k = smoothed(0.5 * x)
    assert k == float("inf")
    np.testing.assert_allclose(weights, np.exp(0.5 * x) / np.exp(0.5 * x).sum())
