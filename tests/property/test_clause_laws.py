"""The law that every clause states of itself, on random outcomes and at its own corners."""

from __future__ import annotations

import datetime as dt
from typing import Any

import numpy as np
import pytest

from models.quantity import COUNT, SHARE, SIGNED_SEK
from simulate.contract.clauses import CLAUSES, Clause
from simulate.contract.money import proportion, whole
from simulate.contract.terms import Reading, Terms
from simulate.draws.values import Central
from simulate.scenario.resolve import resolve

SIZE = 5000


def clause(kind: str, **changed: Any) -> Clause:
    """Return a clause as its example writes it, but for what is changed."""
    return resolve(CLAUSES[kind].model_validate({**CLAUSES[kind].EXAMPLE, **changed}))


def terms(readings: dict[str, Reading], drawn: int = 10**9) -> Terms:
    """Return outcomes with all of it drawn and delivered."""
    size = len(next(iter(readings.values())).value)
    return Terms(np.full(size, drawn), np.ones(size, dtype=bool), readings, Central())


def shares(*names: str, seed: int = 1) -> dict[str, Reading]:
    """Return random shares."""
    rng = np.random.default_rng(seed)
    return {name: Reading(np.round(rng.uniform(0, 1, SIZE), 4), SHARE) for name in names}


def test_a_ladder_is_a_broken_line() -> None:
    """Continuous, flat outside, and with the stated slope in each band."""
    x = np.round(np.linspace(0.0, 0.2, 2001), 4)
    paid = clause("ladder").pay(terms({"share": Reading(x, SHARE)}))
    assert paid[x <= 0.05].max() == 0
    assert set(paid[x >= 0.125]) == {1_200_000_000}
    steps = np.diff(paid)
    assert steps.min() >= 0
    assert set(steps[(x[:-1] >= 0.05) & (x[1:] <= 0.10)]) == {1_000_000}
    assert set(steps[(x[:-1] >= 0.10) & (x[1:] <= 0.125)]) == {2_800_000}


def test_a_ladder_in_money_is_exact() -> None:
    """A third of an öre is rounded to the nearest: 1 öre over each third öre of the measure."""
    rungs = [{"at": "0 kr", "pays": "0 kr"}, {"at": "3 kr", "pays": "1 kr"}]
    x = np.arange(0, 301) / 100
    paid = clause("ladder", rungs=rungs).pay(terms({"share": Reading(x, SIGNED_SEK)}))
    assert paid.tolist() == [(2 * n + 3) // 6 for n in range(301)]


def test_a_trigger_pays_all_or_nothing() -> None:
    """All if a cohort is at the upper level or the pooled measure at the lower, else nothing."""
    read = shares("first", "second", "all")
    read = {key: Reading(one.value * 0.2, SHARE) for key, one in read.items()}
    paid = clause("trigger").pay(terms(read))
    first, second, pooled = (read[key].value for key in ("first", "second", "all"))
    holds = (first >= 0.10) | (second >= 0.10) | (pooled >= 0.075)
    assert set(paid) == {0, 1_100_000_000}
    assert ((paid > 0) == holds).all()


def test_a_coupon_is_never_below_its_floor() -> None:
    """Interest lies between floor and highest rate, and all of the loan is repaid once."""
    dated = clause("coupon").dated(terms(shares("one", "two")))
    first, second = (dated[dt.date(year, 12, 31)] for year in (2022, 2023))
    assert set(first) == {20_000_000, 30_000_000, 50_000_000}
    assert set(second - 10**9) == {0, 30_000_000, 50_000_000}


def test_a_coupon_is_paid_on_what_remains() -> None:
    """After half is repaid, interest is paid on the other half."""
    periods = [
        {"measure": "one", "pays_on": dt.date(2022, 12, 31), "floor": "0 %", "repays": "50 %"},
        {"measure": "one", "pays_on": dt.date(2023, 12, 31), "floor": "0 %", "repays": "50 %"},
    ]
    paid = clause("coupon", periods=periods).dated(terms({"one": Reading(np.array([0.4]), SHARE)}))
    assert [int(one[0]) for one in paid.values()] == [550_000_000, 525_000_000]


def test_a_card_keeps_its_caps() -> None:
    """Lines, card and persons each have a cap, and a discount is taken off before any of them."""
    rng = np.random.default_rng(2)
    counts = {key: Reading(rng.integers(0, 90, SIZE).astype(float), COUNT)
              for key in ("jobs", "exams", "persons")}  # fmt: skip
    jobs, exams, persons = (counts[key].value for key in ("jobs", "exams", "persons"))
    lines = np.minimum(jobs, 40) * 3_150_000 + np.minimum(exams * 1_080_000, 30_000_000)
    plain = clause("rate_card").pay(terms(counts))
    assert (plain == np.minimum(lines, 200_000_000)).all()
    each = {"measure": "persons", "amount": "20 tkr"}
    capped = clause("rate_card", per_person=each).pay(terms(counts))
    assert (capped == np.minimum(plain, persons * 2_000_000)).all()
    assert (capped < plain).any()


def test_a_gate_on_any_clause() -> None:
    """Where the gate does not hold no clause pays, where it holds each pays what it would."""
    for kind in CLAUSES:
        plain = clause(kind)
        gated = clause(kind, gate={"measure": "school", "above": 0})
        read = {m: Reading(np.array([0.5, 0.5]), SHARE) for m in plain.measures()}
        if list(plain.money_measures()):
            read = {m: Reading(np.array([3e6, 3e6]), SIGNED_SEK) for m in plain.measures()}
        elif kind == "rate_card":
            read = {m: Reading(np.array([5.0, 5.0]), COUNT) for m in plain.measures()}
        elif kind == "tiers":
            read = {m: Reading(np.array([6e6, 6e6]), SIGNED_SEK) for m in plain.measures()}
        school = {"school": Reading(np.array([0.0, 1.0]), COUNT)}
        paid = gated.pay(terms(read | school))
        assert paid[0] == 0, kind
        assert paid[1] == np.broadcast_to(plain.pay(terms(read | school)), (2,))[1] > 0, kind


@pytest.mark.parametrize("unit", [1, 100, 10_000, 100_000])
def test_rounding_keeps_order(unit: int) -> None:
    """Rounding is to whole units, away from zero in the middle, and never turns an order round."""
    amounts = np.sort(np.random.default_rng(3).integers(-(10**9), 10**9, SIZE))
    found = whole(amounts, unit)
    assert (found % unit == 0).all()
    assert (np.diff(found) >= 0).all()
    assert np.abs(found - amounts).max() <= unit // 2
    assert (whole(-amounts, unit) == -found).all()


def test_proportions_of_the_largest_amounts() -> None:
    """Products far beyond 64 bits come out whole."""
    amount = np.asarray([9 * 10**12, 1])
    found = proportion(amount, np.asarray(10**15), np.asarray(2 * 10**15))
    assert found.tolist() == [45 * 10**11, 1]
