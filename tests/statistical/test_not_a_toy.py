"""The evaluation is simulated as an evaluation: a yardstick and chance, not truth plus noise.

Thresholds are 4 standard errors of independent draws, which overstates the error of stratified
ones: a nominal false alarm below 6 in 100 000 a comparison. Where a printed figure is quoted half
a unit of its last digit is added. Seeds are fixed.
"""

from __future__ import annotations

import functools
import math
from dataclasses import dataclass
from typing import Any

import numpy as np
import pytest
import xarray as xr
from numpy.typing import NDArray
from scipy import stats

from simulate.contract import money
from simulate.draws.values import Floats
from simulate.measurement.cost_saving import mean_of_gammas
from simulate.pipeline import live
from simulate.scenario.tree.scenario import ContractScenario
from tests.support.scenarios import (
    NO_DRIFT,
    NO_EFFECT,
    NO_UPSIDE,
    Raw,
    futures,
    sixty,
    start,
    team_nystart,
)
from tests.support.spread import slow_but

BATCHES = 8
MKR = 1e6
WITHOUT = 101.6 * MKR
# θ at which sixty persons cost 7.5 mkr less in the window.
BREAK_EVEN = math.log1p(-7.5 / 101.6)
DRIFTING = ("measurements.saving.drift={ normal = { mean = 0.08, sd = 0.08 } }",)


@dataclass(frozen=True)
class Evaluation:
    """What the evaluation shows and what was true, dims (draw,)."""

    saving: Floats
    true: Floats
    expected: Floats
    actual: Floats
    payment: Floats
    drawn: Floats


def evaluated(scenario: ContractScenario, seed: int, batches: int = BATCHES) -> Evaluation:
    """Return the evaluations of some batches of futures."""
    found: list[list[Floats]] = []
    for batch in range(batches):
        lived = live(scenario, start(scenario, seed, batch))
        one = lived.settled.measured["saving"]
        assert one.true_saving is not None
        values = (
            one.value,
            one.true_saving,
            one.parts["expected"],
            one.parts["actual"],
            money.sek(lived.settled.payout.payment),
            money.sek(lived.spending.drawn),
        )
        found.append([np.broadcast_to(value, 2048) for value in values])
    return Evaluation(*(np.concatenate(parts) for parts in zip(*found, strict=True)))


def close(found: Floats | NDArray[np.bool_], wanted: float, printed: float = 0.0) -> None:
    """Hold a mean of draws against theory: 4 standard errors, plus half a printed unit."""
    error = float(np.std(found, ddof=1)) / math.sqrt(len(found))
    assert abs(float(np.mean(found)) - wanted) <= 4.0 * error + printed


# ---- Truth and measurement are two things ------------------------------------------------------


CHANGES = {
    "comparison group": "measurements.saving.comparison.persons=20",
    "drift": "measurements.saving.drift={ normal = { mean = 0.2, sd = 0.3 } }",
    "variation between persons": "outcomes.social_cost.cv=1.3",
    "window": "measurements.saving.window=3 år",
    "window from the end": 'measurements.saving.window_from="end"',
    "indexation": "measurements.saving.indexation=100 %",
}


@functools.cache
def as_it_is() -> xr.Dataset:
    """Return futures of the contract as it stands."""
    return futures(team_nystart(), 3000, 77)


@pytest.mark.parametrize(
    "change", slow_but(CHANGES, ("comparison group", "drift", "window from the end"))
)
def test_measurement_moves_and_truth_does_not(change: str) -> None:
    """A change of the evaluation alone changes what is measured and no bit of what is true."""
    before, after = as_it_is(), futures(team_nystart(CHANGES[change]), 3000, 77)
    for name in ("true_saving_horizon", "participants", "drawn_ore", "yearly_true_saving"):
        np.testing.assert_array_equal(after[name], before[name])
    moved = (after["reading"] - before["reading"]).sel(measure="saving")
    assert float((moved != 0).mean()) > 0.99
    np.testing.assert_array_equal(
        after["reading"].sel(measure="school_points"),
        before["reading"].sel(measure="school_points"),
    )
    assert (after["payment_ore"] != before["payment_ore"]).any()


def test_an_effect_moves_both() -> None:
    """Negative control: a change of the effect is no change of the evaluation alone."""
    before, after = as_it_is(), futures(team_nystart(*NO_EFFECT), 3000, 77)
    assert (after["true_saving_horizon"] != before["true_saving_horizon"]).all()


