"""Grades by person: the likelihood, the reference, what the missing are assumed to be."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest
from pydantic import ValidationError
from scipy import stats

from models.calibration import calibrate, prior_returned
from models.fit import fit
from models.grade_change import cohort, exact, rows
from models.grade_change.spec import GradeChange
from models.interface import Data, Samples
from models.priors import draw_prior
from models.spec import Evidence, Sampling
from models.synthetic import made_up
from tests.models_layer.agreement import distances
from tests.models_layer.blocks import grade_change
from tests.models_layer.likelihood import assert_same
from tests.models_layer.made_rows import GRADE_TRUTH, grade_rows, holding, with_column

LIMIT = 4.0
EVERYTHING: dict[str, Any] = {
    "compared": True, "eligibility": True, "missing": 6, "covariates": True,
}  # fmt: skip
QUICK = Sampling(draws=250, tune=400, chains=2)


def _drawn(spec: GradeChange, count: int, rng: np.random.Generator) -> Samples:
    return draw_prior(rows.parameters(spec), rows.latent(spec), count, rng)


def published(step: float = 1.0) -> GradeChange:
    """Return the published school results as if there were a row for each person.

    7 worse, 22 as before, 17 better and 14 without a result, the sum +18: who took the extra
    steps is not published, so here the best eight go up one more. ``step`` is points of a step.
    """
    spec = grade_rows(60, missing=14, prior={"missing_shift": 0}, step=f"{step} poäng")
    better = (2.0 * step,) * 8 + (step,) * 9
    values = ((-step,) * 7, (0.0,) * 22, better, (None,) * 14)
    changes: tuple[float | None, ...] = sum(values, ())
    return holding(spec, with_column(spec.own_rows.frame, "change", changes))


@pytest.mark.parametrize("spec", [grade_rows(20), grade_rows(30, **EVERYTHING)])
def test_sampled_and_written_likelihood_are_the_same(
    spec: GradeChange, rng: np.random.Generator
) -> None:
    """PyMC's log density equals the one in numpy at random points."""
    assert_same(spec, rng)


def test_likelihood_person_by_person(rng: np.random.Generator) -> None:
    """The vectorised likelihood equals one that is added up with plain arithmetic."""
    spec = grade_rows(24, **EVERYTHING)
    one = {name: float(x[0]) for name, x in _drawn(spec, 1, rng).items()}
    found = rows.log_likelihood({k: np.array([x]) for k, x in one.items()}, spec, rows.data(spec))
    seen, c, q = rows.persons(spec), one["half_width"], one["extra_step"]
    for i in range(24):
        m = one["trend"] + seen.treated[i] * (one["comparison_bias"] + one["effect"])
        m += one["coefficient_sd"] * one["slope_1"] * seen.apart[0, i]
        worse, better = stats.norm.cdf(-c - m), stats.norm.sf(c - m)
        size = abs(seen.steps[i])
        chance = {-1.0: worse, 0.0: 1 - worse - better, 1.0: better}[float(np.sign(seen.steps[i]))]
        expected = math.log(chance) + (math.log((1 - q) * q ** (size - 1)) if size else 0.0)
        expected *= seen.known[i]
        share = 1 - one["eligible_loss"] if seen.before[i] else one["eligible_gain"]
        odds = share / (1 - share) * math.exp(seen.treated[i] * one["eligible_effect"])
        expected += math.log((odds if seen.after[i] else 1.0) / (1 + odds))
        assert found[0, i] == pytest.approx(expected, rel=1e-7)


@pytest.mark.slow
def test_rows_say_of_the_shift_what_counts_say() -> None:
    """The reference for rows equals the grid for the counts that the rows add up to."""
    by_rows, by_counts = exact.solve(published()), exact.solve(grade_change())
    for name in ("shift", "half_width"):
        assert by_rows[name].mean == pytest.approx(by_counts[name].mean, abs=0.02)
        assert by_rows[name].sd == pytest.approx(by_counts[name].sd, rel=0.03)
    # Steps that are seen say more than a sum: 8 of 32 were extra, Beta(1 + 8, 3 + 24) a priori.
    assert by_rows["extra_step"].mean == pytest.approx(9 / 36, abs=0.005)
    assert by_rows["extra_step"].sd == pytest.approx(stats.beta(9, 27).std(), rel=0.03)


