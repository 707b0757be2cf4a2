"""What the fund has granted and not yet paid: every krona is paid, or bound, or not granted."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from simulate.aterforing.books import Books
from simulate.aterforing.returned import returned
from simulate.contract import money
from simulate.draws.draw import Draws, full
from simulate.draws.factors import streams_of
from simulate.pipeline.fund import live_fund
from simulate.scenario.read import load
from simulate.scenario.shipped import shipped
from simulate.scenario.tree.scenario import FundScenario

GRANTING = Path(__file__).parents[1] / "support" / "granting_fund.toml"


def fund(path: Path) -> tuple[FundScenario, Draws]:
    """Return a fund and one batch of its futures."""
    scenario = load(path).scenario
    assert isinstance(scenario, FundScenario)
    return scenario, Draws(streams_of(scenario, 1), 0, {})


def test_what_is_bound_is_what_is_decided_and_not_paid() -> None:
    """Year by year: decided so far = paid so far + bound, new investments among them."""
    scenario, draws = fund(GRANTING)
    lived = live_fund(scenario, draws)
    books = Books(scenario)
    for key, one, apart in returned(scenario, draws):
        books.add(key, one, apart)
    grants, further = scenario.fund.grants, lived.further
    assert grants is not None and further is not None
    size = full(money.ore(draws.of(grants.size)))[:, None]
    named = sum(
        (np.arange(len(scenario.years)) >= year - scenario.first_year)
        * one.grant.sum(axis=1)[:, None]
        for year, one in books.decided.items()
    )
    decided = named + np.cumsum(further.count, axis=1) * size
    paid = np.cumsum(books.grants + further.totals.grants, axis=1)
    assert (further.undrawn == decided - paid).all()
    column = list(scenario.parties).index(scenario.fund.party)
    assert (lived.ledger.memo["granted_undrawn"][:, :, column] == further.undrawn / 100.0).all()


def test_without_new_ones_it_is_the_later_costs() -> None:
    """The plan: 3 300 + 11 600 tkr at the end of 2011, when two of the five are decided."""
    scenario, draws = fund(shipped()["norrkoping_fond_plan"])
    books = Books(scenario)
    for key, one, apart in returned(scenario, draws):
        books.add(key, one, apart)
    assert (books.undrawn()[:, 0] == 14_900_000_00).all()
    assert (books.undrawn()[:, -1] == 0).all()
    assert (books.undrawn() >= 0).all()
