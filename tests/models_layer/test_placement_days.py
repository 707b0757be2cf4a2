"""Days in care: a distribution within the window, and what is handed on is its expectation."""

from __future__ import annotations

from itertools import product
from typing import Any

import numpy as np
import pytest
from pydantic import ValidationError
from scipy import special

from models import priors
from models.interface import Floats
from models.language import speaking
from models.placement_days import groups, model, statistics
from models.placement_days.design import design_of
from models.placement_days.exact import reference
from models.placement_days.expected import expected
from models.placement_days.persons import log_persons, simulate
from models.placement_days.spec import PlacementDays
from models.rows.frame import TREATED
from simulate.language.problems import PROBLEMS
from tests.models_layer.days_blocks import (
    WINDOW,
    WITH,
    WITHOUT,
    Truth,
    frame,
    of_rows,
    of_sums,
    rows_block,
    synthetic,
)
from tests.models_layer.days_cases import CASES, rows
from tests.support.spread import slow_but

COVERED = of_rows(synthetic(np.random.default_rng(3), 20, covariates=True))
BLOCKS = {
    "rows": rows_block(20),
    "covariates": COVERED,
    "one kind": of_rows(frame((TREATED,) * 6 + ("comparison",) * 6,
                              {"hvb": [0, 730, 12, 0, 5, 9] * 2}, {})),
    "sums": of_sums(),
    "nobody": of_sums(treated={"n": 9, "unplaced": 9, "hvb": "0 dygn", "familjehem": "0 dygn"}),
}  # fmt: skip


def drawn(spec: PlacementDays, count: int, seed: int = 1) -> dict[str, Floats]:
    """Return draws from the prior."""
    rng = np.random.default_rng(seed)
    return priors.draw_prior(model.parameters(spec), model.latent(spec), count, rng)


def one_of(samples: dict[str, Floats], number: int) -> dict[str, Floats]:
    """Return one draw of every parameter."""
    return {name: value[number] for name, value in samples.items()}


@pytest.mark.parametrize("name", BLOCKS)
def test_keeps_the_shape_of_a_model(name: str) -> None:
    """What a block says that it hands on is what is derived, explained and titled."""
    spec = BLOCKS[name]
    samples = drawn(spec, 40)
    derived = model.derive(samples, spec)
    assert set(derived) == set(spec.quantities) >= {spec.headline}
    assert all(x.shape == (40,) and np.isfinite(x).all() for x in derived.values())
    explained = set(model.learned_from(spec, model.sizes(spec)))
    assert {*model.parameters(spec), *spec.quantities} <= explained <= set(spec.titles)
    new = model.predict(samples, spec, np.random.default_rng(2))
    assert set(model.observed(spec)) == set(new)
    assert all(x.shape == (40,) for x in new.values())
    assert set(model.data(spec)) == set(
        model.replicate(one_of(samples, 0), spec, np.random.default_rng(3))
    )


@pytest.mark.parametrize("name", slow_but(BLOCKS, ("covariates", "sums")))  # compiled
def test_sampled_likelihood_is_the_stated_one(name: str) -> None:
    """PyMC's log density and the one in numpy differ by one constant, wherever they are asked."""
    spec = BLOCKS[name]
    built = model.build(spec)
    ask = built.compile_logp(vars=built.potentials, mode="FAST_COMPILE")
    rng = np.random.default_rng(5)
    apart = []
    for _ in range(5):
        point = {key: rng.normal(0.0, 0.7, np.shape(x)) for key, x in built.initial_point().items()}
        free = {key.removesuffix("_logodds__"): special.expit(x) if "logodds" in key else x
                for key, x in point.items()}  # fmt: skip
        free |= dict(zip(built.coords["unknown"], free["z"], strict=True))
        found = {key: priors.values(key, prior, free, ())
                 for key, prior in model.parameters(spec).items()}  # fmt: skip
        found |= {key: np.asarray(free[key]) for key in model.latent(spec)}
        own = model.log_likelihood(found, spec, model.data(spec)).sum()
        apart.append(float(ask(point)) - own)
    assert np.ptp(apart) < 1e-7 * max(1.0, abs(apart[0]))


