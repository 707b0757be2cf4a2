"""The years of a quantity move together if the scenario says nothing, and move nothing else."""

from __future__ import annotations

import copy
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import scipy

from models.copula import pearson, spearman
from models.quantile import quantile
from simulate.draws.draw import Draws
from simulate.draws.factors import factors, streams_of
from simulate.draws.streams import Streams
from simulate.pipeline import live_fund
from simulate.scenario.checks import check
from simulate.scenario.read import tree_of
from simulate.scenario.resolve import inputs
from simulate.scenario.tree.scenario import FundScenario
from simulate.sensitivity.bench import Bench, Move
from simulate.sensitivity.factors import factors_of
from simulate.sensitivity.told.names import factor_name
from tests.support.scenarios import NOTES

LINE = "investments.hemma.effects.dygn"
DAYS = {
    "2021": {"uniform": [10, 60], "unit": "dygn"},
    "2022": {"gamma": {"mean": 40, "cv": 0.8}, "unit": "dygn"},
    "2024": {"uniform": [0, 100], "unit": "dygn"},
}
YEARS = tuple(DAYS)
SMALL = Path(__file__).parents[1] / "bad" / "_valid_fund.toml"
BATCHES = 8


def fund(
    years: float | None = None, edits: Mapping[str, Any] | None = None, **keys: Any
) -> FundScenario:
    """Return a small fund whose line counts uncertain days in three years.

    Args:
        years: rank correlation between each year's days and the next; left out, not stated.
        edits: other keys of the line.
        keys: of the scenario.
    """
    data: dict[str, Any] = tomllib.loads(SMALL.read_text(encoding="utf-8"))
    line = next(one for one in data["investments"]["hemma"]["effects"] if one["id"] == "dygn")
    line |= {"days": copy.deepcopy(DAYS)} | dict(edits or {})
    if years is not None:
        line["years"] = {"days": {"value": years, **NOTES}}
    scenario = tree_of(data | keys)
    assert isinstance(scenario, FundScenario)
    assert list(check(scenario)) == []
    return scenario


def drawn(scenario: FundScenario, key: str, streams: Streams | None = None) -> np.ndarray:
    """Return the values of a number, batch after batch."""
    number = next(one for one in inputs(scenario) if one.key == key)
    found = streams or streams_of(scenario, 3)
    return np.concatenate([Draws(found, batch, {}).of(number) for batch in range(BATCHES)])


def days(scenario: FundScenario) -> list[np.ndarray]:
    """Return the days of each year, dims (draw,)."""
    return [drawn(scenario, f"{LINE}.days.{year}") for year in YEARS]


@pytest.mark.parametrize("years", [None, 1.0, 1.0 - 1e-12])
def test_the_years_are_at_one_quantile(years: float | None) -> None:
    """In a future all years have the same place in their own distributions."""
    scenario = fund(years)
    first = days(scenario)[0]
    at = (first - 10.0) / 50.0
    lines = {one.key: one for one in inputs(scenario)}
    for year, found in zip(YEARS, days(scenario), strict=True):
        own = lines[f"{LINE}.days.{year}"].distribution
        assert found == pytest.approx(quantile(own, at), rel=1e-9)


def test_the_spread_of_a_sum_is_the_sum_of_the_spreads() -> None:
    """Two uniform years: 100/√12 and 50/√12 add together, and in square each for itself."""
    for years, sd in ((None, 150.0 / np.sqrt(12.0)), (0.0, np.hypot(50.0, 100.0) / np.sqrt(12.0))):
        one, _, other = days(fund(years))
        assert np.std(one + other) == pytest.approx(sd, rel=0.01)


def test_the_fund_saves_what_the_years_say() -> None:
    """The realised saving has the spread of years that go together: it reaches the money."""
    price, cashable = 2500.0, 0.5
    for years in (None, 0.0):
        scenario = fund(years)
        party = list(scenario.parties).index("regionen")
        draws = Draws(streams_of(scenario, 3), 0, {})
        ledger = live_fund(scenario, draws).ledger
        saved = ledger.entries["cashable_saving"][:, :, party].sum(axis=1)
        wanted = sum(one[:2048] for one in days(scenario)) * price * cashable
        assert saved == pytest.approx(wanted, abs=0.02)


