"""Days in care, sampled: against the oracle, and calibrated on data of its own."""

from __future__ import annotations

import numpy as np
import pytest
from arviz_stats.base import array_stats

from models.calibration import calibrate, prior_returned
from models.fit import fit
from models.interface import Data, Samples
from models.placement_days.design import days_of, design_of, facts_of
from models.placement_days.exact import reference
from models.placement_days.persons import simulate
from models.placement_days.spec import PlacementDays
from models.spec import Evidence
from tests.models_layer.days_blocks import WINDOW, of_sums, rows_block

pytestmark = pytest.mark.slow

QUICK = {"draws": 250, "tune": 250, "chains": 2, "target_accept": 0.9}
SMALL = rows_block(15, sampling=QUICK)
SUMS = of_sums(sampling=QUICK)


@pytest.mark.parametrize("spec", [rows_block(60), of_sums()], ids=["rows", "sums"])
def test_agrees_with_importance_sampling(spec: PlacementDays) -> None:
    """Means of everything handed on lie within four standard errors, of both methods together.

    At most 8 figures a block: false alarm 1 in 2 000. No step diverges.
    """
    fitted, exact = fit("days", spec, 1), reference(spec, draws=40_000)
    assert fitted.diagnosis.verdict == "pass"
    assert fitted.diagnosis.figures.divergences == 0
    for name in spec.quantities:
        values = fitted.samples[name].values
        own, other = exact.marginal(name), float(array_stats.ess(values, method="mean"))
        error = own.sd * np.sqrt(1.0 / exact.size + 1.0 / other)
        assert abs(values.mean() - own.mean) < 4.0 * error, name
        assert values.std() == pytest.approx(own.sd, rel=0.08)
    assert fitted.learning["days_avoided"].learned
    assert not fitted.learning["any_bias"].learned
    assert not fitted.learning["between_place_sd"].learned


@pytest.mark.parametrize("spec", [SMALL, SUMS], ids=["rows", "sums"])
def test_calibrated_on_its_own_data(spec: PlacementDays) -> None:
    """Ranks are uniform; false alarm 1 in 100.

    Published sums are of persons simulated one by one, so their approximation is tried too.
    """
    name, p = calibrate(spec, 100, 1).worst()
    assert p > 0.01, (name, p)


def test_prior_is_not_taken_for_a_posterior() -> None:
    """A fit that ignores the data is found out by the rank of the log likelihood."""
    assert calibrate(SMALL, 100, 1, refit=prior_returned(SMALL)).worst()[1] < 0.001


def poisson(one: Samples, spec: Evidence, rng: np.random.Generator) -> Data:
    """Return persons who differ by chance alone: Poisson days, cut at the window."""
    assert isinstance(spec, PlacementDays)
    many = {name: np.full(200, value) for name, value in one.items()}
    days = simulate(many, spec, design_of(spec), rng).mean(axis=0)
    new = np.minimum(rng.poisson(days), WINDOW // len(spec.types)).astype(np.float64)
    assert new.shape == days_of(spec).shape
    return facts_of(spec, new)


def test_persons_without_differences_are_found_out() -> None:
    """Data of a wrong likelihood, without hurdle and overdispersion, do not pass."""
    assert calibrate(SMALL, 40, 1, replicate=poisson).worst()[1] < 0.001
