"""What is remembered is what would have been worked out, bit for bit, and cannot be changed."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from simulate.draws.discrete import binomial, further_points, poisson
from simulate.draws.remembered import held, hold, remembered, remembering
from simulate.measurement.cost_saving import mean_of_gammas
from simulate.run import run
from simulate.scenario.read import load

U = (np.arange(2048) + 0.5) / 2048
LAWS = {
    "poisson": lambda: poisson(U, 3.0 + U),
    "binomial": lambda: binomial(U, np.full(2048, 60.0), 0.5 * U),
    "further_points": lambda: further_points(U, np.floor(9 * U), np.array(0.2)),
    "mean_of_gammas": lambda: mean_of_gammas(U, np.array(60.0), np.array(0.4)),
}


@pytest.mark.parametrize("name", list(LAWS))
def test_the_same_numbers(name: str) -> None:
    """With memory or without; the second time it is the very same array, and read only."""
    alone = LAWS[name]()
    with remembering():
        first, second = LAWS[name](), LAWS[name]()
    np.testing.assert_array_equal(first, alone)
    assert second is first
    with pytest.raises(ValueError, match="read-only"):
        first[0] = 1.0


def test_what_is_remembered_is_known_by_its_name() -> None:
    """Laws of what is remembered give what they give of the same numbers anew, also elsewhere."""
    rate, share = 3.0 + U, np.array(0.4)
    alone = binomial(U, poisson(U, rate), share)
    with remembering():
        count = poisson(U, rate)
        first = binomial(U, count, share)
        np.testing.assert_array_equal(first, alone)
        np.testing.assert_array_equal(binomial(U, count.copy(), share), alone)
        assert not np.array_equal(binomial(U, poisson(U, rate + 1.0), share), alone)
        hold({name: array.copy() for name, array in held().items()})
        again = poisson(U, rate)
        assert again is not count
        np.testing.assert_array_equal(binomial(U, again, share), alone)


def test_what_differs_is_told_apart() -> None:
    """By value, shape, type and law."""
    one = remembered(lambda x: np.asarray(x) + 1.0)
    with remembering():
        found = [one(x) for x in (np.ones(4), np.ones((2, 2)), np.ones(4, np.int64), 2.0, 3.0)]
    assert [np.shape(x) for x in found] == [(4,), (2, 2), (4,), (), ()]
    assert [float(np.ravel(x)[0]) for x in found] == [2.0, 2.0, 2.0, 3.0, 4.0]


def test_a_run_is_the_same(tmp_path: Path) -> None:
    """Every figure of a scenario, after another one has filled the memory."""
    path = Path("tests/bad/_valid.toml")
    alone = run(load(path).scenario, 6000, 1, tmp_path).figures
    with remembering():
        run(load(path, ["programme.duration=2 år"]).scenario, 6000, 1, tmp_path)
        assert run(load(path).scenario, 6000, 1, tmp_path).figures == alone
