"""Fits and exact solutions that the tests share; each is worked out once."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from models.cache import cache_key, fit_or_load
from models.cost_comparison import exact as cost_exact
from models.grade_change import exact as grade_exact
from models.interface import Marginal
from models.posterior import Posterior
from tests.models_layer.blocks import grade_change, hasty, skolfam2

# The default run fits one model, for the tests of one file: two files are often on two workers,
# and each would fit it. All else that rests on a fit waits for the slow suite.
_SLOW = {"school_fit", "hasty_fit", "skolfam2_fit"}
_FITS = "test_cost_comparison.py"


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the tests that need one of those fits as slow."""
    for item in items:
        if not isinstance(item, pytest.Function):
            continue
        needed = _SLOW & set(item.fixturenames)
        if needed and (needed != {"skolfam2_fit"} or item.path.name != _FITS):
            item.add_marker(pytest.mark.slow)


@pytest.fixture(scope="session")
def cache_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder for posteriors that does not exist yet."""
    return tmp_path_factory.mktemp("models") / "cache"


@pytest.fixture(scope="session")
def skolfam2_fit(cache_dir: Path) -> Posterior:
    """Return the posterior of SkolFam 2, fitted cold."""
    return fit_or_load("skolfam2", skolfam2(), 1, cache_dir)


@pytest.fixture(scope="session")
def school_fit(cache_dir: Path) -> Posterior:
    """Return the posterior of the school results, fitted cold."""
    return fit_or_load("school", grade_change(), 1, cache_dir)


@pytest.fixture(scope="session")
def hasty_fit(cache_dir: Path) -> Posterior:
    """Return a posterior from far too few draws, fitted although a damaged one is cached."""
    damaged = cache_dir / f"grade_change-{cache_key('hasty', hasty(), 1)[:32]}.nc"
    damaged.parent.mkdir(exist_ok=True)
    damaged.write_bytes(b"not a posterior")
    return fit_or_load("hasty", hasty(), 1, cache_dir)


@pytest.fixture(scope="session")
def skolfam2_exact() -> dict[str, Marginal]:
    """Return the exact posterior of SkolFam 2."""
    return cost_exact.solve(skolfam2())


@pytest.fixture(scope="session")
def school_exact() -> dict[str, Marginal]:
    """Return the exact posterior of the school results."""
    return grade_exact.solve(grade_change())


@pytest.fixture
def rng() -> np.random.Generator:
    """Return the generator of a test; the same numbers every time."""
    return np.random.default_rng(20160815)