def short(window: int, kinds: int, covariate: bool = False) -> PlacementDays:
    """Return a block with a window so short that every outcome can be listed."""
    names = ("hvb", "sis", "familjehem")[:kinds]
    columns = {name: [float(k == 0)] * 10 for k, name in enumerate(names)}
    known = {"age": np.arange(10.0)} if covariate else {}
    rows = frame((TREATED,) * 5 + ("comparison",) * 5, columns, known)
    return of_rows(rows, window=f"{window} dygn")


def outcomes(window: int, kinds: int) -> Floats:
    """Return every way in which days can be shared within a window, dims (outcome, kind)."""
    ways = product(range(window + 1), repeat=kinds)
    return np.array([one for one in ways if sum(one) <= window], dtype=np.float64)


@pytest.mark.parametrize(("window", "kinds"), [(3, 1), (3, 2), (6, 2), (5, 3), (12, 3)])
def test_probabilities_add_to_one(window: int, kinds: int) -> None:
    """Over all days that the window can hold the probabilities add to one: none is beyond it."""
    spec = short(window, kinds)
    samples, design = drawn(spec, 30), design_of(spec)
    each = [
        np.exp(log_persons(samples, spec, design, np.tile(days, (10, 1))))
        for days in outcomes(window, kinds)
    ]
    assert np.allclose(np.sum(each, axis=0), 1.0, atol=1e-9)


def test_expected_days_are_the_mean_of_the_distribution() -> None:
    """The closed form equals the sum over all outcomes, of persons with different covariates."""
    spec = short(7, 2, covariate=True)
    samples, design = drawn(spec, 20), design_of(spec)
    # In the studied place, and without bias, new persons are as the studied ones.
    for part in ("any", "amount", *spec.types):
        samples[f"{part}_new_z"] = samples[f"{part}_study_z"]
    placed, days = expected(samples, spec, design, affected=True)
    mean, none = np.zeros_like(days), np.zeros_like(placed)
    for one in outcomes(7, 2):
        p = np.exp(log_persons(samples, spec, design, np.tile(one, (10, 1))))
        treated = p[:, design.arm == 1].mean(axis=1)
        mean += treated[:, None] * one
        none += treated * (one.sum() == 0)
    assert np.allclose(days, mean, atol=1e-9)
    assert np.allclose(placed, 1.0 - none, atol=1e-9)


def test_simulated_persons_follow_the_likelihood() -> None:
    """Each outcome comes about as often as its probability says.

    28 outcomes, each within 4.5 standard errors: false alarm 2 in 10 000.
    """
    spec = short(6, 2)
    one, design = one_of(drawn(spec, 3), 2), design_of(spec)
    many = 40_000
    new = simulate({k: np.full(many, v) for k, v in one.items()}, spec, design,
                   np.random.default_rng(7))[:, 0]  # fmt: skip
    for days in outcomes(6, 2):
        p = float(np.exp(log_persons(one, spec, design, np.tile(days, (10, 1))))[0])
        error = np.sqrt(p * (1.0 - p) / many)
        assert abs(np.mean(np.all(new == days, axis=1)) - p) < 4.5 * error + 1e-9


@pytest.mark.parametrize("name", ["rows", "covariates"])
def test_days_never_exceed_the_window(name: str) -> None:
    """No simulated person has more days than the window, whatever the prior draws."""
    spec = BLOCKS[name]
    days = simulate(drawn(spec, 300), spec, design_of(spec), np.random.default_rng(11))
    assert days.min() >= 0
    assert days.sum(axis=-1).max() == WINDOW


def test_own_windows_hold() -> None:
    """A column of windows bounds each person by their own."""
    made = synthetic(np.random.default_rng(1), 10)
    windows = tuple(float(800 + 10 * k) for k in range(20))
    spec = of_rows(frame(made.group, {**made.columns, "window": windows}, {}))
    assert spec.types == ("hvb", "sis", "familjehem")
    days = simulate(drawn(spec, 500), spec, design_of(spec), np.random.default_rng(1))
    assert np.array_equal(days.sum(axis=-1).max(axis=0), windows)


