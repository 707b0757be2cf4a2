"""The change in grades against its exact solution, and the school results of the final account."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import special, stats

from models.grade_change import cohort, counts
from models.interface import Marginal
from models.posterior import Posterior
from models.priors import draw_prior
from tests.models_layer.agreement import distances
from tests.models_layer.blocks import grade_change, hasty

LIMIT = 4.0


@pytest.mark.parametrize("name", ["shift", "half_width", "extra_step"])
def test_agrees_with_quadrature(
    name: str, school_fit: Posterior, school_exact: dict[str, Marginal]
) -> None:
    """Mean, sd and quantiles lie within four standard errors of the exact ones."""
    found = distances(school_fit.samples[name].values, school_exact[name])
    assert max(found.values()) < LIMIT, found


def test_all_three_parameters_are_learned(school_fit: Posterior) -> None:
    """Counts move shift and half width, the published sum moves the extra step."""
    assert all(row.learned for row in school_fit.learning.values())


def test_extra_step_stays_at_its_prior_without_a_sum(hasty_fit: Posterior) -> None:
    """Without a published sum it is said that nothing can move the extra step."""
    assert "extra_step" in hasty_fit.learning
    assert counts.learned_from(hasty(), counts.sizes(hasty()))["extra_step"].startswith("inget")


def _log_sum(q: float, negative: int, positive: int, points: int) -> float:
    constants, k, a, b = counts.log_sum_terms(negative, positive, points)
    d = abs(points - positive + negative)
    terms = constants + (2 * k + d) * np.log(q) - (k + a) * np.log1p(-(q**2))
    return float((a + b) * np.log1p(-q) + special.logsumexp(terms))


@pytest.mark.parametrize(
    ("negative", "positive", "points"),
    [
        (7, 17, 18),
        (7, 17, 2),
        (7, 17, 10),
        (5, 1, -9),
        (1, 5, -9),
        (0, 4, 9),
        (4, 0, -9),
        (3, 3, 0),
    ],
)
@pytest.mark.parametrize("q", [0.05, 0.4, 0.8])
def test_probability_of_a_sum(negative: int, positive: int, points: int, q: float) -> None:
    """The finite series equals the sum over all splits into minus and plus points."""

    def pmf(extra: np.ndarray, persons: int) -> np.ndarray:
        return stats.nbinom.pmf(extra, persons, 1 - q) if persons else (extra == 0) * 1.0

    lost = np.arange(3000)
    added = lost + points - positive + negative
    expected = np.sum(pmf(lost, negative) * pmf(added, positive))
    assert _log_sum(q, negative, positive, points) == pytest.approx(np.log(expected), rel=1e-9)


def test_probabilities_of_all_sums_add_to_one() -> None:
    """Over every possible sum the probabilities add to one."""
    total = sum(np.exp(_log_sum(0.5, 3, 4, points)) for points in range(-120, 121))
    assert total == pytest.approx(1.0, abs=1e-9)


def test_counts_follow_the_ordered_probit(rng: np.random.Generator) -> None:
    """Simulated counts have the probabilities of the bands."""
    size = 200_000
    samples = {"shift": np.full(size, 0.3), "half_width": np.full(size, 0.7)}
    worse, better = cohort.count_moves(samples, 46, rng)
    for moved, p in ((worse, special.ndtr(-1.0)), (better, special.ndtr(-0.4))):
        error = np.sqrt(46 * p * (1 - p) / size)
        assert np.mean(moved) == pytest.approx(46 * p, abs=4 * error)


def test_tipping_point_of_the_missing() -> None:
    """The 14 missing of 60 would have to lose 18/14 points each to turn +18 into nought."""
    assert grade_change().missing == 14
    assert cohort.tipping_point(grade_change()) == pytest.approx(-18 / 14)
    assert cohort.tipping_point(grade_change(point_sum=None)) is None


def test_sum_stays_positive_when_the_missing_are_like_the_rest(
    school_fit: Posterior, rng: np.random.Generator
) -> None:
    """Missing at random, the whole group's sum is almost certainly above nought."""
    samples = {str(name): school_fit.quantity(str(name)) for name in school_fit.samples}
    chance = cohort.probability_positive(samples, grade_change(), rng)
    assert 0.98 < chance <= 1.0
    known_only = grade_change(undeterminable=0, not_due=0)
    assert cohort.probability_positive(samples, known_only, rng) == 1.0


