"""The link from short run to long run: its arithmetic, its exact solution, and what is assumed."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from pytensor import function

from models.calibration import calibrate, prior_returned
from models.fit import fit
from models.interface import Data, Floats, Samples
from models.posterior import Posterior
from models.priors import draw_prior
from models.proxy_link import exact, model
from models.proxy_link.spec import ProxyLink
from tests.models_layer.agreement import distances
from tests.models_layer.blocks import counted_link, link
from tests.support.spread import slow_but

# Two-sided false alarm of 4 standard errors: 6e-5 a comparison, about 150 comparisons in all.
LIMIT = 4.0
EXAMPLES = (link, counted_link)
Block = Callable[..., ProxyLink]


def _prior(spec: ProxyLink, size: int, seed: int) -> dict[str, Floats]:
    return draw_prior(model.parameters(spec), model.latent(spec), size, np.random.default_rng(seed))


def test_excess_risk_by_persons(rng: np.random.Generator) -> None:
    """Persons moved from no success to success have as much less risk as the formula says."""
    ratio, risk, success, moved = 3.0, 0.12, 0.55, 0.2
    good = risk / (success + (1 - success) * ratio)
    before = rng.random(2_000_000) < success
    after = before | (rng.random(before.size) < moved / (1 - success))
    chance = np.where(after, good, ratio * good)
    saved = risk - chance.mean()
    excess = model.excess_risk(np.array(ratio), np.array(risk), np.array(success))
    # Both shares that are simulated have a standard error below 4e-4 of persons.
    assert saved == pytest.approx(moved * float(excess), abs=4 * 4e-4 * 2 * good)


@pytest.mark.parametrize(
    ("ratio", "risk", "success"), [(9.8, 0.4, 0.8), (0.2, 0.5, 0.3), (1, 0.3, 0.5)]
)
def test_no_risk_is_above_one(ratio: float, risk: float, success: float) -> None:
    """With the ratio as far as it can hold, both risks are shares and mix to the base risk."""
    excess = float(model.excess_risk(*(np.array(float(x)) for x in (ratio, risk, success))))
    good = risk - (1 - success) * excess
    assert 0 <= good <= 1
    assert 0 <= good + excess <= 1 + 1e-12
    assert success * good + (1 - success) * (good + excess) == pytest.approx(risk)


def test_half_the_risk_needs_everyone_moved_and_everything_causal() -> None:
    """«Better grades halve the risk» of 3.5 in 35 holds for all who fail, if all of it is causal.

    With 60 per cent who succeed anyhow, eight points moved and two fifths causal, 3.5 persons on
    försörjningsstöd become fewer by less than a tenth of a person.
    """
    one = {"between_study_sd": 0.0, "setting_z": 0.0, "mean_risk_ratio": 2.0, "base_risk": 0.1}

    def fewer(success: float, gain: float, causal: float) -> float:
        values = one | {"success_without": success, "short_run_gain": gain, "causal_share": causal}
        samples = {name: np.array([value]) for name, value in values.items()}
        return 35.0 * float(model.derive(samples, link())["long_run_gain"][0])

    assert fewer(0.0, 1.0, 1.0) == pytest.approx(1.75)
    assert fewer(0.6, 0.4, 1.0) == pytest.approx(1.0)
    assert fewer(0.6, 0.08, 0.4) == pytest.approx(0.08)
    # No more can be moved than fail.
    assert fewer(0.6, 0.9, 1.0) == pytest.approx(1.0)


def test_standard_error_from_an_interval() -> None:
    """A 95 per cent interval is 3.92 standard errors wide on the log scale, one of 90 is 3.29."""
    first, second = link().studies.values()
    assert first.standard_error == pytest.approx(np.log(6.7 / 3.6) / 3.919928, rel=1e-6)
    assert second.standard_error == pytest.approx(np.log(4.1 / 1.9) / 3.289707, rel=1e-6)


@pytest.mark.parametrize("block", EXAMPLES)
def test_likelihood_is_that_of_pymc(block: Block) -> None:
    """PyMC's log density of the data equals the sum over studies and groups."""
    spec = block()
    built, drawn = model.build(spec), _prior(spec, 3, 2)
    parts = built.logp(vars=built.observed_RVs, sum=True)
    logp = function(built.value_vars, parts, mode="FAST_COMPILE", on_unused_input="ignore")
    own = model.log_likelihood(drawn, spec, model.data(spec)).sum(axis=-1)
    for i in range(3):
        free = [_free(str(one.name), spec, drawn, i) for one in built.value_vars]
        assert float(logp(*free)) == pytest.approx(own[i], rel=1e-9)


