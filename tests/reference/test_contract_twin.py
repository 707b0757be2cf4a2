"""Every kind of contract pays the same öre as one that is paid out from its text in decimals."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest

from simulate.contract.clauses import CLAUSES
from simulate.contract.money import instalments
from simulate.contract.pay import Payout, pay
from simulate.contract.terms import Terms
from simulate.draws.values import Central
from simulate.pipeline import live
from simulate.scenario.tree.contract import Contract
from simulate.value.irr import irr
from tests.reference import contract_twin as twin
from tests.reference.contract_money import exact, ore
from tests.support.plain import plain
from tests.support.scenarios import NOTES, Raw, checked, raw, start
from tests.support.term_sheets import MONEY, Sheets

SHEETS, OUTCOMES, SHARDS = 1000, 3, 10
KINDS = tuple(CLAUSES)


def by_text(contract: Contract, terms: Terms, place: int) -> twin.Answer:
    """Return what the twin makes of one outcome."""
    measures = {
        key: ore(reading.value[place]) if key in MONEY else exact(reading.value[place])
        for key, reading in terms.readings.items()
    }
    assert terms.redeemed is not None
    case = twin.Case(
        int(terms.drawn[place]),
        bool(terms.delivered[place]),
        measures,
        frozenset(MONEY),
        int(terms.redeemed[place]),
        None if terms.instalments is None else int(terms.instalments[place]),
    )
    return twin.Contract(plain(contract, Central(), 0), case).answer()  # type: ignore[arg-type]  # reads numbers alone


def differences(paid: Payout, place: int, text: twin.Answer) -> list[str]:
    """Return where an engine's payout is not the twin's, in words."""

    def at(amount: object) -> int:
        return int(np.broadcast_to(np.asarray(amount), paid.payment.shape)[place])

    pairs = [
        *((f"clause {key}", at(paid.clauses[key]), one) for key, one in text.clauses.items()),
        *((f"group {key}", at(paid.groups[key]), one) for key, one in text.groups.items()),
        ("uncapped", at(paid.uncapped), text.uncapped),
        ("payment", at(paid.payment), text.payment),
        ("redemption", at(paid.redemption), text.redemption),
        *((f"{day}", at(amount), text.by_day.get(day, 0)) for day, amount in paid.by_day.items()
          if day is not None),
        *((f"guarantor {key}", at(paid.parts.guarantors[key]), one)
          for key, one in text.guarantors.items()),
    ]  # fmt: skip
    if list(paid.payers) != list(text.payers):
        return [f"{list(paid.payers)} pay ≠ {list(text.payers)}"]
    for party, days in text.payers.items():
        mine = {day: at(amount) for day, amount in paid.payers[party].items()}
        pairs += [(f"{party} pays on {day}", mine.get(day, 0), days.get(day, 0))
                  for day in {*mine, *days}]  # fmt: skip
    for key, lender in text.lenders.items():
        part = paid.parts.tranches[key]
        pairs += [
            (f"{key} lends", at(part.drawn), lender.drawn),
            *((f"{key} lends of {number}", at(part.lent[..., number]), one)
              for number, one in enumerate(lender.lent)),
            (f"{key} gets", at(part.paid), sum(lender.got.values())),
            (f"{key} is covered", at(part.covered), lender.covered),
            (f"{key} loses", at(part.loss), lender.loss),
        ]  # fmt: skip
    return [f"{name}: {one} ≠ {other}" for name, one, other in pairs if one != other]


@pytest.mark.parametrize(
    "shard", [0, *(pytest.param(one, marks=pytest.mark.slow) for one in range(1, SHARDS))]
)
def test_random_term_sheets(shard: int) -> None:
    """A thousand term sheets of every kind, three outcomes each: every part to the öre."""
    for number in range(shard, SHEETS, SHARDS):
        sheets = Sheets(number)
        contract = sheets.contract(KINDS)
        terms = sheets.outcomes(contract, OUTCOMES)
        paid = pay(contract, terms)
        for place in range(OUTCOMES):
            wrong = differences(paid, place, by_text(contract, terms, place))
            assert wrong == [], (number, place)


def test_loans_that_stopped_on_the_way() -> None:
    """Where only the first drawdowns are made, returns and tranches are worked out on those."""
    seen = 0
    for number in range(0, SHEETS, 20):
        sheets = Sheets(number)
        contract = sheets.contract(KINDS)
        days = len(contract.drawn_on)
        if days == 1:
            continue
        taken = np.random.default_rng(number).integers(1, days, OUTCOMES)
        terms = dataclasses.replace(sheets.outcomes(contract, OUTCOMES), instalments=taken)
        paid = pay(contract, terms)
        for place in range(OUTCOMES):
            wrong = differences(paid, place, by_text(contract, terms, place))
            assert wrong == [], (number, place)
        whole = pay(contract, dataclasses.replace(terms, instalments=None))
        seen += int((whole.payment != paid.payment).any())
    assert seen > 1


def test_every_kind_is_among_them() -> None:
    """The thousand hold every clause, every form of limit, and all that stands beside clauses."""
    seen: set[str] = set()
    for number in range(200):
        contract = Sheets(number).contract(KINDS)
        seen |= {str(getattr(one, "type", "")) for one in contract.clauses}
        seen |= {name for name in ("groups", "redemptions", "tranches", "guarantors", "payers")
                 if getattr(contract, name)}  # fmt: skip
        seen |= {name for name in ("amount", "of_drawn", "irr") if getattr(contract.cap, name)}
        seen |= {contract.rounding}
        seen |= {"shared" for one in contract.payers if one.share is not None}
        seen |= {"named" for one in contract.payers if one.clauses is not None}
    assert seen >= {*KINDS, "groups", "redemptions", "tranches", "guarantors"}
    assert seen >= {"payers", "shared", "named"}
    assert seen >= {"amount", "of_drawn", "irr", "ore", "krona", "tusen_kronor"}


def test_the_parts_add_up_to_the_whole() -> None:
    """Days add up to the payment and tranches to the days; losses to what is not repaid."""
    for number in range(300):
        sheets = Sheets(number)
        contract = sheets.contract(KINDS)
        terms = sheets.outcomes(contract, 50)
        paid = pay(contract, terms)
        assert (sum(paid.by_day.values()) == paid.payment).all()
        for day, amount in paid.by_day.items():
            each = [days[day] for days in paid.payers.values()]
            assert all((part >= 0).all() for part in each)
            assert (sum(each) == amount).all()
        parts = paid.parts
        if contract.tranches:
            assert (sum(one.drawn for one in parts.tranches.values()) == terms.drawn).all()
            assert (sum(one.paid for one in parts.tranches.values()) == paid.payment).all()
            lent = sum(one.lent for one in parts.tranches.values())
            assert (lent == instalments(terms.drawn, len(contract.drawn_on))).all()
            for one in parts.tranches.values():
                assert (one.lent.sum(axis=-1) == one.drawn).all()
                short = np.maximum(one.drawn - one.paid, 0)
                assert (one.loss + one.covered == short).all()
            covered = sum(one.covered for one in parts.tranches.values())
            assert (covered == sum(parts.guarantors.values())).all()


def test_the_order_of_the_clauses_is_nothing() -> None:
    """Clauses in another order pay the same on every day."""
    for number in range(200):
        sheets = Sheets(number)
        contract = sheets.contract(KINDS)
        terms = sheets.outcomes(contract, 20)
        turned = contract.model_copy(update={"clauses": contract.clauses[::-1]})
        one, other = pay(contract, terms), pay(turned, terms)
        assert (one.payment == other.payment).all()
        assert all((one.by_day[day] == other.by_day[day]).all() for day in one.by_day)


def test_more_of_every_measure_never_pays_less() -> None:
    """With amounts as limits, a contract that nobody leaves pays no less for better measures.

    A floor or a cap on the return is met with fewer kronor if they are paid earlier.
    """
    checked = 0
    for number in range(300):
        sheets = Sheets(number)
        contract = sheets.contract(KINDS)
        returns = any(one.irr is not None for one in (contract.cap, contract.floor))
        if contract.groups or returns or contract.redemptions:
            continue
        terms = sheets.outcomes(contract, 50)
        better = {
            key: dataclasses.replace(one, value=np.round(one.value + 0.1 * np.abs(one.value), 3))
            for key, one in terms.readings.items()
        }
        more = pay(contract, dataclasses.replace(terms, readings=better)).payment
        assert (more >= pay(contract, terms).payment).all(), number
        checked += 1
    assert checked > 50


@pytest.mark.slow
def test_a_cap_on_the_return_is_the_return() -> None:
    """Where the cap cuts, the dated flows of the investor return just its rate."""
    found = 0
    for number in range(400):
        sheets = Sheets(number)
        contract = sheets.contract(KINDS)
        if contract.cap.irr is None or contract.redemptions or contract.rounding != "ore":
            continue
        terms = sheets.outcomes(contract, 20)
        paid = pay(contract, terms)
        cut = (paid.uncapped > paid.payment) & (terms.drawn > 10**7)
        if not cut.any() or len(paid.by_day) > 1:
            continue
        lent = np.stack([terms.drawn // len(contract.drawn_on)] * len(contract.drawn_on), axis=1)
        days = (*contract.draw_days, *(day for day in paid.by_day if day is not None))
        if days[-1] < contract.draw_days[-1]:
            continue
        flows = np.hstack([-lent, paid.payment[:, None]]).astype(float)
        rate = float(Central().of(contract.cap.irr))
        assert np.abs(irr(days, flows[cut]).rate - rate).max() < 1e-6
        found += int(cut.sum())
    assert found > 20


def test_ten_ore_are_seen() -> None:
    """Negative control: ten öre more drawn are found by the comparison."""
    seen = 0
    for number in range(20):
        sheets = Sheets(number)
        contract = sheets.contract(("guarantee",))
        terms = sheets.outcomes(contract, OUTCOMES)
        changed = dataclasses.replace(terms, drawn=terms.drawn + 10)
        paid = pay(contract, changed)
        seen += any(
            differences(paid, place, by_text(contract, terms, place)) for place in range(OUTCOMES)
        )
    assert seen > 10


def test_an_ore_that_another_pays_is_seen() -> None:
    """Negative control: one öre moved from one payer to the next is found by the comparison."""
    seen = 0
    for number in range(60):
        sheets = Sheets(number)
        contract = sheets.contract(("guarantee",))
        terms = sheets.outcomes(contract, OUTCOMES)
        paid = pay(contract, terms)
        if len(paid.payers) < 2:
            continue
        one, other = list(paid.payers)[:2]
        day = next(iter(paid.by_day))
        moved = {
            **paid.payers,
            one: {**paid.payers[one], day: paid.payers[one][day] - 1},
            other: {**paid.payers[other], day: paid.payers[other][day] + 1},
        }
        wrong = differences(dataclasses.replace(paid, payers=moved), 0, by_text(contract, terms, 0))
        assert len(wrong) == 2
        seen += 1
    assert seen > 10


def _uncertain(data: Raw) -> None:
    """Make terms of a scenario uncertain, so that every future has terms of its own."""
    for one in data["contract"]["clauses"]:
        if one["type"] == "coupon":
            one["steps"][1]["rate"] = {"uniform": ["4 %", "6 %"], **NOTES}
            one["periods"][1]["floor"] = {"uniform": ["0 %", "1 %"], **NOTES}
        if one["type"] == "ladder":
            one["rungs"][-1]["pays"] = {"of_drawn": {"uniform": [1.1, 1.3], **NOTES}}
        if one["type"] == "rate_card":
            one["discount"] = {"uniform": ["5 %", "15 %"], **NOTES}
            one["lines"][0]["price"] = {"uniform": ["10 tkr", "20 tkr"], **NOTES}
        if one["type"] == "trigger":
            one["pooled_at"] = {"uniform": ["0 %", "2 %"], **NOTES}
    if data["contract"]["cap"] != "unlimited":
        data["contract"]["cap"] = {"irr": {"uniform": ["2 %", "9 %"], **NOTES}}


SHIPPED = (
    "koto_sib",
    "peterborough",
    "utforare_pa_spel",
    "exempel_forsta_forlust",
    "exempel_prislista",
    "exempel_flera_betalare",
    "educate_girls",
)


@pytest.mark.parametrize("name", SHIPPED)
def test_futures_with_terms_of_their_own(name: str) -> None:
    """In the walk itself, with uncertain terms, forty futures pay what the twin pays each."""
    data = raw(name)
    _uncertain(data)
    scenario = checked(data)
    draws = start(scenario, 5)
    lived = live(scenario, draws)
    paid, amounts = lived.settled.payout, set()
    money = {
        key for key, one in scenario.measurements.items() if one.dimension.name == "signed_sek"
    }
    out = {one.id: one for one in scenario.contract.redemptions}
    for place in range(40):
        read = {
            key: float(np.broadcast_to(one.value, paid.payment.shape)[place])
            for key, one in lived.settled.measured.items()
        }
        left = 2026 if out and read["share_1"] < 0.25 else 0
        case = twin.Case(
            int(lived.spending.drawn[place]),
            bool(lived.intake.delivered[place]),
            {key: ore(x) if key in money else exact(x) for key, x in read.items()},
            frozenset(money),
            left,
        )
        text = twin.Contract(plain(scenario.contract, draws, place), case).answer()
        assert differences(paid, place, text) == [], place
        amounts.add(text.payment)
    assert len(amounts) > 3
