"""Sensitivity against functions whose answers are known in closed form."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import combinations
from math import comb

import numpy as np
import pytest
import scipy
from numpy.typing import NDArray

from simulate.sensitivity.basis import WIDTH, scores, smooth
from simulate.sensitivity.information import Known, Worth, worth
from simulate.sensitivity.prim import discover
from simulate.sensitivity.shapley import MOST, shapley
from simulate.sensitivity.sobol import Indices, indices

Floats = NDArray[np.float64]
GRID = scores((np.arange(4096) + 0.5) / 4096)


def _iid(influence: Floats) -> float:
    return float(influence.std() / np.sqrt(len(influence)))


def _pick(
    function: Callable[[Floats], Floats],
    groups: Sequence[Sequence[int]],
    seed: int,
    n: int = 1024,
    smoothed: bool = True,
) -> tuple[Indices, ...]:
    """Return the indices of groups of inputs, from scrambled Sobol' points as SALib's own."""
    count = sum(map(len, groups))
    points = scipy.stats.qmc.Sobol(2 * count, rng=np.random.default_rng(seed)).random(n)
    points = np.clip(points, 1e-12, 1 - 1e-12)
    a, b = points[:, :count], points[:, count:]
    mixed = []
    for group in groups:
        one = a.copy()
        one[:, list(group)] = b[:, list(group)]
        mixed.append(function(one))

    def columns(x: Floats) -> list[Floats]:
        if not smoothed:
            return [np.empty((len(x), 0))] * len(groups)
        return [np.column_stack([smooth(scores(x[:, p])) for p in group]) for group in groups]

    return indices(function(a), function(b), mixed, columns(a), columns(b), _iid)


def _off(found: Sequence[Indices], first: Sequence[float], total: Sequence[float]) -> Floats:
    """Return the largest errors of first and of total order."""
    firsts = [abs(one.first.value - true) for one, true in zip(found, first, strict=True)]
    totals = [abs(one.total.value - true) for one, true in zip(found, total, strict=True)]
    return np.array([max(firsts), max(totals)])


def _ishigami(u: Floats) -> Floats:
    x = (2.0 * u - 1.0) * np.pi
    return np.asarray(np.sin(x[:, 0]) * (1.0 + 0.1 * x[:, 2] ** 4) + 7.0 * np.sin(x[:, 1]) ** 2)


def _ishigami_truth() -> tuple[list[float], list[float]]:
    """Return first and total order (Ishigami and Homma 1990), with a = 7 and b = 0.1."""
    a, b, pi = 7.0, 0.1, np.pi
    one = 0.5 * (1.0 + b * pi**4 / 5.0) ** 2
    two, both = a**2 / 8.0, b**2 * pi**8 * (1.0 / 18.0 - 1.0 / 50.0)
    whole = one + two + both
    return [one / whole, two / whole, 0.0], [(one + both) / whole, two / whole, both / whole]


@pytest.mark.slow
def test_ishigami_is_nearer_than_the_best_peer() -> None:
    """With N = 1 024 the largest errors are at most SALib's 0.008 and 0.005."""
    groups = ([0], [1], [2])
    truth = _ishigami_truth()
    ours = [_off(_pick(_ishigami, groups, seed), *truth) for seed in range(120)]
    plain = [_off(_pick(_ishigami, groups, seed, smoothed=False), *truth) for seed in range(40)]
    middle = np.median(ours, axis=0)
    assert np.all(middle <= (0.008, 0.005))
    assert middle[0] < 0.7 * np.median(plain, axis=0)[0]


def test_the_intervals_hold_the_truth() -> None:
    """Of 95 % intervals at least nine in ten do, and they are not endlessly wide."""
    first, total = _ishigami_truth()
    held, widths = [], []
    for seed in range(40):
        found = _pick(_ishigami, ([0], [1], [2]), seed)
        for one, s, t in zip(found, first, total, strict=True):
            held += [one.first.low <= s <= one.first.high, one.total.low <= t <= one.total.high]
            widths.append(one.total.mcse)
    assert np.mean(held) >= 0.9
    assert max(widths) < 0.06


