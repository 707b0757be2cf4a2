"""Pilots of every kind of outcome against known answers: conjugate pairs, and sums over counts."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import scipy
from numpy.typing import NDArray

from simulate.sensitivity import study as studied
from simulate.sensitivity.learning import expected
from simulate.sensitivity.sampling import Size
from simulate.sensitivity.told.sections import sections
from tests.support.studies import FUND, KEY, PAID, asked, drawn, found, fund, gain, line, tree

Floats = NDArray[np.float64]
_norm = scipy.stats.norm
A, B = 3.0, 9.0
MEAN, SPREAD, SD = 30.0, 20.0, 90.0


def _days(price: float, **pilot: object) -> Any:
    study = {"type": "pilot", "outcome": "hemma.dygn", "compared": 24, "sd": "90 dygn", **pilot}
    return fund(
        study,
        1,
        type="person_days",
        persons={"2021": "20 personer"},
        days_avoided={"normal": {"mean": MEAN, "sd": SPREAD}, "unit": "dygn"},
        window="1 år",
        price=f"{price} kr/dygn",
        cashable=1.0,
        cashable_growth=1.0,
    )


def _cases(price: float, **pilot: object) -> Any:
    """Return a fund that prevents all cases: only the compared tell how many there would be."""
    study = {"type": "pilot", "outcome": "hemma.dygn", "compared": 12, **pilot}
    return fund(
        study,
        1,
        type="cases",
        persons="20 personer",
        risk={"beta": {"a": A, "b": B}},
        reduction=1.0,
        price=f"{price} kr",
        spread={"2021": 1.0},
        cashable=1.0,
        cashable_growth=1.0,
    )


def _of_days(at: float, slope: float, size: Size) -> float:
    """Normal with normal, in closed form (Raiffa and Schlaifer 1961): two compared to one."""
    noise = SD**2 * (1.0 / size.persons + 1.0 / (2.0 * size.persons))
    s = slope * SPREAD**2 / np.sqrt(SPREAD**2 + noise)
    loss = abs(at + MEAN * slope) / s
    return float(s * (_norm.pdf(loss) - loss * _norm.sf(loss)))


def _of_cases(at: float, slope: float, size: Size) -> float:
    """Beta with binomial: each count, and what it leads to expect."""
    k, n = np.arange(size.persons + 1.0), size.persons
    weights = scipy.stats.betabinom.pmf(k, n, A, B)
    return gain(weights, at + slope * (A + k) / (A + B + n))


LAWS: dict[str, tuple[Any, str, float, Any]] = {
    "normal": (_days, f"{KEY}.days_avoided", MEAN, _of_days),
    "binomial": (_cases, f"{KEY}.risk", A / (A + B), _of_cases),
}


def _even(law: str) -> float:
    """Return the price at which granting is worth nothing on average."""
    made, key, mean, _ = LAWS[law]
    _, _, npv, bench = asked(made(1000.0), 1)
    at, slope = line(drawn(bench, key), npv)
    return float(-1000.0 * at / (slope * mean))


@pytest.mark.slow
@pytest.mark.parametrize("law", LAWS)
@pytest.mark.parametrize("times", [0.8, 1.3])
def test_a_pilot_of_persons_in_a_fund(law: str, times: float) -> None:
    """Every size against the conjugate answer, on either side of the boundary."""
    made, key, _, true = LAWS[law]
    _, (offer,), npv, bench = asked(made(times * _even(law)), 4)
    at, slope = line(drawn(bench, key), npv)
    for size in offer.sizes:
        off = size.worth.value - true(at, slope, size)
        assert abs(off) < 4.0 * size.worth.error + 300.0
    assert offer.stated.worth.value > 5_000.0
    assert [one.key for one in offer.factors] == [key]


@pytest.mark.slow
@pytest.mark.parametrize("law", LAWS)
def test_at_the_boundary_there_is_no_bias(law: str) -> None:
    """Over seeds: no bias of the value of a pilot, and the intervals cover."""
    made, key, _, true = LAWS[law]
    scenario, off, errors = made(_even(law)), [], []
    for seed in range(1, 25):
        _, (offer,), npv, bench = asked(scenario, 1, seed=seed)
        at, slope = line(drawn(bench, key), npv)
        off.append(offer.stated.worth.value - true(at, slope, offer.stated))
        errors.append(offer.stated.worth.error)
    each, told = np.array(off), np.array(errors)
    assert abs(each.mean()) < 2.0 * each.std(ddof=1) / np.sqrt(len(each))
    assert np.mean(abs(each) <= 1.96 * told) >= 0.87
    assert told.mean() == pytest.approx(each.std(ddof=1), rel=0.5)


@pytest.mark.slow
def test_a_pilot_of_costs_in_a_fund() -> None:
    """What costs are without the insats is known, so that those who have it tell all there is."""
    study = {"type": "pilot", "outcome": "hemma.dygn", "compared": 12, "cv": 0.6}
    scenario = fund(
        study,
        1,
        type="cost_ratio",
        persons={"2021": "20 personer"},
        cost_per_person="300 tkr",
        per="1 år",
        effect={"normal": {"mean": -0.15, "sd": 0.15}},
        cashable=1.0,
        cashable_growth=1.0,
    )
    _, (offer,), npv, bench = asked(scenario, 4)
    at, slope = line(np.exp(drawn(bench, f"{KEY}.effect")), npv)
    effect = _norm.ppf((np.arange(2000) + 0.5) / 2000, -0.15, 0.15)
    seen = np.linspace(-4.0, 4.0, 3000)
    for size in offer.sizes:
        shape = size.persons / 0.6**2
        ratio = np.exp(seen[:, None] - effect)
        density = scipy.stats.gamma.pdf(ratio, shape, scale=1.0 / shape) * ratio
        weights = density.mean(axis=1) * (seen[1] - seen[0])
        told = (density @ np.exp(effect)) / np.maximum(density.sum(axis=1), 1e-300)
        assert weights.sum() == pytest.approx(1.0, abs=1e-3)
        true = gain(weights, at + slope * told)
        assert size.worth.value == pytest.approx(true, abs=4.0 * size.worth.error + 300.0)


def _school(pays: int, **pilot: object) -> Any:
    """Return a contract on school points, of which the effect alone is uncertain."""
    plain = tomllib.loads(Path("tests/bad/_valid.toml").read_text(encoding="utf-8"))
    plain["programme"] |= {"delivery": 1.0}
    plain["programme"]["cost_lines"][0]["amount"] = "4 mkr"
    plain["outcomes"] = {
        "skola": {
            "type": "grades",
            "title": "Skola",
            "trend": -0.1,
            "effect": {"normal": {"mean": 0.1, "sd": 0.3}},
            "half_width": 0.5,
            "extra_step": 0.25,
        }
    }
    plain["measurements"] = {
        "steg": {"type": "school_points", "title": "Steg", "outcome": "skola", "assessable": 1.0}
    }
    rungs = [{"at": -400, "pays": "0 kr"}, {"at": 400, "pays": f"{pays} kr"}]
    plain["contract"] |= {
        "cap": {"of_drawn": 9.0},
        "clauses": [
            {"id": "steg", "title": "Steg", "type": "ladder", "measure": "steg", "rungs": rungs}
        ],
    }
    study = {"id": "one", "title": "One", "type": "pilot", "outcome": "skola", "persons": 12}
    study |= {"compared": 12, "cost": "10 tkr", "paid_by": {"fond": 1.0}, **pilot}
    choice = {"party": "fond", "act": "skriva under", "abstain": "avstå", "utility": "npv"}
    plain["decision"] = {**choice, "studies": [study]}
    return tree(plain)


def _steps(effect: Floats) -> tuple[Floats, Floats]:
    """Return the probabilities of a fall and of a rise."""
    shift = effect - 0.1
    return _norm.cdf(-0.5 - shift), _norm.cdf(shift - 0.5)


@pytest.mark.slow
def test_a_pilot_of_grades() -> None:
    """Every way in which so many persons can fall, stay or rise, and what each leads to expect."""
    _, (offer,), npv, bench = asked(_school(9_000_000), 4)
    fall, rise = _steps(drawn(bench, "outcomes.skola.effect"))
    slope, at = np.polyfit(rise - fall, npv, 1)
    effect = _norm.ppf((np.arange(400) + 0.5) / 400, 0.1, 0.3)
    fall, rise = _steps(effect)
    worths = at + slope * (rise - fall)
    assert [one.key for one in offer.factors] == ["outcomes.skola.effect"]
    for size in offer.sizes[:5]:
        n = size.persons
        down, up = (each.ravel() for each in np.mgrid[0 : n + 1, 0 : n + 1])
        down, up = down[down + up <= n], up[down + up <= n]
        counts = np.column_stack([down, up, n - down - up])
        shares = np.column_stack([fall, rise, 1.0 - fall - rise])
        each = scipy.stats.multinomial.pmf(counts[:, None, :], n, shares[None, :, :])
        weights = each.mean(axis=1)
        assert weights.sum() == pytest.approx(1.0)
        true = gain(weights, each @ worths / each.sum(axis=1))
        assert size.worth.value == pytest.approx(true, abs=4.0 * size.worth.error + 0.02 * true)
    assert offer.stated.worth.value > 30_000.0
    assert offer.limit.value > offer.sizes[-1].worth.value


def test_a_pilot_of_grades_finds_what_the_outcome_is_made_of() -> None:
    """Of very many: effect, trend, half the width, and the odds of a step more; bias is shared."""
    bias = {"normal": {"mean": 0.1, "sd": 0.2}}
    scenario = _school(9_000_000, bias=bias)
    many, draws = found(scenario, {}, 0, 1e6)
    study, outcome = scenario.decision.studies[0], scenario.outcomes["skola"]
    effect, off = (np.concatenate([d.of(n) for d in draws]) for n in (outcome.effect, study.bias))
    assert np.allclose(many[:, 0], effect + off, atol=0.01)
    assert np.allclose(many[:, 1:], [-0.1, 0.5, np.log(0.25 / 0.75)], atol=0.01)


def _arbete(**outcome: object) -> Any:
    plain = tomllib.loads(FUND.read_text(encoding="utf-8"))
    plain["outcomes"]["arbete"] |= outcome
    study = {"id": "one", "title": "One", "type": "pilot", "outcome": "arbete", **PAID}
    study |= {"persons": 9, "compared": 9}
    choice = {"party": "samhallet", "act": "bevilja", "abstain": "låta bli", "utility": "npv"}
    plain["decision"] = {**choice, "studies": [study]}
    if "share" in outcome:
        del plain["outcomes"]["arbete"]["effect"]
    return plain


def test_a_pilot_of_a_human_gain_learns_its_share() -> None:
    """Beta with binomial: what is found leads to expect just the conjugate mean."""
    scenario = tree(_arbete(share={"beta": {"a": 2, "b": 3}}))
    seen, draws = found(scenario, {}, 0, 1.0)
    share = np.concatenate([one.of(scenario.outcomes["arbete"].share) for one in draws])
    told = expected(share[:, None], seen, seen)[:, 0]
    count = np.round(10.0 * scipy.special.expit(seen[:, 0]) - 0.5)
    for k in range(10):
        assert told[count == k].mean() == pytest.approx((2.0 + k) / 14.0, abs=0.03)


def test_what_has_no_price_is_worth_no_kronor() -> None:
    """A human gain moves no money: exactly nothing, however sure the pilot makes of it."""
    _, (offer,), _, _ = asked(tree(_arbete(without={"beta": {"a": 3, "b": 7}})), 1)
    assert (offer.factors, offer.stated.worth.value, offer.stated.worth.error) == ((), 0.0, 0.0)
    assert offer.stated.net[0] == -offer.stated.cost


@pytest.mark.slow
def test_a_gain_that_goes_with_the_money_tells_of_it() -> None:
    """Where the scenario says that a gain and a saving go together, the gain is a sign of it."""
    plain = _arbete(effect={"normal": {"mean": 0.2, "sd": 0.8}}, without=0.3)
    realised = plain["investments"]["hemma"]["effects"][0]
    realised["share"] = {"uniform": [0.3, 1.5]}
    keys = ["outcomes.arbete.effect", "investments.hemma.effects.realiserat.share"]
    plain["correlations"] = [{"between": keys, "rank": 0.9}]
    value, (offer,), _, _ = asked(tree(plain), 2)
    assert len(offer.factors) == 1
    assert 3.0 * offer.stated.worth.error < offer.stated.worth.value < offer.limit.value
    assert offer.limit.value <= value.everything.worth.value + 3.0 * offer.limit.error + 1.0


@pytest.mark.slow
def test_who_is_not_included_while_the_decision_waits() -> None:
    """Of two cohorts, after a quarter and three quarters of the intake, the first; and in kronor.

    Where staying out is chosen anyway, nobody loses anything by the wait.
    """
    party = "Fonden"
    made = studied.study(_school(12_000_000, delay="0.5 år"), {}, 2048, 1)
    (offer,) = made.offers
    assert offer.missed == 30.0
    paragraphs = next(one for one in sections(made, pictures=False) if one.key == "value")
    told = paragraphs.paragraphs[-1].replace("\u00a0", " ")
    assert f"för {party} före beslutet" in told
    assert "Under väntan tas 30 personer inte in" in told
    assert "piloten ger den till 12" in told
    net, error = offer.stated.net
    assert net < -2.0 * error
    assert f"för {party} är −" in told and told.count("gör den inte") == 1
    assert asked(_school(6_000_000, delay="0.5 år"), 1)[1][0].missed == 0.0
