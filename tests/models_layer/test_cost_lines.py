"""SkolFam 2 line by line: what the published table says, and what two small groups cannot say."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from scipy import stats

from models.cache import fit_or_load
from models.calibration import calibrate, prior_returned
from models.cost_comparison import exact, lines, totals
from models.cost_comparison.fieller import Z, fieller
from models.cost_comparison.keys import Line
from models.cost_comparison.spec import CostComparison
from models.interface import Data, Samples
from models.language import speaking
from models.posterior import Posterior
from models.priors import draw_prior
from models.spec import Evidence
from tests.models_layer.agreement import distances
from tests.models_layer.blocks import LINE_PRIORS, skolfam2_lines
from tests.models_layer.likelihood import assert_same

# Two-sided false alarm of 4 standard errors: 6e-5 a comparison, about 150 comparisons.
LIMIT = 4.0
GROUPS = tuple(LINE_PRIORS)


@pytest.fixture(scope="session")
def lines_fit(cache_dir: Path) -> Posterior:
    """Return the posterior of the 24 lines."""
    return fit_or_load("lines", skolfam2_lines(), 1, cache_dir)


def _prior_draws(spec: CostComparison, count: int, rng: np.random.Generator) -> Samples:
    return draw_prior(lines.parameters(spec), lines.latent(spec), count, rng)


def test_lines_add_up_to_the_printed_sums_and_one_krona() -> None:
    """Per child 976 543 and 1 144 085 kr, 167 542 kr apart, as the deck prints them."""
    seen = lines.data(skolfam2_lines())
    treated, comparison = (float(np.sum(seen[arm])) for arm in ("treated", "comparison"))
    assert 21 * treated == pytest.approx(20_507_393 + 1)
    assert 19 * comparison == pytest.approx(21_737_612 + 1)
    assert (round(treated), round(comparison)) == (976_543, 1_144_085)
    assert round(comparison) - round(treated) == 167_542


def test_familjehem_absorbs_three_quarters_of_the_saving() -> None:
    """340 of the 452 tkr per child saved on institutions; more is saved on öppenvård."""
    found = {name: round(x / 1000) for name, x in lines.differences(skolfam2_lines()).items()}
    assert found == {"institution": -452, "familjehem": 340, "oppenvard": -102, "case_work": 46}
    whole = lines.differences(skolfam2_lines())
    assert -whole["familjehem"] / whole["institution"] == pytest.approx(0.753, abs=5e-4)
    assert sum(whole.values()) == pytest.approx(-167_542, abs=1.0)


def test_a_group_of_lines_is_a_pair_of_totals() -> None:
    """Each part has the sums of its lines, and the posterior of totals."""
    part = lines.parts(skolfam2_lines())["institution"]
    assert totals.data(part)["treated"] * 21 == pytest.approx(4_339_434 + 108_719)
    assert totals.sizes(part) == {"treated": 21, "comparison": 19}


def test_sampled_and_written_likelihood_are_the_same(rng: np.random.Generator) -> None:
    """PyMC's log density equals the one in numpy."""
    assert_same(skolfam2_lines(), rng)


def test_derived_amounts_add_up(rng: np.random.Generator) -> None:
    """Changes by group add to the change of the whole cost; negative is cheaper."""
    spec = skolfam2_lines()
    found = lines.derive(_prior_draws(spec, 200, rng), spec)
    change = sum(found[f"change_{name}"] for name in GROUPS)
    whole = found["mean_without"] * np.expm1(found["log_ratio_new"])
    np.testing.assert_allclose(change, whole, rtol=1e-9)
    np.testing.assert_allclose(
        found["change_institution"] < 0, found["log_ratio_new_institution"] < 0
    )


