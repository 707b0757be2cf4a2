"""The composed fund reproduces the published budget table, and every part of it runs alone."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from simulate.aterforing.plan import planned
from simulate.draws.draw import Draws
from simulate.draws.factors import factors
from simulate.draws.streams import Streams
from simulate.ledger import TRANSFERS
from simulate.pipeline import live_fund
from simulate.report.fund_sentences import partners, solvency
from simulate.run import Result, run
from simulate.scenario.read import Loaded, load
from simulate.scenario.shipped import shipped
from simulate.scenario.tree.scenario import FundScenario
from simulate.stored.facts import facts_of
from simulate.verify import verify
from tests.golden.test_fund_plan import DERIVED_BALANCES, printed
from tests.support.made import made, pretend
from tests.support.spread import slow_but

DRAWS = 4_096
PARTS = ("skolfam2", "alla_barn_i_skolan", "servicetrainee", "np_center", "solid_aterkomst")
# The table's row as the deck has it, one year too early: kept out, and found out if it comes back.
TOO_EARLY = {2015: 416_000.0, 2016: 832_000.0, 2017: 416_000.0}


def loaded(name: str, *settings: str) -> tuple[Loaded, FundScenario]:
    """Return a shipped scenario with a fund."""
    found = load(shipped()[name], settings)
    assert isinstance(found.scenario, FundScenario)
    return found, found.scenario


def ran(name: str, folder: Path) -> Result:
    """Run a shipped scenario on made-up posteriors: what is planned does not depend on them."""
    found, scenario = loaded(name)
    return run(scenario, DRAWS, 1, pretend(found, folder))


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Result:
    """The composed fund."""
    return ran("norrkoping_fond", tmp_path_factory.mktemp("whole"))


def test_every_cell_of_the_budget_table() -> None:
    """Costs and planned returns are the published ones, the corrected row included."""
    _, scenario = loaded("norrkoping_fond")
    for flow in ("cost", "aterforing"):
        found = {
            (key, int(year)): amount.distribution.support()[0]
            for key, one in scenario.investments.items()
            for year, amount in ((one.costs if flow == "cost" else one.aterforing) or {}).items()
        }
        assert found == {k: v for k, v in printed(flow).items() if k[0] != "total"}
    late = {year: found["solid_aterkomst", year] for year in (2016, 2017, 2018)}
    assert late == {year + 1: amount for year, amount in TOO_EARLY.items()}
    assert ("solid_aterkomst", 2015) not in found


def test_column_totals() -> None:
    """What the parts cost and return in a year adds up to the printed totals."""
    _, scenario = loaded("norrkoping_fond")
    for flow in ("cost", "aterforing"):
        for (key, year), amount in printed(flow).items():
            if key != "total":
                continue
            tables = [
                (one.costs if flow == "cost" else one.aterforing) or {}
                for one in scenario.investments.values()
            ]
            cells = [one[str(year)] for one in tables if str(year) in one]
            assert sum(one.distribution.support()[0] for one in cells) == amount


def test_balances_are_the_derived_ones_in_every_future(whole: Result) -> None:
    """40 mkr from 2011 (an assumption), less costs, with planned returns: derived, not printed."""
    found = whole.futures["balance_ore"].values
    assert found.shape == (DRAWS, len(DERIVED_BALANCES))
    assert (found == np.asarray(DERIVED_BALANCES) * 100_000).all()
    assert whole.figure("payback_year_p50", "fonden").value == 2018


@pytest.mark.slow
def test_a_stored_run_of_the_whole_is_made_again(tmp_path: Path) -> None:
    """What is stored of a composed fund needs none of its parts, and is the same byte for byte."""
    _, found, folder = made(shipped()["norrkoping_fond"], tmp_path, DRAWS)
    stored = (folder / "scenario.toml").read_text(encoding="utf-8")
    assert not [line for line in stored.split("\n") if line.startswith("from ")]
    assert load(folder / "scenario.toml").scenario == found.scenario
    again = verify(folder, facts_of(folder), tmp_path / ".cache")
    assert not again.differing
    assert "scenario.toml" in again.equal


def test_the_page_says_what_the_partner_is_paid(whole: Result) -> None:
    """The partner is named once, with the mean of what it gets: four fifths of 1 664 tkr."""
    (sentence,) = partners(whole)
    assert sentence.startswith("Unga KRIS får i genomsnitt 1,3")


@pytest.mark.slow  # two fits
def test_the_whole_fits_nothing_that_a_part_has_fitted(tmp_path: Path) -> None:
    """After SkolFam2 alone, the fund fits only the evidence of the other part."""
    _, part = loaded("skolfam2")
    _, scenario = loaded("norrkoping_fond")
    alone = run(part, DRAWS, 1, tmp_path)
    before = {path.name: path.stat().st_mtime_ns for path in tmp_path.glob("*.nc")}
    together = run(scenario, DRAWS, 1, tmp_path)
    after = {path.name: path.stat().st_mtime_ns for path in tmp_path.glob("*.nc")}
    assert before.items() <= after.items()
    new = [name.partition("-")[0] for name in after.keys() - before.keys()]
    assert new == ["bistand_exit"]
    assert together.posteriors["skolfam2"].digest() == alone.posteriors["skolfam2"].digest()


@pytest.mark.parametrize("name", slow_but(PARTS, ("skolfam2", "np_center")))
def test_every_part_runs_alone(name: str, tmp_path: Path, whole: Result) -> None:
    """A part has its money back in its last planned year, and returns what it does in the whole."""
    alone = ran(name, tmp_path)
    _, scenario = loaded(name)
    one = scenario.investments[name]
    assert list(scenario.investments) == [name]
    assert alone.draws == DRAWS
    assert alone.figure("payback_year_p50", "fonden").value == max(map(int, one.aterforing or {}))
    in_whole = whole.with_fund.investments[name]
    assert planned(one, scenario).sum() == planned(in_whole, whole.with_fund).sum()


def test_the_partner_is_paid_and_saves_nothing() -> None:
    """Unga KRIS is paid for what its work costs, in every future and year, and keeps nothing."""
    _, scenario = loaded("solid_aterkomst")
    ledger = live_fund(scenario, Draws(Streams(1, factors(scenario)), 0, {})).ledger
    kris, board = (ledger.parties.index(who) for who in ("unga_kris", "socialnamnden"))
    paid, cost = ledger.entries["partner_payment"], ledger.entries["programme_cost"]
    assert "partner_payment" in TRANSFERS
    for kind in set(TRANSFERS) & set(ledger.entries):
        assert (np.round(ledger.entries[kind] * 100).sum(axis=2) == 0).all()
    assert (paid[:, :3, kris] > 0).all() and (paid[:, 3:] == 0).all()
    assert 0.5 < paid[..., kris].sum(axis=1).mean() / 1_664_000 < 0.95
    assert (ledger.entries["cashable_saving"][..., kris] == 0).all()
    assert (np.round(ledger.net()[..., kris] * 100) == 0).all()
    # However much of it is done by others, the investment costs what the table says.
    whole_cost = np.round((cost[..., kris] + cost[..., board]) * 100)
    assert (whole_cost[:, :3] == -np.asarray([416, 832, 416]) * 100_000).all()


def test_a_fund_that_goes_on_granting_can_promise_more_than_it_has(
    whole: Result, tmp_path: Path
) -> None:
    """Forty from the start and nothing new cannot run out; thirty and new grants can."""
    more = ran("norrkoping_fond_fortsatt", tmp_path)
    assert whole.figure("p_insolvent").value == 0.0
    assert "kan inte bli utan pengar" in solvency(whole)
    assert 0.1 < (more.figure("p_insolvent").value or 0.0) < 0.9
    assert "kan inte bli utan pengar" not in solvency(more)
    paid_in = more.futures["capital_ore"].values / 1e8
    assert np.all(np.isclose(paid_in, 40.0))
    first = more.futures["balance_ore"].values[:, 0] / 1e8  # SkolFam2 gets 0.66 in 2011
    assert set(np.round(first, 2)) == {29.34, 39.34}