def _free(name: str, spec: ProxyLink, drawn: Samples, i: int) -> float:
    """A value variable of PyMC, on its unbounded scale, from the parameter that it makes."""
    if name in model.latent(spec):
        return float(drawn[name][i])
    if name.endswith("_logodds__"):
        return float(np.log(x := drawn[name.removesuffix("_logodds__")][i]) - np.log1p(-x))
    if name.endswith("_log__"):
        parameter = name.removesuffix("_log__")
        mean = model.parameters(spec)[parameter].distribution.mean  # type: ignore[attr-defined]
        return float(np.log(drawn[parameter][i] / mean))
    parameter = name.removesuffix("_z")
    family, value = model.parameters(spec)[parameter].distribution, float(drawn[parameter][i])
    if type(family).__name__ == "LogNormal":
        return float(np.log(value / family.median) / family.sigma)  # type: ignore[attr-defined]
    return float((value - family.mean) / family.sd)  # type: ignore[attr-defined]


@pytest.mark.parametrize("block", slow_but(EXAMPLES, (link,)))  # 100 000 draws
def test_weighted_prior_agrees_with_quadrature(block: Block) -> None:
    """Draws of the prior weighted by the likelihood have the moments of the exact posterior."""
    spec = block()
    drawn = _prior(spec, 100_000, 3)
    log = model.log_likelihood(drawn, spec, model.data(spec)).sum(axis=-1)
    weight = np.exp(log - log.max())
    weight /= weight.sum()
    found, truth = drawn | model.derive(drawn, spec), exact.solve(spec)
    assert set(spec.quantities) <= set(truth)
    for name, one in truth.items():
        for power, expected in (
            (found[name], one.mean),
            ((found[name] - one.mean) ** 2, one.sd**2),
        ):
            error = np.sqrt(np.sum(weight**2 * (power - expected) ** 2))
            assert abs(weight @ power - expected) < LIMIT * error, name


@pytest.mark.slow
def test_confounding_takes_away_what_is_stated() -> None:
    """«About halved after adjusting» lowers the risk ratio by about that much; 9.8 is a roof."""
    roof = {"risk_ratio": 9.8, "interval": [7.0, 13.7]}
    wide = {"mean_risk_ratio": {"lognormal": {"median": 3, "sigma": 2}}, "between_study_sd": 0.0}
    halved = {"normal": {"mean": 0.693, "sd": 0.1}}
    plain = exact.solve(link(studies={"one": roof}, prior=wide | {"confounding": None}))
    lower = exact.solve(link(studies={"one": roof}, prior=wide | {"confounding": halved}))
    assert plain["log_risk_ratio"].mean == pytest.approx(np.log(9.8), abs=0.02)
    fall = plain["log_risk_ratio"].mean - lower["log_risk_ratio"].mean
    assert fall == pytest.approx(0.693, abs=0.03)
    assert lower["log_risk_ratio"].sd > plain["log_risk_ratio"].sd


@pytest.mark.slow
def test_more_studies_say_more_but_not_of_a_new_setting() -> None:
    """The mean is known better with ten studies; the new setting never better than their spread."""
    one = {"risk_ratio": 3.0, "interval": [2.0, 4.5]}
    few, many = (
        exact.solve(link(studies={f"s{i}": one for i in range(count)}, prior={"confounding": None}))
        for count in (1, 10)
    )
    assert many["mean_risk_ratio"].sd < 0.6 * few["mean_risk_ratio"].sd
    assert many["log_risk_ratio"].sd > 0.2


def test_a_chain_of_assumptions_only_is_said_to_be_one() -> None:
    """Without studies and counts every link is an assumption, and says so."""
    spec = link(studies=None, prior={"confounding": None})
    assert set(model.learned_from(spec, {}).values()) >= {"inget: ett antagande"}
    assert model.log_likelihood(_prior(spec, 5, 1), spec, {}).shape == (5, 0)
    exactly = exact.solve(spec)
    assert exactly["log_risk_ratio"].sd == pytest.approx(np.hypot(0.5, 0.2), rel=1e-3)
    for one, told in ((spec, True), (link(), False), (counted_link(), False)):
        drawn = _prior(one, 400, 1)
        said = model.statement(drawn | model.derive(drawn, one), one, model.sizes(one))
        assert ("varje led är ett antagande" in said) is told


