"""Where each person was seen in what was predicted: even where the model is right, else not."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

import numpy as np
import pytest
from scipy import stats

from models.evidence import load_model
from models.interface import Floats, Model
from models.loo import HasPit, summary
from models.placement_days.amount import around
from models.placement_days.design import design_of
from models.priors import draw_prior
from models.spec import Evidence
from tests.models_layer.blocks import followed
from tests.models_layer.days_blocks import of_rows, synthetic
from tests.models_layer.made_rows import COST_TRUTH, GRADE_TRUTH, cost_rows, grade_rows

PERSONS = 600
BLOCKS: dict[str, Callable[[], Evidence]] = {
    "cost": lambda: cost_rows(PERSONS, distribution="gamma"),
    "cost lognormal": lambda: cost_rows(PERSONS, distribution="lognormal"),
    "cost, none and gaps": lambda: cost_rows(
        PERSONS, hurdle=True, places=3, covariates=True, missing=9
    ),
    "grade": lambda: grade_rows(PERSONS),
    "grade, eligible and gaps": lambda: grade_rows(
        PERSONS, compared=True, eligibility=True, missing=60, covariates=True
    ),
    "days": lambda: of_rows(synthetic(np.random.default_rng(1), PERSONS // 2)),
    "days, age": lambda: of_rows(
        synthetic(np.random.default_rng(2), PERSONS // 2, covariates=True)
    ),
    "exit": lambda: followed(persons=PERSONS),
    "exit, age": lambda: followed(persons=PERSONS, gaps=False, covariate=True),
}
# Values that make the model plainly wrong: too narrow or too wide, or off the mark.
WRONG: dict[str, tuple[dict[str, float], ...]] = {
    "cost": ({"cv": 0.35}, {"cv": 1.2}, {"level": 1.4e6}, {"share_without_cost": 0.5}),
    "grade": ({"extra_step": 0.75}, {"half_width": 1.2}, {"shift": 0.8}, {"trend": 0.4}),
    "days": (
        {"amount_spread": 0.9},
        {"amount_spread": 0.01},
        {"whole_level": 1.0},
        {"any_level": -0.5},
    ),
    "exit": ({"yearly_exit": 0.45}, {"yearly_return": 0.6}),
}
_DAYS_TRUTH = {
    "any_level": 1.7, "whole_level": -1.4, "amount_level": 0.2, "amount_spread": 0.3,
    "any_effect": -0.6, "amount_effect": 0.0, "any_bias": 0.0, "amount_bias": 0.0,
    "covariate_sd": 0.1,
}  # fmt: skip
_EXIT_TRUTH = {"yearly_exit": 0.2, "yearly_return": 0.15, "mean_effect": 0.8}
TRUTH = {"cost": COST_TRUTH, "grade": GRADE_TRUTH, "days": _DAYS_TRUTH, "exit": _EXIT_TRUTH}


def _truth(name: str, spec: Evidence, model: Model) -> dict[str, Floats]:
    """One value of everything; where none is stated, the prior is drawn from."""
    rng = np.random.default_rng(5)
    drawn = draw_prior(model.parameters(spec), model.latent(spec), 1, rng)
    stated = TRUTH[name.partition(",")[0].partition(" ")[0]]
    return drawn | {key: np.array([x]) for key, x in stated.items() if key in drawn}


def _pit(model: Model, spec: Evidence, one: dict[str, Floats], data: Any) -> Floats:
    return cast("HasPit", model).pit(one, spec, data, np.random.default_rng(8))


def _uneven(pits: Floats) -> float:
    return float(stats.kstest(pits[~np.isnan(pits)], "uniform").pvalue)


@pytest.mark.parametrize("name", BLOCKS)
def test_even_at_the_values_behind_the_data_and_at_no_others(name: str) -> None:
    """Data from the model itself are even at its own values; planted faults show."""
    spec = BLOCKS[name]()
    model = load_model(spec)
    one = _truth(name, spec, model)
    # The first 600 normal numbers of some seeds, 7 is one, are as uneven as 1 in 5 000.
    rng = np.random.default_rng(70)
    data = model.replicate({key: x[0] for key, x in one.items()}, spec, rng)
    assert model.log_likelihood(one, spec, data).shape == _pit(model, spec, one, data).shape
    assert _uneven(_pit(model, spec, one, data)[0]) > 0.001
    faults = [x for x in WRONG[name.partition(",")[0].partition(" ")[0]] if set(x) <= set(one)]
    assert len(faults) >= 2
    for fault in faults:
        wrong = one | {key: np.array([x]) for key, x in fault.items()}
        assert _uneven(_pit(model, spec, wrong, data)[0]) < 1e-4, fault


def test_days_are_those_of_the_beta_binomial() -> None:
    """Against SciPy's own sum, also where nearly all lies on one side."""
    spec = of_rows(synthetic(np.random.default_rng(4), 20))
    design, model = design_of(spec), load_model(spec)
    rng = np.random.default_rng(3)
    samples = draw_prior(model.parameters(spec), model.latent(spec), 6, rng)
    samples["amount_spread"] = np.array([0.9, 0.3, 0.05, 0.001, 1e-4, 0.02])
    samples["amount_level"] = np.array([0.0, -3.0, 4.0, 8.0, -6.0, 12.0])
    total = np.linspace(1, 729, design.pattern.size).round()
    below, upto = around(samples, spec, design, total)
    treated = design.treated[design.pattern]
    effect = samples["amount_effect"] + samples["between_place_sd"] * samples["amount_study_z"]
    added = (samples["amount_bias"] + effect)[:, None] * treated
    anyone = (
        samples["any_level"][:, None]
        + treated * (samples["any_bias"] + samples["any_effect"])[:, None]
        + treated * (samples["between_place_sd"] * samples["any_study_z"])[:, None]
    )
    mean = 1 / (1 + np.exp(-samples["amount_level"][:, None] - added))
    size = (1 / samples["amount_spread"] - 1)[:, None]
    law = stats.betabinom(728, mean * size, (1 - mean) * size)
    placed = 1 / (1 + np.exp(-anyone))
    inside = placed / (1 + np.exp(samples["whole_level"][:, None] + added))
    np.testing.assert_allclose(upto, 1 - placed + inside * law.cdf(total - 1), atol=1e-9)
    np.testing.assert_allclose(below, 1 - placed + inside * law.cdf(total - 2), atol=1e-9)


def test_no_result_is_an_even_draw() -> None:
    """Who has no result adds no unevenness, and the same draw in every sample."""
    spec = grade_rows(300, missing=150)
    model = load_model(spec)
    drawn = draw_prior(model.parameters(spec), model.latent(spec), 4, np.random.default_rng(1))
    found = _pit(model, spec, drawn, model.data(spec))
    lacking = np.array([x is None for x in spec.own_rows.frame.columns["change"]])
    np.testing.assert_array_equal(found[0, lacking], found[3, lacking])
    assert _uneven(found[0, lacking]) > 0.001


def test_units_not_told_of_are_left_out() -> None:
    """A published group beside the rows has no place in a distribution over households."""
    rng = np.random.default_rng(1)
    cdf = rng.random((500, 60))
    cdf[:, 50:] = np.nan
    found = summary(rng.normal(-1.0, 0.05, (500, 60)), cdf, persons=True)
    assert found.pit_p is not None
    assert summary(rng.normal(-1.0, 0.05, (500, 60)), np.full((500, 60), np.nan), True).pit == ()
