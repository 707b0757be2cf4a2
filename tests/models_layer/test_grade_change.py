"""The change in grades against its exact solution, and the school results of the final account."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import special, stats

from models.grade_change import cohort, model
from models.interface import Marginal
from models.posterior import Posterior
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
    assert model.learned_from(hasty(), model.sizes(hasty()))["extra_step"].startswith("inget")


def _log_sum(q: float, negative: int, positive: int, points: int) -> float:
    constants, k, a, b = model.log_sum_terms(negative, positive, points)
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
    for counts, p in ((worse, special.ndtr(-1.0)), (better, special.ndtr(-0.4))):
        error = np.sqrt(46 * p * (1 - p) / size)
        assert np.mean(counts) == pytest.approx(46 * p, abs=4 * error)


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


def test_statement_never_says_effect_without_denying_it(school_fit: Posterior) -> None:
    """The sentence calls it change and says that a comparison group is missing."""
    samples = {str(name): school_fit.quantity(str(name)) for name in school_fit.samples}
    sentence = model.statement(samples, grade_change(), model.sizes(grade_change()))
    assert "förändring, inte en effekt" in sentence
    assert "17 bättre, 22 oförändrade och 7 sämre" in sentence
