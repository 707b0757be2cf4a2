"""Every cell of a sweep, read and checked before anything starts, each with its own name."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any, Protocol

from models.language import say_count
from simulate.draws.factors import factors
from simulate.errors import BadInput, Problem
from simulate.provenance import manifest
from simulate.scenario.read import AnyScenario, Loaded, find, load
from simulate.scenario.rows import digests
from simulate.sweep.axes import Settings


@dataclass(frozen=True, eq=False)
class Cell:
    """One scenario of a sweep.

    Attributes:
        settings: what sets it apart.
        loaded: the scenario, without any rows about persons.
        fitted: names what its evidence is fitted to.
        key: of everything that decides its figures; names its file.
    """

    settings: Settings
    loaded: Loaded
    fitted: str
    key: str


@dataclass(frozen=True, eq=False)
class Plan:
    """What is to be worked out.

    Attributes:
        cells: in order.
        base: what every cell is compared with: the scenario as it stands.
        keys: what is varied.
        factors: the dimension map that all cells share: common random numbers.
        evidence: scenarios with their rows, by what they are fitted to.
        seed, draws: of every cell.
    """

    cells: tuple[Cell, ...]
    base: Cell
    keys: tuple[str, ...]
    factors: tuple[str, ...]
    evidence: Mapping[str, AnyScenario]
    seed: int
    draws: int


@dataclass(frozen=True)
class Base:
    """What every cell starts from.

    Attributes:
        name: of the scenario, as a person wrote it.
        settings: that hold in every cell.
        data: folder that files of rows start from; left out, that of the scenario.
    """

    name: str
    settings: tuple[str, ...]
    data: Path | None = None

    def cell(self, settings: Settings, rows: bool = False) -> Loaded:
        """Return the scenario of a cell, with or without its rows.

        Raises:
            BadInput: with every problem.
        """
        path = find(self.name)
        written = tuple(f"{key}={value}" for key, value in settings)
        data = (self.data or path.parent) if rows else None
        return load(path, (*self.settings, *written), data)


# What one cell came to: its scenario, or what is wrong with it.
Outcome = Loaded | tuple[Problem, ...]


class Each(Protocol):
    """Applies a function to each item, here or elsewhere, and yields what it returns in order."""

    def __call__[Item, Made](
        self, make: Callable[[Item], Made], items: Sequence[Item], /
    ) -> Iterable[Made]: ...


def read_cells(
    base: Base,
    settings: Sequence[Settings],
    option: str,
    told: Callable[[float], None],
    each: Each = map,
) -> list[Loaded]:
    """Return every cell's scenario.

    Each value of each key is tried alone first, so that one that is not allowed is told once and
    not in every cell that has it; then the cells, for what cannot stand together.

    Args:
        base: what every cell starts from.
        settings: of each cell.
        option: where the keys were written.
        told: of the share done.
        each: who reads the cells; this process if left out.

    Raises:
        BadInput: with every problem of every cell, and the values that bring it about.
    """
    origin = base.cell((), rows=True).path
    problems = alone(base, settings, option)
    loaded: list[Loaded] = []
    if not problems:
        loaded, problems = _tried(base, settings, option, told, each)
    if problems:
        raise BadInput(problems, str(origin))
    return loaded


def alone(base: Base, settings: Sequence[Settings], option: str) -> list[Problem]:
    """Return what is wrong with each value of each key by itself, once.

    Args:
        base, settings, option: as in :func:`read_cells`.
    """
    pairs = dict.fromkeys(pair for one in settings for pair in one)
    return _tried(base, [(pair,) for pair in pairs], option, lambda _: None, map)[1]


def _tried(
    base: Base,
    settings: Sequence[Settings],
    option: str,
    told: Callable[[float], None],
    each: Each,
) -> tuple[list[Loaded], list[Problem]]:
    loaded: list[Loaded] = []
    found: dict[tuple[str, str], list[tuple[Settings, Problem]]] = {}
    outcomes = each(partial(_outcome, base), settings)
    for place, (one, outcome) in enumerate(zip(settings, outcomes, strict=True), start=1):
        if isinstance(outcome, Loaded):
            loaded.append(outcome)
        else:
            for problem in outcome:
                name = (problem.code, problem.text())
                found.setdefault(name, []).append((one, _renamed(problem, option)))
        told(place / len(settings))
    return loaded, [_labelled(alike) for alike in found.values()]


def _outcome(base: Base, one: Settings) -> Outcome:
    try:
        return replace(base.cell(one), place=_unplaced)  # what it finds is in the problems already
    except BadInput as error:
        return tuple(error.problems)


def _unplaced(problem: Problem) -> Problem:
    return problem


def _renamed(problem: Problem, option: str) -> Problem:
    """A key that does not exist was not written after --set."""
    if problem.code != "unknown_setting":
        return problem
    return Problem("sweep_key", (option,), problem.context)


def _labelled(alike: Sequence[tuple[Settings, Problem]]) -> Problem:
    """Return one problem for all cells that have it, with the values of the first."""
    settings, problem = alike[0]
    if problem.code == "sweep_key":
        return problem
    label = label_of(settings)
    if len(alike) > 1:
        label += " " + say_count("(och {count} cell till)", "(och {count} celler till)",
                                 len(alike) - 1)  # fmt: skip
    return replace(problem, cell=label)


def label_of(settings: Settings) -> str:
    """Return what sets a cell apart, as a person would write it.

    Example:
        >>> label_of((("a.b", "40 %"), ("c", "1")))
        'a.b=40 %, c=1'
    """
    return ", ".join(f"{key}={value}" for key, value in settings)


def plan_of(
    base: Base, settings: Sequence[Settings], loaded: Sequence[Loaded], seed: int, draws: int
) -> Plan:
    """Return the plan: a shared dimension map, and a name for each cell.

    The factors of the scenario itself come first, in its own order, so that a cell has the random
    numbers it would have alone; what only some cells have comes after, in order of appearance.
    """
    standing = base.cell(())
    shared = dict.fromkeys(factors(standing.scenario))
    for each in loaded:
        shared |= dict.fromkeys(factors(each.scenario))
    places = {name: place for place, name in enumerate(shared)}
    made_with = manifest({}, seed, draws, {})
    evidence: dict[str, AnyScenario] = {}

    def cell(one: Settings, found: Loaded, compared: str = "") -> Cell:
        fitted, rows = _fitted(base, one, found, evidence)
        mine = {name: places[name] for name in factors(found.scenario)}
        facts = {**made_with, "scenario_sha256": _hash(found.raw), "evidence": fitted,
                 "rows_sha256": rows, "factors_sha256": _hash(mine)}  # fmt: skip
        alone = _hash(facts)
        # What is compared with itself is the base, and has its name.
        key = _hash([alone, compared]) if compared not in ("", alone) else alone
        return Cell(one, found, fitted, key)

    first = cell((), standing)
    cells = [cell(one, found, first.key) for one, found in zip(settings, loaded, strict=True)]
    keys = tuple(dict.fromkeys(key for one in settings for key, _ in one))
    return Plan(tuple(cells), first, keys, tuple(shared), evidence, seed, draws)


def _fitted(
    base: Base, settings: Settings, found: Loaded, known: dict[str, AnyScenario]
) -> tuple[str, dict[str, str]]:
    """Name what a cell's evidence is fitted to, and keep the first scenario that has it."""
    from models.cache import canonical  # slow to import

    scenario = found.scenario
    if any(spec.source_of_rows is not None for spec in scenario.evidence.values()):
        scenario = base.cell(settings, rows=True).scenario
    specs = [[block, canonical(spec)] for block, spec in scenario.evidence.items()]
    name = _hash([scenario.fit_seed, specs])
    known.setdefault(name, scenario)
    return name, digests(scenario)


def _hash(facts: Any) -> str:
    text = json.dumps(facts, sort_keys=True, ensure_ascii=False, default=str)
    return hashlib.sha256(text.encode()).hexdigest()
