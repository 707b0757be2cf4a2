"""A scenario in one future as plain numbers, for programs that must know nothing of ours."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from models.number import Number
from models.table import Table
from simulate.draws.draw import Draws
from simulate.draws.factors import GATES, gate_factors
from simulate.scenario.tree.contract import Contract
from simulate.scenario.tree.decision import Decision
from simulate.scenario.tree.scenario import ContractScenario


def plain(node: Any, draws: Draws, draw: int) -> Any:
    """Return ``node`` with tables as dicts, tuples as lists and every number as its drawn value."""
    if isinstance(node, Number):
        value = draws.of(node)
        return float(value if np.ndim(value) == 0 else value[draw])
    if isinstance(node, Contract) and not node.stops:
        node = node.model_copy(update={"stage_gates": None})  # no run draws what they know
    if isinstance(node, Decision):
        node = node.model_copy(update={"studies": ()})  # nor what they would find
    if isinstance(node, Table):
        return {name: plain(value, draws, draw) for name, value in node}
    if isinstance(node, tuple):
        return [plain(item, draws, draw) for item in node]
    if isinstance(node, Mapping):
        return {name: plain(value, draws, draw) for name, value in node.items()}
    return node


def world(scenario: ContractScenario, draws: Draws, draw: int) -> dict[str, Any]:
    """Return the scenario without its evidence, as it stands in one future."""
    keys = [name for name in type(scenario).model_fields if name != "evidence"]
    return {name: plain(getattr(scenario, name), draws, draw) for name in keys}


def chances(scenario: ContractScenario, draws: Draws, draw: int) -> dict[str, float]:
    """Return the uniform numbers of every chance factor in one future, by ``place.name``."""
    places = [("programme", name) for name in scenario.programme.CHANCE]
    for key, measure in scenario.measurements.items():
        places += [(key, name) for name in (*measure.CHANCE, *measure.further_chance)]
    for key, outcome in scenario.outcomes.items():
        places += [(key, name) for name in outcome.CHANCE]
    if scenario.contract.stops:
        names = (one.partition(f"{GATES}.")[2] for one in gate_factors(scenario))
        places += [(GATES, name) for name in names if name.startswith(("stable_", "course_"))]
    return {f"{place}.{name}": float(draws.chance(place, name)[draw]) for place, name in places}
