"""Effective sample size and Monte Carlo variance against ArviZ and against theory."""

from __future__ import annotations

import numpy as np
import pytest

from models.mcmc import effective_size, mcmc_variance


def _autoregressive(rho: float, chains: int, draws: int, rng: np.random.Generator) -> np.ndarray:
    noise = rng.normal(size=(chains, draws))
    series = np.empty_like(noise)
    series[:, 0] = noise[:, 0] / np.sqrt(1 - rho**2)
    for t in range(1, draws):
        series[:, t] = rho * series[:, t - 1] + noise[:, t]
    return series


@pytest.mark.parametrize("rho", [-0.5, 0.0, 0.5, 0.9])
@pytest.mark.parametrize("draws", [999, 1000])
def test_agrees_with_arviz(rho: float, draws: int, rng: np.random.Generator) -> None:
    """The standard error of a mean equals ArviZ's within one per cent."""
    import arviz_stats  # slow

    series = _autoregressive(rho, 4, draws, rng)
    expected = float(arviz_stats.mcse(series, method="mean"))
    assert np.sqrt(mcmc_variance(series)) == pytest.approx(expected, rel=0.01)


@pytest.mark.parametrize("rho", [-0.5, 0.0, 0.5, 0.9])
def test_agrees_with_theory(rho: float, rng: np.random.Generator) -> None:
    """An autoregressive series of N draws is worth N (1 − ρ) / (1 + ρ)."""
    series = _autoregressive(rho, 8, 20_000, rng)
    expected = series.size * (1 - rho) / (1 + rho)
    assert effective_size(series) == pytest.approx(expected, rel=0.1)


def test_variance_covers_the_error(rng: np.random.Generator) -> None:
    """Over 400 repetitions the squared error of the mean averages to the stated variance."""
    errors, stated = [], []
    for _ in range(400):
        series = _autoregressive(0.6, 4, 500, rng)
        errors.append(float(series.mean()) ** 2)
        stated.append(mcmc_variance(series))
    # The mean of 400 scaled chi-squares has relative standard error √(2 / 400).
    assert np.mean(errors) / np.mean(stated) == pytest.approx(1.0, abs=4 * np.sqrt(2 / 400))


def test_chains_that_disagree_are_worth_little(rng: np.random.Generator) -> None:
    """Chains around different means count as few draws."""
    series = rng.normal(size=(4, 1000)) + np.arange(4)[:, None] * 5
    assert effective_size(series) < 10


def test_constant_series_has_no_error() -> None:
    """A constant has variance nought and is worth all its draws."""
    constant = np.full((4, 100), 3.0)
    assert mcmc_variance(constant) == 0.0
    assert effective_size(constant) == constant.size


def test_missing_value_spreads() -> None:
    """A value that is not finite makes the answer so."""
    series = np.ones((2, 100))
    series[0, 3] = np.nan
    assert np.isnan(effective_size(series))
