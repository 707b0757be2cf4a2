"""The fund's plan reproduces the published budget table and the balances that follow from it."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from simulate.aterforing.fund import namnder
from simulate.aterforing.plan import planned
from simulate.contract import money
from simulate.run import Result, run
from simulate.scenario.read import load
from simulate.scenario.shipped import shipped
from simulate.scenario.tree.scenario import FundScenario
from tests.golden.test_published import rows

# Derived, with 40 mkr from 2011: the deck prints no balances (tkr, 2011–2018).
DERIVED_BALANCES = [39340, 28220, 17957, 11153, 14085, 24044, 35691, 40000]


def fund_plan(*settings: str) -> FundScenario:
    """Return the shipped plan, changed."""
    scenario = load(shipped()["norrkoping_fond_plan"], settings).scenario
    assert isinstance(scenario, FundScenario)
    return scenario


@pytest.fixture(scope="module")
def result(tmp_path_factory: pytest.TempPathFactory) -> Result:
    """The plan as shipped: the planned rule."""
    return run(fund_plan(), 8_192, 1, tmp_path_factory.mktemp("cache"))


@pytest.fixture(scope="module")
def lesser(tmp_path_factory: pytest.TempPathFactory) -> Result:
    """The same futures where only what is realised is returned."""
    folder = tmp_path_factory.mktemp("cache")
    return run(fund_plan("fund.aterforing.rule=lesser"), 8_192, 1, folder)


def printed(flow: str) -> dict[tuple[str, int], float]:
    """Return the published table, SEK by investment and year; the corrected row is in the file."""
    return {
        (row["investment"], int(row["year"])): float(row["tkr"]) * 1000.0
        for row in rows("norrkoping_fund.csv")
        if row["flow"] == flow and row["year"] != "all"
    }


def test_costs_and_returns_are_the_table() -> None:
    """Every cell of the budget table stands in the scenario, and no other."""
    scenario = fund_plan()
    costs = {
        (key, int(year)): amount.distribution.support()[0]
        for key, one in scenario.investments.items()
        for year, amount in one.costs.items()
    }
    back = {
        (key, int(year)): amount.distribution.support()[0]
        for key, one in scenario.investments.items()
        for year, amount in (one.aterforing or {}).items()
    }
    assert costs == {k: v for k, v in printed("cost").items() if k[0] != "total"}
    assert back == {k: v for k, v in printed("aterforing").items() if k[0] != "total"}


def test_sums_by_year_are_the_printed_totals(result: Result) -> None:
    """Grants and returns of each year add up to the printed column totals, to the krona."""
    data, fund = result.futures, result.with_fund.fund.party
    for flow, entry, sign in (("cost", "yearly_grant", -1), ("aterforing", "yearly_aterforing", 1)):
        for (key, year), amount in printed(flow).items():
            if key == "total":
                found = sign * float(data[entry].sel(party=fund, year=year))
                assert found == pytest.approx(amount, abs=0.5), (flow, year)


def test_balances_are_the_derived_ones_in_every_future(result: Result) -> None:
    """40 mkr from 2011, less the costs and with the planned returns: the same in all futures."""
    found = result.futures["balance_ore"].values
    assert (found == np.asarray(DERIVED_BALANCES) * 100_000).all()


def test_the_fund_is_whole_again_in_2018(result: Result) -> None:
    """Under the plan the fund has its money back in the year of the last return."""
    assert result.figure("payback_year_p50", "fonden").value == 2018
    assert result.figure("p_refilled_by_horizon").value == 1.0
    assert result.figure("p_insolvent").value == 0.0


def test_the_split_adds_up_to_the_plan() -> None:
    """What the nämnder return in a year is what the investment returns, to the öre."""
    scenario = fund_plan()
    for one in scenario.investments.values():
        table = planned(one, scenario)
        for year, amount in (one.aterforing or {}).items():
            wanted = int(money.ore(amount.distribution.support()[0]))
            assert int(table[int(year) - scenario.first_year].sum()) == wanted


def test_under_the_plan_the_namnder_bear_the_risk(result: Result, lesser: Result) -> None:
    """The same uncertainty is a gap of the nämnder under one rule, of the fund under the other."""
    for key in namnder(result.with_fund):
        assert (result.figure("p_gap", key).value or 0.0) > 0.5
        assert lesser.figure("p_gap", key).value == 0.0
        assert lesser.figure("gap_mean", key).value == 0.0
    assert (lesser.figure("p_refilled_by_horizon").value or 0.0) < 0.05
    # What moves between the municipality's own purses does not change the whole.
    for name in ("npv_mean", "p_never_payback", "payback_year_p10"):
        assert result.figure(name, "kommunen").value == lesser.figure(name, "kommunen").value


def test_each_rule_is_what_it_is_when_it_is_chosen(result: Result, lesser: Result) -> None:
    """The column of a rule in one run is the run under that rule, future by future."""
    for variable in ("rule_payback_year", "rule_returned_ore", "rule_gap_ore", "rule_balance_ore"):
        assert (result.futures[variable].values == lesser.futures[variable].values).all()
    own = lesser.futures["rule_balance_ore"].sel(rule="lesser").values
    assert (own == lesser.futures["balance_ore"].values).all()


def test_payback_of_the_municipality_is_a_distribution(result: Result) -> None:
    """It is neither certain nor impossible that the investments pay for themselves in time."""
    never = result.figure("p_never_payback", "kommunen").value
    assert never is not None
    assert 0.5 < never < 0.95


@pytest.mark.parametrize(("name", "value"), [("persons", 30), ("target", 18)])
def test_the_target_is_the_printed_one(name: str, value: int) -> None:
    """18 of 30 start working or studying."""
    number = getattr(fund_plan().outcomes["arbete"], name)
    assert number.distribution.support()[0] == value
    source = {r["id"]: float(r["value"]) for r in rows("figures.csv") if r["source"] == "deck"}
    known = {"persons": "servicetrainee_participants", "target": "servicetrainee_target"}
    assert source[known[name]] == value


def test_runs_do_not_depend_on_the_folder(result: Result, tmp_path: Path) -> None:
    """The first futures of a longer run are the shorter run, bit for bit."""
    short = run(fund_plan(), 3_000, 1, tmp_path)
    for name in ("realised_ore", "owed_ore", "gap_ore", "npv", "gain_reached"):
        assert (short.futures[name].values == result.futures[name].values[:3_000]).all()
