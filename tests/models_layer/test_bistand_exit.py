"""Exit from bistånd against its exact solution, and what three net changes can and cannot say."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from itertools import product

import numpy as np
import pytest
from pytensor import function

from models.bistand_exit import exact, model, terms
from models.bistand_exit.arms import Arm, finals
from models.bistand_exit.chain import Course, avoided
from models.bistand_exit.households import likelihood
from models.bistand_exit.spec import BistandExit
from models.calibration import calibrate, prior_returned
from models.fit import fit
from models.interface import Data, Floats, Samples
from models.posterior import Posterior
from models.priors import draw_prior
from models.synthetic import made_up
from tests.models_layer.agreement import distances
from tests.models_layer.blocks import (
    counted,
    followed,
    servicetrainee,
    with_covariate,
    with_entries,
)
from tests.support.spread import slow_but

# Two-sided false alarm of 4 standard errors: 6e-5 a comparison, about 300 comparisons in all.
LIMIT = 4.0
PUBLISHED = (servicetrainee, counted, with_entries)
EXAMPLES = (*PUBLISHED, followed, with_covariate)
Block = Callable[..., BistandExit]


@pytest.mark.parametrize(
    ("change", "bases"), [("-83 %", (6, 12, 18, 23, 24, 29, 30)), ("-42 %", (12, 19, 24, 26))]
)
def test_bases_of_the_published_changes(change: str, bases: tuple[int, ...]) -> None:
    """The printed falls fit these numbers of households up to 30; −42 % cannot be of 30."""
    arm = {"change": change, "base": {"uniform": [1, 30]}, "years": 2}
    assert servicetrainee(treated=arm).treated.possible_bases == bases  # type: ignore[union-attr]


@pytest.mark.parametrize("decimals", [0, 1])
@pytest.mark.parametrize("base", [1, 7, 8, 40, 200, 394])
def test_every_end_prints_as_exactly_one_change(base: int, decimals: int) -> None:
    """Over all printed changes each number of households at the end comes once."""
    unit = 10 ** (2 + decimals)
    found = [end for printed in range(-unit, unit + 1)
             for end in finals(base, printed, decimals, entries=True)]  # fmt: skip
    assert found == list(range(len(found)))
    assert len(found) > 2 * base
    ends = np.arange(float(len(found)))
    printed = terms.printed(np.full_like(ends, base), ends, decimals)
    for end, one in zip(found, printed, strict=True):
        assert end in finals(base, int(one), decimals, entries=True)


def _ends(arm: Arm, base: int, printed: int) -> range:
    return finals(base, printed, arm.decimals, entries=arm.entries)


@pytest.mark.parametrize("block", PUBLISHED)
def test_probabilities_of_all_that_could_be_printed_add_to_one(block: Block) -> None:
    """For each group the likelihood is a distribution over what might have been seen."""
    spec = block()
    for arm in spec.arms.values():
        if arm.counts is not None:
            seen = list(range(arm.counts[0] + 1))
        else:
            unit = 10 ** (2 + arm.decimals)
            seen = list(range(-unit, 3 * unit))
            seen = [c for c in seen if any(_ends(arm, base, c) for base in arm.bases)]
        on, arriving = np.array([0.3]), np.array([0.2]) if arm.entries else None
        each = [terms.log_likelihood(terms.terms_of(arm, c), on, 1 - on, arriving) for c in seen]
        assert np.sum(np.exp(each)) == pytest.approx(1.0, abs=1e-9)


def test_chain_by_hand() -> None:
    """Two years by hand: half leave, a tenth come back; what lasts a year is then without."""
    (_, first, second) = Course(0.5, 0.1).path(2)
    assert first == pytest.approx((0.5, 0.5))
    assert second == pytest.approx((0.3, 0.7))
    (*_, last) = Course(0.5, 0.1, leave_times=3.0, lasting=1).path(2)
    assert last == pytest.approx((0.25 * 0.5 + 0.75 * 0.1, 0.25 * 0.5 + 0.75 * 0.9))
    assert avoided(Course(0.5, 0.1).path(1), Course(0.5, 0.1, 3.0).path(1)) == [0.125]


def test_histories_of_a_household_add_to_one_and_a_gap_is_their_sum() -> None:
    """Over all eight courses of three years the likelihood is one; an unseen year is summed."""
    course = Course(0.3, 0.1, leave_times=2.0, lasting=2)

    def chance(*status: float | None) -> float:
        with_it = [[1.0 if one is None else one for one in status]]
        without = [[1.0 if one is None else 1.0 - one for one in status]]
        return float(likelihood(course, np.array([with_it, without]), len(status))[0])

    assert sum(chance(*one) for one in product((0.0, 1.0), repeat=3)) == pytest.approx(1.0)
    assert chance(1, None, 0) == pytest.approx(chance(1, 0, 0) + chance(1, 1, 0))
    assert chance(None, None, 1) == pytest.approx(course.path(3)[-1][0])
    assert chance(1, 1) == pytest.approx((0.7 / 1.3) ** 2)


def test_rows_and_back(rng: np.random.Generator) -> None:
    """Data become the rows that they came from, and new data have gaps in the same places."""
    spec = followed()
    assert spec.rows is not None
    new = model.rows_of(
        model.replicate({k: x[0] for k, x in _prior(spec, 1, 1).items()}, spec, rng), spec
    )
    for name, column in model.rows_of(model.data(spec), spec).items():
        real = np.array(spec.rows.frame.columns[name], dtype=float)
        np.testing.assert_array_equal(column, real)
        np.testing.assert_array_equal(np.isnan(new[name]), np.isnan(real))


def test_made_up_rows_are_statuses() -> None:
    """A file of made-up rows has 0 and 1, and a mark that says that they are made up."""
    cells = made_up(followed(), 40, 1)
    assert {"ar1", "ar2", "ar3"} <= set(cells)
    assert {float(str(x)) for name in ("ar1", "ar2", "ar3") for x in cells[name]} == {0.0, 1.0}


def test_a_status_is_with_or_without() -> None:
    """Half a status is refused, by its row in the file."""
    spec = followed(gaps=False)
    assert spec.rows is not None
    frame = spec.rows.frame
    bad = dataclasses.replace(frame, columns=frame.columns | {"on_year_2": (0.5, *[1.0] * 89)})
    (problem,) = spec.row_problems(bad)
    assert (problem.code, problem.column, problem.rows) == ("rows_out_of_range", "on_year_2", (2,))
    assert not list(spec.row_problems(frame))


def test_rows_leave_no_trace_in_words_and_sizes() -> None:
    """What is said of rows is of five households at least: sizes of groups and yearly shares."""
    spec = followed(persons=12)
    assert model.sizes(spec) == {"treated": 4, "near": 4, "far": 4, "large": 300}
    assert set(model.observed(spec)) == {"large_change"}


@pytest.mark.slow
def test_households_agree_with_quadrature_where_they_can_be_weighed() -> None:
    """Few households leave enough draws of the prior to weigh against the oracle."""
    _weighed(followed(persons=18), 20_000)


def test_a_gain_fades_as_households_come_back_and_others_leave() -> None:
    """After the effect the difference shrinks each year by 1 − leave − back."""
    without = Course(0.3, 0.1).path(6)
    treated = Course(0.3, 0.1, leave_times=4.0, lasting=2).path(6)
    gain = [a - b for (a, _), (b, _) in zip(without, treated, strict=True)]
    assert gain[5] / gain[4] == pytest.approx(0.6)
    assert gain[3] / gain[2] == pytest.approx(0.6)


def _prior(spec: BistandExit, size: int, seed: int) -> dict[str, Floats]:
    return draw_prior(model.parameters(spec), model.latent(spec), size, np.random.default_rng(seed))


@pytest.mark.parametrize("block", slow_but(EXAMPLES, (servicetrainee, followed)))  # compiled
def test_likelihood_is_that_of_pymc(block: Block) -> None:
    """Up to one constant, PyMC's log density less the prior's is the sum over groups."""
    spec = block()
    built, drawn = model.build(spec), _prior(spec, 3, 2)
    logp = function(built.free_RVs, sum(built.potentials), mode="FAST_COMPILE",
                    on_unused_input="ignore")  # fmt: skip
    own = model.log_likelihood(drawn, spec, model.data(spec))
    # The published share is no potential; it stands last.
    own = (own if spec.forsorjningsstod is None else own[:, :-1]).sum(axis=-1)
    for i in range(3):
        free = [_free(variable.name, spec, drawn, i) for variable in built.free_RVs]
        assert float(logp(*free)) == pytest.approx(own[i], rel=1e-9)


def _free(name: str, spec: BistandExit, drawn: Samples, i: int) -> float:
    """A free variable of PyMC from the parameter that it makes."""
    if name in model.latent(spec):
        return float(drawn[name][i])
    parameter = name.removesuffix("_z")
    family = model.parameters(spec)[parameter].distribution
    value = float(drawn[parameter][i])
    if name.endswith("_z"):
        return (value - family.mean) / family.sd  # type: ignore[attr-defined]
    return value / family.mean if type(family).__name__ == "Gamma" else value  # type: ignore[attr-defined]


@pytest.mark.slow
def test_weighted_prior_agrees_with_quadrature() -> None:
    """Draws of the prior weighted by the likelihood have the moments of the exact posterior."""
    _weighed(servicetrainee(), 20_000)


def _weighed(spec: BistandExit, size: int) -> None:
    drawn = _prior(spec, size, 3)
    log = model.log_likelihood(drawn, spec, model.data(spec)).sum(axis=-1)
    weight = np.exp(log - log.max())
    weight /= weight.sum()
    found, truth = drawn | model.derive(drawn, spec), exact.solve(spec)
    assert set(spec.quantities) <= set(truth)
    for name, one in truth.items():
        error = np.sqrt(np.sum(weight**2 * (found[name] - one.mean) ** 2))
        assert abs(weight @ found[name] - one.mean) < LIMIT * error, name
        square = (found[name] - one.mean) ** 2
        error = np.sqrt(np.sum(weight**2 * (square - one.sd**2) ** 2))
        assert abs(weight @ square - one.sd**2) < LIMIT * error, name


def test_before_and_after_would_double_the_effect() -> None:
    """The fall of 83 per cent is credited to the programme by less than half."""
    found = exact.solve(servicetrainee())["exit_gain_study"]
    assert found.quantiles[0.95] < 0.55
    assert 2.0 * found.mean < 0.83
    # Without other groups nearly all rests on the prior of how many leave anyhow.
    alone = exact.solve(servicetrainee(comparison={}, prior={"comparison_bias": {}}))
    assert alone["exit_gain_study"].sd > found.sd


def test_a_large_group_weighs_more_but_not_more_than_its_bias_allows() -> None:
    """From 30 to 3 000 households the level is known better, down to a floor from the bias."""

    def level(households: int, sd: float) -> float:
        group = {"n": households, "left": households // 2, "years": 2}
        spec = servicetrainee(treated=None, comparison={"one": group}, prior={
            "yearly_return": 0.1, "yearly_exit": {"uniform": [0.0, 1.0]},
            "comparison_bias": {"one": {"normal": {"mean": 0, "sd": sd}}}})  # fmt: skip
        return exact.solve(spec)["without"].sd

    assert level(30, 0.2) > 1.5 * level(3_000, 0.2)
    # At one half the slope of a probability is about 1/4 a unit of log odds, by two years 0.37.
    assert level(3_000, 0.4) > 0.07
    assert level(100_000, 0.4) == pytest.approx(level(3_000, 0.4), rel=0.05)


@pytest.mark.slow
def test_no_one_left_and_everyone_left() -> None:
    """Noughts are data like any other: the posterior is sound."""

    def gain(left: int) -> float:
        spec = servicetrainee(treated={"n": 30, "left": left, "years": 2})
        return exact.solve(spec)["exit_gain_study"].mean

    assert gain(0) < 0 < gain(30)


def test_words_name_bases_groups_and_the_naive_reading() -> None:
    """The statement prints effect, interval, possible bases and the before/after reading."""
    spec = servicetrainee()
    drawn = _prior(spec, 400, 1)
    said = model.statement(drawn | model.derive(drawn, spec), spec, model.sizes(spec))
    for part in ("90 % trovärdighetsintervall", "liten grupp (högst 26 hushåll)",
                 "alla 83 procentenheterna", "6, 12, 18, 23, 24, 29, 30", "12, 19, 24, 26",
                 "342 olika antal från 18 till 394"):  # fmt: skip
        assert part in said
    moved = model.learned_from(spec, model.sizes(spec))
    assert moved["moved_to_state"].startswith("inget")
    assert "liten grupp" in moved["mean_effect"]


def _said(spec: BistandExit) -> str:
    drawn = _prior(spec, 400, 1)
    return model.statement(drawn | model.derive(drawn, spec), spec, model.sizes(spec))


def test_without_a_treated_group_none_is_told_of() -> None:
    """No one has been studied: the effect is an assumption, and no group stands behind it."""
    alone = _said(servicetrainee(treated=None))
    assert "den studerade gruppen" not in alone
    assert "bara ett antagande" in alone
    assert "den studerade gruppen" in _said(servicetrainee())


def test_only_a_fall_can_be_taken_for_an_effect() -> None:
    """Where no one left there is nothing that a comparison of before and after would count."""
    for left, told in ((0, False), (6, True)):
        said = _said(servicetrainee(treated={"n": 30, "left": left, "years": 2}))
        assert ("före och efter" in said) is told
        assert ("alla 20 procentenheterna" in said) is told


def test_replicates_are_printed_like_the_published() -> None:
    """The mean of simulated changes is the chance of being off bistånd, with the sign of a fall."""
    spec = servicetrainee()
    one = {name: np.full(40_000, x[0]) for name, x in _prior(spec, 1, 5).items()}
    rng = np.random.default_rng(6)
    found = model.predict(one, spec, rng)["large_change"]
    on = model.course(spec, "large", one, np.exp).path(2)[-1][0][0]
    error = np.std(found) / np.sqrt(found.size) + 1e-4  # rounding pulls nought to either side
    assert np.mean(found) == pytest.approx(on - 1.0, abs=LIMIT * error)
    again = model.replicate({name: x[0] for name, x in one.items()}, spec, rng)
    assert all(table.shape[0] == len(terms.ROWS) for table in again.values())


@pytest.fixture(scope="module")
def published() -> Posterior:
    """Return the posterior of Servicetrainee's three net changes."""
    return fit("servicetrainee", servicetrainee(), 1)


