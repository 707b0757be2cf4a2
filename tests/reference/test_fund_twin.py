"""The fund's engine agrees with a slow twin in exact fractions, to the öre.

An amount within 1e-7 öre of a rounding boundary could fall on either side in floating point; a
product of four factors below 1e9 SEK has an error of about 1e-6 öre, so an öre of difference is
allowed per investment, year and nämnd, and nothing more.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from functools import cached_property
from typing import Any

import numpy as np
import pytest

from models.distributions import Fixed
from models.number import Number
from simulate.aterforing.returned import Returned, own_rule, returned
from simulate.draws.draw import Draws
from simulate.draws.factors import factors, streams_of
from simulate.draws.streams import Streams
from simulate.draws.values import Central
from simulate.ledger import TRANSFERS
from simulate.pipeline import FundLived, live_fund
from simulate.scenario.tree.scenario import FundScenario
from tests.reference import fund_twin
from tests.reference.fund_worlds import (
    DEFAULT,
    GAP,
    HALF,
    LATE,
    REPAID,
    VARIATIONS,
    built,
    granting,
    growing,
    kinds,
    lesser,
    shared,
    shared_event,
    terms,
    topped_up,
)
from tests.support.plain import plain
from tests.support.rebuilt import mapped
from tests.support.scenarios import NOTES, Raw
from tests.support.spread import slow_but

EACH = 25


class Pair:
    """Some futures as the engine and the twin see them."""

    def __init__(self, scenario: FundScenario, seed: int) -> None:
        self.scenario = scenario
        draws = Draws(streams_of(scenario, seed), seed, {})
        self.lived: FundLived = live_fund(scenario, draws)
        rng = np.random.default_rng(seed)
        self.places = [int(i) for i in rng.choice(2048, EACH, replace=False)]
        medians = _medians(scenario)
        names = [name for name in type(scenario).model_fields if name != "evidence"]
        self.books = []
        for i in self.places:
            world = {name: plain(getattr(scenario, name), draws, i) for name in names}
            self.books.append(fund_twin.live(world, medians, chances(scenario, draws, i)))

    @property
    def rule(self) -> str:
        """The rule that the scenario follows."""
        return own_rule(self.scenario)

    @cached_property
    def investments(self) -> dict[str, Returned]:
        """What each investment realises and owes, all at once."""
        return {key: one for key, one, _ in returned(self.scenario, self.lived.draws)}


def chances(scenario: FundScenario, draws: Draws, draw: int) -> dict[str, float]:
    """Return the uniform numbers of the fund's chances, and of lines that may not occur."""
    names = [name for name in factors(scenario) if name.startswith("chance/fund.")]
    fund = {
        name.removeprefix("chance/"): float(draws.streams.uniforms(name, draws.batch)[draw])
        for name in names
    }
    events = {
        f"{key}.events.{event}": float(
            draws.chance(f"investments.{key}.events.{event}", "occurs")[draw]
        )
        for key, one in scenario.investments.items()
        for event in one.events
    }
    return (fund | events) | {
        f"{key}.{line.id}": float(draws.chance(f"investments.{key}.{line.id}", "occurs")[draw])
        for key, one in scenario.investments.items()
        for line in one.effects
        if getattr(line, "occurs", None) is not None
    }


def _medians(scenario: FundScenario) -> dict[str, Any]:
    """Return the scenario with every number at its median."""
    dull = Streams(1, factors(scenario))

    def middle(number: Number) -> Number:
        value = float(Central().of(number))
        return dataclasses.replace(number, distribution=Fixed(value))

    still = mapped(scenario, middle)
    draws = Draws(dull, 0, {})
    names = [name for name in type(scenario).model_fields if name != "evidence"]
    return {name: plain(getattr(still, name), draws, 0) for name in names}


@pytest.fixture(
    scope="module", params=slow_but(VARIATIONS, DEFAULT, lambda name: name.replace(" ", "-"))
)
def pair(request: pytest.FixtureRequest) -> Pair:
    """One variation of the fund, lived by both."""
    number = list(VARIATIONS).index(request.param)
    return Pair(built(*VARIATIONS[request.param]), 300 + number)


def test_realised_and_owed_by_year_and_party(pair: Pair) -> None:
    """Every investment's saving and return agrees, to an öre for each sum of roundings."""
    parties, first = list(pair.scenario.parties), pair.scenario.first_year
    totals = pair.lived.totals[pair.rule]
    allowed = len(pair.scenario.investments)
    # Shares, limits and running sums are rounded to the öre on the way.
    steps = {"planned": 0, "lesser": 1}.get(pair.rule, 4)
    if pair.lived.further is not None:
        allowed += int(pair.lived.further.count.sum(axis=1).max())
    for draw, books in zip(pair.places, pair.books, strict=True):
        for year in pair.scenario.years:
            for column, party in enumerate(parties):
                at, place = (draw, year - first, column), (year, party)
                real = int(totals.realised[at]) - books.realised.get(place, 0)
                assert abs(real) <= allowed
                matured = int(totals.matured[at]) - books.matured.get(place, 0)
                assert abs(matured) <= allowed
                assert abs(int(totals.due[at]) - books.owed.get(place, 0)) <= steps * allowed
                assert abs(int(totals.paid[at]) - books.paid.get(place, 0)) <= steps * allowed


def test_balances_year_by_year(pair: Pair) -> None:
    """The fund's balance is capital less grants and with what is returned."""
    path = pair.lived.balances[pair.rule].path
    allowed = 0 if pair.rule == "planned" else 400
    for draw, books in zip(pair.places, pair.books, strict=True):
        assert np.abs(path[draw] - np.asarray(books.balance)).max() <= allowed


