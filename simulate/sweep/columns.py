"""Which figures of a sweep are shown, and what they and the cells are called."""

from __future__ import annotations

import difflib
import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from models.language import say
from simulate.comparison.paired import Change
from simulate.errors import Problem
from simulate.report.phrases import party_name
from simulate.risk.measures import MEASURES
from simulate.risk.risk import Figure
from simulate.sweep.run import Swept

_NUMBER = re.compile(r"[-+]?\d[\d_]*(?:\.\d+)?(?:[eE][-+]?\d+)?")
_LEADING = re.compile(rf"({_NUMBER.pattern})\s*([^\d\s].*)?")

# Party and name of a measure.
Name = tuple[str, str]


@dataclass(frozen=True, eq=False)
class Column:
    """One figure in every cell.

    Attributes:
        name: party and measure.
        title: what a person calls it.
        unit: of the values.
        figures: of each cell; ``None`` where a cell has no such figure.
        changes: of each cell, from the base; has no value where either has none.
        base: the figure of the scenario as it stands.
    """

    name: Name
    title: str
    unit: str
    figures: tuple[Figure | None, ...]
    changes: tuple[Change, ...]
    base: Figure | None

    @property
    def key(self) -> str:
        """What programs call it: ``finansiar.p_loss``."""
        return ".".join(self.name)


def read_measures(written: str, known: Sequence[str], problems: list[Problem]) -> tuple[str, ...]:
    """Return the names of the measures that are asked for; what is wrong is added to ``problems``.

    Args:
        written: names with commas between.
        known: those that the scenario has a figure of.
        problems: what was wrong so far.

    Example:
        >>> problems = []
        >>> read_measures("p_loss, p_los", ["p_loss"], problems), problems[0].context["close"]
        (('p_loss', 'p_los'), 'p_loss')
    """
    names = tuple(filter(None, (one.strip() for one in written.split(","))))
    for name in names or (written,):
        if name not in known:
            close = "".join(difflib.get_close_matches(name, known, n=1))
            context = {"found": name, "allowed": ", ".join(known), "close": close}
            problems.append(Problem("sweep_measure", ("--measures",), context))
    return names


def columns(swept: Swept, measures: Sequence[str] = ()) -> tuple[Column, ...]:
    """Return the figures to show, in the order of the registry.

    Args:
        swept: all cells.
        measures: names of measures; left out, the key measures that exist in any cell.
    """
    cells = [{(one.party, one.measure): one for one in figures} for figures in swept.figures]
    found: dict[Name, Figure] = {}
    for cell in cells:
        for name, figure in cell.items():
            wanted = figure.measure in measures if measures else figure.key
            if wanted and (name not in found or found[name].value is None):
                found[name] = figure
    moved = [
        {(one.party, one.measure): change for one, change in zip(*both, strict=True)}
        for both in zip(swept.figures, swept.changes, strict=True)
    ]
    base = {(one.party, one.measure): one for one in swept.base}
    rank = {measure.name: place for place, measure in enumerate(MEASURES)}
    names = sorted(found, key=lambda name: rank[name[1]])
    return tuple(
        Column(
            name,
            say("{measure} ({party})", measure=say(found[name].title),
                party=party_name(swept, name[0])),
            found[name].unit,
            tuple(cell.get(name) for cell in cells),
            tuple(one.get(name, Change(None, None)) for one in moved),
            base.get(name),
        )
        for name in names
        if measures or any(name in cell and cell[name].status != "undefined" for cell in cells)
    )  # fmt: skip


def short(keys: Sequence[str]) -> tuple[str, ...]:
    """Return keys without what is not needed to tell them apart; two parts at least.

    Example:
        >>> short(["contract.clauses.guarantee.share", "contract.clauses.upside.share"])
        ('guarantee.share', 'upside.share')
    """
    parts = [key.split(".") for key in keys]
    for length in range(2, max(map(len, parts), default=0)):
        found = tuple(".".join(one[-length:]) for one in parts)
        if len(set(found)) == len(found):
            return found
    return tuple(keys)


def values(swept: Swept, key: str) -> tuple[str, ...]:
    """Return the value of a key in every cell; empty where the cell leaves it as it is."""
    return tuple(dict(cell.settings).get(key, "") for cell in swept.plan.cells)


def as_number(text: str) -> float | None:
    """Return the number that a value begins with, if it is one: ``40 %`` is 40.

    Example:
        >>> as_number("40 %"), as_number("0.4"), as_number("{ pert = [1, 2, 3] }")
        (40.0, 0.4, None)
    """
    found = _LEADING.fullmatch(text.strip())
    return float(found[1]) if found else None


def typed(text: str) -> str | float | None:
    """Return a value as the cell of a table: a number as one, a share as parts of one.

    Example:
        >>> typed("250"), typed("45 %"), typed("lesser"), typed("")
        (250.0, 0.45, 'lesser', None)
    """
    if not text:
        return None
    bare = text.removesuffix("%").rstrip()
    if not _NUMBER.fullmatch(bare):
        return text
    return float(bare) if bare == text else float(Decimal(bare.replace("_", "")) / 100)


def on_grid(swept: Swept) -> dict[str, tuple[str, ...]] | None:
    """Return the values of each key when the cells are all their combinations, in order."""
    axes = {key: tuple(dict.fromkeys(values(swept, key))) for key in swept.plan.keys}
    count = 1
    for one in axes.values():
        count *= len(one)
    if count != len(swept.plan.cells):
        return None
    return axes if list(_product(axes)) == [cell.settings for cell in swept.plan.cells] else None


def _product(axes: dict[str, tuple[str, ...]]) -> Iterator[tuple[tuple[str, str], ...]]:
    for one in itertools.product(*axes.values()):
        yield tuple(zip(axes, one, strict=True))
