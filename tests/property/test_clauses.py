"""What every clause in the registry must do, with its own example: a new one is held to it too."""

from __future__ import annotations

import numpy as np
import pytest

from models.quantity import POINTS, SHARE, SIGNED_SEK
from models.table import Table
from simulate.contract.clauses import CLAUSES, Clause
from simulate.contract.money import LARGEST
from simulate.contract.terms import Reading, Terms
from simulate.draws.values import Central
from simulate.scenario.resolve import resolve

NAMES = sorted(CLAUSES)


def example(name: str) -> Clause:
    """Return the registered clause as its example writes it."""
    return resolve(CLAUSES[name].model_validate(dict(CLAUSES[name].EXAMPLE)))


def situation(clause: Clause, size: int, seed: int) -> Terms:
    """Return random outcomes; money measures from −20 to 20 mkr, others from −5 to 50."""
    rng = np.random.default_rng(seed)
    money = set(clause.money_measures()) | {
        measure for measure, level in clause.levels() if level.dimension is SIGNED_SEK
    }
    shares = {measure for measure, level in clause.levels() if level.dimension is SHARE}
    readings = {}
    for measure in clause.measures():
        if measure in money:
            readings[measure] = Reading(rng.uniform(-2e7, 2e7, size), SIGNED_SEK)
        elif measure in shares:
            readings[measure] = Reading(rng.uniform(0, 1, size), SHARE)
        else:
            readings[measure] = Reading(rng.integers(-5, 50, size).astype(float), POINTS)
    drawn = rng.integers(0, 10**9, size)
    return Terms(drawn, rng.random(size) < 0.8, readings, Central())


@pytest.mark.parametrize("name", NAMES)
def test_a_clause_is_registered_under_its_type(name: str) -> None:
    """The registry's name is the clause's `type`, and its example reads back as itself."""
    clause = example(name)
    assert type(clause) is CLAUSES[name]
    assert getattr(clause, "type", None) == name
    assert issubclass(CLAUSES[name], Table)
    assert list(clause.faults()) == []


@pytest.mark.parametrize("name", NAMES)
def test_a_clause_pays_whole_ore_and_never_less_than_nothing(name: str) -> None:
    """Every payment is a non-negative whole number of öre, and some are positive."""
    clause = example(name)
    paid = np.broadcast_to(clause.pay(situation(clause, 2000, 1)), (2000,))
    assert paid.dtype == np.int64
    assert paid.min() >= 0
    assert 0 < paid.max() <= LARGEST


@pytest.mark.parametrize("name", NAMES)
def test_one_future_and_many_are_paid_alike(name: str) -> None:
    """A clause pays each future as if it were the only one."""
    clause = example(name)
    terms = situation(clause, 200, 2)
    together = np.broadcast_to(clause.pay(terms), (200,))
    for place in range(0, 200, 17):
        one = slice(place, place + 1)
        readings = {k: Reading(r.value[one], r.dimension) for k, r in terms.readings.items()}
        alone = clause.pay(Terms(terms.drawn[one], terms.delivered[one], readings, Central()))
        assert int(np.broadcast_to(alone, (1,))[0]) == together[place]


@pytest.mark.parametrize("name", NAMES)
def test_more_of_every_measure_never_pays_less(name: str) -> None:
    """A payment does not fall when a measure rises."""
    clause = example(name)
    terms = situation(clause, 2000, 3)
    more = {k: Reading(r.value + 0.1 * np.abs(r.value), r.dimension)
            for k, r in terms.readings.items()}  # fmt: skip
    better = Terms(terms.drawn, terms.delivered, more, Central())
    assert (clause.pay(better) >= clause.pay(terms)).all()
