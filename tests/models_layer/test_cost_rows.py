"""Cost by person: the likelihood, the oracle, what is handed on, and the rows that are refused."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest
from pydantic import ValidationError
from scipy import special, stats

from models.calibration import calibrate, prior_returned
from models.cost_comparison import exact, hurdle, persons, rows, totals
from models.cost_comparison.spec import CostComparison
from models.evidence import load_model
from models.fit import fit
from models.importance import Functions, solve_by_importance
from models.interface import Data, Samples
from models.priors import draw_prior
from models.spec import Evidence, Sampling
from models.synthetic import made_up
from tests.models_layer.agreement import distances
from tests.models_layer.blocks import skolfam2
from tests.models_layer.likelihood import assert_same
from tests.models_layer.made_rows import COST_TRUTH, HURDLE_PRIOR, cost_rows
from tests.models_layer.row_cases import CASES, frame_of

LIMIT = 4.0
EVERYTHING: dict[str, Any] = {"hurdle": True, "covariates": True, "places": 3, "missing": 3}
QUICK = Sampling(draws=250, tune=400, chains=2)


def published(**changes: Any) -> CostComparison:
    """Return totals with a published count of persons without cost."""
    block: dict[str, Any] = {
        "treated": {"n": 40, "total": "20 mkr", "without_cost": 14},
        "comparison": {"n": 50, "total": "41 mkr", "without_cost": 9},
        "prior": HURDLE_PRIOR,
    }
    return skolfam2(**(block | changes))


def _drawn(spec: CostComparison, count: int, rng: np.random.Generator) -> Samples:
    form = load_model(spec)
    return draw_prior(form.parameters(spec), form.latent(spec), count, rng)


@pytest.mark.parametrize(
    "spec",
    [
        pytest.param(cost_rows(30), marks=pytest.mark.slow),
        cost_rows(40, **EVERYTHING),
        pytest.param(
            cost_rows(30, distribution="lognormal", covariates=True), marks=pytest.mark.slow
        ),
        published(),
        pytest.param(published(treated=None), marks=pytest.mark.slow),
    ],
)
def test_sampled_and_written_likelihood_are_the_same(
    spec: CostComparison, rng: np.random.Generator
) -> None:
    """PyMC's log density equals the one in numpy at random points."""
    assert_same(spec, rng)


@pytest.mark.parametrize("distribution", ["gamma", "lognormal"])
def test_likelihood_person_by_person(distribution: str, rng: np.random.Generator) -> None:
    """The vectorised likelihood equals one that is added up with plain arithmetic."""
    spec = cost_rows(24, **EVERYTHING, distribution=distribution)
    one = {name: float(x[0]) for name, x in _drawn(spec, 1, rng).items()}
    samples = {name: np.array([x]) for name, x in one.items()}
    seen = persons.persons(spec)
    found = rows.log_likelihood(samples, spec, rows.data(spec))[0]
    for i, cost in enumerate(seen.cost):
        x = [
            next((one[f"missing_{j + 1}"] for j, hole in enumerate(seen.holes) if hole == (i, k)),
                 float(seen.apart[i, k]))
            for k in range(2)
        ]  # fmt: skip
        sd, place = one["coefficient_sd"], int(seen.place[i]) + 1
        odds = math.log(one["share_without_cost"] / (1 - one["share_without_cost"]))
        odds += sum(sd * one[f"none_{k + 1}"] * x[k] for k in range(2))
        odds += seen.treated[i] * one["effect_without_cost"]
        none = 1 / (1 + math.exp(-odds))
        mean = one["level"] * math.exp(sum(sd * one[f"cost_{k + 1}"] * x[k] for k in range(2)))
        mean *= math.exp(one["place_level_sd"] * one[f"place_level_z_{place}"])
        effect = one["mean_effect"] + one["between_place_sd"] * one[f"place_z_{place}"]
        mean *= math.exp(seen.treated[i] * (one["comparison_bias"] + effect))
        cv = one["cv"]
        if cost == 0.0:
            expected = math.log(none)
        elif distribution == "gamma":
            expected = math.log1p(-none)
            expected += float(stats.gamma(cv**-2, scale=mean * cv**2).logpdf(cost))
        else:
            sigma = math.sqrt(math.log1p(cv**2))
            expected = math.log1p(-none)
            expected += float(stats.lognorm(sigma, scale=mean / math.sqrt(1 + cv**2)).logpdf(cost))
        assert found[i] == pytest.approx(expected, rel=1e-9)


