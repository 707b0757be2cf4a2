"""One cell worked out, in whatever process: a pure function of a task and what all tasks share."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from simulate.comparison.paired import Assessed, Change, assessed, difference
from simulate.draws.draw import Draws, Samples
from simulate.draws.factors import tied
from simulate.draws.remembered import held, hold, remembering
from simulate.draws.streams import Streams
from simulate.draws.values import Floats
from simulate.risk.risk import Figure
from simulate.run import futures_from
from simulate.scenario.read import AnyScenario


@dataclass(frozen=True)
class Fitted:
    """What the draws need of the fits of some evidence.

    Attributes:
        samples: by block.
        shapes: (chains, draws a chain) by block.
        digests: of the posteriors, by block.
    """

    samples: Mapping[str, Samples]
    shapes: Mapping[str, tuple[int, int]]
    digests: Mapping[str, str]


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


@dataclass(frozen=True)
class Common:
    """What every cell has in common; sent to a process once.

    Attributes:
        streams: the uniform numbers.
        draws: number of futures.
        evidence: by what it is fitted to.
        base: what every cell is compared with.
    """

    streams: Streams
    draws: int
    evidence: Mapping[str, Fitted]
    base: Task


def work(common: Common, task: Task) -> list[dict[str, Any]]:
    """Return every figure of a cell as plain data, in the order of the registry.

    With each is its difference from the base, and the error of that difference: the random numbers
    are common, so it is mostly far smaller than the errors of the two figures.

    Args:
        common, task: which cell.
    """
    base = _base(common)
    found = base if task.key == common.base.key else _assessed(common, task)
    return [plain(figure, difference(base, found, name)) for name, figure in found.figures.items()]


_bases: dict[str, Assessed] = {}


def _base(common: Common) -> Assessed:
    """Return the base, which each process works out once."""
    key = common.base.key
    if key not in _bases:
        found = _assessed(common, common.base)
        _bases.clear()  # the influence of every draw on every figure: one such is enough
        _bases[key] = found
        return found
    return _bases[key]


@dataclass(frozen=True, eq=False)
class Begun:
    """What a process has worked out that others would have to work out again.

    Attributes:
        common: what all cells share.
        base: its figures, and the influence of every draw on each.
        laws: quantiles that are remembered by content.
    """

    common: Common
    base: Assessed
    laws: dict[bytes, Floats]


def begun(common: Common) -> Begun:
    """Return what another process is to begin with."""
    return Begun(common, _base(common), held())


def go_on(found: Begun) -> Common:
    """Begin with what another process has worked out; return what all cells share."""
    hold(found.laws)
    _bases[found.common.base.key] = found.base
    return found.common


def _assessed(common: Common, task: Task) -> Assessed:
    fitted = common.evidence[task.fitted]
    first = Draws(tied(common.streams, task.scenario), 0, fitted.samples)
    with remembering():
        futures, _ = futures_from(task.scenario, first, common.draws, cores=1)
    return assessed(task.scenario, futures, fitted.shapes, fitted.digests)


def plain(figure: Figure, change: Change) -> dict[str, Any]:
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
        "difference": change.value,
        "difference_mcse": change.mcse,
    }
