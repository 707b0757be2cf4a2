"""No cost is saved twice: what the effect lines of a fund claim, and of whom.

What lines say of it is checked. Where one of two says nothing there is no telling, but that both
count the same price in the same purse and year is worth a word.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

from models.distributions import Distribution
from models.quantity import Dimension
from simulate.errors import Path, Problem
from simulate.scenario.checks.common import unknown
from simulate.scenario.tree.investment import Effect, Investment, Lines, PlanShare, Priced
from simulate.scenario.tree.scenario import FundScenario


@dataclass(frozen=True)
class _Line:
    """An effect line of the fund: its name in the whole, its place, and the years it counts in."""

    name: str
    path: Path
    effect: Effect
    years: frozenset[str]
    disjoint: frozenset[str]


def claims(scenario: FundScenario) -> Iterator[Problem]:
    """Two lines that claim the same cost of the same persons in a year are declared disjoint."""
    lines = list(_lines(scenario))
    names = [line.name for line in lines]
    for line in lines:
        for name in line.effect.disjoint:
            full = _full(name, line)
            if full == line.name or full not in names:
                place = (*line.path, "disjoint", name)
                known = [one for one in names if one != line.name]
                yield unknown("unknown_disjoint", place, name, known)
    claimed = [line for line in lines if line.effect.claims is not None]
    for one, other in combinations(claimed, 2):
        if _same(one, other) and other.name not in one.disjoint and one.name not in other.disjoint:
            yield _twice(one, other)


@dataclass(frozen=True)
class Doubt:
    """Lines that may count the same krona, and do not all say which cost they count.

    Attributes:
        lines: their names in the whole, ``investment.line``.
        effects: the lines.
    """

    lines: tuple[str, ...]
    effects: tuple[Priced, ...]


def doubts(scenario: FundScenario) -> tuple[Doubt, ...]:
    """Return the lines whose cost falls by the same price, in one purse and in a common year.

    Lines that claim different costs or are declared disjoint are told apart, as are those that have
    no price.
    """
    lines = [one for one in _lines(scenario) if _price(one.effect) is not None]
    found: dict[str, list[_Line]] = {}
    for one, other in combinations(lines, 2):
        if _alike(one, other):
            group = found.setdefault(one.name, [one])
            group.append(other)
            found[other.name] = group
    groups = {id(group): group for group in found.values()}
    return tuple(_doubt(group) for group in groups.values())


def _doubt(group: list[_Line]) -> Doubt:
    each = {one.name: one.effect for one in group}
    return Doubt(tuple(each), tuple(one for one in each.values() if isinstance(one, Priced)))


def _alike(one: _Line, other: _Line) -> bool:
    mine, theirs = one.effect, other.effect
    told = mine.claims is not None and theirs.claims is not None
    apart = other.name in one.disjoint or one.name in other.disjoint
    if told or apart or not one.years & other.years:
        return False
    purses = {getattr(effect, "falls_on", "") for effect in (mine, theirs)}
    return len(purses) == 1 and _price(mine) == _price(theirs)


def _price(effect: Effect) -> tuple[Distribution, Dimension] | None:
    """Return what a line that lowers a cost pays for each unit less, whatever the unit is."""
    if getattr(effect, "direction", "less") == "more":
        return None
    for name in ("price", "cost", "cost_per_person"):
        if (number := getattr(effect, name, None)) is not None:
            return number.distribution, number.dimension
    return None


def _same(one: _Line, other: _Line) -> bool:
    mine, theirs = one.effect.claims, other.effect.claims
    if mine is None or theirs is None:
        return False
    shared = one.years & other.years
    return bool(shared) and (mine.cost, mine.of) == (theirs.cost, theirs.of)


def _twice(one: _Line, other: _Line) -> Problem:
    own = other.effect.claims
    context = {
        "found": f"{one.name}, {other.name}",
        "cost": own.cost if own else "",
        "of": own.of if own else "",
        "example": f'disjoint = {{ "{one.name}" = "…" }}',
    }
    return Problem("claimed_twice", (*other.path, "claims"), context)


def _lines(scenario: FundScenario) -> Iterator[_Line]:
    for key, lines in scenario.lines.items():
        for effect in lines.effects:
            path: Path = ("investments", *key.split("."), "effects", effect.id)
            line = _Line(f"{key}.{effect.id}", path, effect, frozenset(), frozenset())
            declared = frozenset(_full(other, line) for other in effect.disjoint)
            yield _Line(line.name, path, effect, _years(effect, lines), declared)


def _full(name: str, line: _Line) -> str:
    """Return the name of a line in the whole; one without investment is of the same one."""
    return name if "." in name else f"{line.name.rpartition('.')[0]}.{name}"


def _years(effect: Effect, lines: Lines) -> frozenset[str]:
    if isinstance(effect, PlanShare):
        return frozenset((lines.aterforing or ()) if isinstance(lines, Investment) else ())
    if not isinstance(effect, Priced):
        return frozenset()
    try:
        return frozenset(lines.replaced(effect).counted)
    except KeyError:  # that it replaces nothing is told elsewhere
        return frozenset()