@pytest.mark.slow
def test_eligibility_is_conjugate_without_a_comparison_group() -> None:
    """Shares who gain and lose are Beta posteriors of the counts."""
    spec = grade_rows(60, eligibility=True)
    seen, solved = rows.persons(spec), exact.solve(spec)
    gained = int(np.sum((seen.before == 0) * (seen.after == 1)))
    lost = int(np.sum((seen.before == 1) * (seen.after == 0)))
    none, some = int(np.sum(seen.before == 0)), int(np.sum(seen.before == 1))
    for name, exactly in (
        ("eligible_gain", stats.beta(2 + gained, 3 + none - gained)),
        ("eligible_loss", stats.beta(1 + lost, 4 + some - lost)),
    ):
        assert solved[name].mean == pytest.approx(exactly.mean(), abs=0.05 * exactly.std())
        assert solved[name].sd == pytest.approx(exactly.std(), rel=0.03)


def test_the_missing_shift_turns_the_published_sum(rng: np.random.Generator) -> None:
    """At −1.3 points each the 14 missing take the +18 to nought, in rows as in counts."""
    spec = published()
    one = {"half_width": np.array([0.6]), "extra_step": np.array([0.25]), "shift": np.array([0.2])}
    found = rows.derive({**one, "missing_shift": np.array([-50.0])}, spec)
    # All 14 go down, by 1/(1 − q) points each.
    assert found["cohort_points"][0] == pytest.approx(18 - 14 / 0.75)
    assert cohort.tipping_point(grade_change()) == pytest.approx(-18 / 14)


def test_the_missing_are_no_part_of_the_likelihood(rng: np.random.Generator) -> None:
    """Another assumption of the missing changes points of the cohort and nothing else."""
    spec = grade_rows(40, **EVERYTHING)
    drawn = _drawn(spec, 50, rng)
    other = {**drawn, "missing_shift": drawn["missing_shift"] - 1.0}
    seen = rows.data(spec)
    np.testing.assert_array_equal(
        rows.log_likelihood(drawn, spec, seen), rows.log_likelihood(other, spec, seen)
    )
    once, again = rows.derive(drawn, spec), rows.derive(other, spec)
    assert np.all(again["cohort_points"] <= once["cohort_points"])
    np.testing.assert_array_equal(again["effect"], once["effect"])


def test_effect_is_told_only_with_a_comparison_group(rng: np.random.Generator) -> None:
    """Without one it is a change, and the word effect is denied; with one it is the headline."""
    alone, compared = grade_rows(30), grade_rows(30, compared=True)
    assert (alone.headline, compared.headline) == ("shift", "effect")
    assert "effect" not in alone.quantities
    sentences = []
    for spec in (alone, compared):
        drawn = _drawn(spec, 100, rng)
        samples = {**drawn, **rows.derive(drawn, spec)}
        sentences.append(rows.statement(samples, spec, rows.sizes(spec)))
    assert "förändring, inte en effekt" in sentences[0]
    assert "15 bedömda mot 15" in sentences[1]


def test_few_missing_are_not_counted_out() -> None:
    """How many have no result is told only where they are none or at least five."""
    assert rows.sizes(grade_rows(30, missing=3)) == {"treated": 27}
    assert rows.sizes(grade_rows(30, missing=6)) == {"treated": 24, "missing": 6}


def test_the_sentence_tells_where_the_sum_turns(rng: np.random.Generator) -> None:
    """The published results as rows: 14 at −1.3 points each."""
    drawn = _drawn(published(), 500, rng)
    samples = {**drawn, **rows.derive(drawn, published())}
    sentence = rows.statement(samples, published(), rows.sizes(published()))
    assert "om de 14 som saknar resultat i medeltal får −1,3 poäng" in sentence


def test_merit_values_are_steps_of_two_and_a_half() -> None:
    """The unit of a step is stated, and points come back in it."""
    spec = grade_rows(40, step="2.5 poäng")
    assert {float(x) % 2.5 for x in spec.own_rows.frame.columns["change"] if x is not None} == {0.0}
    assert not list(spec.row_problems(spec.own_rows.frame))
    assert set(np.abs(rows.data(spec)["steps"])) <= set(range(12))


def test_made_up_rows_are_rows_of_the_model() -> None:
    """`simulate rows` has changes in whole steps and eligibility of 0 or 1."""
    cells = made_up(grade_rows(20, compared=True, eligibility=True), 60, 1)
    assert {float(x or 0.0) % 1.0 for x in cells["andring"]} == {0.0}
    assert set(cells["eligible_after"]) <= {0.0, 1.0}


