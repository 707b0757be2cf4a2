"""Where a number comes from: the cells of the form, and what the form says about them."""

from __future__ import annotations

import re
from collections.abc import Iterable

from simulate.sheets.grid import Cell
from simulate.sheets.plan import is_example

OWN, ASSUMED = "own_data", "assumption"
NO_SOURCE = "källa inte angiven"
# What people write of a number that nobody has measured.
_GUESSED = re.compile(
    r"\b(?:gissning(?:en|ar|arna)?|gissa(?:t|de|d)|bedömning(?:en|ar|arna)?|bedöm(?:t|d|da|s)"
    r"|uppskattning(?:en|ar|arna)?|uppskatta(?:t|d|de|s)|antagande(?:t|n|na)?|antag(?:et|en|na)"
    r"|osäker(?:t|het)?|osäkra)\b",
    re.IGNORECASE,
)
_LISTED = 6  # cells that are named one by one


def guessed(source: str) -> bool:
    """Whether a source says of itself that the number is an assumption.

    Example:
        >>> guessed("Egen GISSNING"), guessed("Skolans bedömning"), guessed("Riskbedömningsteamet")
        (True, True, False)
    """
    return bool(_GUESSED.search(source))


class Sources:
    """Writes sources of numbers that come from one file."""

    def __init__(self, origin: str) -> None:
        self.origin = origin

    def of(self, cells: Iterable[Cell], *said: str) -> tuple[str, str]:
        """Return source and kind of a number.

        Args:
            cells: that it comes from.
            said: sources that the form states for them.

        Example:
            >>> Sources("plan.xlsx").of([Cell(1, "Kostnader!E4")], "Projektplan")
            ('Kostnader!E4 i plan.xlsx: Projektplan', 'own_data')
        """
        stated = [text for text in dict.fromkeys(said) if text]
        where = self.cells(cells)
        if not stated:
            return f"{where}; {NO_SOURCE}", ASSUMED
        firm = all(said) and not any(is_example(text) or guessed(text) for text in stated)
        kind = OWN if firm else ASSUMED
        return f"{where}: {'; '.join(stated)}", kind

    def cells(self, cells: Iterable[Cell]) -> str:
        """Return the cells and the file they stand in.

        Example:
            >>> cells = [Cell(1, "Kostnader!E4"), Cell(1, "Kostnader!E7")]
            >>> Sources("plan.xlsx").cells(cells)
            'Kostnader!E4, E7 i plan.xlsx'
        """
        first, *rest = dict.fromkeys(cell.place for cell in cells)
        others = [place.rpartition("!")[2] for place in rest]
        if len(others) >= _LISTED:
            return f"{first} … {others[-1]} i {self.origin}"
        return f"{', '.join([first, *others])} i {self.origin}"
