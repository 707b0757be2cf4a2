"""Leaving one unit out: right where it can be worked out exactly, and silent about persons."""

from __future__ import annotations

import json

import numpy as np
import pytest
import scipy

from models import loo
from models.diagnosis import FEWEST_PERSONS, as_plain
from models.loo import binned, summary
from tests.models_layer.conjugate import PRIOR_SD, diagnosed, made


def test_elpd_is_the_exact_one() -> None:
    """For a normal mean each left-out density is known: within four of its own errors of it."""
    one = made(3)
    pointwise = scipy.stats.norm.logpdf(one.data, one.mu.reshape(-1, 1), 1.0)
    found = summary(pointwise, None, persons=True)
    precision = 1.0 / PRIOR_SD**2 + len(one.data) - 1
    means = (one.data.sum() - one.data) / precision
    exact = scipy.stats.norm.logpdf(one.data, means, np.sqrt(1.0 + 1.0 / precision))
    # The error of a mean over 4 000 independent samples of a log density, times 60 persons.
    error = 60 * float(np.std(pointwise, axis=0).max()) / np.sqrt(pointwise.shape[0])
    assert found.elpd == pytest.approx(exact.sum(), abs=4 * error)
    whole = scipy.special.logsumexp(pointwise, axis=0) - np.log(len(pointwise))
    assert found.p_loo == pytest.approx(float((whole - exact).sum()), abs=4 * error)


def test_nothing_is_told_of_one_person() -> None:
    """A single outlying person is «at most four»; no value of a person is kept anywhere."""
    rng = np.random.default_rng(1)
    pointwise = rng.normal(-1.0, 0.05, (1000, 60))
    pointwise[:, 7] = -np.abs(rng.standard_cauchy(1000))
    found = summary(pointwise, rng.random((1000, 60)), persons=True)
    assert found.high == FEWEST_PERSONS - 1
    assert found.shapes == ()
    assert all(share * 60 >= FEWEST_PERSONS - 1e-4 for share in found.pit)
    plain = json.dumps(as_plain(diagnosed(made(2))))
    values = [f"{x:.3f}" for x in made(2).data]
    assert not any(value in plain for value in values)


def test_published_figures_are_told_one_by_one() -> None:
    """A published statistic is nobody's secret: each has its k, and no elpd of two is told."""
    found = summary(np.random.default_rng(2).normal(size=(500, 2)), None, persons=False)
    assert len(found.shapes) == 2
    assert (found.elpd, found.pit_p) == (None, None)


def test_bins_leave_no_few() -> None:
    """Bins are merged until each holds five, and nothing is told where that cannot be."""
    rng = np.random.default_rng(3)
    assert len(binned(rng.random(500))) == 10
    assert len(binned(rng.random(25))) < 10
    assert binned(np.full(40, 0.9)) == ()
    assert binned(rng.random(6)) == ()


def test_the_right_spread_is_even_and_a_wrong_one_is_not() -> None:
    """LOO-PIT of the right model is even; of one that is too narrow it is not."""
    right = diagnosed(made(4)).loo
    wrong = diagnosed(made(4, noise=lambda rng, n: 2.5 * rng.standard_normal(n))).loo
    assert right is not None and right.pit_p is not None and right.pit_p > 0.01
    assert wrong is not None and wrong.pit_p is not None and wrong.pit_p < 0.001


class _Normal:
    """A model with one row a person, no more than leaving out asks of it."""

    def __init__(self, data: np.ndarray) -> None:
        self.seen = data
        self.asked: list[int] = []

    def data(self, spec: object) -> dict[str, np.ndarray]:
        return {"y": self.seen}

    def log_likelihood(
        self, samples: dict[str, np.ndarray], spec: object, data: dict[str, np.ndarray]
    ) -> np.ndarray:
        self.asked.append(len(samples["mu"]))
        return np.asarray(scipy.stats.norm.logpdf(data["y"], samples["mu"][:, None], 1.0))

    def pit(
        self,
        samples: dict[str, np.ndarray],
        spec: object,
        data: dict[str, np.ndarray],
        rng: np.random.Generator,
    ) -> np.ndarray:
        return np.asarray(scipy.stats.norm.cdf(data["y"], samples["mu"][:, None], 1.0))


class _Rows:
    source_of_rows = "rows"


def test_a_model_with_many_rows_is_thinned(monkeypatch: pytest.MonkeyPatch) -> None:
    """Never more values at once than there is room for, but the sum is over every sample."""
    monkeypatch.setattr(loo, "_LARGEST", 10_000)
    one = made(5)
    model = _Normal(one.data)
    found = loo.left_out(model, _Rows(), {"mu": one.mu}, np.random.default_rng(1))  # type: ignore[arg-type]
    assert max(model.asked) * len(one.data) <= 10_000 + len(one.data)
    assert (found.units, found.persons) == (len(one.data), True)
    assert found.pit_p is not None and found.pit_p > 0.01
    model.asked.clear()
    total = loo.total(model, _Rows(), {"mu": one.mu})  # type: ignore[arg-type]
    assert max(model.asked) * len(one.data) <= 10_000 + len(one.data)
    exact = scipy.stats.norm.logpdf(one.data, one.mu[..., None], 1.0).sum(axis=-1)
    assert total == pytest.approx(exact, abs=5.1e-4)
    assert total.shape == one.mu.shape
