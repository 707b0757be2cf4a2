"""Three public contracts, chosen when the language was finished, and one with three payers."""

from __future__ import annotations

import numpy as np
import pytest

from simulate.contract.pay import Payout
from simulate.contract.stated import Stated, from_case, pay_stated
from simulate.scenario.shipped import shipped
from simulate.scenario.tree.scenario import ContractScenario
from tests.support.scenarios import checked, raw

PUBLIC = ("educate_girls", "rikers_able", "newpin")


def scenario(name: str) -> ContractScenario:
    """Return a shipped scenario."""
    return checked(raw(name))


def case(name: str, key: str) -> Payout:
    """Return what a shipped scenario pays in one of its own cases."""
    one = scenario(name)
    stated = next(from_case(own) for own in one.contract.cases if own.id == key)
    return pay_stated(one, stated)


def in_all(paid: Payout) -> int:
    """Return the payment in öre."""
    return int(paid.payment[0])


@pytest.mark.parametrize("name", PUBLIC)
def test_a_whole_scenario_in_sixty_lines(name: str) -> None:
    """Parties, programme, outcomes, measures, contract and cases: all lines count."""
    text = shipped()[name].read_text(encoding="utf-8")
    assert len(text.splitlines()) <= 60
    assert scenario(name).contract.unstated


def test_educate_girls_pays_its_prices() -> None:
    """5 592 levels at 43.16 and 79 points at 910.14, to the hundredth."""
    found = case("educate_girls", "target")
    assert {key: int(one[0]) for key, one in found.clauses.items()} == {
        "levels": 5592 * 4316,
        "enrolment": 79 * 91014,
    }
    assert in_all(found) == 31_325_178


def test_educate_girls_paid_its_cap() -> None:
    """8 940 levels and 92 points are worth 469 583.28; the cap of 422 000 was paid."""
    found = case("educate_girls", "paid")
    assert int(found.uncapped[0]) == 8940 * 4316 + 92 * 91014 == 46_958_328
    assert in_all(found) == 42_200_000


@pytest.mark.parametrize(
    ("levels", "share", "paid"),
    [(-300.0, 0.0, 0), (0.0, 1.0, 9_101_400), (1.0, 0.01, 4316 + 91014), (-1.0, 0.5, 4_550_700)],
)
def test_educate_girls_at_the_edges(levels: float, share: float, paid: int) -> None:
    """Fewer levels than in the comparison schools cost nothing; one of each costs its price."""
    stated = Stated(267_731.0, True, {"levels": levels, "enrolment": share})
    assert in_all(pay_stated(scenario("educate_girls"), stated)) == paid


# The city's payment by the published fact sheet, in thousands of dollars.
TIERS = {0.0849: 0, 0.085: 4800, 0.0999: 4800, 0.10: 9600, 0.11: 10_080, 0.12: 10_176,
         0.125: 10_272, 0.13: 10_368, 0.16: 10_944, 0.1999: 10_944, 0.20: 11_712, 0.9: 11_712,
         -0.5: 0}  # fmt: skip


@pytest.mark.parametrize("reduction", TIERS)
def test_rikers_tiers(reduction: float) -> None:
    """Every step pays its amount, nothing between is paid, and the cap is the last step."""
    stated = Stated(9.6e6, True, {"reduction": reduction})
    assert in_all(pay_stated(scenario("rikers_able"), stated)) == TIERS[reduction] * 100_000


def test_rikers_guarantee() -> None:
    """With all of the loan drawn and nothing paid, 7.2 of 9.6 million is made good."""
    found = case("rikers_able", "failed")
    assert (in_all(found), int(found.parts.guarantors["guarantee"][0])) == (0, 720_000_000)
    assert int(found.parts.tranches["loan"].loss[0]) == 240_000_000


def test_rikers_paid_nothing() -> None:
    """What the city paid is what it paid: nothing; the guarantee is 75 % of what was drawn."""
    found = case("rikers_able", "paid")
    assert (in_all(found), int(found.parts.guarantors["guarantee"][0])) == (0, 540_000_000)


def test_rikers_between_keeps_nothing() -> None:
    """All that the city pays goes to the lender."""
    found = case("rikers_able", "target")
    assert in_all(found) == int(found.parts.tranches["loan"].paid[0]) == 960_000_000


