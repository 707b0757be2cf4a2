"""Service trainees quote the published figures; what moves to the state is a cost of the state."""

from __future__ import annotations

import numpy as np
import pytest

from models.number import Number
from simulate.draws.draw import Draws, Samples
from simulate.draws.factors import factors
from simulate.draws.streams import Streams
from simulate.pipeline import FundLived, live_fund
from simulate.scenario.read import load
from simulate.scenario.shipped import shipped
from simulate.scenario.tree.investment import Substitution
from simulate.scenario.tree.scenario import FundScenario
from tests.golden.test_published import printed, quoted

NAME = "servicetrainee"
QUOTES = [
    ("evidence.bistand.treated.change", "servicetrainee_change_project"),
    ("evidence.bistand.comparison.liten.change", "servicetrainee_change_small_comparison"),
    ("evidence.bistand.comparison.stor.change", "servicetrainee_change_large_comparison"),
    ("outcomes.arbete.persons", "servicetrainee_participants"),
    ("outcomes.arbete.target", "servicetrainee_target"),
    ("outcomes.arbete.answers.persons", "servicetrainee_interviewed"),
    ("outcomes.arbete.answers.reached", "servicetrainee_work_or_study"),
]


def scenario(*settings: str) -> FundScenario:
    """Return the shipped scenario, changed."""
    found = load(shipped()[NAME], settings).scenario
    assert isinstance(found, FundScenario)
    return found


def lived(*settings: str) -> tuple[FundScenario, FundLived]:
    """Return one batch of futures on made-up posterior samples."""
    rng = np.random.default_rng(3)
    quantities = {f"avoided_year_{k}": rng.normal(0.15, 0.1, 200) for k in range(1, 7)}
    quantities |= {"forsorjningsstod_share": rng.beta(17, 3, 200)}
    quantities |= {"moved_to_state": rng.beta(4, 6, 200)}
    found = scenario(*settings)
    evidence = {"bistand": Samples.sorted_by("avoided_year_2", quantities, 4)}
    return found, live_fund(found, Draws(Streams(5, factors(found)), 0, evidence))


@pytest.mark.parametrize(("key", "name"), QUOTES)
def test_figures_are_quoted_as_printed(key: str, name: str) -> None:
    """A number that the presentation prints stands so in the scenario."""
    low, high = quoted(NAME)[key].distribution.support()
    assert low == high == printed("deck", name)


def test_costs_and_returns_are_the_budget_table() -> None:
    """What the fund grants and the plan returns is that of the fund's own plan."""
    plan = load(shipped()["norrkoping_fond_plan"]).scenario
    assert isinstance(plan, FundScenario)
    own, there = scenario().investments[NAME], plan.investments[NAME]
    for name in ("costs", "aterforing", "split"):
        assert {k: n.distribution for k, n in getattr(own, name).items()} == {
            k: n.distribution for k, n in getattr(there, name).items()
        }


def test_the_target_was_out_of_reach() -> None:
    """13 of the 27 who answered got there; with the three others 13 to 16 did, never 18."""
    _, found = lived()
    gain = found.gains["arbete"]
    assert set(np.unique(gain.reached)) == {13.0, 14.0, 15.0, 16.0}
    assert (gain.met == 0.0).all()
    # Of three more, each of whom got there with probability (13 + 1)/(27 + 2) on average; the
    # variance of a beta-binomial of three is below 1, so four standard errors of 2 048 are 0.09.
    assert gain.reached.mean() == pytest.approx(13 + 3 * 14 / 29, abs=0.09)


def test_what_moves_to_the_state_is_its_cost() -> None:
    """The state's flow is the moved share of what the municipality avoids, against it, each year.

    Taken with everything cashable, so that both are of the same kronor; an öre for each rounding.
    """
    one = "investments.servicetrainee.effects"
    found, futures = lived(f"{one}.bistand.cashable=1.0", f"{one}.anstallning.cashable=1.0")
    namnd, state = (list(found.parties).index(x) for x in ("arbetsmarknadsnamnden", "staten"))
    every = futures.totals["planned"].realised
    real = every[:, 1:, :]  # from 2013: in 2012 nobody has left assistance
    share = futures.draws.of(moved(found)).reshape(-1, 1)
    assert np.abs(real[:, :, state] + share * real[:, :, namnd]).max() <= 2.0
    assert (every[:, 0, state] == 0).all()
    assert (real[:, :, state] < 0).any()


def moved(found: FundScenario) -> Number:
    """Return the share that moves to the state."""
    line = {line.id: line for line in found.investments[NAME].effects}["a_kassa"]
    assert isinstance(line, Substitution)
    return line.share


def test_the_overrun_is_borne_by_the_namnd() -> None:
    """The fund pays the grant and no more; what it costs beyond that is the nämnd's."""
    found, futures = lived()
    namnd, fund = (list(found.parties).index(x) for x in ("arbetsmarknadsnamnden", "fonden"))
    ledger = futures.ledger.entries
    grant, cost = ledger["grant"], ledger["programme_cost"]
    assert (grant[:, :, fund].sum(axis=1) == -printed_cost(found)).all()
    own = (grant + cost)[:, :, namnd].sum(axis=1)
    assert (own < 0).all()
    # 90 % of the overruns lie within 2–20 %; four standard errors of a share of 2 048 are 2.7 %.
    inside = (-own > 0.02 * printed_cost(found)) & (-own < 0.2 * printed_cost(found))
    assert inside.mean() == pytest.approx(0.9, abs=0.027)


def printed_cost(found: FundScenario) -> float:
    """Return the grant, SEK."""
    return sum(n.distribution.support()[0] for n in found.investments[NAME].costs.values())
