"""The chapter that an ekonom reads: decision, next budget, accounts, whose money, follow-up."""

from __future__ import annotations

import copy
import re
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import tomli_w

from scenarios import __file__ as shipped
from simulate.aterforing.plan import planned
from simulate.aterforing.returned import saving_years
from simulate.language.numbers import THIN
from simulate.report import fund_budget, fund_decision, fund_sentences
from simulate.report.page import render
from simulate.run import Result, run
from simulate.scenario.read import load
from simulate.scenario.tree.party import MUNICIPALITY, PUBLIC

PLAN = Path(str(shipped)).parent / "norrkoping_fond_plan.toml"
HEADINGS = (
    "Mänskliga vinster",
    "Förslag",
    "Bakgrund",
    "Ekonomiska konsekvenser",
    "Risk",
    "Uppföljning",
)
DRAWS = 16_384


@pytest.fixture(scope="module")
def fund(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Result]:
    """Return a function that runs the plan with changes."""
    plain = tomllib.loads(PLAN.read_text(encoding="utf-8"))
    folder = tmp_path_factory.mktemp("fund")

    def built(change: Callable[[dict[str, Any]], None] | None = None, draws: int = 4_096) -> Result:
        raw = copy.deepcopy(plain)
        if change is not None:
            change(raw)
        path = folder / "scenario.toml"
        path.write_bytes(tomli_w.dumps(raw).encode("utf-8"))
        return run(load(path).scenario, draws, 1, folder)

    return built


@pytest.fixture(scope="module")
def plan(fund: Callable[..., Result]) -> Result:
    """Return a run of the plan as it stands."""
    return fund(draws=DRAWS)


def plain(text: str) -> str:
    """Return a text with ordinary spaces."""
    return text.replace(THIN, " ").replace("\u00a0", " ")


def test_the_report_answers_under_the_headings(plan: Result) -> None:
    """Each heading is there once, in the order in which a tjänsteskrivelse has them."""
    found = re.findall(r"<h2>([^<]+)</h2>", render(plan, "x"))
    places = [found.index(one) for one in HEADINGS]
    assert places == sorted(places)
    assert all(found.count(one) == 1 for one in HEADINGS)


def test_what_to_write_in_the_next_budget(plan: Result) -> None:
    """The plan's rule cuts the plan's amount: 0,75 × 1 734 + 0,5 × 1 254 tkr in 2015."""
    social = plain(fund_budget.next_budget(plan)[0])
    assert social.startswith("Socialnämnden, budget 2015: minska ramen med 1,93 mkr. ")
    assert social.endswith("I budgeten för 2012–2014 skrivs inget in.")
    cell = fund_budget.amount(plan, "owed", "socialnamnden", 2015)
    assert cell.same and cell.middle == pytest.approx(1_927_500.0)


def test_the_next_budget_is_an_interval_when_savings_decide(fund: Callable[..., Result]) -> None:
    """Under the lesser of plan and realised the cut itself is uncertain, and so it is written."""

    def lesser(raw: dict[str, Any]) -> None:
        raw["fund"]["aterforing"]["rule"] = "lesser"

    result = fund(lesser)
    cell = fund_budget.amount(result, "owed", "socialnamnden", 2015)
    assert 0.0 < cell.low < cell.middle < cell.high <= 1_927_500.0
    assert re.search(r"minska ramen med \S+ mkr \(\S+ till \S+\)", plain(
        fund_budget.next_budget(result)[0]))  # fmt: skip


@pytest.mark.parametrize(("own", "fund_lag"), [(1, 0), (0, 1), (1, 1)])
def test_the_next_budget_follows_the_lag_of_each_investment(
    fund: Callable[..., Result], own: int, fund_lag: int
) -> None:
    """Where all that is planned is saved, what is returned is saved, whatever years it is from."""

    def late(raw: dict[str, Any]) -> None:
        notes = {"source": "written for a test", "kind": "assumption"}
        del raw["fund"]["common_factor"]
        del raw["decision"]["studies"]
        raw["fund"]["aterforing"]["lag"] = fund_lag
        for key, one in raw["investments"].items():
            one["effects"][0]["share"] = {"value": 1.0, **notes}
            if key == "np_center":
                one["terms"] = {"rule": "planned", "lag": own, **notes}

    result = fund(late)
    scenario = result.with_fund
    social = list(scenario.parties).index("socialnamnden")
    plans = {key: planned(one, scenario)[:, social] for key, one in scenario.investments.items()}
    lags = {key: own if key == "np_center" else fund_lag for key in plans}
    first = scenario.first_year
    for year in range(2015, 2019):
        saved = {key: plans[key][year - lags[key] - first] / 100.0 for key in plans}
        cell = fund_budget.amount(result, "matured", "socialnamnden", year)
        assert cell.same and cell.middle == pytest.approx(sum(saved.values()))
        owed = fund_budget.amount(result, "owed", "socialnamnden", year)
        assert owed.middle == pytest.approx(cell.middle)
        years = {year - lags[key] for key, amount in saved.items() if amount > 0}
        if years:
            assert saving_years(scenario, "socialnamnden", year) == tuple(sorted(years))
    said = plain(fund_budget.next_budget(result)[0])
    assert re.search(r"i 0 % av framtiderna räcker den inte", said), said
    year = int(re.findall(r"budget (\d{4})", said)[0])
    years = [str(one) for one in saving_years(scenario, "socialnamnden", year)]
    assert f"Besparingen {' och '.join(years)} väntas bli" in said