def test_rows_of_new_persons() -> None:
    """New data become columns again, in the order of the rows."""
    spec = BLOCKS["rows"]
    assert spec.rows is not None
    assert model.rows_of(model.data(spec), spec) == dict(spec.rows.frame.columns)


def test_sums_have_the_moments_of_persons() -> None:
    """What stands for published sums has the mean, variance and covariance of simulated ones.

    Six figures within 4 standard errors: false alarm 1 in 2 600.
    """
    spec = of_sums()
    one = one_of(drawn(spec, 9), 4)
    parts = groups.studied(one, spec, design_of(spec))
    _many = 8_000
    many = 8_000
    # Everyone is placed: what is approximated is the sum given their number.
    sure = {key: np.full(many, value) for key, value in one.items()}
    sure["any_level"] = np.full(many, 40.0)
    new = groups.new_groups(sure, spec, np.random.default_rng(2))
    for arm, n in enumerate((40, 30)):
        placed = np.full(2, float(n))
        sums = groups.sums_of(one, spec, parts, placed)
        most = n * (WINDOW - 1.0)
        share, spread = float(sums.share[arm]), float(sums.spread[arm])
        total = new["total"][:, arm]
        mean = n + most * share
        sd = np.sqrt(most * share * (1 - share) * (1 + (most - 1) * spread))
        assert abs(total.mean() - mean) < 4.0 * sd / np.sqrt(many)
        square = (total - mean) ** 2
        assert abs(square.mean() - sd**2) < 4.0 * square.std() / np.sqrt(many)
        pi = parts.allocation[arm, 0]
        alike = one["single_type"] + (1 - one["single_type"]) * one["allocation_spread"]
        apart = (new["days_hvb"][:, arm] - pi * total) ** 2
        whole = total + alike * (total**2 * sums.effective[arm] - total)
        gap = apart - pi * (1 - pi) * whole
        # The share that single persons have of the total is approximated: within 3 %.
        assert abs(gap.mean()) < 4.0 * gap.std() / np.sqrt(many) + 0.03 * apart.mean()


@pytest.mark.slow
def test_oracle_finds_the_known_substitution() -> None:
    """The truth behind made-up persons lies within the posterior, and substitution is seen.

    Seven quantities within 3.3 posterior standard deviations: false alarm 7 in 1 000.
    """
    certain = {"between_place_sd": 0, "comparison_bias": 0}
    spec = of_rows(synthetic(np.random.default_rng(8), 120), prior=certain)
    found = reference(spec, draws=1_500)
    assert found.size > 300
    without, with_ = WITHOUT.days, WITH.days
    truth = {f"days_avoided_{name}": without[name] - with_[name] for name in without}
    truth["days_avoided"] = sum(without.values()) - sum(with_.values())
    truth["any_placement_gain"] = WITHOUT.placed - WITH.placed
    truth["substitution"] = 0.7 - 0.35
    truth["log_ratio_days"] = float(
        np.log((with_["hvb"] + with_["sis"]) / (without["hvb"] + without["sis"]))
    )
    for name, value in truth.items():
        posterior = found.marginal(name)
        assert abs(posterior.mean - value) < 3.3 * posterior.sd, name
    assert found.marginal("substitution").quantiles[0.05] > 0.15


@pytest.mark.slow
def test_a_kind_that_stays_is_not_said_to_be_replaced() -> None:
    """Where the programme only spares days, the shares of the kinds stay within their error."""
    fewer = Truth(0.5, WITHOUT.whole, 0.4, WITHOUT.spread, WITHOUT.kinds)
    spec = of_rows(synthetic(np.random.default_rng(9), 120, with_=fewer))
    found = reference(spec, draws=1_000)
    assert found.marginal("days_avoided").quantiles[0.05] > 0
    share = found.marginal("substitution").quantiles
    assert share[0.05] < 0 < share[0.95]