def test_the_shift_that_turns_the_sum(school_fit: Posterior, rng: np.random.Generator) -> None:
    """At the tipping shift the sum is as likely below nought as above; at random it is not."""
    samples = {str(name): school_fit.quantity(str(name)) for name in school_fit.samples}
    shift = cohort.tipping_shift(samples, 18, 14)
    assert shift is not None
    assert -cohort.FARTHEST < shift < -1.0
    moved = {**samples, "missing_shift": np.full_like(samples["shift"], shift)}
    chance = cohort.probability_positive(moved, grade_change(), rng)
    assert chance == pytest.approx(0.5, abs=0.03)  # 4 000 samples: 4 errors
    # Few missing, or a large sum: nothing they can do turns it.
    assert cohort.tipping_shift(samples, 18, 4) is None
    assert cohort.tipping_shift(samples, 18, 0) is None


def test_stated_shift_of_the_missing_moves_only_the_whole_group(rng: np.random.Generator) -> None:
    """It is handed on as it stands, is no part of the likelihood, and lowers the points."""
    spec = grade_change(prior={"missing_shift": {"normal": {"mean": -1, "sd": 0.5}}})
    drawn = draw_prior(counts.parameters(spec), (), 500, rng)
    known = counts.log_likelihood(drawn, spec, counts.data(spec))
    plain = {name: x for name, x in drawn.items() if name != "missing_shift"}
    np.testing.assert_array_equal(known, counts.log_likelihood(plain, spec, counts.data(spec)))
    found = counts.derive(drawn, spec)
    at_random = cohort.expected_points(plain, spec)
    np.testing.assert_array_equal(found["cohort_points"] < at_random, drawn["missing_shift"] < 0)
    assert set(spec.quantities) == set(found)


def test_points_to_expect_of_a_person(rng: np.random.Generator) -> None:
    """The formula of expected points equals the mean of simulated ones."""
    size = 200_000
    samples = {"shift": np.full(size, 0.3), "half_width": np.full(size, 0.7),
               "extra_step": np.full(size, 0.3)}  # fmt: skip
    worse, better = cohort.count_moves(samples, 1, rng)
    points = cohort.points_of(worse, better, samples["extra_step"], rng)
    error = np.std(points) / np.sqrt(size)
    assert np.mean(points) == pytest.approx(cohort.mean_points(samples)[0], abs=4 * error)


def test_the_sentence_tells_where_it_turns(school_fit: Posterior) -> None:
    """−18/14 ≈ −1.3 points each, and a shift in standard deviations."""
    samples = {str(name): school_fit.quantity(str(name)) for name in school_fit.samples}
    sentence = counts.statement(samples, grade_change(), counts.sizes(grade_change()))
    assert "om de 14 som saknar resultat i medeltal får −1,3 poäng" in sentence
    assert "lika sannolikt under som över noll" in sentence
    assert "poängsumma blir" not in counts.statement(
        samples, grade_change(point_sum=None), counts.sizes(grade_change())
    )


def test_statement_never_says_effect_without_denying_it(school_fit: Posterior) -> None:
    """The sentence calls it change and says that a comparison group is missing."""
    samples = {str(name): school_fit.quantity(str(name)) for name in school_fit.samples}
    sentence = counts.statement(samples, grade_change(), counts.sizes(grade_change()))
    assert "förändring, inte en effekt" in sentence
    assert "17 bättre, 22 oförändrade och 7 sämre" in sentence
