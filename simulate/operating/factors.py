"""One thing changed at a time: which levels, made from the scenario's own numbers.

A number that is certain is halved and doubled, an uncertain one is set to its own 10 and 90 per
cent quantiles; where that says little another rule is written here. What a scenario does not have
is skipped and said.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np

from models.distributions import FromEvidence
from models.language import mark, named, say
from models.number import Number
from models.quantile import quantile
from models.quantity import Dimension
from simulate.language.measures import MISSING
from simulate.language.quantities import quantity
from simulate.measurement.alternatives import with_measure
from simulate.operating.paid import World
from simulate.scenario.tree.measurements import (
    Comparison,
    CostSaving,
    Measurement,
    Observed,
    Planned,
    Windowed,
)
from simulate.scenario.tree.outcomes import CostOutcome
from simulate.scenario.tree.scenario import ContractScenario


@dataclass(frozen=True)
class Level:
    """One value of one factor.

    Attributes:
        world: the scenario with it.
        value: of a number; ``None`` where the change is one of structure.
        dimension: of the number.
        word: what a change of structure is called, marked.
    """

    world: World
    value: float | None = None
    dimension: Dimension | None = None
    word: str = ""

    @property
    def label(self) -> str:
        """The level in words."""
        if self.value is None or self.dimension is None:
            return say(self.word)
        return quantity(self.value, self.dimension)


@dataclass(frozen=True)
class Factor:
    """One thing that is changed while everything else stands.

    Attributes:
        kind: which kind of thing, a key of :data:`KINDS`.
        key: place in the scenario.
        of: the title of the measure or the outcome, where there may be several.
        levels: in rising order where they are numbers.
    """

    kind: str
    key: str
    levels: tuple[Level, ...]
    of: str = ""

    @property
    def title(self) -> str:
        """What is changed, in words."""
        title = say(KINDS[self.kind][0])
        return say("{what}: {which}", what=title, which=named(self.of)) if self.of else title


def factors_of(scenario: ContractScenario) -> tuple[tuple[Factor, ...], tuple[str, ...]]:
    """Return the factors that the scenario has, and the kinds that it lacks."""
    found: list[Factor] = []
    lacking: list[str] = []
    for kind, (_, make) in KINDS.items():
        own = [one for one in make(scenario) if one.levels]
        found += own
        if not own:
            lacking.append(kind)
    return tuple(found), tuple(lacking)


def around(number: Number, *rule: float) -> list[float]:
    """Return values around a number's own: two quantiles, or so many times what is certain.

    Args:
        number: of the scenario; one that comes from evidence has none.
        rule: the multiples of a certain number; a half and two if left out.

    Example:
        >>> from models.number import parse_number
        >>> from models.quantity import COUNT, LOG_RATIO
        >>> around(parse_number(60, COUNT))
        [30.0, 120.0]
        >>> around(parse_number({"normal": {"mean": 0.08, "sd": 0.08}}, LOG_RATIO))
        [-0.0225, 0.183]
    """
    dist = number.distribution
    if isinstance(dist, FromEvidence):
        return []
    if number.certain:
        value = float(quantile(dist, np.asarray(0.5)))
        return [times * value for times in rule or (0.5, 2.0) if value != 0.0]
    return [_rounded(float(quantile(dist, np.asarray(p)))) for p in (0.1, 0.9)]


def _rounded(value: float) -> float:
    """To three significant digits, as it is printed."""
    return float(f"{value:.3g}")


def _set(scenario: ContractScenario, number: Number, values: list[float]) -> tuple[Level, ...]:
    return tuple(
        Level(World(scenario, {number.key: value}), value, number.dimension)
        for value in sorted(set(values))
    )


def _participants(scenario: ContractScenario) -> Iterator[Factor]:
    """So many take part for certain: how many could be recruited is not asked."""
    number = scenario.programme.participants
    full = scenario.programme.model_copy(update={"recruitment": None})
    there = scenario.model_copy(update={"programme": full})
    middle = float(np.floor(quantile(number.distribution, np.asarray(0.5)) + 0.5))
    values = [max(float(np.floor(times * middle + 0.5)), 1.0) for times in (0.5, 1.0, 2.0)]
    yield Factor("participants", number.key, _set(there, number, values))


def _measures[Kind: Measurement](
    scenario: ContractScenario, kind: type[Kind]
) -> Iterator[tuple[str, Kind, str]]:
    """Yield the measures of a kind, each with its title where there are several of the kind."""
    own = {key: one for key, one in scenario.measurements.items() if isinstance(one, kind)}
    for key, one in own.items():
        yield key, one, one.title if len(own) > 1 else ""


def _comparison(scenario: ContractScenario) -> Iterator[Factor]:
    """The group that a measure compares with, unless it is drawn already."""
    groups = [(getattr(one, "comparison", None), one) for one in scenario.measurements.values()]
    own = [
        (group.persons, one.title)
        for group, one in groups
        if isinstance(group, Comparison) and not isinstance(group, Observed)
    ]
    for number, title in own:
        sizes = [max(float(np.floor(m + 0.5)), 1.0) for m in around(number, 0.5, 2.0, 4.0)]
        of = title if len(own) > 1 else ""
        yield Factor("comparison", number.key, _set(scenario, number, sizes), of)


def _cv(scenario: ContractScenario) -> Iterator[Factor]:
    measured = {one.outcome for _, one, _ in _measures(scenario, CostSaving)}
    own = {key: scenario.outcomes[key] for key in scenario.outcomes if key in measured}
    for one in own.values():
        if isinstance(one, CostOutcome):
            of = one.title if len(own) > 1 else ""
            yield Factor("cv", one.cv.key, _set(scenario, one.cv, around(one.cv)), of)


def _window(scenario: ContractScenario) -> Iterator[Factor]:
    for _, one, of in _measures(scenario, Windowed):
        values = around(one.window)
        if one.window.certain:
            years = float(quantile(one.window.distribution, np.asarray(0.5)))
            values = [max(years - 1.0, 0.5 * years), years + 1.0]
        yield Factor("window", one.window.key, _set(scenario, one.window, values), of)


def _window_from(scenario: ContractScenario) -> Iterator[Factor]:
    """The window opens at the other end of the insats, whose length is drawn once for both."""
    for key, one, of in _measures(scenario, Windowed):
        other = "end" if one.window_from == "inclusion" else "inclusion"
        there = with_measure(scenario, key, window_from=other)
        level = Level(World(there), word=_OPENS[other])
        yield Factor("window_from", f"measurements.{key}.window_from", (level,), of)


_OPENS = {"end": mark("från insatsens slut"), "inclusion": mark("från inklusionen")}


def _duration(scenario: ContractScenario) -> Iterator[Factor]:
    number = scenario.programme.duration
    yield Factor("duration", number.key, _set(scenario, number, around(number)))


def _drift(scenario: ContractScenario) -> Iterator[Factor]:
    for _, one, of in _measures(scenario, CostSaving):
        if isinstance(one.comparison, Planned):
            values = [0.0, *around(one.drift)]
            yield Factor("drift", one.drift.key, _set(scenario, one.drift, values), of)


def _indexation(scenario: ContractScenario) -> Iterator[Factor]:
    for _, one, of in _measures(scenario, CostSaving):
        if isinstance(one.comparison, Planned):
            low, high = one.indexation.distribution.support()
            values = [share for share in (0.0, 0.5, 1.0) if not low == high == share]
            yield Factor(
                "indexation", one.indexation.key, _set(scenario, one.indexation, values), of
            )


def _missing(scenario: ContractScenario) -> Iterator[Factor]:
    """Every other rule for those who cannot be assessed."""
    for key, one, _ in _measures(scenario, Measurement):
        agreed, kind = getattr(one, "missing", ""), str(getattr(one, "type", ""))
        levels = tuple(
            Level(World(with_measure(scenario, key, missing=rule)), word=MISSING[kind, rule])
            for rule in one.rules
            if rule != agreed
        )
        yield Factor("missing", f"measurements.{key}.missing", levels, one.title)


Make = Callable[[ContractScenario], Iterator[Factor]]

# What is changed, in order → what it is called, and how its levels are made.
KINDS: dict[str, tuple[str, Make]] = {
    "participants": (mark("Antal deltagare"), _participants),
    "comparison": (mark("Jämförelsegruppens storlek"), _comparison),
    "cv": (mark("Variationskoefficient mellan personer"), _cv),
    "window": (mark("Uppföljningsfönstrets längd"), _window),
    "window_from": (mark("När fönstret öppnas"), _window_from),
    "duration": (mark("Insatsens längd för en person"), _duration),
    "drift": (mark("Kostnadsdrift sedan jämförelsegruppen mättes (log)"), _drift),
    "indexation": (mark("Andel av driften som avtalets index tar bort"), _indexation),
    "missing": (mark("Regel för dem som inte går att följa upp"), _missing),
}