def test_past_budgets_are_not_written_again(fund: Callable[..., Result]) -> None:
    """Judged after the last return nothing is left to write."""

    def late(raw: dict[str, Any]) -> None:
        import datetime as dt

        raw["judged"] = dt.date(2018, 12, 31)

    result = fund(late)
    assert all("inget är kvar" in said for said in fund_budget.next_budget(result))
    assert "bedömningen utgår från 2018-12-31" in render(result, "x")


def test_years_have_bands_and_errors(plan: Result) -> None:
    """Of each nämnd and year: quantiles in order, and a mean with the error of its draws."""
    bands = plan.futures["realised_fan"].values
    assert np.all(np.diff(bands, axis=0) >= 0.0)
    here = {"namnd": "socialnamnden", "year": 2016}
    gap, error = (float(plan.futures[name].sel(here)) for name in ("gap_mean", "gap_mean_mcse"))
    whole = float(plan.futures["yearly_gap"].sel(party="socialnamnden", year=2016))
    assert 0.0 < error < 0.01 * gap
    assert gap == pytest.approx(whole, abs=1.0)  # all draws are kept as paths here


def test_the_accounts_of_the_year(plan: Result) -> None:
    """Balances derived from the table with 40 mkr from 2011, and what is bound at each year-end."""
    rows = fund_budget.accounts(plan).rows
    saldo = [plain(row[3]) for row in rows]
    expected = [39.34, 28.22, 17.957, 11.153, 14.085, 24.044, 35.691, 40.0]
    assert saldo == [f"{one:.2f} mkr".replace(".", ",") for one in expected]
    # End of 2011: SkolFam2 and Alla barn i skolan are granted and 3 300 + 11 600 tkr not drawn.
    assert plain(rows[0][4]) == "14,9 mkr"
    assert plain(rows[-1][4]) == "0,0 mkr"


def test_payback_curves_end_where_savings_cover_costs(plan: Result) -> None:
    """The curve never falls, and ends at P(saved in the municipality ≥ cost)."""
    data = plan.futures
    enough = (data["investment_realised_ore"] >= data["investment_cost_ore"]).mean(dim="draw")
    curves = fund_decision.curves(plan)
    assert [curve.title for curve in curves][:2] == ["SkolFam2", "Alla barn i skolan"]
    for curve, share in zip(curves, enough.values, strict=True):
        assert np.all(np.diff(curve.shares) >= 0.0)
        assert curve.shares[-1] == pytest.approx(float(share), abs=1e-9)


def test_whose_money_is_counted(plan: Result, fund: Callable[..., Result]) -> None:
    """What moves a cost to the state helps the municipality and not the public sector."""
    assert PUBLIC not in [row.key for row in fund_decision.perspectives(plan)]
    assert fund_decision.one_purse(plan)

    def moved(raw: dict[str, Any]) -> None:
        rate = raw["parties"]["fonden"]["discount_rate"]
        raw["parties"]["staten"] = {
            "name": "Staten", "type": "state", "roles": ["provider"], "discount_rate": rate,
        }  # fmt: skip
        number = {"value": "1 mkr", "source": "prov", "kind": "assumption"}
        line = {
            "id": "flyttas", "title": "Flyttas till staten", "type": "amount",
            "falls_on": "staten", "direction": "more", "amounts": {"2015": number},
            "cashable": {"value": 1.0, "source": "prov", "kind": "assumption"},
        }  # fmt: skip
        raw["investments"]["skolfam2"]["effects"].append(line)

    result = fund(moved)
    assert not fund_decision.one_purse(result)
    own, public = (result.figure("npv_mean", key).value for key in (MUNICIPALITY, PUBLIC))
    assert own is not None and public is not None
    assert -1.0e6 < public - own < -0.85e6  # a million in 2015, discounted four years


def test_follow_up_says_when_and_in_what(plan: Result, fund: Callable[..., Result]) -> None:
    """A line without a measure cannot be followed up, and the report says so."""
    rows = fund_decision.follow_up(plan)
    assert [row.years for row in rows][:3] == ["2015–2017", "2015–2017", "2013–2015"]
    assert "2013" in fund_decision.first_sign(plan)
    assert "5 rader" in fund_decision.first_sign(plan)

    def measured(raw: dict[str, Any]) -> None:
        for one in raw["investments"].values():
            one["effects"][0]["measured_by"] = "faktiska kostnader i ekonomisystemet"

    assert "inte angivet" not in fund_decision.first_sign(fund(measured))


def test_a_risk_without_a_gap_in_any_year_is_explained(fund: Callable[..., Result]) -> None:
    """Under the lesser of plan and saving only years in which a cost grows can make a risk."""

    def lesser(raw: dict[str, Any]) -> None:
        raw["fund"]["aterforing"]["rule"] = "lesser"

    def growing(raw: dict[str, Any]) -> None:
        lesser(raw)
        raw["investments"]["skolfam2"]["effects"].append(
            {
                "id": "forst",
                "title": "Fler dygn först",
                "type": "days",
                "direction": "more",
                "falls_on": "socialnamnden",
                "days": {"2013": "1 000 dygn"},
                "price": "2 500 kr/dygn",
                "cashable": 1.0,
            }
        )

    said = "Inget enskilt år återför den mer än den sparar"
    with_cost, without = fund(growing), fund(lesser)
    assert with_cost.figure("p_gap", "socialnamnden").value
    assert not with_cost.figure("gap_mean", "socialnamnden").value
    assert said in fund_sentences.at_risk(with_cost)
    assert said not in fund_sentences.at_risk(without)
