"""The measures that are reported. A new one is one file here and one line below."""

from __future__ import annotations

from importlib import import_module

from simulate.risk.measures.base import Measure

# Each is a module beside this one, whose `MEASURES` are reported, in this order.
FILES = (
    "investor",
    "party",
    "contract",
    "fund",
    "gains",
    "cases",
    "running",
)

MEASURES: tuple[Measure, ...] = tuple(
    measure for file in FILES for measure in import_module(f"{__name__}.{file}").MEASURES
)