def test_newpin_paid_its_first_interest() -> None:
    """60 per cent gave 7.5 per cent of seven million."""
    found = case("newpin", "first")
    by_day = {str(day): int(one[0]) for day, one in found.by_day.items()}
    assert by_day["2014-08-31"] == 52_500_000
    assert in_all(found) == 7 * 52_500_000 + 700_000_000


def test_newpin_in_bad_years() -> None:
    """Five per cent for three years, then nothing, then half of the principal."""
    shares = {f"y{year}": 0.5499 for year in range(1, 8)}
    found = pay_stated(scenario("newpin"), Stated(7e6, True, shares))
    assert in_all(found) == 3 * 35_000_000 + 350_000_000


def test_newpin_left_after_four_years() -> None:
    """Whoever leaves has three floors and 75 per cent of the principal."""
    assert in_all(case("newpin", "left")) == 3 * 35_000_000 + 525_000_000


@pytest.mark.parametrize(
    ("share", "rate"), [(0.55, 3), (0.6, 7.5), (0.6499, 7.5), (0.65, 12), (0.70, 15), (0.95, 15)]
)
def test_newpin_steps(share: float, rate: float) -> None:
    """In the years without a floor the interest is that of the published table."""
    one = scenario("newpin")
    shares = {f"y{year}": share for year in range(1, 8)}
    by_day = pay_stated(one, Stated(7e6, True, shares)).by_day
    paid = {str(day): int(amount[0]) for day, amount in by_day.items()}
    assert paid["2018-08-31"] == round(rate * 7_000_000)


# What each of municipality, state and region pays, in öre.
THREE = {
    # 60 % of 6 mkr, four fifths and one; 1.5 mkr on health, four fifths and one.
    "good": {"kommun": 288_000_000, "staten": 72_000_000 + 30_000_000, "region": 120_000_000},
    # Only the floor, 30 % of 6 mkr: both clauses weigh the same.
    "bad": {"kommun": 72_000_000, "staten": 36_000_000, "region": 72_000_000},
}


@pytest.mark.parametrize("key", THREE)
def test_three_payers(key: str) -> None:
    """Clauses are divided by their shares, a floor that no clause answers for by their number."""
    found = case("exempel_flera_betalare", key)
    paid = {
        party: sum(int(one[0]) for one in days.values()) for party, days in found.payers.items()
    }
    assert paid == THREE[key]


def test_a_cap_is_borne_by_those_who_pay_that_day() -> None:
    """Health is paid in March; the cap is reached in September, by the other clause alone."""
    one = scenario("exempel_flera_betalare")
    found = pay_stated(one, Stated(6e6, True, {"saving": 9e6, "better": 0.5}))
    # 2.0 + 5.4 mkr, held at 6.9: September pays 4.9, four fifths and one.
    assert in_all(found) == 690_000_000
    paid = {party: {str(day): int(part[0]) for day, part in days.items()}
            for party, days in found.payers.items()}  # fmt: skip
    assert paid["region"] == {"2027-03-31": 160_000_000, "2027-09-30": 0}
    assert paid["kommun"] == {"2027-03-31": 0, "2027-09-30": 392_000_000}
    assert paid["staten"] == {"2027-03-31": 40_000_000, "2027-09-30": 98_000_000}


def test_the_odd_ore_goes_in_the_order_of_the_file() -> None:
    """A third of 100 öre each is 33, 34 and 33: the sums are rounded, and nothing is lost."""

    def thirds(data: dict[str, object]) -> None:
        contract = data["contract"]
        assert isinstance(contract, dict)
        shares = ("33.3333 %", "33.3333 %", "33.3334 %")
        contract["payers"] = [
            {"party": party, "share": share}
            for party, share in zip(("kommun", "region", "staten"), shares, strict=True)
        ]
        contract["floor"] = "1 kr"

    data = raw("exempel_flera_betalare")
    thirds(data)
    found = pay_stated(checked(data), Stated(0.0, True, {"saving": 0.0, "better": 0.0}))
    assert int(found.payment[0]) == 0  # nothing is drawn, so the cap is nothing
    data["contract"]["cap"] = "unlimited"
    found = pay_stated(checked(data), Stated(0.0, True, {"saving": 0.0, "better": 0.0}))
    each = [int(np.sum([one[0] for one in days.values()])) for days in found.payers.values()]
    assert each == [33, 34, 33]
