"""The register of assumptions: every number with its source, kind and hindsight."""

from __future__ import annotations

from models.number import Number
from simulate.scenario.resolve import numbers
from simulate.scenario.tree.scenario import Scenario


def register(scenario: Scenario) -> tuple[Number, ...]:
    """Return every number of the scenario, in order of declaration."""
    return tuple(numbers(scenario))


def hindsight(scenario: Scenario) -> tuple[Number, ...]:
    """Return the numbers that became known after signing; results list them first."""
    return tuple(number for number in numbers(scenario) if number.hindsight)
