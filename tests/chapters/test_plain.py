"""Facts of chapters as plain data: back they are the same, and nothing else is made of them."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import pytest

from models.quantity import SHARE
from simulate.chapters.plain import from_plain, to_plain
from simulate.risk.error import Used
from simulate.risk.estimate import Estimate
from simulate.scenario.read import AnyScenario, load
from tests.cli.calls import ROOT
from tests.cli.cases import VALID

FIGURE = Estimate(1.5, None, "at_atom", atom=0.25)


@pytest.fixture(scope="module")
def scenario() -> AnyScenario:
    """A small scenario with a contract."""
    return load(ROOT / VALID).scenario


def there_and_back(facts: object, scenario: AnyScenario) -> Any:
    """Return facts as they are read from a file, beside another reading of the same scenario."""
    plain = json.loads(json.dumps(to_plain(facts, scenario), allow_nan=False))
    return from_plain(plain, load(ROOT / VALID).scenario)


@pytest.mark.parametrize(
    "facts",
    [
        None,
        (1, True, "text", -0.0, 0.1 + 0.2, float("inf")),
        [date(2024, 2, 29), ()],
        {("a", None): [1.0], 2: {}},
        (np.float64(0.1), np.int64(3), FIGURE, FIGURE),
    ],
    ids=repr,
)
def test_the_same_again(facts: object, scenario: AnyScenario) -> None:
    """Equal, of the same kinds, to the last bit."""
    found = there_and_back(facts, scenario)
    assert found == facts
    assert repr(found) == repr(facts)


def test_arrays(scenario: AnyScenario) -> None:
    """Values, shape and kind; what was one object is one object."""
    used = Used(np.arange(6).reshape(2, 3)[:, ::2], (1, 6))
    first, second = there_and_back((used, used), scenario)
    assert first is second
    assert first.samples.dtype == used.samples.dtype
    assert first.samples.tolist() == [[0, 2], [3, 5]]


def test_parts_of_the_scenario(scenario: AnyScenario) -> None:
    """They are the parts of the scenario that is read then; what was changed in it is kept."""
    outcome = next(iter(scenario.outcomes.values()))
    other = scenario.model_copy(update={"title": "Another"})
    read = load(ROOT / VALID).scenario
    plain = to_plain((scenario, outcome, other, SHARE), scenario)
    whole, part, changed, dimension = from_plain(json.loads(json.dumps(plain)), read)
    assert whole is read
    assert part is next(iter(read.outcomes.values()))
    assert dimension is SHARE
    assert (changed.title, changed.society is read.society) == ("Another", True)
    assert len(json.dumps(plain)) < 2000


@dataclass(frozen=True)
class Foreign:
    """Holds data, but is none of the program's."""

    value: int


@pytest.mark.parametrize(
    "facts", [{1}, object(), Foreign(1), np.array(["a"])], ids=["set", "object", "foreign", "texts"]
)
def test_what_cannot_be_kept(facts: object, scenario: AnyScenario) -> None:
    """It is refused, not left out."""
    with pytest.raises(TypeError):
        to_plain(facts, scenario)


@pytest.mark.parametrize(
    "plain",
    [
        {"of": "subprocess:Popen", "held": {"args": "true"}},
        {"of": "simulate.store:os.system", "held": {}},
        {"of": "simulate.cli.main:main", "held": {}},
        {"of": "simulate.risk.estimate:Estimate", "held": {"value": 1.0}},
        {"of": "simulate.risk.estimate:Estimate", "held": {"__class__": 1}},
        {"whole": []},
        {"again": 0},
        {},
    ],
    ids=str,
)
def test_what_is_not_ours(plain: Any, scenario: AnyScenario) -> None:
    """A file that somebody else wrote makes nothing but an error."""
    with pytest.raises((TypeError, ValueError, LookupError, AttributeError)):
        from_plain(plain, scenario)