@pytest.mark.slow
@pytest.mark.parametrize("block", [*PUBLISHED, followed])
def test_agrees_with_quadrature(block: Block, published: Posterior) -> None:
    """Mean, sd and quantiles of everything lie within four standard errors of the exact ones."""
    fitted = published if block is servicetrainee else fit(block.__name__, block(), 1)
    # Of rows a household or the published group may weigh much: a warning, no failure.
    assert fitted.diagnosis.verdict in (("pass", "warn") if block is followed else ("pass",))
    for name, one in exact.solve(block()).items():
        found = distances(fitted.samples[name].values, one)
        assert max(found.values()) < LIMIT, (name, found)


@pytest.mark.slow
def test_what_net_changes_cannot_say(published: Posterior) -> None:
    """Effect and level are learned; who pays instead, the spread and the part are assumptions."""
    learned = {name for name, row in published.learning.items() if row.learned}
    assert {"yearly_exit", "mean_effect", "log_odds_study", "without"} <= learned
    assert not learned & {"moved_to_state", "forsorjningsstod_share", "between_place_sd"}


@pytest.mark.slow
def test_wrong_readings_are_caught(published: Posterior) -> None:
    """Thirty known households, or the prior handed back, are far from the fit."""
    thirty = servicetrainee(treated={"n": 3_000, "left": 2_490, "years": 2})
    values = published.samples["log_odds_study"].values
    assert max(distances(values, exact.solve(thirty)["log_odds_study"]).values()) > 3 * LIMIT
    drawn = _prior(servicetrainee(), 4_000, 4)
    prior = model.derive(drawn, servicetrainee())["without"].reshape(4, 1_000)
    assert max(distances(prior, exact.solve(servicetrainee())["without"]).values()) > 3 * LIMIT


