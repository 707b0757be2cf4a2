"""What a fund that grants further investments reports agrees with its futures, and says why."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from models.language import speaking
from simulate.report import fund_sentences, fund_tables
from simulate.report.page import render
from simulate.run import Result, run
from simulate.scenario.read import load
from simulate.scenario.tree.fund import Grants
from simulate.value.payback import NEVER
from tests.support.spread import slow_but

GRANTING = Path(__file__).parents[1] / "support" / "granting_fund.toml"
# All that is named fits in the first year's capital, and a grant only in what is free.
CAREFUL = ("fund.grants.planned_ahead=0", "fund.grants.while_free=5 mkr")


@pytest.fixture(scope="module")
def result(tmp_path_factory: pytest.TempPathFactory) -> Result:
    """The test fund as written."""
    return run(load(GRANTING).scenario, 4_096, 1, tmp_path_factory.mktemp("cache"))


@pytest.fixture(scope="module")
def careful(tmp_path_factory: pytest.TempPathFactory) -> Result:
    """The same fund where nothing that is to come counts as free."""
    return run(load(GRANTING, CAREFUL).scenario, 4_096, 1, tmp_path_factory.mktemp("cache"))


def test_insolvency_is_possible_on_promises(result: Result) -> None:
    """It is said how likely it is where planned returns count as free capital."""
    assert (result.figure("p_insolvent").value or 0.0) > 0.1
    assert "räcker fondens pengar något år inte" in fund_sentences.solvency(result)


def test_insolvency_is_impossible_and_it_says_why(careful: Result) -> None:
    """Where nothing to come counts, it never happens, and the sentence gives the reason."""
    assert careful.figure("p_insolvent").value == 0.0
    assert "utan att någon kommande återföring" in fund_sentences.solvency(careful)
    assert (careful.figure("further_grants_mean").value or 0.0) > 1.0


@pytest.mark.parametrize(
    "change",
    [
        "fund.grants.planned_ahead=1",
        "fund.grants.while_free=4 mkr",
        "fund.grants.first_year=2020",
        "fund.capital.2020=16 mkr",
    ],
)
def test_no_reason_is_given_where_it_does_not_hold(change: str, tmp_path: Path) -> None:
    """Each part of the reason is needed: without any one of them it is not said."""
    found = run(load(GRANTING, [*CAREFUL, change]).scenario, 2_048, 1, tmp_path)
    assert "kan inte bli utan pengar" not in fund_sentences.solvency(found)


def test_the_present_value_lost(result: Result) -> None:
    """At no interest it is what does not come back, at the fund's rate what its value falls by."""
    futures, fund = result.futures, result.with_fund.fund.party
    granted = -futures["yearly_grant"].sel(party=fund).values.sum()
    back = futures["yearly_aterforing"].sel(party=fund).values.sum()
    lost = futures["loss_at_rate"]
    assert float(lost.sel(rate="0.0").mean()) == pytest.approx(granted - back)
    at_two = lost.sel(rate="0.02").values
    assert at_two == pytest.approx(-futures["npv"].sel(party=fund).values, abs=0.01)
    assert result.figure("interest_free_loss_mean").value == pytest.approx(at_two.mean())
    assert len(fund_tables.interest(result)) == 6


def test_more_is_carried_the_more_comes_back(result: Result) -> None:
    """The number of further grants grows with the share that is realised, in every future."""
    found = result.futures["further_at_share"].values
    assert (np.diff(found, axis=1) >= 0).all()
    assert found[:, -1].mean() > found[:, 0].mean() + 0.5
    grants = result.with_fund.fund.grants
    assert isinstance(grants, Grants)
    years = grants.last_year - grants.first_year + 1
    assert found.max() <= grants.per_year * years


def test_refilled_is_for_good(result: Result) -> None:
    """From the year that is found the balance is never below what is paid in, and before it is."""
    scenario, futures = result.with_fund, result.futures
    years, wait = np.asarray(scenario.years), futures["refill_years"].values
    paid_back = futures["capital_ore"].values <= futures["balance_ore"].values[:, -1]
    assert (np.isfinite(wait) == paid_back).all()
    assert (wait[~paid_back] == NEVER).all()
    end = scenario.signed.year + wait[paid_back].astype(int)
    assert ((end > scenario.first_year) & (end <= years[-1])).all()


def test_what_is_returned_too_late_is_outstanding(result: Result, tmp_path: Path) -> None:
    """A longer lag leaves more at the end, and what is not paid is not in the balance."""
    slow = run(load(GRANTING, ["fund.aterforing.lag=6"]).scenario, 4_096, 1, tmp_path)
    one, other = (found.figure("outstanding_mean") for found in (result, slow))
    assert (other.value or 0.0) > (one.value or 0.0) + 10.0 * ((other.mcse or 0.0) + 1.0)
    assert "återstår i genomsnitt" in fund_sentences.rule_in_words(result)


@pytest.mark.parametrize("language", slow_but(["sv", "en"], ["sv"]))
def test_the_page_says_it(result: Result, language: str) -> None:
    """The page of the fund holds the new sentence and table, whole, in both languages."""
    with speaking(language):
        page = render(result, "0" * 12)
        further = fund_sentences.further(result)
    assert "{" not in further
    assert further.split()[0] in page
    assert ("Förlorat nuvärde" in page) == (language == "sv")
