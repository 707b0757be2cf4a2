"""EVSI against closed forms: normal with normal, without and with aversion to risk."""

from __future__ import annotations

import numpy as np
import pytest
import scipy
from numpy.typing import NDArray

from models.distributions import Fixed
from models.number import Number
from models.quantity import SEK
from simulate.scenario.tree.decision import Decision
from simulate.sensitivity.basis import scores, smooth
from simulate.sensitivity.decide import Finding, Seen, Value, value_of
from simulate.sensitivity.factors import Factor
from simulate.sensitivity.information import Expected, Known, Worth, worth
from simulate.sensitivity.learning import expected

Floats = NDArray[np.float64]
BLOCKS, BLOCK = 16, 1024
HALF = BLOCKS // 2 * BLOCK
GRID = scores((np.arange(4096) + 0.5) / 4096)
_normal = scipy.stats.norm


def _closed(mean: float, error: float) -> float:
    """Return EVSI of z + error·η where mean + z, z standard normal, is chosen against 0.

    The preposterior mean is normal with standard deviation s = 1/√(1 + error²), so that EVSI is s
    times the unit normal loss at |mean|/s (Raiffa and Schlaifer 1961).
    """
    s = 1.0 / np.sqrt(1.0 + error**2)
    return float(s * _normal.pdf(mean / s) - abs(mean) * _normal.sf(abs(mean) / s))