def test_independent_draws_off_the_grid_have_its_moments(rng: np.random.Generator) -> None:
    """The reference for sums agrees with quadrature where both have an answer."""
    part = lines.parts(skolfam2_lines())["institution"]
    solved, drawn = exact.solve(part), exact.draws(part, 100_000, rng)
    for name, x in drawn.items():
        error = solved[name].sd / np.sqrt(x.size)
        assert np.mean(x) == pytest.approx(solved[name].mean, abs=4 * error), name
        assert np.std(x) == pytest.approx(solved[name].sd, rel=0.03), name


@pytest.mark.parametrize(("distance", "kind"), [(0.0, "line"), (1.0, "outside"), (3.0, "bounded")])
def test_fieller_covers_as_often_as_it_says(
    distance: float, kind: str, rng: np.random.Generator
) -> None:
    """The set holds the true ratio in 95 % of repetitions, however weak the denominator is."""
    trials, denominator = 20_000, distance + 1e-3
    top = 0.75 * denominator + rng.standard_normal(trials)
    below = denominator + rng.standard_normal(trials)
    sets = [fieller(float(a), float(b), 1.0, 1.0) for a, b in zip(top, below, strict=True)]
    error = np.sqrt(0.95 * 0.05 / trials)
    assert np.mean([one.holds(0.75) for one in sets]) == pytest.approx(0.95, abs=4 * error)
    assert kind in {one.kind for one in sets}


@pytest.mark.parametrize("correlation", [-0.9, -0.3, 0.0, 0.3, 0.9])
def test_correlation_cannot_bound_the_ratio(correlation: float) -> None:
    """Whether the set is bounded hangs on the denominator alone: independence decides nothing."""
    weak = fieller(340.0, 452.0, 150.0**2, 300.0**2, correlation * 150.0 * 300.0)
    strong = fieller(340.0, 452.0, 150.0**2, 100.0**2, correlation * 150.0 * 100.0)
    assert (weak.kind != "bounded", strong.kind) == (True, "bounded")


@pytest.mark.parametrize("cv", [1.2, 1.6, 2.0])
def test_the_published_ratio_has_no_bounds(cv: float, rng: np.random.Generator) -> None:
    """For every CV of a cost that most children do not have, nothing bounds the ratio."""
    spec = skolfam2_lines()
    samples = {f"cv_{name}": np.full(10, 1.0) for name in GROUPS} | {
        "cv_institution": np.full(10, cv)
    }
    found = lines.ratio_set(samples, spec)
    assert found.kind != "bounded"
    assert found.z < Z
    assert found.holds(0.753)


def test_large_and_comparable_groups_would_bound_the_ratio() -> None:
    """The set is not unbounded by construction: twenty times the children and no bias bound it."""
    samples = {f"cv_{name}": np.full(10, 1.6) for name in GROUPS}
    assert lines.ratio_set(samples, skolfam2_lines(times=20, bias_sd=0.001)).kind == "bounded"
    # More children cannot make up for groups that are not comparable.
    assert lines.ratio_set(samples, skolfam2_lines(times=20, bias_sd=0.6)).kind != "bounded"


def test_the_sentence_says_that_the_ratio_is_unbounded(rng: np.random.Generator) -> None:
    """Published point, no bounds, and what is used in money; in English too."""
    spec = skolfam2_lines()
    drawn = _prior_draws(spec, 500, rng)
    samples = {**drawn, **lines.derive(drawn, spec)}
    sentence = lines.statement(samples, spec, lines.sizes(spec))
    for part in ("−452 tkr", "+340 tkr", "0,75 kr per sparad krona", "utan gräns", "priorn"):
        assert part in sentence
    with speaking("en"):
        assert "0.75" in lines.statement(samples, spec, lines.sizes(spec))