SHORT = {"draws": 200, "tune": 250, "chains": 2, "target_accept": 0.9}


@pytest.mark.slow
@pytest.mark.parametrize("block", EXAMPLES)
def test_calibrated(block: Block) -> None:
    """Ranks of true values are uniform; one false alarm in a hundred (the seed is fixed)."""
    name, p = calibrate(block(sampling=SHORT), 100, 1).worst()
    assert p > 0.01, name


def _forgets_bias(one: Samples, spec: BistandExit, rng: np.random.Generator) -> Data:
    """Data of comparison groups that are as the treated would have been."""
    level = {name: 0.0 * x if "bias" in name else x for name, x in one.items()}
    return model.replicate(level, spec, rng)


@pytest.mark.slow
@pytest.mark.parametrize("wrong", ["likelihood", "prior"])
def test_calibration_has_power(wrong: str) -> None:
    """Ranks are far from uniform with data of another model, and when the prior is returned."""
    spec = counted(sampling=SHORT)
    if wrong == "prior":
        found = calibrate(spec, 100, 1, refit=prior_returned(spec))
    else:
        found = calibrate(spec, 100, 1, replicate=_forgets_bias)
    # No p value is smaller than Šidák makes of one in twenty thousand.
    assert found.worst()[1] < 2e-3