def test_further_grants_and_insolvency(pair: Pair) -> None:
    """As many are granted, one by one, and the fund runs out of money in the same futures."""
    broke = pair.lived.balances[pair.rule].insolvent
    further = pair.lived.further
    for draw, books in zip(pair.places, pair.books, strict=True):
        assert bool(broke[draw]) == books.insolvent
        assert books.count == (0 if further is None else int(further.count[draw].sum()))


def test_what_is_outstanding(pair: Pair) -> None:
    """What is owed within the horizon and paid after it is the rest."""
    left = pair.lived.totals[pair.rule].outstanding
    for draw, books in zip(pair.places, pair.books, strict=True):
        after = [sum_ for (year, _), sum_ in books.paid.items() if year > pair.scenario.last_year]
        assert abs(int(left[draw]) - sum(after)) <= 400


def test_who_bears_the_cost(pair: Pair) -> None:
    """The provider pays the grant and what the insats costs beyond it, to an öre each."""
    parties, first = list(pair.scenario.parties), pair.scenario.first_year
    cost = np.round(pair.lived.ledger.entries["programme_cost"] * 100).astype(np.int64)
    allowed = len(pair.scenario.investments)
    for draw, books in zip(pair.places, pair.books, strict=True):
        found = {
            (year, party): -int(cost[draw, year - first, column])
            for year in pair.scenario.years
            for column, party in enumerate(parties)
        }
        within = {place for place in books.spent if place[0] <= pair.scenario.last_year}
        assert found.keys() >= within
        for place, amount in found.items():
            assert abs(amount - books.spent.get(place, 0)) <= allowed


def test_transfers_sum_to_zero(pair: Pair) -> None:
    """What one purse receives from another is paid by the other, in every draw and year."""
    ledger = pair.lived.ledger
    for kind in set(TRANSFERS) & set(ledger.entries):
        assert np.abs(ledger.entries[kind]).sum() > 0
        assert (np.round(ledger.entries[kind] * 100).sum(axis=2) == 0.0).all()


def test_laws_of_the_rules(pair: Pair) -> None:
    """Every rule keeps its law, with whatever else the terms say."""
    columns = [one.type == "namnd" for one in pair.scenario.parties.values()]
    for key, one in pair.investments.items():
        terms = pair.scenario.investments[key].terms or pair.scenario.fund.aterforing
        due = {rule: owed.due for rule, owed in one.owed.items()}
        saved = np.where(columns, np.maximum(one.realised, 0), 0)
        granted = one.grant.sum(axis=1)
        assert all((owed >= 0).all() for owed in due.values())
        assert (due["until_repaid"].sum(axis=(1, 2)) <= granted).all()
        if terms.ceiling is None and terms.lag == 0 and terms.gap == "fund":
            assert (due["planned"] == one.planned).all()
            assert (due["lesser"] <= one.planned).all()
            assert (due["lesser"] <= saved).all()
            assert (due["realised_share"] <= saved).all()
            wanted = np.minimum(saved.sum(axis=(1, 2)), granted)
            assert (due["until_repaid"].sum(axis=(1, 2)) == wanted).all()
        elif terms.gap == "namnd" and terms.ceiling is None:
            assert (np.cumsum(due["lesser"], axis=1) >= np.cumsum(one.planned, axis=0)).all()


def test_both_signs_are_met() -> None:
    """Among the futures that are compared some lines grow in one and fall in another."""
    own = Pair(built(growing), 306)
    real = own.investments["alla_barn_i_skolan"].realised[own.places].sum(axis=1)
    columns = [list(own.scenario.parties).index(one) for one in ("socialnamnden", "staten")]
    assert (real[:, columns] < 0).any(axis=0).all()
    assert (real[:, columns] > 0).any(axis=0).all()


def test_the_fund_can_run_out_on_plans_and_not_on_what_it_has() -> None:
    """Granting against planned returns can end in insolvency; against what is free it cannot."""
    careful = Pair(built(lesser, granting(while_free="3 mkr")), 5).lived
    bold = Pair(built(lesser, granting(planned_ahead=9, while_free="0 kr")), 5).lived
    assert careful.further is not None
    assert careful.further.count.sum(axis=1).min() > 0
    assert not careful.balances["lesser"].insolvent.any()
    assert 0.01 < bold.balances["lesser"].insolvent.mean() < 1.0


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        (lesser, terms(rule="planned")),
        (HALF, terms(rule="until_repaid")),
        (REPAID, terms(rule="realised_share", share=1.0)),
        (LATE, terms(rule="lesser", lag=1, ceiling={"uniform": [0.2, 0.9], **NOTES})),
        (GAP, terms(rule="realised_share", share=0.6, ceiling=1.1)),
        (topped_up, lesser),
        (granting(), granting(planned_ahead=4)),
        (shared, lesser),
        (shared_event, kinds),
    ],
    ids=lambda one: str(getattr(one, "__qualname__", one)),
)
def test_a_wrong_twin_is_found_out(
    right: Callable[[Raw], None], wrong: Callable[[Raw], None]
) -> None:
    """Negative control: a twin that follows another rule disagrees in many futures."""
    more = () if right is lesser else (lesser,)
    pair, other = Pair(built(*more, right), 17), Pair(built(*more, wrong), 17)
    path = pair.lived.balances[pair.rule].path
    apart = [
        np.abs(path[draw] - np.asarray(books.balance)).max()
        for draw, books in zip(other.places, other.books, strict=True)
    ]
    assert np.mean(np.asarray(apart) > 100_000) > 0.2
