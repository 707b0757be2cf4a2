"""Rows of days in care that cannot be: what is wrong, with whom, and never what stands there."""

from __future__ import annotations

from typing import Any

from models.rows.frame import TREATED, Frame
from tests.models_layer.days_blocks import WINDOW, frame

Columns = dict[str, list[Any]]


def rows(**changes: list[Any]) -> Frame:
    """Return twelve persons, rows 2 to 13, with three columns of days."""
    columns: Columns = {
        "hvb": [100.0, 0.0, 0.0, 730.0, 30.0, 5.0] * 2,
        "familjehem": [0.0, 200.0, 0.0, 0.0, 700.0, 0.0] * 2,
    }
    made = frame((TREATED,) * 6 + ("comparison",) * 6, columns, {})
    kept = {**made.columns, **{name: tuple(values) for name, values in changes.items()}}
    return Frame(made.group, kept, {}, made.places, made.digest)


# Code → (column, row numbers, rows).
CASES: dict[str, tuple[str, tuple[int, ...], Frame]] = {
    "days_not_whole": ("hvb", (4,), rows(hvb=[1.0, 1.0, 0.5, *[1.0] * 9])),
    "days_short_window": ("window", (2,), rows(
        window=[2.0, *[float(WINDOW)] * 11], hvb=[0.0] * 12,
        familjehem=[0.0, 9.0, *[0.0] * 10])),
    "days_beyond_window": ("hvb", (6, 12), rows(
        hvb=[0.0] * 4 + [31.0] + [0.0] * 5 + [40.0, 0.0])),
}  # fmt: skip
CODES = frozenset(CASES)
