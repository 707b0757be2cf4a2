"""Households one by one: with or without bistånd at the end of each year after the start.

What is seen is kept as two tables, whether a household may have been with and whether it may have
been without; both are one where nothing was seen. The chain is then summed over what was not.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from models.bistand_exit.chain import Course
from models.bistand_exit.spec import BistandExit
from models.interface import Data, Floats
from models.rows.frame import TREATED

# No statistic is of fewer households.
LEAST = 5


@dataclass(frozen=True)
class Households:
    """Who the households of one group are.

    Attributes:
        place: place of each in the rows.
        x: covariates, standardised over all households, dims (household, covariate).
    """

    place: NDArray[np.int64]
    x: Floats

    def patterns(self) -> tuple[Floats, Floats]:
        """Return each combination of covariates, and how many households have it."""
        x, count = np.unique(self.x, axis=0, return_counts=True)
        return x, count.astype(np.float64)


def covariates(spec: BistandExit) -> tuple[str, ...]:
    """Return the names of the covariates, one for each level but the first."""
    return tuple(sorted(spec.rows.apart)) if spec.rows is not None else ()


def key(group: str) -> str:
    """Return the name of a group's households among the data."""
    return f"rows_{group}"


def households(spec: BistandExit) -> dict[str, Households]:
    """Return the households of each group that has rows."""
    if spec.rows is None:
        return {}
    frame, names = spec.rows.frame, covariates(spec)
    x = np.array([frame.covariates[name] for name in names], dtype=np.float64).T
    x = x.reshape(len(frame), len(names))
    spread = x.std(axis=0)
    x = (x - x.mean(axis=0)) / np.where(spread > 0, spread, 1.0)
    of = np.array(frame.group)
    return {
        group: Households(np.flatnonzero(of == group), x[of == group]) for group in spec.row_groups
    }


def seen(spec: BistandExit) -> Data:
    """Return what was seen of each group, dims (may be with or without, household, year)."""
    if spec.rows is None:
        return {}
    columns = spec.rows.frame.columns
    nothing = (None,) * len(spec.rows.frame)
    years = range(1, max(spec.followed, default=0) + 1)
    status = np.array([columns.get(f"on_year_{year}", nothing) for year in years], dtype=np.float64)
    return {key(group): _tables(status.T[one.place]) for group, one in households(spec).items()}


def _tables(status: Floats) -> Floats:
    """From 1, 0 and NaN to whether each household may have been with and without."""
    return np.stack([status != 0.0, status != 1.0]).astype(np.float64)


def statuses(data: Data, spec: BistandExit) -> dict[str, Floats]:
    """Return columns of rows from what was seen: 1, 0, or NaN where nothing was."""
    assert spec.rows is not None
    years = max(spec.followed)
    status = np.full((len(spec.rows.frame), years), np.nan)
    for group, one in households(spec).items():
        with_it, without = data[key(group)]
        status[one.place] = np.where(with_it == without, np.nan, with_it)
    return {f"on_year_{year}": status[:, year - 1] for year in spec.followed}


def likelihood(course: Course, table: Any, years: int) -> Any:
    """Return the probability of what was seen of each household.

    Args:
        course: yearly probabilities, dims (household,) or more before it.
        table: of :func:`seen`.
        years: how many there are in it.
    """
    on, off = 1.0, 0.0
    for year in range(years):
        on, off = course.step(year, on, off)
        on, off = on * table[0, :, year], off * table[1, :, year]
    return on + off


def counted(course: Course, table: Floats) -> tuple[Floats, Floats]:
    """Return P(fewer years with bistånd) and P(at most as many), dims (…, household).

    Of the years in which the household was seen; of who was never seen it is 0 and 1.

    Args:
        course: yearly probabilities, dims (…, household).
        table: of :func:`seen`.
    """
    _, count, years = table.shape
    told = table[0] != table[1]
    on, off = np.zeros((count, years + 1)), np.zeros((count, years + 1))
    on[:, 0] = 1.0
    for year in range(years):
        leave, stay, back, away = (np.asarray(x)[..., None] for x in course.rates(year))
        on, off = on * stay + off * back, on * leave + off * away
        # A year seen with bistånd is one more.
        on = np.where(told[:, year, None], np.roll(on, 1, axis=-1), on)
    upto = np.cumsum(on + off, axis=-1)
    many = np.sum(told * table[0], axis=-1).astype(np.int64)
    each = np.arange(count)
    before = np.concatenate([np.zeros((*upto.shape[:-1], 1)), upto], axis=-1)
    return before[..., each, many], upto[..., each, many]


def simulate(course: Course, table: Floats, rng: np.random.Generator) -> Floats:
    """Return new households of one sample, seen in the same years as those in ``table``."""
    _, count, years = table.shape
    on = np.ones(count)
    found = []
    for year in range(years):
        leave, _, back, _ = (np.broadcast_to(one, count) for one in course.rates(year))
        chance = np.where(on == 1.0, 1.0 - leave, back)
        on = (rng.random(count) < chance).astype(np.float64)
        found.append(on)
    status = np.stack(found, axis=-1)
    return _tables(np.where(table[0] == table[1], np.nan, status))


def treated_patterns(spec: BistandExit) -> tuple[Floats, Floats]:
    """Return covariates of the treated, or of all, and the share that has each combination."""
    found = households(spec)
    if not covariates(spec):
        return np.zeros((1, 0)), np.ones(1)
    one = found[TREATED] if TREATED in found else Households(
        np.empty(0, dtype=np.int64), np.concatenate([group.x for group in found.values()])
    )  # fmt: skip
    x, count = one.patterns()
    return x, count / count.sum()


def watched(spec: BistandExit, group: str, who: Households) -> dict[int, tuple[Floats, Floats]]:
    """Return year → covariates of those who were seen at its end, and how many have each.

    Only years in which at least :data:`LEAST` of the group were seen.
    """
    with_it, without = seen(spec)[key(group)]
    found = {}
    for year in spec.followed:
        told = with_it[:, year - 1] != without[:, year - 1]
        if np.sum(told) >= LEAST:
            x, count = np.unique(who.x[told], axis=0, return_counts=True)
            found[year] = x, count.astype(np.float64)
    return found


def shares(spec: BistandExit) -> dict[str, float]:
    """Return the share with bistånd of those who were seen, by group and year."""
    found = {}
    for group, who in households(spec).items():
        with_it, without = seen(spec)[key(group)]
        for year in watched(spec, group, who):
            told = with_it[:, year - 1] != without[:, year - 1]
            found[f"{group}_on_year_{year}"] = float(np.mean(with_it[told, year - 1]))
    return found
