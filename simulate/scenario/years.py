"""How what is stated by calendar year hangs together over the years: the one place that says it.

What is not known of a share in one year is for the most part not known of it in the next: were the
years drawn each for itself, a sum over them would spread too little.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from models.distributions import FromEvidence
from models.number import Number
from simulate.errors import Path
from simulate.scenario.tree.aterforing import YEAR
from simulate.scenario.tree.scenario import FundScenario, Scenario
from simulate.scenario.tree.yearly import Yearly

# Unless the scenario says otherwise. What is nearer to it than this is no other statement.
TOGETHER = 1.0
_NEARLY = 1e-6
Pair = tuple[str, str]


@dataclass(frozen=True)
class Course:
    """A quantity that is stated by calendar year, without what evidence hands on.

    Attributes:
        key: of the quantity.
        numbers: in order of their years; the certain ones too, so that a year that is made
            uncertain moves no other.
        rank: rank correlation between each and the next.
    """

    key: str
    numbers: tuple[Number, ...]
    rank: float

    @property
    def uncertain(self) -> tuple[Number, ...]:
        """Those that are not known."""
        return tuple(one for one in self.numbers if not one.certain)


def courses(scenario: Scenario) -> tuple[Course, ...]:
    """Return every quantity that is stated by calendar year, in order of declaration."""
    return tuple(
        _course(".".join(map(str, (*path, name))), values, table.years.get(name))
        for path, table in tables(scenario)
        for name, values in by_year(table).items()
    )


def _course(key: str, values: Mapping[str, Number], stated: Number | None) -> Course:
    every = [values[year] for year in sorted(values)]
    drawn = tuple(one for one in every if not isinstance(one.distribution, FromEvidence))
    rank = TOGETHER if stated is None else stated.distribution.support()[0]
    return Course(key, drawn, rank if rank < TOGETHER - _NEARLY else TOGETHER)


def tables(scenario: Scenario) -> Iterator[tuple[Path, Yearly]]:
    """Yield every table that may have such quantities, with its place."""
    if isinstance(scenario, FundScenario):
        yield from _below(scenario.fund, ("fund",))
        for key, one in scenario.investments.items():
            yield from _below(one, ("investments", key))


def by_year(table: Yearly) -> dict[str, Mapping[str, Number]]:
    """Return the numbers of a table that are stated by calendar year, by the name of their key."""
    return {name: value for name, value in table if name != "years" and _of_years(value)}


def _of_years(value: object) -> bool:
    return (
        isinstance(value, Mapping)
        and bool(value)
        and all(re.match(YEAR, str(key)) and isinstance(value[key], Number) for key in value)
    )


def _below(node: object, path: Path) -> Iterator[tuple[Path, Yearly]]:
    if isinstance(node, tuple):
        for one in node:
            yield from _below(one, (*path, getattr(one, "id", "")))
    if isinstance(node, Yearly):
        yield path, node
        for name, value in node:
            yield from _below(value, (*path, name))


def leaders(scenario: Scenario) -> dict[str, str]:
    """Return the keys of numbers that are at the quantile of another, with the key of that one."""
    return {
        one.key: course.numbers[0].key
        for course in courses(scenario)
        if course.rank == TOGETHER
        for one in course.numbers[1:]
    }


def ranks(scenario: Scenario) -> dict[Pair, float]:
    """Return the rank correlation of every pair that has one, each number told by its leader.

    Stated pairs come first. Within a quantity they fall off as powers, as in an autoregression of
    the normal scores.
    """
    leader = leaders(scenario)
    found = {
        (leader.get(one, one), leader.get(other, other)): rank
        for (one, other), rank in stated(scenario).items()
    }
    for course in courses(scenario):
        if 0.0 < course.rank < TOGETHER:
            found |= dict(_falling_off(course))
    return found


def stated(scenario: Scenario) -> dict[Pair, float]:
    """Return the rank correlations of ``[[correlations]]``, as they stand there."""
    return {one.pair: one.rank.distribution.support()[0] for one in scenario.correlations}


def _falling_off(course: Course) -> Iterator[tuple[Pair, float]]:
    from models.copula import pearson, spearman  # slow to import

    score = pearson(course.rank)
    for i, one in enumerate(course.numbers):
        for apart, other in enumerate(course.numbers[i + 1 :], start=1):
            yield (one.key, other.key), spearman(score**apart)