def test_the_g_function() -> None:
    """Sobol's g, whose indices are products (Saltelli and Sobol' 1995)."""
    a = np.array([0.0, 1.0, 4.5, 9.0, 99.0])

    def g(u: Floats) -> Floats:
        return np.asarray(np.prod((np.abs(4.0 * u - 2.0) + a) / (1.0 + a), axis=1))

    own = 1.0 / (3.0 * (1.0 + a) ** 2)
    whole = np.prod(1.0 + own) - 1.0
    total = own * np.prod(1.0 + own) / (1.0 + own) / whole
    found = _pick(g, [[place] for place in range(5)], 1, 8192)
    assert np.all(_off(found, own / whole, total) < 0.01)
    # What does next to nothing has next to no share, however large the noise of the rest.
    assert abs(found[4].first.value) < 0.001


def test_a_sum_is_exact() -> None:
    """Where nothing interacts, first and total order are equal, and the fit leaves no noise."""
    slopes = np.array([1.0, 2.0, 0.0])

    def line(u: Floats) -> Floats:
        return np.asarray(scores(u) @ slopes)

    found = _pick(line, ([0], [1], [2]), 2, 256)
    assert np.all(_off(found, [0.2, 0.8, 0.0], [0.2, 0.8, 0.0]) < 1e-6)


def test_a_constant_hangs_on_nothing() -> None:
    """Where nothing varies every share is zero, not undefined."""
    found = _pick(lambda u: np.ones(len(u)), ([0], [1]), 3)
    assert [one.total.value for one in found] == [0.0, 0.0]


def _correlated(rho: float) -> tuple[Floats, Floats]:
    """Return slopes and covariance of three inputs, the last two correlated."""
    return np.ones(3), np.array([[1.0, 0.0, 0.0], [0.0, 1.0, 2.0 * rho], [0.0, 2.0 * rho, 4.0]])


def _closed(slopes: Floats, covariance: Floats, subset: Sequence[int]) -> float:
    """Return Var E(y | x_u) of a sum of correlated normal inputs."""
    if not subset:
        return 0.0
    cross = covariance[:, list(subset)].T @ slopes
    return float(cross @ np.linalg.solve(covariance[np.ix_(subset, subset)], cross))


def test_what_hangs_together_counts_as_a_group() -> None:
    """Correlated normal inputs in one group have the share that the group has."""
    slopes, covariance = _correlated(0.6)
    root = np.linalg.cholesky(covariance)

    def line(u: Floats) -> Floats:
        return np.asarray(scores(u) @ root.T @ slopes)

    whole = float(slopes @ covariance @ slopes)
    shares = [1.0 / whole, 1.0 - 1.0 / whole]
    assert np.all(_off(_pick(line, ([0], [1, 2]), 4), shares, shares) < 1e-6)


@pytest.mark.parametrize("rho", [-0.7, 0.0, 0.9])
def test_shapley_effects_of_correlated_inputs(rho: float) -> None:
    """They equal the average over all orders of what is known, worked out by hand."""
    slopes, covariance = _correlated(rho)
    x = np.random.default_rng(5).multivariate_normal(np.zeros(3), covariance, 8000).T
    found = shapley(slopes @ x, x, _iid)
    whole = float(slopes @ covariance @ slopes)
    for place, one in enumerate(found):
        true = 0.0
        rest = [other for other in range(3) if other != place]
        for size in range(3):
            for subset in combinations(rest, size):
                more = _closed(slopes, covariance, sorted((*subset, place)))
                true += (more - _closed(slopes, covariance, subset)) / (3 * comb(2, size))
        assert one.value == pytest.approx(true / whole, abs=max(4.0 * one.mcse, 0.01))
    assert sum(one.value for one in found) == pytest.approx(1.0, abs=1e-3)


def test_shapley_effects_leave_noise_to_the_rest() -> None:
    """Noise that no input explains is nobody's, and too many inputs are refused."""
    rng = np.random.default_rng(6)
    x = rng.normal(size=(2, 8000))
    found = shapley(x[0] + rng.normal(size=8000), x, _iid)
    assert found[0].value == pytest.approx(0.5, abs=0.03)
    assert found[1].value == pytest.approx(0.0, abs=0.01)
    with pytest.raises(ValueError, match="at most"):
        shapley(x[0], [x[0]] * (MOST + 1))


def _boundary(
    seed: int, controls: bool, bent: bool = False, n: int = 1000, mean: float = 0.0
) -> Worth:
    """Return the value of z where mean + z + 2 ε is chosen against 0: at 0 both are as good."""
    z, noise = np.random.default_rng(seed).normal(size=(2, n))
    rest = (noise**2 - 1.0) * np.sqrt(2.0) + 0.5 * z * noise if bent else 2.0 * noise
    columns = [smooth(z), *([smooth(noise)] if controls else [])]
    (found,) = worth(mean + z + rest, columns, [Known((0,), smooth(GRID))])
    return found