def test_importance_sampling_agrees_with_quadrature(rng: np.random.Generator) -> None:
    """The reference for rows, applied to totals, gives what the grid gives: 60 000 draws."""
    functions = Functions(totals.parameters, totals.latent, totals.log_likelihood, totals.derive)
    drawn = solve_by_importance(functions, skolfam2(), totals.data(skolfam2()), rng)
    for name, truth in exact.solve(skolfam2()).items():
        if name in drawn:
            # Weights make the draws worth some 60 % of their number; 0.02 sd is over 3 errors.
            assert drawn[name].mean == pytest.approx(truth.mean, abs=0.02 * truth.sd), name
            assert drawn[name].sd == pytest.approx(truth.sd, rel=0.03), name


@pytest.mark.slow
def test_published_zeros_agree_with_importance_sampling(rng: np.random.Generator) -> None:
    """Quadrature of the two parts and sampling of the whole are the same posterior."""
    functions = Functions(hurdle.parameters, hurdle.latent, hurdle.log_likelihood, hurdle.derive)
    drawn = solve_by_importance(functions, published(), hurdle.data(published()), rng)
    solved = exact.solve(published())
    assert set(published().quantities) <= set(solved)
    for name, truth in solved.items():
        if name in drawn:
            assert drawn[name].mean == pytest.approx(truth.mean, abs=0.02 * truth.sd), name
            assert drawn[name].sd == pytest.approx(truth.sd, rel=0.03), name


@pytest.mark.slow  # two grids
def test_nobody_without_cost_leaves_the_totals_as_they_are() -> None:
    """With no one without cost the effect is that of plain totals, but for who might have been."""
    nobody = published(
        treated={"n": 21, "total": "20 507 393 kr", "without_cost": 0},
        comparison={"n": 19, "total": "21 737 612 kr", "without_cost": 0},
        prior={"share_without_cost": {"beta": {"a": 1, "b": 5000}}, "effect_without_cost": 0},
    )
    for name in ("log_ratio_study", "mean_without"):
        with_, without = exact.solve(nobody)[name], exact.solve(skolfam2())[name]
        assert with_.mean == pytest.approx(without.mean, rel=1e-3, abs=1e-4)
        assert with_.sd == pytest.approx(without.sd, rel=1e-3)


def test_whole_cost_is_standardised_by_hand(rng: np.random.Generator) -> None:
    """Means over all persons of both groups, without and with, those without a cost included."""
    spec = cost_rows(40, **EVERYTHING)
    one = {name: x[:1] for name, x in _drawn(spec, 1, rng).items()}
    seen = persons.persons(spec)
    sums = []
    for treated in (0.0, 1.0):
        odds = persons.log_odds(one, seen, treated)
        assert odds is not None
        paid = np.exp(persons.told_apart(one, seen, "cost")) * special.expit(-odds)
        sums.append(float(paid.mean()))
    effect = float((one["mean_effect"] + one["between_place_sd"] * one["new_z"])[0])
    found = rows.derive(one, spec)
    expected = math.log(sums[1] / sums[0]) + effect
    assert found["log_ratio_new"][0] == pytest.approx(expected, rel=1e-9)


