"""Every distribution's quantile function against an independent one."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from models import distributions as d
from models.quadrature import nodes
from models.quantile import quantile

U = np.array([1e-9, 1e-3, 0.05, 0.3, 0.5, 0.7, 0.95, 0.999, 1 - 1e-9])


def _pert(low: float, mode: float, high: float) -> object:
    width = high - low
    return stats.beta(
        1 + 4 * (mode - low) / width, 1 + 4 * (high - mode) / width, loc=low, scale=width
    )


# mean in the last column worked out by hand
CASES = [
    (d.Normal(1.5, 2.0), stats.norm(1.5, 2.0), 1.5),
    (d.LogNormal(3.0, 0.4), stats.lognorm(0.4, scale=3.0), 3.0 * np.exp(0.08)),
    (d.Beta(2.0, 5.0), stats.beta(2.0, 5.0), 2 / 7),
    (d.Beta(0.4, 0.6), stats.beta(0.4, 0.6), 0.4),
    (d.Gamma(1e6, 0.5), stats.gamma(4.0, scale=2.5e5), 1e6),
    (d.Gamma(2.0, 3.0), stats.gamma(1 / 9, scale=18.0), 2.0),
    (d.Uniform(-1.0, 3.0), stats.uniform(-1.0, 4.0), 1.0),
    (d.Triangular(1.0, 2.0, 5.0), stats.triang(0.25, 1.0, 4.0), 8 / 3),
    (d.Triangular(1.0, 1.0, 5.0), stats.triang(0.0, 1.0, 4.0), 7 / 3),
    (d.Triangular(1.0, 5.0, 5.0), stats.triang(1.0, 1.0, 4.0), 11 / 3),
    (d.Pert(1.0, 2.0, 5.0), _pert(1.0, 2.0, 5.0), 14 / 6),
    (d.Pert(1.0, 1.0, 5.0), _pert(1.0, 1.0, 5.0), 10 / 6),
]


@pytest.mark.parametrize(("ours", "theirs", "mean"), CASES, ids=lambda x: str(x)[:40])
def test_equals_scipy(ours: d.Distribution, theirs: stats.rv_continuous, mean: float) -> None:
    """Quantiles equal scipy's, lie in the support, and average to the mean."""
    found = quantile(ours, U)
    assert np.allclose(found, theirs.ppf(U), rtol=1e-7, atol=1e-12)
    low, high = ours.support()
    assert found.min() >= low
    assert found.max() <= high
    assert np.all(np.diff(found) >= 0)
    assert theirs.mean() == pytest.approx(mean)
    midpoints = (np.arange(200_000) + 0.5) / 200_000
    assert np.mean(quantile(ours, midpoints)) == pytest.approx(mean, rel=2e-3, abs=1e-6)


def test_logitnormal_is_a_normal_on_the_logit_scale() -> None:
    """The log odds of its quantiles are a normal's."""
    found = quantile(d.LogitNormal(0.4, 0.8), U)
    assert np.allclose(np.log(found / (1 - found)), stats.norm(0.4, 0.8).ppf(U), atol=1e-6)


def test_fixed_is_always_the_same() -> None:
    """A certain number has one quantile, whatever the shape asked for."""
    assert np.array_equal(quantile(d.Fixed(3.5), np.full((2, 3), 0.2)), np.full((2, 3), 3.5))


def test_discrete_is_the_lower_quantile() -> None:
    """inf{x : F(x) ≥ u}: at a jump the lower value is taken."""
    three = d.Discrete((1.0, 2.0, 4.0), (0.25, 0.5, 0.25))
    u = np.array([0.1, 0.25, 0.250001, 0.75, 0.750001, 0.999999])
    assert quantile(three, u).tolist() == [1.0, 1.0, 2.0, 2.0, 4.0, 4.0]


def test_evidence_has_no_quantile_function() -> None:
    """A posterior is drawn by picking samples."""
    with pytest.raises(TypeError, match="FromEvidence"):
        quantile(d.FromEvidence("a", "b"), U)


@pytest.mark.parametrize(
    ("family", "low", "high"),
    [("normal", -0.3, 0.1), ("lognormal", 2000.0, 3300.0), ("logitnormal", 0.2, 0.6)],
)
def test_interval_is_the_central_ninety(family: str, low: float, high: float) -> None:
    """A stated interval holds from the 5 % to the 95 % quantile."""
    found = quantile(d.from_interval(family, low, high), np.array([0.05, 0.95]))
    assert found == pytest.approx([low, high])


@pytest.mark.parametrize(
    ("family", "low", "high"),
    [("weibull", 1.0, 2.0), ("lognormal", 0.0, 2.0), ("logitnormal", 0.2, 1.0)],
)
def test_impossible_interval(family: str, low: float, high: float) -> None:
    """An unknown family, or an interval that it cannot have, is refused."""
    with pytest.raises(ValueError, match=family):
        d.from_interval(family, low, high)


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [(ours, theirs) for ours, theirs, _ in CASES if not isinstance(ours, d.Triangular | d.Pert)],
    ids=lambda x: str(x)[:40],
)
def test_quadrature_has_the_moments(ours: d.Distribution, theirs: stats.rv_continuous) -> None:
    """The oracles' nodes give each prior's mean and variance."""
    x, weight = nodes(ours, 801)
    mean = weight @ x
    assert mean == pytest.approx(theirs.mean(), rel=1e-6)
    assert weight @ (x - mean) ** 2 == pytest.approx(theirs.var(), rel=1e-5)
