"""One cell worked out, in whatever process: a pure function of a task and what all tasks share."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from simulate.draws.draw import Draws, Samples
from simulate.draws.factors import tied
from simulate.draws.remembered import remembering
from simulate.draws.streams import Streams
from simulate.risk.risk import Figure, assess
from simulate.run import futures_from
from simulate.scenario.read import AnyScenario


@dataclass(frozen=True)
class Fitted:
    """What the draws need of the fits of some evidence.

    Attributes:
        samples: by block.
        shapes: (chains, draws a chain) by block.
    """

    samples: Mapping[str, Samples]
    shapes: Mapping[str, tuple[int, int]]


@dataclass(frozen=True)
class Common:
    """What every cell has in common; sent to a process once.

    Attributes:
        streams: the uniform numbers.
        draws: number of futures.
        evidence: by what it is fitted to.
    """

    streams: Streams
    draws: int
    evidence: Mapping[str, Fitted]


@dataclass(frozen=True)
class Task:
    """One cell to work out.

    Attributes:
        key: names the cell.
        scenario: of the cell, without rows about persons.
        fitted: which evidence it has.
    """

    key: str
    scenario: AnyScenario
    fitted: str


def work(common: Common, task: Task) -> list[dict[str, Any]]:
    """Return every figure of a cell as plain data, in the order of the registry.

    Args:
        common, task: which cell.
    """
    fitted = common.evidence[task.fitted]
    first = Draws(tied(common.streams, task.scenario), 0, fitted.samples)
    with remembering():
        futures, _ = futures_from(task.scenario, first, common.draws, cores=1)
    return [plain(figure) for figure in assess(task.scenario, futures, fitted.shapes)]


def plain(figure: Figure) -> dict[str, Any]:
    """Return what is kept of a figure; what its measure says of it is looked up again."""
    return {
        "party": figure.party,
        "measure": figure.measure,
        "value": figure.value,
        "mcse": figure.mcse,
        "unit": figure.unit,
        "status": figure.status,
        "given": figure.given,
        "atom": figure.atom,
    }