def test_without_covariates_the_whole_is_the_effect(rng: np.random.Generator) -> None:
    """Rows that tell no one apart hand on θ itself, in any shape of samples."""
    spec = cost_rows(20)
    drawn = {name: x.reshape(2, 5) for name, x in _drawn(spec, 10, rng).items()}
    found = rows.derive(drawn, spec)
    theta = drawn["mean_effect"] + drawn["between_place_sd"] * drawn["study_z"]
    np.testing.assert_allclose(found["log_ratio_study"], theta, rtol=1e-9, atol=1e-12)
    assert rows.log_likelihood(drawn, spec, rows.data(spec)).shape == (2, 5, 20)
    assert rows.predict(drawn, spec, rng)["treated_mean"].shape == (2, 5)


@pytest.mark.parametrize("distribution", ["gamma", "lognormal"])
def test_replicates_have_the_stated_mean_and_spread(
    distribution: str, rng: np.random.Generator
) -> None:
    """New persons cost level on average, with the stated CV among those who cost anything."""
    spec = cost_rows(40, hurdle=True, distribution=distribution)
    one = {name: np.full(4000, COST_TRUTH[name]) for name in rows.parameters(spec)}
    one |= {name: np.zeros(4000) for name in rows.latent(spec)}
    cost = rows.replicate(one, spec, rng)["cost"][:, 1::2]  # the comparison group
    paid = cost[cost > 0]
    assert np.mean(cost == 0) == pytest.approx(0.2, abs=4 * np.sqrt(0.16 / cost.size))
    assert np.mean(paid) == pytest.approx(1e6, abs=4 * 0.7e6 / np.sqrt(paid.size))
    assert np.std(paid) / np.mean(paid) == pytest.approx(0.7, rel=0.05)


def test_exposure_makes_costs_by_year(rng: np.random.Generator) -> None:
    """Twice the time at twice the cost says the same of a year."""
    from tests.models_layer.made_rows import holding, with_column

    spec = cost_rows(30)
    frame = with_column(spec.own_rows.frame, "exposure", (2.0,) * 30)
    cost = tuple(2.0 * float(x or 0.0) for x in frame.columns["cost"])
    double = holding(spec, with_column(frame, "cost", cost))
    one = _drawn(spec, 5, rng)
    once = rows.log_likelihood(one, spec, rows.data(spec))
    twice = rows.log_likelihood(one, double, rows.data(double))
    np.testing.assert_allclose(np.diff(once.sum(-1)), np.diff(twice.sum(-1)), rtol=1e-6)
    assert rows.observed(double)["treated_mean"] == pytest.approx(
        rows.observed(spec)["treated_mean"]
    )


@pytest.mark.slow
def test_truth_is_found_in_many_rows() -> None:
    """With 600 persons the posterior of the studied place holds nature's effect and CV."""
    prior = {"comparison_bias": 0, "between_place_sd": 0}
    solved = exact.solve(cost_rows(600, covariates=True, hurdle=True, seed=3, prior=prior))
    for name in ("cv", "effect_without_cost", "mean_effect", "share_without_cost"):
        away = abs(solved[name].mean - COST_TRUTH[name]) / solved[name].sd
        assert away < LIMIT, (name, away)
    assert solved["cv"].sd < 0.05


def test_no_person_is_dropped_for_a_missing_value() -> None:
    """Missing ages leave as many persons in the likelihood, each with a value of its own."""
    spec = cost_rows(30, covariates=True, missing=4)
    assert sum(name.startswith("missing_") for name in rows.latent(spec)) == 4
    assert sum(rows.sizes(spec).values()) == 30
    assert len(rows.data(spec)["cost"]) == 30


def test_made_up_rows_are_rows_of_the_model() -> None:
    """`simulate rows` has costs for everyone, none of them missing, by the heading of the file."""
    spec = cost_rows(20, hurdle=True, covariates=True, places=3)
    cells = made_up(spec, 60, 1)
    costs = [float(x or 0.0) for x in cells["kostnad"]]
    assert len(costs) == 60
    assert min(costs) >= 0.0 < max(costs)
    assert set(cells["ort"]) == {"ort_1", "ort_2", "ort_3"}


