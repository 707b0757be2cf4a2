"""Effect lines that cost more instead of saving: what of a growth is paid, and in which years."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from pydantic import ValidationError

from simulate.aterforing.arithmetic import as_written
from simulate.aterforing.plan import planned
from simulate.scenario.tree.scenario import FundScenario
from tests.support.effect_lines import (
    BY_HAND,
    LINE,
    LINES,
    PERSONS,
    by_year,
    counted,
    fund,
    one,
)

SHARE = st.floats(0.0, 1.0)
# What makes the lines grow by as much as they fall.
GROWS: dict[str, dict[str, Any]] = {
    "person_days": {"days_avoided": -30},
    "person_years": {"avoided": {"2021": -0.1, "2022": -0.05}},
    "cost_ratio": {"effect": 0.2},
}
INSTEAD = {"id": "i_stallet", "type": "substitution", "of": "rad", "share": 0.6}
UNSURE = {
    "person_days": {"days_avoided": {"normal": {"mean": 0, "sd": 30}}},
    "person_years": {"avoided": {year: {"uniform": [-0.2, 0.2]} for year in PERSONS}},
    "cost_ratio": {"effect": {"normal": {"mean": 0.0, "sd": 0.3}}},
}


def saved(scenario: FundScenario) -> NDArray[np.float64]:
    """Return öre by draw, of all years and parties."""
    return np.asarray(one(scenario).realised, dtype=np.float64)


@pytest.mark.parametrize("kind", list(LINES))
def test_what_is_bought_more_of_is_paid_in_full(kind: str) -> None:
    """However little of a fall leaves the budget, growth is paid for unless the line says not."""
    whole = by_year(counted(kind, **GROWS[kind]))
    assert by_year(counted(kind, **GROWS[kind], cashable=0.1)) == whole
    assert all(amount < 0 for amount in whole)
    some = by_year(counted(kind, **GROWS[kind], cashable=0.1, cashable_growth=0.4))
    assert some == pytest.approx([0.4 * amount for amount in whole], abs=0.011)


@pytest.mark.parametrize("kind", list(LINES))
def test_growth_leaves_the_futures_that_fall_alone(kind: str) -> None:
    """The one share counts where a cost falls, the other where it grows, and no third place."""
    low = saved(counted(kind, **UNSURE[kind], cashable=0.3, cashable_growth=0.2))
    high = saved(counted(kind, **UNSURE[kind], cashable=0.3, cashable_growth=0.9))
    falls, grows = low > 0, low < 0
    assert falls.any()
    assert grows.any()
    assert (high[falls] == low[falls]).all()
    assert high[grows] == pytest.approx(low[grows] * 4.5, abs=5.0)


@pytest.mark.parametrize("kind", list(LINES))
@settings(deadline=None, max_examples=8)
@given(cashable=SHARE, growth=SHARE, more=SHARE)
def test_monotone_in_each_share(kind: str, cashable: float, growth: float, more: float) -> None:
    """More of a fall taken home never saves less; more of growth paid never saves more."""
    plain = saved(counted(kind, **UNSURE[kind], cashable=cashable, cashable_growth=growth))
    home = saved(
        counted(kind, **UNSURE[kind], cashable=max(cashable, more), cashable_growth=growth)
    )
    paid = saved(
        counted(kind, **UNSURE[kind], cashable=cashable, cashable_growth=max(growth, more))
    )
    assert (home >= plain).all()
    assert (paid <= plain).all()


@pytest.mark.parametrize("kind", list(LINES))
@settings(deadline=None, max_examples=5)
@given(share=SHARE)
def test_the_same_share_both_ways_is_one_share(kind: str, share: float) -> None:
    """With the share of growth that of a fall, every future is that share of the whole line."""
    whole = saved(counted(kind, **UNSURE[kind], cashable_growth=1.0))
    part = saved(counted(kind, **UNSURE[kind], cashable=share, cashable_growth=share))
    assert np.abs(part - share * whole).max() <= 1.0 + 1e-6 * np.abs(whole).max()


@pytest.mark.parametrize("kind", list(LINES))
def test_what_comes_in_its_place_grows_when_it_falls(kind: str) -> None:
    """A substitution is paid where the line saves, and taken home where the line grows."""
    own = {"falls_on": "regionen", "cashable": 0.5, "cashable_growth": 0.8}
    falls, grows = (
        by_year(counted(kind, INSTEAD | own, **more), "regionen") for more in ({}, GROWS[kind])
    )
    less = by_year(counted(kind))
    more = by_year(counted(kind, **GROWS[kind]))
    second = 0.8 if kind != "person_years" else 0.5  # that line grows in its second year
    assert falls == pytest.approx([-0.6 * 0.8 * less[0], -0.6 * second * less[1]], abs=0.011)
    assert grows == pytest.approx([-0.6 * 0.5 * amount for amount in more], abs=0.011)


def test_a_line_stated_as_growth_has_one_share() -> None:
    """Counted by hand a line goes the way it says: what is paid of it is its cashable share."""
    assert (saved(fund(direction="more")) == -saved(fund())).all()
    assert (saved(fund(direction="more", cashable=1.0)) == -2 * saved(fund())).all()
    with pytest.raises(ValidationError):
        fund(direction="more", cashable_growth=1.0)


RAMP = {"2021": 0.3, "2022": 0.7}


@pytest.mark.parametrize("kind", list(LINES))
def test_a_share_of_its_own_each_year(kind: str) -> None:
    """Each year has its share; a year that is not stated has that of the nearest earlier one."""
    whole = by_year(counted(kind, cashable_growth=1.0))
    first, second = by_year(counted(kind, cashable=RAMP, cashable_growth=RAMP))
    assert (first, second) == pytest.approx((0.3 * whole[0], 0.7 * whole[1]), abs=0.011)
    for flat in ({"2020": 0.3}, {"2021": 0.3}, {"2022": 0.3}, {"2020": 0.3, "2026": 0.9}):
        found = by_year(counted(kind, cashable=flat, cashable_growth=flat))
        assert found == by_year(counted(kind, cashable=0.3, cashable_growth=0.3))


def test_what_moves_differs_by_year() -> None:
    """An insurance that runs out takes less of the saving in the later year."""
    insured = INSTEAD | {"falls_on": "regionen", "share": {"2021": 0.4, "2022": 0.1}}
    less = by_year(counted("person_days"))
    moved = by_year(counted("person_days", insured), "regionen")
    assert moved == pytest.approx((-0.4 * less[0], -0.1 * less[1]), abs=0.011)


@pytest.mark.parametrize("line", [LINE, {"type": "person_days", **LINES["person_days"]}])
def test_the_plan_takes_the_share_of_each_year(line: dict[str, Any]) -> None:
    """A plan made of the lines has a year's own share, with arrays and without."""
    own = {name: value for name, value in line.items() if name not in ("id", "title", "falls_on")}
    kind = own.pop("type")
    if kind == "days":
        scenario = fund(cashable=RAMP)
        amounts = [40 * 2500 * 0.3, 40 * 2500 * 0.7]
    else:
        scenario = counted(kind, cashable=RAMP)
        amounts = [BY_HAND[kind][0] * 0.3, BY_HAND[kind][1] * 0.7]
    investment = scenario.investments["hemma"]
    assert planned(investment, scenario).sum(axis=1)[1:3] / 100.0 == pytest.approx(amounts)
    assert list(as_written(investment, scenario).values()) == pytest.approx(amounts)