def decomposed(saving: Floats, true: Floats, there: Evaluation, without: Floats) -> bool:
    """Return whether S − true = (E − nμ0) − (A − nμ1) in every draw, to 1e-12 of E + A."""
    yardstick = there.expected - without
    chance = there.actual - (without - there.true)
    gap = np.abs((saving - true) - (yardstick - chance))
    return bool((gap <= 1e-12 * (np.abs(there.expected) + np.abs(there.actual))).all())


@pytest.mark.parametrize(
    "settings",
    [(), ('measurements.saving.window_from="end"',), ("measurements.saving.window=1 år",)],
)
def test_saving_less_truth_is_yardstick_less_chance(settings: tuple[str, ...]) -> None:
    """Measured less true saving is the yardstick's error less chance, in every draw."""
    scenario = team_nystart(*settings)
    there = evaluated(scenario, 5, batches=3)
    found = futures(scenario, 3 * 2048, 5)
    years = 1.0 if settings and "window=1" in settings[0] else 2.0
    without = found["participants"].values * 1693333.33 / 2.0 * years
    assert decomposed(there.saving, there.true, there, without)
    np.testing.assert_array_equal(found["reading"].sel(measure="saving"), there.saving)


def test_truth_plus_noise_is_no_evaluation() -> None:
    """Negative control: a saving that is truth plus noise of the right size does not decompose."""
    scenario = sixty()
    there = evaluated(scenario, 5, batches=3)
    without = np.full(len(there.true), 60 * 1693333.33)
    noise = np.random.default_rng(2).normal(size=len(there.true))
    spread = np.std(there.saving - there.true)
    toy = there.true + np.mean(there.saving - there.true) + spread * noise
    assert decomposed(there.saving, there.true, there, without)
    assert not decomposed(toy, there.true, there, without)


def test_effect_reaches_the_actual_cost_and_not_the_yardstick() -> None:
    """Setting the effect leaves E bit-identical and scales A, chance included, by e^θ."""
    none, some = (
        evaluated(sixty(*NO_DRIFT, f"outcomes.social_cost.effect={effect!r}"), 9, 2)
        for effect in (0.0, -0.3)
    )
    np.testing.assert_array_equal(none.expected, some.expected)
    np.testing.assert_allclose(some.actual, none.actual * math.exp(-0.3), rtol=1e-12)


# ---- Size of the error ------------------------------------------------------------------------


def _slow(case: tuple[float, ...]) -> Any:
    return pytest.param(*case, marks=pytest.mark.slow)


GROUPS = [(60, 61, 0.4), (60, 61, 1.0), (20, 200, 0.5), (500, 30, 0.25), (5, 5, 0.6)]


@pytest.mark.parametrize(("n", "m", "cv"), [*map(_slow, GROUPS[:-2]), *GROUPS[-2:]])
def test_standard_error_of_the_saving(n: int, m: int, cv: float) -> None:
    """Without effect SE(S) = nμ CV √(1/n + 1/m), and S has mean nought."""
    scenario = sixty(
        *NO_EFFECT,
        *NO_DRIFT,
        f"programme.participants={n}",
        f"measurements.saving.comparison.persons={m}",
        f"outcomes.social_cost.cv={cv}",
    )
    saving = evaluated(scenario, 31).saving
    theory = n * 1693333.33 * cv * math.sqrt(1 / n + 1 / m)
    close(saving, 0.0)
    close(np.square(saving), theory**2)


@pytest.mark.parametrize(("n", "m", "cv"), GROUPS)
def test_stated_standard_error_is_the_spread(n: int, m: int, cv: float) -> None:
    """The standard error that the engine states is the one of the same formula, in every draw."""
    scenario = sixty(
        *NO_EFFECT,
        *NO_DRIFT,
        f"programme.participants={n}",
        f"measurements.saving.comparison.persons={m}",
        f"outcomes.social_cost.cv={cv}",
    )
    stated = live(scenario, start(scenario, 3)).settled.measured["saving"].standard_error
    theory = n * 1693333.33 * cv * math.sqrt(1 / n + 1 / m)
    np.testing.assert_allclose(stated, theory, rtol=1e-12)


# ---- Published orders of magnitude --------------------------------------------------------------


KNOWN = ("outcomes.social_cost.cv=0.4",)


def test_chance_alone_shows_the_drawn_amount() -> None:
    """CV 0.4, no effect, no drift, 60 against 61: P(S ≥ 7.5 mkr) is 15.5 %."""
    there = evaluated(sixty(*NO_EFFECT, *NO_DRIFT, *KNOWN), 1)
    close(there.saving >= 7.5 * MKR, 0.155, 0.0005)