TRUE = 1.0 / np.sqrt(2.0 * np.pi)  # E max(Z, 0)


@pytest.mark.parametrize(
    ("bent", "least"), [(False, 0.95), pytest.param(True, 0.9, marks=pytest.mark.slow)]
)
def test_the_value_of_knowing_z_at_the_boundary(bent: bool, least: float) -> None:
    """1 000 draws: bias below 0.003, error below 0.015, and the interval covers."""
    found = [_boundary(seed, controls=True, bent=bent) for seed in range(400)]
    off = np.array([one.value for one in found]) - TRUE
    assert abs(off.mean()) < 0.003
    assert np.sqrt((off**2).mean()) < 0.015
    assert np.mean([one.low <= TRUE <= one.high for one in found]) >= least


@pytest.mark.slow  # four hundred trials
@pytest.mark.parametrize("mean", [0.0, 1.0])
def test_without_known_means_it_is_noisy_and_says_so(mean: float) -> None:
    """Nothing known of ε: the error is its own, the interval covers, and nothing is overvalued."""
    true = float(scipy.stats.norm.pdf(mean) - mean * scipy.stats.norm.sf(mean))
    found = [_boundary(seed, controls=False, mean=mean) for seed in range(400)]
    values = np.array([one.value for one in found])
    assert -0.012 < values.mean() - true < 0.003
    assert np.sqrt(((values - true) ** 2).mean()) < 0.05
    assert np.mean([one.low <= true <= one.high for one in found]) >= 0.9
    assert np.mean([one.error for one in found]) == pytest.approx(values.std(), rel=0.15)


@pytest.mark.slow
def test_putting_the_curve_in_as_it_is_would_be_too_low() -> None:
    """Negative control: the usual estimator is biased at this boundary."""
    values = []
    for seed in range(400):
        z, noise = np.random.default_rng(seed).normal(size=(2, 1000))
        design = np.column_stack([np.ones(1000), smooth(z)])
        curve = design @ np.linalg.lstsq(design, z + 2.0 * noise)[0]
        values.append(np.maximum(curve, 0.0).mean() - max(curve.mean(), 0.0))
    assert np.mean(values) - TRUE < -0.01


def test_what_cannot_change_the_choice_is_worth_nothing() -> None:
    """Far from the boundary the value is zero, and the choice stays."""
    z = np.random.default_rng(7).normal(size=1000)
    (found,) = worth(10.0 + z, [smooth(z)], [Known((0,), smooth(GRID))])
    assert (round(found.value, 9), found.changes) == (0.0, 0.0)


def test_the_region_of_an_event() -> None:
    """A corner is found with its bounds, density and coverage; pure chance has no region."""
    rng = np.random.default_rng(8)
    u = rng.random((4, 16_384))
    names = dict(zip("abcd", u, strict=True))
    box = discover((u[0] < 0.4) & (u[1] > 0.5), names, _iid)
    assert set(box.bounds) == {"a", "b"}
    assert box.bounds["a"][1] == pytest.approx(0.4, abs=0.04)
    assert box.bounds["b"][0] == pytest.approx(0.5, abs=0.04)
    assert box.density[0] > 0.97 and box.coverage[0] > 0.9
    nothing = discover(rng.random(16_384) < 0.8, names, _iid)
    assert not nothing.bounds
    assert nothing.density[0] == pytest.approx(0.8, abs=0.02)


def test_the_functions_are_orthonormal() -> None:
    """Means zero, variances one, no correlation: what makes them control variates."""
    fine = smooth(scores((np.arange(1 << 18) + 0.5) / (1 << 18)))
    assert np.allclose(fine.mean(axis=0), 0.0, atol=1e-4)
    assert np.allclose(fine.T @ fine / len(fine), np.eye(WIDTH), atol=1e-3)


def test_nothing_to_move() -> None:
    """Of no factors there are no shares, and no box tells the event apart from the rest."""
    draws = np.random.default_rng(1).normal(size=(2, 4096))
    assert indices(draws[0], draws[1], [], [], []) == ()
    box = discover(draws[0] > 0.0, {}, _iid)
    assert (dict(box.bounds), box.share) == ({}, 1.0)
    assert box.density[0] == pytest.approx(0.5, abs=0.04)