@pytest.mark.parametrize("years", [None, 0.0, 0.4])
def test_nothing_else_moves_and_each_year_keeps_its_distribution(years: float | None) -> None:
    """Every other number is as it was, bit for bit; the first year too; the others in law."""
    scenario = fund(years)
    alone = Streams(3, factors(scenario))
    assert factors(scenario) == factors(fund())
    for number in inputs(scenario):
        if number.certain:
            continue
        found, own = drawn(scenario, number.key), drawn(scenario, number.key, alone)
        later = number.key in {f"{LINE}.days.{year}" for year in YEARS[1:]}
        if later and years != 0.0:
            assert not (found == own).all()
            assert scipy.stats.ks_2samp(found, own).pvalue > 1e-3
        else:
            assert (found == own).all(), number.key


def test_the_ranks_are_achieved_and_fall_off() -> None:
    """Neighbours have the stated rank; those two apart what an autoregression gives."""
    found = days(fund(0.6))
    apart = spearman(pearson(0.6) ** 2)
    for one, other, rank in ((0, 1, 0.6), (1, 2, 0.6), (0, 2, apart)):
        assert scipy.stats.spearmanr(found[one], found[other]).statistic == pytest.approx(
            rank, abs=0.01
        )


@pytest.mark.parametrize("years", [None, 0.5])
def test_a_year_that_is_made_uncertain_moves_no_other(years: float | None) -> None:
    """A known year has its uniform numbers too, whichever it is."""
    whole = fund(years)
    for known in YEARS:
        less = fund(years, {"days": copy.deepcopy(DAYS) | {known: "30 dygn"}})
        for number in inputs(whole):
            if not number.certain and number.key != f"{LINE}.days.{known}":
                assert (drawn(whole, number.key) == drawn(less, number.key)).all()


def test_a_correlation_with_one_year_is_one_with_all_of_them() -> None:
    """A number that is tied to the days of a later year is tied to the quantity."""
    share = "investments.hemma.effects.realiserat.share"
    tie = {"between": [share, f"{LINE}.days.2024"], "rank": -0.5, **NOTES}
    scenario = fund(correlations=[tie])
    for found in days(scenario):
        rank = scipy.stats.spearmanr(drawn(scenario, share), found).statistic
        assert rank == pytest.approx(-0.5, abs=0.01)
    (group,) = [one for one in factors_of(scenario) if share in one.moved]
    assert group.kind == "group"
    assert [len(one.numbers) for one in group.members] == [1, 3]


@pytest.mark.parametrize(("years", "kind"), [(None, "number"), (0.5, "group")])
def test_they_are_one_factor_of_the_answer(years: float | None, kind: str) -> None:
    """What moves together is moved, and held, together: no year is left behind."""
    scenario = fund(years)
    found = [one for one in factors_of(scenario) if one.key.startswith(f"{LINE}.days")]
    assert [(one.kind, len(one.numbers)) for one in found] == [(kind, 3)]
    name = factor_name(scenario, found[0])
    assert ("(åren följs åt)" in name) == (years is None)
    assert "dygn: days 2021" in name.lower()
    bench = Bench(scenario, {}, 1, 1, ())
    plain, again = bench.streams(), bench.streams(Move(again=(found[0],)))
    held = bench.streams(Move(held=(found[0].members[0], (0.3, 0.3))))
    for year in YEARS:
        key = f"{LINE}.days.{year}"
        assert not (plain.uniforms(key, 0) == again.uniforms(key, 0)).all()
        follows = years is None or year == YEARS[0]
        assert bool((held.uniforms(key, 0) == 0.3).all()) == follows


def test_each_for_itself_is_three_factors() -> None:
    """Negative control: with no rank between them they are three numbers."""
    found = [one for one in factors_of(fund(0.0)) if one.key.startswith(f"{LINE}.days")]
    assert [one.key for one in found] == [f"{LINE}.days.{year}" for year in YEARS]
