"""An insats in ordinary operations: an option that moves no flow until it is decided."""

from __future__ import annotations

import tomllib
from typing import Any

import numpy as np
import pytest

from simulate.draws.draw import Draws
from simulate.draws.factors import factors
from simulate.draws.streams import Streams
from simulate.ledger import TRANSFERS
from simulate.pipeline.fund import FundLived, live_fund
from simulate.prose.paragraph import numbered
from simulate.prose.scenario import described
from simulate.scenario.checks import check
from simulate.scenario.read import tree_of
from simulate.scenario.tree.scenario import FundScenario
from tests.support import effect_lines

LINE = effect_lines.LINE | {
    "days": {"2025": "100 dygn", "2026": "100 dygn"},
    "price": {"interval": ["2000 kr/dygn", "3000 kr/dygn"], "family": "lognormal"},
}


def fund(after: dict[str, Any] | None) -> FundScenario:
    """Return the small fund, with something after its grant or without."""
    raw = tomllib.loads(effect_lines.PLAIN.read_text(encoding="utf-8"))
    if after is not None:
        raw["investments"]["hemma"]["implementation"] = {
            "paid_by": "socialnamnden",
            "costs": {"2025": "50 tkr", "2026": "50 tkr"},
            "effects": [LINE],
        } | after
    scenario = tree_of(raw)
    assert isinstance(scenario, FundScenario)
    assert list(check(scenario)) == []
    return scenario


def lived(scenario: FundScenario) -> FundLived:
    """Return one batch of its futures."""
    return live_fund(scenario, Draws(Streams(1, factors(scenario)), 0, {}))


def test_an_option_moves_no_flow() -> None:
    """Undecided, every entry and memo of the ledger is what it is without it."""
    without, option = lived(fund(None)).ledger, lived(fund({"decided": False})).ledger
    assert without.entries.keys() == option.entries.keys()
    for name, flow in without.entries.items():
        assert (flow == option.entries[name]).all(), name


def test_it_costs_and_saves_by_hand() -> None:
    """50 tkr a year against 100 days × price × one half, in the purse of the nämnd alone."""
    scenario = fund({"decided": True})
    batch = lived(scenario)
    column = list(scenario.parties).index("socialnamnden")
    (one,) = batch.after.values()
    assert one.cost.sum() == one.cost[:, -2:, column].sum() == 2 * 50_000_00 * len(one.cost)
    price = batch.draws.of(scenario.lines["hemma.implementation"].effects[0].price)  # type: ignore[attr-defined]
    by_hand = np.rint(100 * price * 0.5 * 100).astype(np.int64)
    assert np.abs(one.saved[:, -1, column] - by_hand).max() <= 1
    assert np.abs(one.saved[:, :, column].sum(axis=1) - 2 * by_hand).max() <= 2


def test_decided_it_is_in_the_flows_and_not_returned() -> None:
    """The nämnd's cash moves by saving less cost; what is owed to the fund does not move."""
    without, decided = lived(fund(None)), lived(fund({"decided": True}))
    (one,) = decided.after.values()
    moved = decided.ledger.net() - without.ledger.net()
    assert np.allclose(moved, (one.saved - one.cost) / 100.0)
    for rule, totals in without.totals.items():
        assert (totals.due == decided.totals[rule].due).all()
    for name in TRANSFERS:
        if name in decided.ledger.entries:
            assert np.abs(decided.ledger.entries[name].sum(axis=2)).max() < 0.005


@pytest.mark.parametrize(
    ("costs", "shared", "codes"),
    [
        ({"2020": "1 mkr", "2023": "1 mkr"}, {}, []),
        ({"2020": "1 mkr", "2021": "1 mkr"}, {}, ["periods_overlap"]),
        ({"2020": "1 mkr", "2021": "1 mkr"}, {"2021": "anslaget till juni"}, []),
        ({"2022": "1 mkr"}, {}, ["periods_overlap"]),
    ],
    ids=["between two periods", "paid twice", "shared", "before the grant"],
)
def test_which_years_it_may_be_paid(
    costs: dict[str, str], shared: dict[str, str], codes: list[str]
) -> None:
    """Years that the grant does not pay, or shares: both costs are then in that year."""
    raw = tomllib.loads(effect_lines.PLAIN.read_text(encoding="utf-8"))
    raw["investments"]["hemma"] |= {
        "costs": costs,
        "implementation": {
            "paid_by": "socialnamnden",
            "decided": True,
            "costs": {"2021": "300 tkr"},
            "effects": [LINE],
        }
        | ({"shared_years": shared} if shared else {}),
    }
    scenario = tree_of(raw)
    assert isinstance(scenario, FundScenario)
    assert [one.code for one in check(scenario)] == codes
    if shared:
        entries = lived(scenario).ledger.entries
        own = (0, 1, list(scenario.parties).index("socialnamnden"))
        assert entries["programme_cost"][own] == -1_000_000.0
        assert entries["running_cost"][own] == -300_000.0
        said = " ".join(one.text for _, one in numbered(described(scenario)))
        assert "2021 betalar både anslaget och driften: anslaget till juni." in said


@pytest.mark.parametrize("hazard", [0.0, 1.0])
def test_it_may_not_occur(hazard: float) -> None:
    """A line after the grant has a chance of its own, by its own name."""
    raw_line = LINE | {"occurs": hazard}
    scenario = fund({"effects": [raw_line]})
    assert "chance/investments.hemma.implementation.dygn.occurs" in factors(scenario)
    (one,) = lived(scenario).after.values()
    assert (one.saved.sum(axis=(1, 2)) > 0).mean() == hazard