def test_before_and_after_are_a_change() -> None:
    """Two columns say what one of changes says."""
    spec = grade_rows(30)
    frame = spec.own_rows.frame
    change = frame.columns["change"]
    frame = with_column(frame, "before", (100.0,) * 30)
    frame = with_column(frame, "after", tuple(100.0 + float(x or 0.0) for x in change))
    both = type(frame)(
        frame.group,
        {name: frame.columns[name] for name in ("before", "after")},
        {},
        frame.places,
        "both",
    )
    np.testing.assert_array_equal(rows.data(holding(spec, both))["steps"], rows.data(spec)["steps"])


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"negative": 7}, "two_forms"),
        ({"prior": {"trend": 0}}, "prior_unused"),
        ({"prior": {"coefficient_sd": 0.5}}, "prior_unused"),
        ({"prior": {"shift": None}}, "missing"),
        ({"compared": True, "prior": {"shift": 0}}, "prior_unused"),
        ({"eligibility": True, "prior": {"eligible_loss": None}}, "missing"),
        ({"prior": {"extra_step": 0}}, "out_of_range"),
    ],
)
def test_blocks_that_are_refused(change: dict[str, Any], code: str) -> None:
    """What does not belong together has a code of its own."""
    with pytest.raises(ValidationError) as caught:
        grade_rows(10, **change)
    assert {error["type"] for error in caught.value.errors()} == {code}


def test_good_rows_are_good() -> None:
    """Synthetic rows have nothing wrong, and say nothing of anyone when printed."""
    spec = grade_rows(40, **EVERYTHING)
    assert not list(spec.row_problems(spec.own_rows.frame))
    assert spec.least_rows < 40
    assert repr(rows.persons(spec)) == "Persons(40)"


@pytest.mark.slow
def test_truth_is_found_in_many_rows() -> None:
    """With 1 000 persons the posterior holds nature's values."""
    prior = {"comparison_bias": 0}
    solved = exact.solve(grade_rows(1000, **EVERYTHING, seed=4, prior=prior))
    for name in ("effect", "trend", "half_width", "extra_step", "eligible_gain", "eligible_effect"):
        away = abs(solved[name].mean - GRADE_TRUTH[name]) / solved[name].sd
        assert away < LIMIT, (name, away)


@pytest.mark.slow
def test_the_sampler_agrees_with_the_reference() -> None:
    """Everything handed on lies within four standard errors of the reference."""
    spec = grade_rows(60, **EVERYTHING, seed=2)
    fitted, solved = fit("school_rows", spec, 1), exact.solve(spec)
    assert fitted.diagnosis.verdict == "pass"
    assert np.ptp(fitted.quantity("determined_points")) == 0
    for name in set(spec.quantities) - {"determined_points"}:
        found = distances(fitted.samples[name].values, solved[name])
        # The reference has an error as well, of about a fifth of the chain's.
        assert max(found.values()) < 1.1 * LIMIT, (name, found)
    assert not fitted.learning["missing_shift"].learned
    assert not fitted.learning["comparison_bias"].learned


def _wide(one: Samples, spec: Evidence, rng: np.random.Generator) -> Data:
    """Hardly anyone moves: a wrong likelihood."""
    return rows.replicate({**one, "half_width": np.asarray(2.0)}, spec, rng)  # type: ignore[arg-type]


@pytest.mark.slow
def test_grade_rows_are_calibrated() -> None:
    """Ranks are uniform; false alarm one in a hundred. Both negative controls fail."""
    spec = grade_rows(40, **EVERYTHING).model_copy(update={"sampling": QUICK})
    name, p = calibrate(spec, 100, 1).worst()
    assert p > 0.01, (name, p)
    assert calibrate(spec, 100, 1, refit=prior_returned(spec)).worst()[1] < 0.01
    assert calibrate(spec, 40, 1, replicate=_wide).worst()[1] < 0.01


def test_the_sentence_counts_points_and_not_steps(rng: np.random.Generator) -> None:
    """Steps of 2.5 points: what the missing must lose is told in the points of the file."""
    drawn = _drawn(published(), 500, rng)
    ten = published(step=2.5)
    samples = {**drawn, **rows.derive(drawn, ten)}
    sentence = rows.statement(samples, ten, rows.sizes(ten))
    # −18 · 2.5/14 points, which in steps would have been −1.3.
    assert "i medeltal får −3,2 poäng" in sentence
    assert "−1,3" not in sentence
