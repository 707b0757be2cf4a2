"""Power-scaling and conflict, against what is known of a normal mean."""

from __future__ import annotations

import numpy as np
import pytest
import scipy

from models.number import parse_number
from models.power import conflict, powers
from models.priors import power_density
from models.psis import smoothed
from models.quantity import SEK, SHARE

RNG = np.random.default_rng(8)


def test_a_prior_to_a_power_moves_the_mean_as_it_should() -> None:
    """Weights for prior^1.25 give the exact mean of that posterior, within four errors."""
    data_mean, data_sd, prior_sd = 1.0, 0.5, 0.5
    precision = 1 / prior_sd**2 + 1 / data_sd**2
    mu = RNG.normal(data_mean / data_sd**2 / precision, precision**-0.5, 40_000)
    weights, _ = smoothed(0.25 * scipy.stats.norm.logpdf(mu, 0.0, prior_sd))
    exact = (data_mean / data_sd**2) / (1.25 / prior_sd**2 + 1 / data_sd**2)
    assert weights @ mu == pytest.approx(exact, abs=4 * mu.std() / np.sqrt(len(mu)))
    assert abs(mu.mean() - exact) > 8 * mu.std() / np.sqrt(len(mu))


def test_what_decides_is_told() -> None:
    """A prior that decides has influence and data none, and the other way round."""
    mu = RNG.normal(0.0, 1.0, (4, 1000))
    tight, flat = scipy.stats.norm.logpdf(mu, 0.3, 1.0), 1e-4 * mu
    prior = {"mu": RNG.normal(0.0, 1.0, 4000)}
    decided = powers({"mu": mu}, prior, tight, flat)["mu"]
    assert decided.prior > 0.05 > decided.likelihood
    assert decided.conflict is None  # data have not moved it
    learned = powers({"mu": mu}, {"mu": RNG.normal(0.0, 9.0, 4000)}, flat, tight)["mu"]
    assert learned.likelihood > 0.05 > learned.prior


def test_nothing_moves_without_a_likelihood() -> None:
    """A block whose data say nothing has no powers, and a certain number none either."""
    mu = RNG.normal(size=(4, 100))
    assert powers({"mu": mu}, {"mu": mu.ravel()}, mu, np.zeros_like(mu)) == {}
    assert powers({"c": np.ones((4, 100))}, {"c": np.ones(9)}, mu, mu) == {}


def test_conflict_has_its_rate() -> None:
    """Over data from the model itself conflict is even: below 5 % in 5 % of 400, four errors."""
    prior_sd, error = 1.0, 0.5
    keep = 1.0 / (1.0 / prior_sd**2 + 1.0 / error**2)
    prior = RNG.normal(0.0, prior_sd, 20_000)
    found = []
    for truth, noise in RNG.standard_normal((400, 2)):
        seen = prior_sd * truth + error * noise
        samples = RNG.normal(keep * seen / error**2, keep**0.5, 2000)
        found.append(conflict(prior, samples))
    share = np.mean([p is not None and p < 0.05 for p in found])
    assert abs(share - 0.05) < 4 * np.sqrt(0.05 * 0.95 / 400)


def test_a_lognormal_keeps_its_median() -> None:
    """On the scale that is powered the density is highest at the median; of a beta at its mode."""
    prior = parse_number({"lognormal": {"median": "1 mkr", "sigma": 0.8}}, SEK)
    grid = np.geomspace(1e5, 1e7, 401)
    assert grid[np.argmax(power_density(prior, grid))] == pytest.approx(1e6)
    beta = parse_number({"beta": {"a": 3, "b": 2}}, SHARE)
    grid = np.linspace(0.01, 0.99, 99)
    assert grid[np.argmax(power_density(beta, grid))] == pytest.approx(2 / 3, abs=0.01)