def _study(seed: int, mean: float, error: float, controls: bool = True, n: int = 1000) -> Worth:
    rng = np.random.default_rng(seed)
    z, noise, chance = rng.normal(size=(3, n))
    further, again = rng.normal(size=(2, BLOCKS * BLOCK))
    seen, now = (further + error * again)[:, None], (z + error * chance)[:, None]
    how = smooth(further)
    found = expected(how[:HALF], seen[:HALF], np.concatenate([seen[HALF:], now]))
    told = Expected(found[:HALF], found[HALF:])
    columns = [smooth(z), *([smooth(noise)] if controls else [])]
    (one,) = worth(mean + z + 2.0 * noise, columns, [Known((0,), how[HALF:], told, BLOCKS // 2)])
    return one


@pytest.mark.slow
@pytest.mark.parametrize(("mean", "error"), [(0.0, 0.5), (0.0, 2.0), (0.5, 1.0)])
def test_evsi_has_no_bias_and_its_interval_covers(mean: float, error: float) -> None:
    """1 000 draws: bias below 0.003, error below 0.015, coverage, at the boundary and off it."""
    true = _closed(mean, error)
    found = [_study(seed, mean, error) for seed in range(100)]
    off = np.array([one.value for one in found]) - true
    assert abs(off.mean()) < 0.003
    assert np.sqrt((off**2).mean()) < 0.015
    assert np.mean([one.low <= true <= one.high for one in found]) >= 0.9


@pytest.mark.slow
def test_without_known_means_the_interval_still_covers() -> None:
    """Nothing known of the noise: the error is its own and honest, and noise is no value."""
    true = _closed(0.0, 1.0)
    found = [_study(seed, 0.0, 1.0, controls=False) for seed in range(200)]
    values = np.array([one.value for one in found])
    assert -0.01 < values.mean() - true < 0.005
    assert np.mean([one.low <= true <= one.high for one in found]) >= 0.9
    assert np.mean([one.error for one in found]) == pytest.approx(values.std(), rel=0.3)


def test_one_study_at_the_boundary() -> None:
    """The known answer, within the error that is told."""
    one = _study(1, 0.0, 1.0)
    assert one.value == pytest.approx(_closed(0.0, 1.0), abs=4.0 * one.error)
    assert 0.0 < one.error < 0.01


def test_no_noise_is_knowing_and_noise_alone_is_nothing() -> None:
    """From EVPPI to nothing as the study's own error grows."""
    sure, none = _study(2, 0.0, 1e-3), _study(2, 0.0, 1e3)
    assert sure.value == pytest.approx(1.0 / np.sqrt(2.0 * np.pi), abs=4.0 * sure.error)
    assert none.value <= 2.0 * none.error


@pytest.mark.slow
def test_putting_the_curve_in_as_it_is_makes_noise_a_value() -> None:
    """Negative control: regression of utility on what is seen, without rule and other draws."""
    values = []
    for seed in range(100):
        z, noise, chance = np.random.default_rng(seed).normal(size=(3, 1000))
        design = np.column_stack([np.ones(1000), smooth(scipy.stats.zscore(z + 30.0 * chance))])
        curve = design @ np.linalg.lstsq(design, z + 2.0 * noise)[0]
        values.append(np.maximum(curve, 0.0).mean() - max(curve.mean(), 0.0))
    assert np.mean(values) > _closed(0.0, 30.0) + 0.03


def _factor(name: str, kind: str = "number") -> Factor:
    number = Number(Fixed(0.0), SEK, key=name)
    return Factor(name, kind, (name,), (number,))  # type: ignore[arg-type]  # one of the four


def _averse(tolerance: float, error: float, n: int = 16_384) -> Value:
    """Return the value of z + error·η to one with constant risk aversion, who can take 0.3 + z."""
    rng = np.random.default_rng(3)
    z, chance = rng.normal(size=(2, n))
    further, again = rng.normal(size=(2, BLOCKS * BLOCK))
    one = _factor("a.z")
    seen = {"a.z": Seen(smooth(z), smooth(z), smooth(GRID), (z, z))}
    finding = Finding(
        (one,),
        (z + error * chance)[:, None],
        (further + error * again)[:, None],
        {"a.z": Seen(smooth(further), smooth(further), None, (further, further))},
        BLOCKS,
    )
    decision = Decision(
        party="a",
        act="x",
        abstain="y",
        utility="certainty_equivalent",
        risk_tolerance=Number(Fixed(tolerance), SEK),
    )
    return value_of(decision, 0.3 + z, [one], seen, [finding])


def _certain(tolerance: float, error: float) -> float:
    """Return the same in closed form.

    Given x, 0.3 + z is normal with mean m and variance v, and worth m − v/2R for certain; m is
    normal around 0.3. E of the exponential utility of the better choice is then a normal integral.
    """
    v = error**2 / (1.0 + error**2)
    s, at = np.sqrt(1.0 - v), 0.3 - v / (2.0 * tolerance)
    taken = _normal.cdf(at / s)
    tail = np.exp(-at / tolerance + s**2 / (2.0 * tolerance**2))
    utility = tolerance * (taken - tail * _normal.cdf(at / s - s / tolerance))
    now = max(0.3 - 1.0 / (2.0 * tolerance), 0.0)
    return float(-tolerance * np.log(1.0 - utility / tolerance) - now)


@pytest.mark.parametrize("tolerance", [1.0, 3.0])
def test_who_is_averse_to_risk(tolerance: float) -> None:
    """What would be paid for the study is the difference of the certainty equivalents."""
    value = _averse(tolerance, 0.5)
    ((study, limit),) = value.findings
    assert study.value == pytest.approx(_certain(tolerance, 0.5), abs=4.0 * study.error)
    assert limit.value == pytest.approx(_certain(tolerance, 1e-9), abs=4.0 * limit.error + 1e-3)
    assert study.error < 0.02


def test_what_is_expected_of_a_count_is_the_conjugate_mean() -> None:
    """A share with a beta prior, seen through a binomial count: few values, and no noise in it."""
    rng = np.random.default_rng(4)
    share = rng.beta(2.0, 3.0, 60_000)
    count = rng.binomial(6, share).astype(np.float64)
    asked = np.arange(7.0)
    found = expected(share[:, None], count[:, None], asked[:, None])[:, 0]
    assert np.allclose(found, (2.0 + asked) / 11.0, atol=0.006)