def test_drift_hides_what_is_there() -> None:
    """With drift N(0.08, 0.08): 8 % show the drawn amount for nothing."""
    there = evaluated(sixty(*NO_EFFECT, *DRIFTING, *KNOWN), 2)
    close(there.saving >= 7.5 * MKR, 0.08, 0.005)


def test_half_of_all_real_successes_show_nothing() -> None:
    """With drift N(0.08, 0.08) a true saving of 7.5 mkr is not seen at all in 51 %."""
    there = evaluated(sixty(f"outcomes.social_cost.effect={BREAK_EVEN!r}", *DRIFTING, *KNOWN), 3)
    np.testing.assert_allclose(there.true, 7.5 * MKR, rtol=1e-8)
    close(there.saving <= 0.0, 0.51, 0.005)


TABLE = [(0.4, 0.155, 0.588), (0.6, 0.248, 0.621), (0.8, 0.307, 0.641), (1.0, 0.341, 0.652)]


@pytest.mark.parametrize(("cv", "full", "share"), [TABLE[0], *map(_slow, TABLE[1:3]), TABLE[3]])
def test_what_the_contract_pays_for_nothing(cv: float, full: float, share: float) -> None:
    """Without effect and drift, upside off: P(payment ≥ drawn) and E(payment)/drawn by CV."""
    scenario = sixty(*NO_EFFECT, *NO_DRIFT, *NO_UPSIDE, f"outcomes.social_cost.cv={cv}")
    there = evaluated(scenario, 4)
    assert (there.drawn == 7.5 * MKR).all()
    close(there.payment >= there.drawn, full, 0.0005)
    close(there.payment / there.drawn, share, 0.0005)


def test_the_table_tells_variations_apart() -> None:
    """Negative control: the figures of CV 0.6 do not pass as those of CV 0.4."""
    scenario = sixty(*NO_EFFECT, *NO_DRIFT, *NO_UPSIDE, "outcomes.social_cost.cv=0.6")
    there = evaluated(scenario, 4)
    with pytest.raises(AssertionError):
        close(there.payment >= there.drawn, 0.155, 0.0005)


# ---- One draw for a whole group -----------------------------------------------------------------


@pytest.mark.parametrize(("persons", "cv"), [(1, 0.5), (3, 1.0), (19, 0.4), (60, 0.8), (61, 1.5)])
def test_group_in_one_draw_is_the_sum_of_its_persons(persons: int, cv: float) -> None:
    """A group's mean drawn at once has the law of the mean of persons drawn one by one.

    Two-sample Kolmogorov–Smirnov at 1e-4, 10 000 groups a side.
    """
    rng = np.random.default_rng([persons, int(10 * cv)])
    shape = 1.0 / cv**2
    one_by_one = np.zeros(10_000)
    for _ in range(persons):
        one_by_one += rng.gamma(shape, 1.0 / shape, 10_000)
    at_once = mean_of_gammas(rng.random(10_000), np.asarray(float(persons)), np.asarray(cv))
    assert stats.ks_2samp(one_by_one / persons, at_once).pvalue > 1e-4


def test_a_normal_group_is_told_apart() -> None:
    """Negative control: three persons with CV 1 are not normal."""
    rng = np.random.default_rng(3)
    at_once = mean_of_gammas(rng.random(10_000), np.asarray(3.0), np.asarray(1.0))
    normal = 1.0 + rng.normal(size=10_000) / math.sqrt(3.0)
    assert stats.ks_2samp(normal, at_once).pvalue < 1e-4


def _few_places(data: Raw) -> None:
    data["programme"]["recruitment"]["take_up"] = {
        "value": 0.9,
        "source": "test",
        "kind": "assumption",
    }


def test_finite_recruitment_is_poisson_up_to_the_places() -> None:
    """Arrivals are Poisson and the first sixty of them are included.

    The law of min(Poisson, 60) is held against its probabilities, each within 4 SE.
    """
    scenario = team_nystart(
        "programme.recruitment.eligible_per_year=30",
        "programme.participants=60",
        edits=[_few_places],
    )
    first, last = scenario.programme.intake_first, scenario.programme.intake_last
    years = (2018 + (last.timetuple().tm_yday - 1) / 365) - (
        2016 + (first.timetuple().tm_yday - 1) / 366
    )
    found = futures(scenario, 4 * 2048, 6)["participants"].values
    law = stats.poisson(30 * 0.9 * years)
    close(found == 60.0, float(law.sf(59)))
    for persons in (40, 45, 50, 55):
        close(found == persons, float(law.pmf(persons)))
