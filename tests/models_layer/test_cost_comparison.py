"""The cost comparison against its exact solution, and what two totals can and cannot say."""

from __future__ import annotations

import numpy as np
import pytest

from models.cost_comparison import exact, totals
from models.fit import fit
from models.interface import Marginal
from models.posterior import Posterior
from tests.models_layer.agreement import distances
from tests.models_layer.blocks import final_account, skolfam2

# Two-sided false alarm of 4 standard errors: 6e-5 a comparison, about 30 comparisons.
LIMIT = 4.0
QUANTITIES = (
    "log_ratio_study",
    "log_ratio_new",
    "mean_effect",
    "comparison_bias",
    "level",
    "cv",
    "mean_without",
)


@pytest.mark.parametrize("name", QUANTITIES)
def test_agrees_with_quadrature(
    name: str, skolfam2_fit: Posterior, skolfam2_exact: dict[str, Marginal]
) -> None:
    """Mean, sd and quantiles of SkolFam 2 lie within four standard errors of the exact ones."""
    found = distances(skolfam2_fit.samples[name].values, skolfam2_exact[name])
    assert max(found.values()) < LIMIT, found


def test_log_level_agrees_with_quadrature(
    skolfam2_fit: Posterior, skolfam2_exact: dict[str, Marginal]
) -> None:
    """So does the level on the log scale."""
    found = distances(np.log(skolfam2_fit.samples["level"].values), skolfam2_exact["log_level"])
    assert max(found.values()) < LIMIT, found


def test_wrong_likelihood_is_caught(skolfam2_fit: Posterior) -> None:
    """A likelihood that forgets how many persons are behind a total is far from the fit."""
    forgetful = skolfam2(
        treated={"n": 1, "total": f"{20_507_393 / 21:.2f} kr"},
        comparison={"n": 1, "total": f"{21_737_612 / 19:.2f} kr"},
    )
    found = distances(skolfam2_fit.samples["level"].values, exact.solve(forgetful)["level"])
    assert found["sd"] > 3 * LIMIT


def test_prior_returned_as_posterior_is_caught(
    skolfam2_exact: dict[str, Marginal], rng: np.random.Generator
) -> None:
    """Draws from the prior are far from the exact posterior."""
    prior = rng.normal(0.0, np.hypot(0.15, 0.1), size=(4, 1000))
    assert max(distances(prior, skolfam2_exact["log_ratio_study"]).values()) > 3 * LIMIT


def test_what_two_totals_cannot_say(skolfam2_fit: Posterior) -> None:
    """CV, bias and spread between places stay assumptions; level and effect are learned."""
    learned = {name for name, row in skolfam2_fit.learning.items() if row.learned}
    assert {"level", "mean_effect", "log_ratio_study", "mean_without"} <= learned
    assert not learned & {"cv", "comparison_bias", "between_place_sd"}


def test_fixed_spread_counts_as_not_learned(skolfam2_fit: Posterior) -> None:
    """A certain number has ratio one and no spread."""
    row = skolfam2_fit.learning["between_place_sd"]
    assert (row.prior_sd, row.posterior_sd, row.ratio) == (0.0, 0.0, 1.0)


def test_published_totals_are_not_surprising(skolfam2_fit: Posterior) -> None:
    """Both published means lie well inside what prior and posterior expect."""
    assert skolfam2_fit.diagnosis.verdict == "pass"
    for check in skolfam2_fit.checks.values():
        assert min(check.prior, check.posterior) > 0.2


def _far_prior(persons: int) -> Marginal:
    """Effect with a prior so wide that only the drift holds it."""
    spec = final_account(
        treated={"n": persons, "total": f"{109.1 / 60 * persons:.6f} mkr"},
        comparison={"n": persons, "total": f"{101.6 / 60 * persons:.6f} mkr"},
        prior={
            "mean_effect": {"normal": {"mean": 0, "sd": 1.0}},
            "between_place_sd": 0,
            "comparison_bias": {"normal": {"mean": 0.08, "sd": 0.08}},
        },
    )
    return exact.solve(spec)["log_ratio_study"]


