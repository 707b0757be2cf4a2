"""Studies before the decision in whole scenarios: known answers, limits, what stays the same."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import scipy
from numpy.typing import NDArray

from models.distributions import Fixed
from models.posterior import Posterior
from simulate.draws.factors import factors
from simulate.draws.streams import BATCH, Streams
from simulate.evidence import posteriors
from simulate.evidence_sensitivity.targets import Target
from simulate.scenario.read import load
from simulate.scenario.shipped import shipped
from simulate.scenario.tree.scenario import ContractScenario
from simulate.sensitivity.bench import Bench, Move
from simulate.sensitivity.factors import columns, everywhere, factors_of
from simulate.sensitivity.sampling import ask
from tests.support.made import pretend
from tests.support.scenarios import NOTES, raw, without_evidence
from tests.support.studies import FUND, KEY, PAID, asked, drawn, found, fund, gain, line, tree

Floats = NDArray[np.float64]


@pytest.mark.slow
@pytest.mark.parametrize("days", [760, 900])
def test_a_share_is_asked_for_yes_or_no(days: int) -> None:
    """Beta with binomial: the counts and what each leads to expect are known exactly."""
    study = {"type": "sample", "number": f"{KEY}.cashable"}
    scenario = fund(study, days, cashable={"beta": {"a": 3, "b": 5}})
    _, (offer,), npv, bench = asked(scenario, 4)
    at, slope = line(drawn(bench, f"{KEY}.cashable"), npv)
    for size in offer.sizes:
        k, n = np.arange(size.persons + 1.0), size.persons
        weights = scipy.stats.betabinom.pmf(k, n, 3, 5)
        true = gain(weights, at + slope * (3.0 + k) / (8.0 + n))
        assert size.worth.value == pytest.approx(true, abs=4.0 * size.worth.error + 300.0)
    assert offer.stated.worth.value > 10_000.0


@pytest.mark.slow
def test_an_amount_is_measured_with_a_cv() -> None:
    """Gamma with gamma: against numerical integration over number and finding."""
    study = {"type": "sample", "number": f"{KEY}.realised", "cv": 1.5}
    scenario = fund(study, 560, cashable=0.5, realised={"gamma": {"mean": 1.0, "cv": 0.5}})
    _, (offer,), npv, bench = asked(scenario, 4)
    at, slope = line(drawn(bench, f"{KEY}.realised"), npv)
    u = (np.arange(1000) + 0.5) / 1000
    value = scipy.stats.gamma.ppf(u, 4.0, scale=0.25)
    seen = np.exp(np.linspace(-6.0, 4.0, 1500))
    for size in offer.sizes:
        shape = size.persons / 1.5**2
        density = scipy.stats.gamma.pdf(seen[:, None] / value, shape, scale=1.0 / shape) / value
        weights = density.mean(axis=1) * np.gradient(seen)
        told = (density @ value) / density.sum(axis=1)
        true = gain(weights, at + slope * told)
        assert weights.sum() == pytest.approx(1.0, abs=1e-3)
        assert size.worth.value == pytest.approx(true, abs=4.0 * size.worth.error + 300.0)


@pytest.mark.slow
def test_a_number_is_measured_with_a_known_sd_and_a_bias() -> None:
    """Normal with normal, in closed form; the bias sets a limit that no size comes beyond."""
    bias = {"normal": {"mean": 0.0, "sd": 0.08}}
    study = {"type": "sample", "number": f"{KEY}.avoided.2021", "sd": 0.5, "bias": bias}
    scenario = fund(
        study,
        1,
        type="person_years",
        persons={"2021": "10 personer"},
        avoided={"2021": {"normal": {"mean": 0.35, "sd": 0.1}}},
        price="200 tkr/år",
        cashable=1.0,
    )
    _, (offer,), npv, bench = asked(scenario, 4)
    at, slope = line(drawn(bench, f"{KEY}.avoided.2021"), npv)
    for size in offer.sizes:
        s = slope * 0.1**2 / np.sqrt(0.1**2 + 0.5**2 / size.persons + 0.08**2)
        loss = abs(at + 0.35 * slope) / s
        true = s * (scipy.stats.norm.pdf(loss) - loss * scipy.stats.norm.sf(loss))
        assert size.worth.value == pytest.approx(true, abs=4.0 * size.worth.error + 300.0)
    assert offer.sizes[-1].worth.value < 0.9 * offer.limit.value


@pytest.mark.slow
def test_the_net_benefit() -> None:
    """Delay discounts what comes, waiting costs what was chosen already, and each pays a share."""
    study = {
        "type": "sample",
        "number": f"{KEY}.cashable",
        "delay": "2 år",
        "paid_by": {"socialnamnden": 0.25, "regionen": 0.75},
        "most": "24 personer",
    }
    scenario = fund(study, 900, cashable={"beta": {"a": 3, "b": 5}})
    value, (offer,), npv, _ = asked(scenario, 4)
    assert value.goes_ahead and npv.mean() > 0.0
    assert offer.kept == pytest.approx(1.035**-2)
    assert offer.waiting == pytest.approx((1.0 - 1.035**-2) * npv.mean())
    assert [one.persons for one in offer.sizes] == [3, 6, 12, 24]
    for size in offer.sizes:
        assert size.cost == pytest.approx(10_000.0 + 1_000.0 * size.persons)
        assert size.own == pytest.approx(size.cost)  # society is all who pay
        net = offer.kept * size.worth.value - offer.waiting - size.cost
        assert size.net[0] == pytest.approx(net)
        assert size.net[1] > size.worth.error * offer.kept
    nothing = scenario.decision.model_copy(update={"party": "regionen"})  # type: ignore[union-attr]  # has one
    own = asked(scenario.model_copy(update={"decision": nothing}), 2)[1][0].stated
    assert own.own == pytest.approx(0.75 * own.cost)
    assert own.net_of_all[0] == pytest.approx(own.net[0] - 0.25 * own.cost)


def test_what_moves_no_money_is_worth_nothing() -> None:
    """A number that hangs on nothing the decision is about: exactly nothing, without an error."""
    plain = tomllib.loads(FUND.read_text(encoding="utf-8"))
    plain["outcomes"]["arbete"]["without"] = {"beta": {"a": 3, "b": 7}}
    number = "outcomes.arbete.without"
    study = {"id": "one", "title": "One", "type": "sample", "number": number, "persons": 9, **PAID}
    choice = {"party": "samhallet", "act": "bevilja", "abstain": "låta bli", "utility": "npv"}
    plain["decision"] = {**choice, "studies": [study]}
    _, (offer,), _, _ = asked(tree(plain), 1)
    assert (offer.factors, offer.limit.value, offer.stated.worth.error) == ((), 0.0, 0.0)
    assert offer.best is None
    assert offer.stated.net[0] == -offer.stated.cost


def test_a_study_moves_nothing_else() -> None:
    """With studies and without, every uniform number and every future is the same, bit for bit."""
    with_ = load(shipped()["norrkoping_fond_plan"]).scenario
    decision = with_.decision
    assert decision is not None and len(decision.studies) > 1
    without = with_.model_copy(update={"decision": decision.model_copy(update={"studies": ()})})
    assert factors(with_) == factors(without)
    target = (Target("npv_mean", "kommunen"),)
    one, other = (Bench(scenario, {}, 1, 1, target) for scenario in (with_, without))
    assert one.names[: len(other.names)] == other.names
    moves = [None, Move(again=factors_of(with_)[:1])]
    assert np.array_equal(one.answers(moves), other.answers(moves))
    fewer = decision.model_copy(update={"studies": decision.studies[:1]})
    first = Bench(with_.model_copy(update={"decision": fewer}), {}, 1, 1, target)
    for name in first.names[len(other.names) :]:
        assert np.array_equal(
            Streams(1, first.names).uniforms(name, 0), Streams(1, one.names).uniforms(name, 0)
        )


@pytest.mark.slow
def test_larger_studies_are_worth_more_and_never_more_than_knowing() -> None:
    """EVSI rises with size towards EVPPI of what the study is about, which is at most EVPI."""
    scenario = load(shipped()["norrkoping_fond_plan"]).scenario
    value, found, _, _ = asked(scenario, 8)
    most = value.everything.worth
    for offer in found:
        worths = [size.worth for size in offer.sizes]
        for small, large in pairwise(worths):
            assert small.value <= large.value + 2.0 * large.error
        for one in worths:
            assert one.value <= offer.limit.value + 3.0 * np.hypot(one.error, offer.limit.error)
        assert offer.limit.value <= most.value + 3.0 * np.hypot(most.error, offer.limit.error)
        single = next(one for one in value.single if one.factors == offer.factors)
        assert offer.limit.value == single.worth.value


def _nystart(folder: Path, **study: object) -> tuple[ContractScenario, dict[str, Posterior]]:
    """Return Team Nystart with its pilot changed, and made-up posteriors."""
    loaded = load(shipped()["team_nystart"])
    fitted = posteriors(loaded.scenario, pretend(loaded, folder))
    scenario = loaded.scenario
    assert isinstance(scenario, ContractScenario) and scenario.decision is not None
    one = scenario.decision.studies[0].model_copy(update=study)
    studies = (one, *scenario.decision.studies[1:])
    decision = scenario.decision.model_copy(update={"studies": studies})
    return scenario.model_copy(update={"decision": decision}), fitted


@pytest.mark.slow
def test_a_pilot_finds_the_truth_and_its_own_chance(tmp_path: Path) -> None:
    """The log ratio is that of the true costs in the window; its error shrinks with the size."""
    scenario, fitted = _nystart(tmp_path, bias=None)
    outcome: Any = scenario.outcomes["social_cost"]
    seen, draws = found(scenario, fitted, 0, 1.0)
    many, _ = found(scenario, fitted, 0, 1e7)
    effect, cv = (
        np.concatenate([one.of(n) for one in draws]) for n in (outcome.effect, outcome.cv)
    )
    # Full effect during the insats; it fades only after its end, so that less than all is found.
    assert np.corrcoef(many[:, 0], effect)[0, 1] > 0.95
    assert np.all(np.abs(many[:, 0]) <= np.abs(effect) + 1e-3)
    off = (seen - many)[:, 0] / cv
    assert off.mean() == pytest.approx(0.0, abs=0.03)
    assert off.std() == pytest.approx(np.sqrt(2.0 / 20.0), rel=0.06)
    level = np.log(scenario.outcomes["social_cost"].cost_per_person.distribution.value)  # type: ignore[attr-defined]  # a cost
    assert many[:, 1].mean() == pytest.approx(level, abs=1e-3)


@pytest.mark.parametrize("setting", ["delay=0", "bias=0"])
def test_no_wait_and_no_bias_may_be_stated(setting: str) -> None:
    """Whoever looks at old decisions need not wait, and nothing is what a bias may be known as."""
    load(shipped()["norrkoping_fond_plan"], [f"decision.studies.budgetramar.{setting}"])


@pytest.mark.slow
def test_a_bias_that_is_known_hides_nothing(tmp_path: Path) -> None:
    """It moves what is found by the same in every future; therefore none is accepted."""
    plain, _ = found(*_nystart(tmp_path, bias=None), 0, 1.0)
    scenario, _ = _nystart(tmp_path)
    assert scenario.decision is not None
    known = replace(scenario.decision.studies[0].bias, distribution=Fixed(-1.0))  # type: ignore[attr-defined]  # a pilot
    moved, _ = found(*_nystart(tmp_path, bias=known), 0, 1.0)
    assert np.allclose(moved[:, 0] - plain[:, 0], -1.0, atol=1e-9)
    assert np.array_equal(moved[:, 1], plain[:, 1])


@pytest.mark.slow
def test_a_group_from_before_is_off_by_the_drift(tmp_path: Path) -> None:
    """With a yardstick the compared group costs less by the very drift that the contract has."""
    before, draws = found(*_nystart(tmp_path, bias=None, yardstick="saving"), 0, 1e7)
    now, _ = found(*_nystart(tmp_path, bias=None), 0, 1e7)
    measure: Any = _nystart(tmp_path)[0].measurements["saving"]
    drift = np.concatenate([one.of(measure.drift) for one in draws])
    assert np.allclose(before[:, 0] - now[:, 0], drift, atol=1e-6)


def test_a_pilot_about_a_goal_finds_its_log_odds() -> None:
    """Two counts: of very many the difference is the effect, of a few it is off as counts are."""
    changed = raw("peterborough")
    key = next(key for key, one in changed["outcomes"].items() if one["type"] == "success")
    party = next(iter(changed["parties"]))
    pilot = {"id": "one", "title": "One", "type": "pilot", "outcome": key, **NOTES}
    pilot |= {"persons": 400, "compared": 400, "cost": "1 mkr", "paid_by": {party: 1.0}}
    choice = {"party": party, "act": "b", "abstain": "c", "utility": "npv", **NOTES}
    changed["decision"] = {**choice, "studies": [pilot]}
    scenario = tree(changed)
    outcome = scenario.outcomes[key]
    many, draws = found(scenario, {}, 0, 1e6)
    few, _ = found(scenario, {}, 0, 1.0)
    effect = np.concatenate([one.of(outcome.effect) for one in draws])
    assert np.allclose(many[:, 0], effect, atol=1e-2)
    shares = scipy.special.expit(np.column_stack([many[:, 0] + many[:, 1], many[:, 1]]))
    off = (few - many)[:, 0] / np.sqrt((1.0 / (400.0 * shares * (1.0 - shares))).sum(axis=1))
    assert off.mean() == pytest.approx(0.0, abs=0.05)
    assert off.std() == pytest.approx(1.0, abs=0.06)


def test_more_rows_of_the_same_kind_keep_their_bias(tmp_path: Path) -> None:
    """However many rows there are, what they show is effect and bias together."""
    scenario, fitted = _nystart(tmp_path)
    many, draws = found(scenario, fitted, 1, 1e7)
    known = fitted["skolfam2"].quantity
    at = np.concatenate([one.sample("skolfam2") for one in draws])
    both = (known("comparison_bias") + known("log_ratio_study"))[at]
    some = known("level")[at] > 0.0  # made up, so that a few are below zero
    assert some.mean() > 0.9
    assert np.allclose(many[some, 0], both[some], atol=1e-3)


@pytest.mark.slow
def test_a_pilot_of_everyone_is_nearly_as_good_as_knowing() -> None:
    """To the municipality, for which signing is nearly even: from little to nearly EVPPI."""
    changed = raw()
    choice = dict(changed["decision"])
    without_evidence(changed)
    pilot = {key: one for key, one in choice["studies"][0].items() if key not in ("bias", "most")}
    sizes = {"few": 1, "stated": 20, "all": 100_000}
    studies = [{**pilot, "id": id, "persons": n, "compared": n} for id, n in sizes.items()]
    changed["decision"] = {**choice, "party": "kommun", "studies": studies}
    value, (few, stated, everyone), _, _ = asked(tree(changed), 2)
    limit, most = everyone.limit, value.everything.worth
    assert few.stated.worth.value < 0.5 * limit.value < stated.stated.worth.value
    assert 0.95 * limit.value < everyone.stated.worth.value
    assert everyone.stated.worth.value < limit.value + 3.0 * limit.error
    assert limit.value < most.value + 3.0 * most.error
    assert few.stated.own == 0.0 < few.stated.cost


@pytest.mark.slow
def test_a_pilot_of_grades_in_a_contract_that_pays_for_them() -> None:
    """Educate Girls: levels are paid for, and a pilot of them is worth something to who lends."""
    changed = raw("educate_girls")
    pilot = {"id": "one", "title": "One", "type": "pilot", "outcome": "learning", "persons": 200}
    pilot |= {"compared": 200, "cost": "5 tkr", "paid_by": {"ubs": 1.0}, "delay": "1 år"}
    choice = {"party": "ubs", "act": "skriva under", "abstain": "avstå", "utility": "npv"}
    changed["decision"] = {**choice, "studies": [pilot]}
    value, (offer,), npv, _ = asked(tree(changed), 2)
    assert [one.key for one in offer.factors] == ["outcomes.learning.effect"]
    worths = [size.worth for size in offer.sizes]
    for small, large in pairwise(worths):
        assert small.value <= large.value + 2.0 * large.error
    assert 5_000.0 < offer.stated.worth.value < offer.limit.value + 3.0 * offer.limit.error
    assert offer.limit.value <= value.everything.worth.value + 3.0 * offer.limit.error
    now = max(float(npv.mean()), 0.0)
    assert offer.stated.net[0] == pytest.approx(
        offer.kept * (now + offer.stated.worth.value) - now - 5_000.0
    )
    assert (offer.missed > 0.0) == value.goes_ahead


@pytest.mark.slow
def test_a_pilot_of_grades_tells_of_all_that_they_hang_on(tmp_path: Path) -> None:
    """Team Nystart: trend, effect, width and steps; worth no more than to know them all."""
    scenario, fitted = _nystart(tmp_path, outcome="school", window=None, bias=None)
    value, (pilot, _), _, _ = asked(scenario, 2, fitted)
    told = ("effect", "extra_step", "half_width", "trend")
    assert sorted(one.key for one in pilot.factors) == [f"outcomes.school.{one}" for one in told]
    most = value.everything.worth
    for size in pilot.sizes:
        assert size.worth.value <= most.value + 3.0 * (most.error + size.worth.error) + 1.0


@pytest.mark.slow
def test_a_block_is_learned_of_through_its_rows(tmp_path: Path) -> None:
    """Both kinds of study tell of the block; the pilot also of what fades and how costs differ."""
    scenario, fitted = _nystart(tmp_path)
    value, (pilot, rows), _, _ = asked(scenario, 2, fitted)
    assert {one.key for one in rows.factors} == {"evidence/skolfam2"}
    assert {one.key for one in pilot.factors} > {one.key for one in rows.factors}
    assert rows.sizes[0].persons < rows.stated.persons == 2 * (21 + 19)
    for offer in (pilot, rows):
        for size in offer.sizes:
            most = value.everything.worth
            assert size.worth.value <= most.value + 3.0 * (most.error + size.worth.error) + 1.0


@pytest.mark.slow
def test_the_functions_of_further_futures_are_those_of_the_factor() -> None:
    """What a study leads to expect is of the same columns as the value of knowing them."""
    scenario = load(shipped()["norrkoping_fond_plan"]).scenario
    bench = Bench(scenario, {}, 1, 1, (Target("npv_mean", "kommunen"),))
    one = next(f for f in factors_of(scenario) if f.key == "fund.common_factor")
    (study, *_) = ask(bench, (one,))
    further = study.findings[0].seen[one.key].columns
    assert len(further) % BATCH == 0
    assert further.shape[1] == everywhere(one, {}).shape[1]
    assert np.array_equal(further[:BATCH], columns(one, bench.streams(), range(1, 2), {}))
