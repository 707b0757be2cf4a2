"""Public cases of contracts that pay by other clauses than Norrköping's, to the öre."""

from __future__ import annotations

import numpy as np
import pytest

from models.table import Table
from simulate.contract.blended import blended
from simulate.contract.stated import Stated, from_case, pay_stated
from simulate.draws.values import Central
from simulate.scenario.tree.contract import Case
from simulate.scenario.tree.measurements import Blend
from simulate.scenario.tree.scenario import ContractScenario
from tests.support.scenarios import checked, raw


def cases(name: str) -> tuple[ContractScenario, dict[str, Case]]:
    """Return a shipped scenario and its stated cases."""
    scenario = checked(raw(name))
    return scenario, {case.id: case for case in scenario.contract.cases}


def paid(name: str, case: str) -> int:
    """Return what a shipped scenario pays in one of its own cases, in öre."""
    scenario, known = cases(name)
    return int(pay_stated(scenario, from_case(known[case])).payment[0])


def test_koto() -> None:
    """2 636 persons, +1 330 and −1 340 € each: half of 2 670 € a person is 3 519 060 €."""
    scenario, known = cases("koto_sib")
    stated = from_case(known["paid"])
    assert stated.readings == {"more_taxes": 2636 * 1330.0, "transfers_saved": 2636 * 1340.0}
    assert int(pay_stated(scenario, stated).payment[0]) == 351_906_000 == 2636 * 2670 * 100 // 2


PETERBOROUGH = {
    "first cohort alone": (0.084, 0.0, False),
    "both together": (0.084, 0.096, True),
    "just at the pooled level": (0.075, 0.075, True),
    "just under the pooled level": (0.0749, 0.075, False),
    "one cohort is enough": (0.0, 0.10, True),
    "one cohort almost": (0.0, 0.0999, False),
    "worse than the comparison": (-0.3, 0.0999, False),
}


@pytest.mark.parametrize("name", PETERBOROUGH)
def test_peterborough(name: str) -> None:
    """8.4 per cent in one cohort pays nothing; 9 per cent in both together pays."""
    scenario, _ = cases("peterborough")
    first, second, pays = PETERBOROUGH[name]
    stated = Stated(5e6, True, {"first": first, "second": second})
    assert bool(pay_stated(scenario, stated).payment[0] > 5e8) is pays
    assert bool(pay_stated(scenario, stated).payment[0]) is pays


def test_peterborough_pays_three_per_cent_a_year() -> None:
    """A quarter of the loan on each 9 September 2010–2013, all with 3 % a year to 27 July 2017."""
    days = (2513, 2148, 1782, 1417)
    by_hand = sum(125_000_000 * 1.03 ** (one / 365) for one in days)
    assert paid("peterborough", "pooled") == int(by_hand + 0.5) == 586_567_024
    assert paid("peterborough", "first_alone") == 0


@pytest.mark.parametrize("unit", ["money", "share", "points"])
def test_blend(unit: str) -> None:
    """0.8 of +10 and 0.2 of −20 is +4, in any unit."""
    scale = 0.01 if unit == "share" else 1.0
    blend = Blend.model_validate(
        {"type": "blend", "title": "b", "unit": unit, "weights": {"a": 0.8, "b": 0.2}}
    )
    parts = {"a": np.asarray(10.0 * scale), "b": np.asarray(-20.0 * scale)}
    assert isinstance(blend, Table)
    assert float(blended(blend, parts, Central())) == 4.0 * scale


# A loan of 6 mkr: 3.6 fixed, then 0.4 of it over a saving of 2 mkr, then 0.1 over the next 3.
AT_RISK = {-1e6: 360_000_000, 0.0: 360_000_000, 1e6: 480_000_000, 2e6: 600_000_000,
           3.5e6: 630_000_000, 9e6: 660_000_000}  # fmt: skip


@pytest.mark.parametrize("saving", AT_RISK)
def test_provider_at_risk(saving: float) -> None:
    """The provider of Previa's kind gets its fixed part, and the rest along the slope."""
    scenario, _ = cases("utforare_pa_spel")
    assert scenario.contract.investor is None
    assert scenario.investor == "foretagshalsa"
    found = pay_stated(scenario, Stated(6e6, True, {"absence_saved": saving}))
    assert int(found.payment[0]) == AT_RISK[saving]


def test_not_delivered_costs_the_fixed_part() -> None:
    """Without delivery only the slope pays."""
    scenario, _ = cases("utforare_pa_spel")
    found = pay_stated(scenario, Stated(6e6, False, {"absence_saved": 1e6}))
    assert int(found.payment[0]) == 120_000_000


def test_first_loss() -> None:
    """In bad times the senior is paid all, the first loss loses all, half the junior is covered."""
    scenario, known = cases("exempel_forsta_forlust")
    found = pay_stated(scenario, from_case(known["bad"]))
    parts = found.parts.tranches
    # 2 % of 20 mkr is the floor of the first coupon; 60 % comes back: 12.4 mkr, less than the
    # senior's 12 mkr with 3 % a year.
    assert int(found.payment[0]) == 1_240_000_000
    assert [int(one.paid[0]) for one in parts.values()] == [1_240_000_000, 0, 0]
    assert [int(one.covered[0]) for one in parts.values()] == [0, 200_000_000, 0]
    assert [int(one.loss[0]) for one in parts.values()] == [0, 300_000_000, 300_000_000]


def test_first_loss_in_good_times() -> None:
    """Two coupons of 5 %, a third with 107.5 % of the loan: 24.5 mkr, all of it divided."""
    scenario, known = cases("exempel_forsta_forlust")
    found = pay_stated(scenario, from_case(known["good"]))
    assert {str(day): int(one[0]) for day, one in found.by_day.items() if one[0]} == {
        "2026-06-30": 100_000_000,
        "2027-06-30": 100_000_000,
        "2028-06-30": 2_250_000_000,
    }
    got = {key: int(one.paid[0]) for key, one in found.parts.tranches.items()}
    assert sum(got.values()) == 2_450_000_000
    assert got["first_loss"] == 300_000_000
    assert got["junior"] == 2_450_000_000 - 300_000_000 - got["senior"]


def test_leaving_early() -> None:
    """Whoever leaves at the end of 2026 has the first coupon and 70 % of the loan."""
    assert paid("exempel_forsta_forlust", "left") == 40_000_000 + 1_400_000_000


def test_rate_card() -> None:
    """130 × 14 tkr and 45 × 65 tkr less 10 %: 1.638 and 2.6325 mkr, on days of their own."""
    scenario, known = cases("exempel_prislista")
    found = pay_stated(scenario, from_case(known["some"]))
    assert {str(day): int(one[0]) for day, one in found.by_day.items()} == {
        "2026-01-31": 163_800_000,
        "2027-06-30": 263_250_000,
    }


CARD = {
    "two hundred terms are counted": (300, 100, 200_000_000 + 500_000_000),
    "a line's own cap": (170, 40, 200_000_000 + 40 * 5_850_000),
    "a person's cap on all together": (170, 10, 120_000_000),
    "nobody": (0, 0, 0),
}


@pytest.mark.parametrize("name", CARD)
def test_caps_of_the_card(name: str) -> None:
    """Lines, persons and the card have caps of their own, and the contract 1.3 times the drawn."""
    terms, jobs, expected = CARD[name]
    scenario, _ = cases("exempel_prislista")
    stated = Stated(6e6, True, {"terms_attended": float(terms), "jobs": float(jobs)})
    assert int(pay_stated(scenario, stated).payment[0]) == expected