@pytest.mark.parametrize("persons", [60, 600])
def test_drift_is_a_floor(persons: int) -> None:
    """With one historical group the effect's sd never falls below the stated drift's."""
    drift_sd = 0.08
    # Without data the effect's prior still helps a little: 1/sd² = 1/drift² + 1/prior².
    floor = drift_sd / np.hypot(1.0, drift_sd)
    assert _far_prior(persons).sd > floor


def test_final_account_keeps_the_floor() -> None:
    """Team Nystart's final account, with the sceptical prior: sd above the drift's."""
    assert exact.solve(final_account())["log_ratio_study"].sd > 0.08


def test_without_treated_the_effect_stays_at_its_prior() -> None:
    """With a comparison group only, the level is learned and the effect is not."""
    found = exact.solve(skolfam2(treated=None))
    assert found["log_ratio_study"].sd == pytest.approx(np.hypot(0.15, 0.1), rel=1e-6)
    assert found["log_ratio_new"].mean == pytest.approx(0.0, abs=1e-9)
    assert found["log_level"].sd < 0.2


def test_derived_quantities_by_hand() -> None:
    """θ = θ̄ + τ z and the mean without is level · exp(bias)."""
    one = np.ones(1)
    samples = {
        "level": 1e6 * one,
        "cv": 0.5 * one,
        "mean_effect": -0.1 * one,
        "between_place_sd": 0.2 * one,
        "comparison_bias": np.log(1.1) * one,
        "study_z": 0.5 * one,
        "new_z": -1.0 * one,
    }
    found = totals.derive(samples, skolfam2())
    assert found["log_ratio_study"][0] == pytest.approx(0.0)
    assert found["log_ratio_new"][0] == pytest.approx(-0.3)
    assert found["mean_without"][0] == pytest.approx(1.1e6)


def test_replicates_have_the_moments_of_a_sum(rng: np.random.Generator) -> None:
    """The mean of 21 persons has the stated mean and CV/√21 of it as sd."""
    shape = (200_000,)
    samples = {
        name: np.full(shape, value)
        for name, value in {
            "level": 1e6, "cv": 0.5, "mean_effect": -0.1, "between_place_sd": 0.0,
            "comparison_bias": 0.05, "study_z": 0.0, "new_z": 0.0,
        }.items()
    }  # fmt: skip
    found = totals.predict(samples, skolfam2(), rng)["treated_mean"]
    mean = 1e6 * np.exp(-0.05)
    sd = mean * 0.5 / np.sqrt(21)
    assert np.mean(found) == pytest.approx(mean, abs=4 * sd / np.sqrt(found.size))
    assert np.std(found) == pytest.approx(sd, rel=4 / np.sqrt(found.size))


def test_statement_is_one_sentence_with_both_groups(skolfam2_fit: Posterior) -> None:
    """The sentence names both groups' sizes."""
    samples = {str(name): skolfam2_fit.quantity(str(name)) for name in skolfam2_fit.samples}
    sentence = totals.statement(samples, skolfam2(), totals.sizes(skolfam2()))
    assert "21 personer mot 19" in sentence
    assert sentence.count(".") == 1


@pytest.mark.slow
@pytest.mark.parametrize("spread", [{"uniform": [0.0, 0.3]}, {"gamma": {"mean": 0.1, "cv": 0.7}}])
def test_final_account_agrees_with_quadrature(spread: object) -> None:
    """The final account agrees with the oracle too, also when the spread is uncertain."""
    spec = final_account(prior={
        "between_place_sd": spread,
        "comparison_bias": {"normal": {"mean": 0.08, "sd": 0.08}},
    })  # fmt: skip
    fitted, truth = fit("nystart", spec, 1), exact.solve(spec)
    assert float(np.std(fitted.quantity("log_ratio_study"))) > 0.08
    for name in QUANTITIES:
        found = distances(fitted.samples[name].values, truth[name])
        assert max(found.values()) < LIMIT, (name, found)