def test_the_statement_gives_each_link_and_what_it_comes_to() -> None:
    """Effect, ratio and causal share are said, and persons of a hundred."""
    spec = counted_link()
    drawn = _prior(spec, 400, 1)
    said = model.statement(drawn | model.derive(drawn, spec), spec, model.sizes(spec))
    for part in ("godkända betyg", "försörjningsstöd vid 25 års ålder", "är orsak", "Av 100"):
        assert part in said
    moved = model.learned_from(spec, model.sizes(spec))
    assert moved["short_run_effect"].startswith("24 behandlade mot 31 jämförda")
    assert moved["causal_share"].startswith("inget")


@pytest.fixture(scope="module")
def fits() -> dict[str, Posterior]:
    """Return the posteriors of the examples."""
    return {block.__name__: fit(block.__name__, block(), 1) for block in EXAMPLES}


@pytest.mark.slow
@pytest.mark.parametrize("block", EXAMPLES)
def test_agrees_with_quadrature(block: Block, fits: dict[str, Posterior]) -> None:
    """Mean, sd and quantiles of everything lie within four standard errors of the exact ones."""
    fitted = fits[block.__name__]
    assert fitted.diagnosis.verdict == "pass"
    for name, one in exact.solve(block()).items():
        found = distances(fitted.samples[name].values, one)
        assert max(found.values()) < LIMIT, (name, found)


@pytest.mark.slow
def test_what_an_association_cannot_say(fits: dict[str, Posterior]) -> None:
    """The ratio is learned; how much is causal, and the base risk, are assumptions."""
    learned = {name for name, row in fits["counted_link"].learning.items() if row.learned}
    assert {"mean_risk_ratio", "risk_ratio", "comparison_success", "short_run_effect"} <= learned
    assert not learned & {"causal_share", "base_risk", "success_without"}


@pytest.mark.slow
def test_wrong_readings_are_caught(fits: dict[str, Posterior]) -> None:
    """An interval that is too narrow, or the prior handed back, are far from the fit."""
    values = fits["link"].samples["mean_risk_ratio"].values
    narrow = {name: {"risk_ratio": 4.9, "interval": [4.4, 5.5]} for name in ("first", "second")}
    wrong = exact.solve(link(studies=narrow))["mean_risk_ratio"]
    assert max(distances(values, wrong).values()) > 3 * LIMIT
    prior = _prior(link(), 4_000, 4)["mean_risk_ratio"].reshape(4, 1_000)
    assert max(distances(prior, exact.solve(link())["mean_risk_ratio"]).values()) > 3 * LIMIT


SHORT = {"draws": 200, "tune": 250, "chains": 2, "target_accept": 0.9}


@pytest.mark.slow
@pytest.mark.parametrize("block", EXAMPLES)
def test_calibrated(block: Block) -> None:
    """Ranks of true values are uniform; one false alarm in a hundred (the seed is fixed)."""
    name, p = calibrate(block(sampling=SHORT), 100, 1).worst()
    assert p > 0.01, name


def _forgets_confounding(one: Samples, spec: ProxyLink, rng: np.random.Generator) -> Data:
    """Studies that are as causal as can be, and groups without bias."""
    level = {name: 0.0 * x if name in ("confounding", "comparison_bias") else x
             for name, x in one.items()}  # fmt: skip
    return model.replicate(level, spec, rng)


@pytest.mark.slow
@pytest.mark.parametrize("wrong", ["likelihood", "prior"])
def test_calibration_has_power(wrong: str) -> None:
    """Ranks are far from uniform with data of another model, and when the prior is returned."""
    spec = counted_link(sampling=SHORT)
    if wrong == "prior":
        found = calibrate(spec, 100, 1, refit=prior_returned(spec))
    else:
        found = calibrate(spec, 100, 1, replicate=_forgets_confounding)
    # No p value is smaller than Šidák makes of one in twenty thousand.
    assert found.worst()[1] < 2e-3
