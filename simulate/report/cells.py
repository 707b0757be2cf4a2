"""A figure as text: its value to the digits it supports, its error, and what must be said."""

from __future__ import annotations

import math
from dataclasses import dataclass

from models.language import say, say_count
from simulate.language.measures import STATUSES, UNITS
from simulate.language.numbers import (
    HARD,
    decimals_supported,
    million,
    number,
    per_cent,
    percent,
    significant,
)
from simulate.risk.risk import Figure

# Unit of a measure → factor to the unit of its error, which is named in UNITS; others are as is.
_FACTORS = {"sek": 1e-6, "share": 100.0, "rate": 100.0}


@dataclass(frozen=True)
class Cell:
    """A figure as it is printed.

    Attributes:
        value: with unit, or the words of its status.
        error: Monte Carlo standard error as «± 0,3 procentenheter»; empty when there is none.
        note: what must stand beside it; often empty.
    """

    value: str
    error: str
    note: str


def cell(figure: Figure) -> Cell:
    """Return a figure as text.

    Example:
        >>> from simulate.risk.risk import Figure
        >>> cell(Figure("a", "p_loss", 0.8486, 0.0027, "share", None)).value.replace(HARD, " ")
        '85 %'
    """
    if figure.value is None:
        return Cell(say(STATUSES[figure.status or "undefined"]), "", _given(figure))
    notes = [_given(figure)]
    if figure.status == "at_atom" and figure.atom is not None:
        notes.insert(0, _spike(figure.atom))
    return Cell(_value(figure), _error(figure), "; ".join(note for note in notes if note))


def _spike(atom: float) -> str:
    if atom >= 1.0:
        return say("samma i alla framtider")
    return say("exakt detta i {share} av framtiderna", share=per_cent(significant(100.0 * atom, 2)))


def _value(figure: Figure) -> str:
    value, mcse = figure.value or 0.0, figure.mcse or 0.0
    if figure.unit == "sek":
        return million(value, mcse)
    if figure.unit in ("share", "rate"):
        return percent(value, mcse)
    if figure.unit in ("year", "years"):
        whole = round(value)
        return str(whole) if figure.unit == "year" else say_count("{count} år", "{count} år", whole)
    if figure.unit == "count":
        return number(value, decimals_supported(value, mcse, 1))
    if figure.unit == "persons":
        # A quantile of persons is a whole number, and known exactly.
        most = 0 if mcse == 0.0 and value == round(value) else 1
        return say("{number} personer", number=number(value, decimals_supported(value, mcse, most)))
    decimals = min(2, math.floor(-math.log10(2.0 * mcse))) if mcse > 0 else 2
    return say("{number}\u00a0gånger", number=number(value, decimals))


def _error(figure: Figure) -> str:
    if not figure.mcse:
        return ""
    error, unit = figure.mcse * _FACTORS.get(figure.unit, 1.0), say(UNITS[figure.unit])
    if error < 1e-3:
        return f"<{HARD}{significant(0.001)}{HARD}{unit}"
    return f"±{HARD}{significant(error, 1)}{HARD}{unit}"


def _given(figure: Figure) -> str:
    if figure.given is None or figure.given == 1.0:
        return ""
    return say("villkoret gäller i {share}", share=percent(figure.given))
