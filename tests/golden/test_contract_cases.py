"""Payments that are published, or follow from the published rule by hand, to the öre.

Norrköping's rule with F drawn, S measured saving, K school points and φ the share above
break-even: 0.40 F if delivered, plus 0.60 min(max(S, 0), F), plus min(0.20 F, φ max(S − F, 0)) if
K > 0.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pytest

from simulate.contract.pay import Payout, pay
from simulate.contract.terms import Reading, Terms
from simulate.draws.values import Central
from simulate.scenario.tree.scenario import ContractScenario
from tests.support.scenarios import checked, raw, team_nystart

MKR = 100_000_000  # öre


@dataclass(frozen=True)
class Case:
    """Stated outcomes, amounts in mkr, and what is then paid in öre."""

    drawn: float
    saving: float
    points: float
    paid: int
    delivered: bool = True
    phi: float = 1.0


NORRKOPING = {
    "two-year window, paid": Case(7.5, -7.5, 18, 300_000_000),
    "break-even": Case(7.5, 7.5, 18, 750_000_000),
    "three-year figure": Case(7.5, 4.0, 18, 540_000_000),
    "ceiling, school better": Case(7.5, 50.0, 18, 900_000_000),
    "ceiling, school unchanged": Case(7.5, 50.0, 0, 750_000_000),
    "ceiling, school worse": Case(7.5, 50.0, -4, 750_000_000),
    "nothing delivered, nothing saved": Case(7.5, -7.5, 18, 0, delivered=False),
    "nothing delivered, something saved": Case(7.5, 4.0, 18, 240_000_000, delivered=False),
    "drawn eight, loss": Case(8.0, -5.0, 18, 320_000_000),
    "drawn eight, saving": Case(8.0, 5.0, 18, 620_000_000),
    "half above break-even": Case(8.0, 10.0, 1, 900_000_000, phi=0.5),
    "all above break-even": Case(8.0, 9.0, 1, 900_000_000),
    "ceiling reached exactly": Case(8.0, 9.6, 1, 960_000_000),
    "no saving": Case(7.5, 0.0, 18, 300_000_000),
    "one öre of saving": Case(7.5, 1e-8, 18, 300_000_001),
    "one öre above break-even": Case(7.5, 7.50000001, 18, 750_000_001),
    "nothing drawn": Case(0.0, 5.0, 18, 0),
}


def settled(
    scenario: ContractScenario, drawn: float, readings: dict[str, float], delivered: bool = True
) -> Payout:
    """Return what a scenario's contract pays at stated outcomes, ``drawn`` in mkr."""
    read = {
        key: Reading(np.asarray(value), scenario.measurements[key].dimension)
        for key, value in readings.items()
    }
    terms = Terms(np.asarray(round(drawn * MKR)), np.asarray(delivered), read, Central())
    return pay(scenario.contract, terms)


def norrkoping(case: Case) -> Payout:
    """Return what Norrköping's contract pays."""
    scenario = team_nystart(f"contract.clauses.upside.share={case.phi}")
    readings = {"saving": case.saving * 1e6, "school_points": case.points}
    return settled(scenario, case.drawn, readings, case.delivered)


@pytest.mark.parametrize("name", NORRKOPING)
def test_norrkoping(name: str) -> None:
    """The contract pays the published or hand-worked amount to the öre."""
    assert int(norrkoping(NORRKOPING[name]).payment) == NORRKOPING[name].paid


def test_norrkoping_clause_by_clause() -> None:
    """At a saving of 9 of 7.5 mkr: 3.0 guaranteed, 4.5 shared, 1.5 above, 9.0 in all."""
    found = norrkoping(Case(7.5, 9.0, 18, 0))
    clauses = {name: int(paid) for name, paid in found.clauses.items()}
    assert clauses == {"guarantee": 3 * MKR, "saving_share": 450_000_000, "upside": 150_000_000}
    assert int(found.payment) == int(found.uncapped) == int(found.cap) == 9 * MKR


def test_many_futures_are_paid_as_one() -> None:
    """All cases at once pay the same öre as one at a time."""
    scenario = team_nystart()
    cases = [case for case in NORRKOPING.values() if case.phi == 1.0]
    savings = np.array([case.saving * 1e6 for case in cases])
    points = np.array([case.points for case in cases], dtype=np.float64)
    read = {
        "saving": Reading(savings, scenario.measurements["saving"].dimension),
        "school_points": Reading(points, scenario.measurements["school_points"].dimension),
    }
    drawn = np.array([round(case.drawn * MKR) for case in cases])
    delivered = np.array([case.delivered for case in cases])
    found = pay(scenario.contract, Terms(drawn, delivered, read, Central()))
    assert found.payment.tolist() == [case.paid for case in cases]


@pytest.mark.parametrize("name", ["team_nystart", "team_nystart_slutredovisning"])
def test_shipped_norrkoping_contracts_pay_three_million(name: str) -> None:
    """Both shipped Norrköping scenarios pay 3 000 000.00 kr at −7.5 mkr and +18 points."""
    scenario = checked(raw(name))
    found = settled(scenario, 7.5, {"saving": -7.5e6, "school_points": 18.0})
    assert int(found.payment) == 300_000_000


STOCKHOLM = {
    "success": (0.40, 3_300_000_000),
    "at the level": (0.35, 3_300_000_000),
    "just below": (0.3499999, 2_400_000_000),
    "failure": (0.30, 2_400_000_000),
}


@pytest.mark.parametrize("name", STOCKHOLM)
def test_stockholm(name: str) -> None:
    """A loan of 30 mkr is repaid with 33 on success and 24 on failure."""
    share, paid = STOCKHOLM[name]
    found = settled(checked(raw("halsoobligation")), 30.0, {"health_share": share})
    assert int(found.payment) == paid


@pytest.mark.parametrize("name", STOCKHOLM)
def test_stockholm_does_not_ask_for_delivery(name: str) -> None:
    """The floor of the health bond is paid whether or not the activity is carried out."""
    share, paid = STOCKHOLM[name]
    found = settled(checked(raw("halsoobligation")), 30.0, {"health_share": share}, False)
    assert int(found.payment) == paid


def test_a_wrong_share_is_seen() -> None:
    """Negative control: with φ 0.4 the case of φ 0.5 pays 20 öre in the krona less."""
    case = NORRKOPING["half above break-even"]
    less = Case(case.drawn, case.saving, case.points, case.paid, phi=0.4)
    assert int(norrkoping(less).payment) == case.paid - 20_000_000