def test_few_without_cost_are_not_told() -> None:
    """The share without cost is a statistic only where at least five have none and some."""
    frame = cost_rows(20, hurdle=True, seed=5)
    assert not [name for name in rows.observed(frame) if "share" in name]


@pytest.mark.parametrize(
    ("code", "number"), [(code, n) for code, cases in CASES.items() for n in range(len(cases))]
)
def test_rows_that_cannot_be_used(code: str, number: int) -> None:
    """Each way is told alone, with column and rows but never a value."""
    case = CASES[code][number]
    problem, *more = case.spec.row_problems(frame_of(case))
    assert (problem.code, problem.column, problem.rows, more) == (code, case.column, case.rows, [])


@pytest.mark.parametrize("spec", [cost_rows(20), cost_rows(60, **EVERYTHING)])
def test_good_rows_are_good(spec: CostComparison) -> None:
    """Synthetic rows have nothing wrong, and are more than the unknowns."""
    frame = spec.own_rows.frame
    assert not list(spec.row_problems(frame))
    assert spec.least_rows < len(frame)
    assert "1e" not in repr(frame) + repr(persons.persons(spec))


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"prior": {"place_level_sd": 0.2}}, "prior_unused"),
        ({"prior": {"share_without_cost": 0.2}}, "missing"),
        ({"covariates": True, "prior": {"coefficient_sd": None}}, "missing"),
        ({"treated": {"n": 21, "total": "1 mkr"}}, "two_forms"),
        ({"distribution": "normal"}, "literal_error"),
    ],
)
def test_blocks_that_are_refused(change: dict[str, Any], code: str) -> None:
    """What does not belong together has a code of its own."""
    with pytest.raises(ValidationError) as caught:
        cost_rows(10, **change)
    assert {error["type"] for error in caught.value.errors()} == {code}


@pytest.mark.slow
@pytest.mark.parametrize("spec", [cost_rows(60, **EVERYTHING, seed=2), published()])
def test_the_sampler_agrees_with_the_reference(spec: CostComparison) -> None:
    """Everything handed on lies within four standard errors of the reference."""
    fitted, solved = fit("rows", spec, 1), exact.solve(spec)
    assert fitted.diagnosis.verdict == "pass"
    assert not [name for name in fitted.samples if str(name).startswith("missing")]
    for name in spec.quantities:
        found = distances(fitted.samples[name].values, solved[name])
        # The reference has an error as well, of about a fifth of the chain's.
        assert max(found.values()) < 1.1 * LIMIT, (name, found)


def _equal(one: Samples, spec: Evidence, rng: np.random.Generator) -> Data:
    """Everyone costs the same on average: a wrong likelihood."""
    return load_model(spec).replicate({**one, "cv": np.asarray(0.05)}, spec, rng)


@pytest.mark.slow
@pytest.mark.parametrize("spec", [cost_rows(40, **EVERYTHING), published()])
def test_rows_and_zeros_are_calibrated(spec: CostComparison) -> None:
    """Ranks are uniform; false alarm one in a hundred. Both negative controls fail."""
    quick = spec.model_copy(update={"sampling": QUICK})
    name, p = calibrate(quick, 100, 1).worst()
    assert p > 0.01, (name, p)
    assert calibrate(quick, 100, 1, refit=prior_returned(quick)).worst()[1] < 0.01
    assert calibrate(quick, 100, 1, replicate=_equal).worst()[1] < 0.01


def test_statement_says_how_many_have_no_cost(rng: np.random.Generator) -> None:
    """Both shares are told, and the sentence needs no rows."""
    spec = published()
    drawn = _drawn(spec, 200, rng)
    samples = {**drawn, **hurdle.derive(drawn, spec)}
    sentence = hurdle.statement(samples, spec, hurdle.sizes(spec))
    assert "Andelen utan kostnad" in sentence
    assert rows.statement(samples, spec, hurdle.sizes(spec)) == sentence
