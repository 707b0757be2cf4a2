"""A scenario with its numbers changed wholesale."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping
from typing import Any

from models import distributions as d
from models.number import Number
from models.table import Table
from simulate.scenario.tree.scenario import ContractScenario

_MONEY = ("sek", "signed_sek", "sek_per_day", "sek_per_year")


def mapped(node: Any, change: Callable[[Number], Number]) -> Any:
    """Return ``node`` with every number replaced."""
    if isinstance(node, Number):
        return change(node)
    if isinstance(node, Table):
        return node.model_copy(update={name: mapped(value, change) for name, value in node})
    if isinstance(node, tuple):
        return tuple(mapped(item, change) for item in node)
    if isinstance(node, Mapping):
        return {name: mapped(value, change) for name, value in node.items()}
    return node


def scaled(scenario: ContractScenario, k: float) -> ContractScenario:
    """Return the scenario with every amount of money ``k`` times as large."""

    def change(number: Number) -> Number:
        if number.dimension.name not in _MONEY:
            return number
        return dataclasses.replace(number, distribution=_times(number.distribution, k))

    rebuilt: ContractScenario = mapped(scenario, change)
    return rebuilt


def _times(dist: d.Distribution, k: float) -> d.Distribution:
    """Return the distribution of ``k`` times the quantity."""
    match dist:
        case d.Fixed(value):
            return d.Fixed(k * value)
        case d.Uniform(low, high):
            return d.Uniform(k * low, k * high)
        case d.Pert(low, mode, high):
            return d.Pert(k * low, k * mode, k * high)
        case _:
            raise TypeError(type(dist).__name__)


def uncertain(scenario: ContractScenario, key: str, dist: d.Distribution) -> ContractScenario:
    """Return the scenario with one number given another distribution."""

    def change(number: Number) -> Number:
        return dataclasses.replace(number, distribution=dist) if number.key == key else number

    rebuilt: ContractScenario = mapped(scenario, change)
    return rebuilt