@pytest.mark.parametrize("code", CASES)
def test_rows_that_cannot_be(code: str) -> None:
    """Each is told with its rows, and nothing that stands in them."""
    column, places, bad = CASES[code]
    found = list(rows_block(20).model_copy(update={"rows": _source(bad)}).row_problems(bad))
    assert [(one.code, one.column, one.rows) for one in found] == [(code, column, places)]
    words = PROBLEMS[code]
    for part in (words.found, words.allowed, words.remedy):
        part.format(file="f", column=column, rows="r", **found[0].context)


def _source(bad: Any) -> Any:
    return of_rows(bad).rows


def test_good_rows_have_no_problem() -> None:
    """Rows that fill the window exactly are fine."""
    assert list(of_rows(rows()).row_problems(rows())) == []


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"comparison": None}, "missing"),
        ({"treated": {"n": 30, "unplaced": 8, "hvb": "80 dygn"}}, "days_types_differ"),
        ({"treated": {"n": 30, "unplaced": 30, "hvb": 0, "familjehem": 9}}, "days_impossible"),
        ({"treated": {"n": 30, "unplaced": 31, "hvb": 0, "familjehem": 0}}, "days_impossible"),
        ({"treated": {"n": 30, "unplaced": 0, "hvb": 0, "familjehem": 0}}, "days_impossible"),
        ({"treated": {"n": 30, "unplaced": 15, "hvb": 200, "familjehem": 200}}, "days_impossible"),
        ({"window": 2}, "out_of_range"),
        ({"prior": {"amount_spread": 0}}, "out_of_range"),
        ({"prior": {"allocation": None}}, "missing"),
        ({"window": 30.5}, "not_an_integer"),
    ],
)  # fmt: skip
def test_refused_with_a_stable_code(changes: dict[str, Any], code: str) -> None:
    """What cannot be is refused when the scenario is read."""
    with pytest.raises(ValidationError) as caught:
        of_sums(**changes)
    assert code in {error["type"] for error in caught.value.errors()}


def test_covariates_need_a_prior() -> None:
    """Covariates without a stated prior are refused."""
    made = synthetic(np.random.default_rng(3), 20, covariates=True)
    with pytest.raises(ValidationError) as caught:
        of_rows(made, prior={"covariate_sd": None})
    assert caught.value.errors()[0]["loc"] == ("prior", "covariate_sd")


def test_as_many_persons_as_unknowns() -> None:
    """Three kinds without covariates: 2 + 4 + 4 + 2 unknowns; three columns of them add 12."""
    assert (rows_block(20).least_rows, COVERED.least_rows) == (12, 24)


def test_nothing_of_fewer_than_five_is_shown() -> None:
    """A mean that rests on a few persons is left out, and all kinds with it."""
    columns = {"hvb": [9.0] * 20, "sis": [7.0, 7.0, 7.0, 7.0, *[0.0] * 16]}
    spec = of_rows(frame((TREATED,) * 10 + ("comparison",) * 10, columns, {}))
    shown = statistics.shown(spec, model.data(spec))
    assert shown == ("comparison_mean_days", "comparison_sd_days",
                     "treated_mean_days", "treated_sd_days")  # fmt: skip
    columns["sis"] = [7.0] * 5 + [0.0] * 5 + [7.0] * 10
    spec = of_rows(frame((TREATED,) * 10 + ("comparison",) * 10, columns, {}))
    assert "treated_mean_sis" in model.observed(spec)
    assert "treated_several" in model.observed(spec)


def test_statement_gives_a_range_only_where_there_is_one() -> None:
    """Days gained per day avoided are said only when it is sure that any are avoided."""
    spec = BLOCKS["rows"]
    days = np.linspace(50.0, 100.0, 99)
    samples = {"days_avoided_hvb": days, "days_avoided_sis": 0 * days,
               "days_avoided_familjehem": -days / 2}  # fmt: skip
    sizes = {"treated": 20, "comparison": 20}
    assert "tillkommer 0,5 dygn" in model.statement(samples, spec, sizes)
    with speaking("en"):
        assert "0.5 days" in model.statement(samples, spec, sizes)
    samples["days_avoided_hvb"] = days - 75.0
    assert "går inte att säga" in model.statement(samples, spec, sizes)
