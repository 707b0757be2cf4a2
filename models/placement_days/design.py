"""Who is compared with whom: persons with the same group, window and covariates share a pattern."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from models.interface import Data, Floats
from models.placement_days.spec import WINDOW, PlacementDays
from models.rows.frame import TREATED

ARMS = ("comparison", "treated")


@dataclass(frozen=True)
class Design:
    """What is known of the persons before a day is counted.

    Attributes:
        covariates: names.
        x: standardised over all persons, dims (pattern, covariate).
        treated: 1 for the treated, dims (pattern,).
        window: days, dims (pattern,).
        pattern: of each person, dims (person,); without rows a group is one pattern and this is
            empty.
        weight: share of the treated, dims (pattern,).
    """

    covariates: tuple[str, ...]
    x: Floats
    treated: Floats
    window: Floats
    pattern: NDArray[np.int64]
    weight: Floats

    @property
    def arm(self) -> NDArray[np.int64]:
        """Place in :data:`ARMS` of each person."""
        return self.treated[self.pattern].astype(np.int64)

    @property
    def by_person(self) -> Design:
        """The same with a pattern a person; of groups without rows, as it is."""
        who = self.pattern if self.pattern.size else np.arange(len(self.treated))
        rows = (self.x[who], self.treated[who], self.window[who])
        return Design(self.covariates, *rows, np.arange(len(who)), self.weight[who])


def design_of(spec: PlacementDays) -> Design:
    """Return the design of a block; one pattern a group where only totals are published."""
    if spec.rows is None:
        groups = np.array([0.0, 1.0])
        none = np.empty((2, 0))
        window = np.full(2, float(spec.days))
        return Design((), none, groups, window, np.empty(0, dtype=np.int64), groups)
    frame = spec.rows.frame
    names = tuple(sorted(frame.covariates))
    x = np.array([frame.covariates[name] for name in names], dtype=np.float64).T
    x = _standard(x.reshape(len(frame), len(names)))
    treated = np.array([group == TREATED for group in frame.group], dtype=np.float64)
    ends = frame.columns.get(WINDOW, (float(spec.days),) * len(frame))
    window = np.array(ends, dtype=np.float64)
    rows = np.column_stack([treated, window, x])
    unique, pattern = np.unique(rows, axis=0, return_inverse=True)
    pattern = pattern.reshape(-1)
    count = np.bincount(pattern, minlength=len(unique)) * unique[:, 0]
    weight = count / count.sum()
    return Design(names, unique[:, 2:], unique[:, 0], unique[:, 1], pattern, weight)


def days_of(spec: PlacementDays) -> Floats:
    """Return days in care, dims (person, type), from the rows of a block."""
    assert spec.rows is not None
    columns: Any = spec.rows.frame.columns
    return np.array([columns[name] for name in spec.types], dtype=np.float64).T


def facts_of(spec: PlacementDays, days: Floats) -> Data:
    """Return what the likelihood reads of persons, each with dims (person,).

    ``days_<kind>``; ``beyond`` and ``left`` are days beyond the first and days that were left of
    the window, both kept within it; the others are 1 for persons with any day (``placed``), with
    the whole window, with some days but not all, and with a single kind of care.
    """
    design = design_of(spec)
    total, window = days.sum(axis=-1), design.window[design.pattern]
    beyond = np.clip(total - 1.0, 0.0, window - 2.0)
    placed, whole = total > 0, total == window
    found = {
        "beyond": beyond,
        "left": window - 2.0 - beyond,
        "placed": placed,
        "whole": whole,
        "some": placed & ~whole,
        "single": np.count_nonzero(days, axis=-1) == 1,
    } | {f"days_{name}": days[..., k] for k, name in enumerate(spec.types)}
    return {name: np.asarray(one, dtype=np.float64) for name, one in found.items()}


def _standard(x: Floats) -> Floats:
    """Mean nought and sd one over all persons; one that is the same for all is left at nought."""
    spread = x.std(axis=0)
    return np.asarray((x - x.mean(axis=0)) / np.where(spread > 0, spread, 1.0))
