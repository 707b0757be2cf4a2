"""Stated rank correlations are achieved, and change nothing else."""

from __future__ import annotations

import copy
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import scipy
from hypothesis import given
from hypothesis import strategies as st

from models.copula import conflict, matrix, nearest, offered, pearson, possible
from simulate.draws.draw import Draws
from simulate.draws.factors import streams_of
from simulate.errors import BadInput
from simulate.scenario.checks import check
from simulate.scenario.read import load, tree_of
from simulate.scenario.resolve import inputs
from simulate.scenario.tree.scenario import FundScenario
from tests.support.scenarios import NOTES, raw

SKOLFAM = "investments.skolfam2.effects.realiserat.share"
NP_CENTER = "investments.np_center.effects.realiserat.share"
WORK = "outcomes.arbete.without"
RANKS = {(SKOLFAM, NP_CENTER): 0.6, (NP_CENTER, WORK): -0.4}
BATCHES = 32


def fund(ranks: dict[tuple[str, str], float]) -> FundScenario:
    """Return the shipped plan with correlations."""
    data: dict[str, Any] = copy.deepcopy(raw("norrkoping_fond_plan"))
    data["correlations"] = [
        {"between": list(pair), "rank": rank, **NOTES} for pair, rank in ranks.items()
    ]
    scenario = tree_of(data)
    assert isinstance(scenario, FundScenario)
    assert list(check(scenario)) == []
    return scenario


def drawn(scenario: FundScenario, key: str) -> np.ndarray:
    """Return the values of a number, batch after batch."""
    number = next(one for one in inputs(scenario) if one.key == key)
    streams = streams_of(scenario, 3)
    return np.concatenate([Draws(streams, batch, {}).of(number) for batch in range(BATCHES)])


def test_the_ranks_are_achieved() -> None:
    """Spearman's rank correlation over batches is the stated one, within its own error."""
    scenario = fund(RANKS)
    for (one, other), rank in {**RANKS, (SKOLFAM, WORK): 0.0}.items():
        a = drawn(scenario, one).reshape(BATCHES, -1)
        b = drawn(scenario, other).reshape(BATCHES, -1)
        found = [scipy.stats.spearmanr(*pair).statistic for pair in zip(a, b, strict=True)]
        # Three numbers that are tied in a chain: the ends have no correlation of their own.
        error = np.std(found, ddof=1) / np.sqrt(BATCHES)
        assert abs(np.mean(found) - rank) < 4.0 * error + 1e-3


def test_distributions_and_all_other_draws_are_unchanged() -> None:
    """A tied number keeps its own distribution; one that is not tied keeps its draws."""
    with_, without = fund(RANKS), fund({})
    for number in inputs(without):
        if number.certain:
            continue
        tied, alone = drawn(with_, number.key), drawn(without, number.key)
        if number.key in (NP_CENTER, WORK):
            assert not (tied == alone).all()
            assert scipy.stats.ks_2samp(tied, alone).pvalue > 1e-3
            assert np.mean(tied) == pytest.approx(np.mean(alone), rel=0.01)
        else:
            assert (tied == alone).all(), number.key


def test_a_contract_has_them_too() -> None:
    """The same key ties two numbers of a scenario with a contract, whichever order they are in."""
    data: dict[str, Any] = copy.deepcopy(raw("halsoobligation"))
    keys = ["outcomes.health.value", "outcomes.health.effect"]
    data["correlations"] = [{"between": keys, "rank": 0.7, **NOTES}]
    scenario = tree_of(data)
    assert list(check(scenario)) == []
    draws = Draws(streams_of(scenario, 1), 0, {})
    value, effect = (
        draws.of(next(one for one in inputs(scenario) if one.key == key)) for key in keys
    )
    assert scipy.stats.spearmanr(value, effect).statistic == pytest.approx(0.7, abs=0.02)


def test_the_order_of_the_pairs_does_not_matter() -> None:
    """Only the order in which the numbers are declared does."""
    one, other = fund(RANKS), fund({(b, a): rank for (a, b), rank in reversed(RANKS.items())})
    for key in (SKOLFAM, NP_CENTER, WORK):
        assert (drawn(one, key) == drawn(other, key)).all()


@given(st.floats(-0.999, 0.999))
def test_ranks_and_scores(rank: float) -> None:
    """The correlation of the scores gives the rank back, and never exceeds it by much."""
    assert 6.0 / np.pi * np.arcsin(pearson(rank) / 2.0) == pytest.approx(rank, abs=1e-9)
    assert abs(pearson(rank)) >= abs(rank) - 1e-12


@pytest.mark.slow  # a search for each of a hundred
@given(st.lists(st.floats(-0.99, 0.99), min_size=6, max_size=6))
def test_what_is_offered_is_possible_and_near(ranks: list[float]) -> None:
    """Whatever four numbers are asked to have, there is an offer; what is possible stays."""
    pairs = [(a, b) for a in "abcd" for b in "abcd" if a < b]
    wanted = matrix("abcd", dict(zip(pairs, ranks, strict=True)))
    offer = offered(wanted)
    again = {pair: float(offer["abcd".index(pair[0]), "abcd".index(pair[1])]) for pair in pairs}
    assert possible(matrix("abcd", again))
    close = nearest(wanted)
    assert np.linalg.eigvalsh(close)[0] > -1e-3
    if possible(wanted):
        assert close == pytest.approx(wanted, abs=1e-6)
        return
    some = conflict(wanted)
    assert not possible(wanted[np.ix_(some, some)])
    for one in some:
        fewer = [other for other in some if other != one]
        assert possible(wanted[np.ix_(fewer, fewer)])


def test_the_offer_in_the_message_is_accepted() -> None:
    """Writing what the message offers mends the scenario."""
    path = Path(__file__).parents[1] / "bad" / "correlation_impossible.toml"
    with pytest.raises(BadInput) as caught:
        load(path)
    (problem,) = caught.value.problems
    offer = [part.rpartition("→ ")[2] for part in str(problem.context["nearest"]).split("; ")]
    settings = [f"correlations.{i}.rank={rank}" for i, rank in enumerate(offer)]
    assert len(load(path, settings).scenario.correlations) == 3