@pytest.mark.parametrize("saved", ["familjehem", "institution"])
def test_nothing_saved_is_nothing_to_divide_by(saved: str, rng: np.random.Generator) -> None:
    """Where the group of lines grew there is no ratio per krona saved; where it fell there is."""
    share = {"beta": {"a": 3, "b": 2}}
    other = {"familjehem": "institution", "institution": "familjehem"}[saved]
    spec = skolfam2_lines(substitution={"saved": saved, "absorbed": other, "share": share})
    drawn = _prior_draws(spec, 500, rng)
    samples = {**drawn, **lines.derive(drawn, spec)}
    sentence = lines.statement(samples, spec, lines.sizes(spec))
    assert ("per sparad krona" in sentence) == (saved == "institution")
    assert ("inget har sparats" in sentence) == (saved == "familjehem")


def test_equal_costs_are_no_division_by_nought(rng: np.random.Generator) -> None:
    """As many kronor per person in both groups: told as nothing saved."""
    whole = skolfam2_lines()
    equal = {"treated": "21 000 000 kr", "comparison": "19 000 000 kr"}
    groups = {
        name: group.model_copy(update={"items": (Line.model_validate({"title": "allt", **equal}),)})
        for name, group in whole.published.groups.items()
    }
    table = whole.published.model_copy(update={"groups": groups})
    spec = whole.model_copy(update={"lines": table})
    drawn = _prior_draws(spec, 500, rng)
    samples = {**drawn, **lines.derive(drawn, spec)}
    assert "inget har sparats" in lines.statement(samples, spec, lines.sizes(spec))


def test_a_block_without_substitution_says_nothing_of_it(rng: np.random.Generator) -> None:
    """It is optional, and then neither handed on nor told."""
    spec = skolfam2_lines(substitution=None)
    drawn = _prior_draws(spec, 50, rng)
    assert "substitution" not in lines.derive(drawn, spec)
    assert "substitution" not in spec.quantities
    samples = {**drawn, **lines.derive(drawn, spec)}
    assert "krona" not in lines.statement(samples, spec, lines.sizes(spec))


@pytest.mark.slow
def test_lines_agree_with_quadrature(lines_fit: Posterior) -> None:
    """Every quantity of every group and of the whole lies within four standard errors."""
    solved = exact.solve(skolfam2_lines())
    for name, truth in solved.items():
        if name in lines_fit.samples:
            found = distances(lines_fit.samples[name].values, truth)
            assert max(found.values()) < LIMIT, (name, found)
    assert set(skolfam2_lines().quantities) - {"substitution"} <= set(solved)


@pytest.mark.slow
def test_the_share_stays_at_its_prior(lines_fit: Posterior) -> None:
    """What is eaten is the stated Beta(3, 2), and said not to be learned."""
    found = lines_fit.quantity("substitution")
    size = found.size / 2  # draws of NUTS are nearly independent here
    assert np.mean(found) == pytest.approx(0.6, abs=4 * 0.2 / np.sqrt(size))
    assert stats.kstest(found, stats.beta(3, 2).cdf).statistic < 0.05
    assert not lines_fit.learning["substitution"].learned
    assert lines_fit.diagnosis.verdict == "pass"


def _forgetful(one: Samples, spec: Evidence, rng: np.random.Generator) -> Data:
    """Totals of a single person called totals of the group: a wrong likelihood."""
    assert isinstance(spec, CostComparison)
    alone = skolfam2_lines(treated=1, comparison=1)
    return lines.replicate(one, alone, rng)


@pytest.mark.slow
def test_lines_are_calibrated() -> None:
    """Ranks are uniform; false alarm one in a hundred. Both negative controls fail.

    With some 40 quantities the smallest p value that can be simulated is 0.002.
    """
    spec = skolfam2_lines(substitution=None).model_copy(
        update={"sampling": skolfam2_lines().sampling.model_copy(
            update={"draws": 250, "tune": 400, "chains": 2})}
    )  # fmt: skip
    name, p = calibrate(spec, 100, 1).worst()
    assert p > 0.01, (name, p)
    assert calibrate(spec, 100, 1, refit=prior_returned(spec)).worst()[1] < 0.01
    assert calibrate(spec, 40, 1, replicate=_forgetful).worst()[1] < 0.01
