"""Numbers in the cells of a file, in the canonical unit; what cannot be read is told by row."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from models.quantity import Dimension, QuantityError
from models.rows.scan import Flaw
from models.rows.table import Value, text
from models.units import parse_quantity

MISSING = frozenset({"", "na", "n/a"})
# A number of no known kind, as a covariate without unit is.
BARE = Dimension("number", "", -math.inf, math.inf, ("1.5",))
_BLANK = "[ \u00a0\u2009\u202f]"
_NUMBER = re.compile(
    rf"(?P<sign>[-+\u2212]?)(?P<whole>\d{{1,3}}(?:{_BLANK}\d{{3}})+|\d+)"
    r"(?:(?P<mark>[.,])(?P<part>\d+))?(?P<power>[eE][-+]?\d{1,3})?",
    re.ASCII,
)
_SEVERAL = re.compile(r"[-+\u2212]?\d+(?:[.,]\d+){2,}", re.ASCII)
_NOT_FINITE = re.compile(r"[-+\u2212]?(?:inf|infinity|nan)", re.IGNORECASE)


@dataclass(eq=False, repr=False)
class Numbers:
    """What the cells of one column say. Never printed, stored or compared.

    Attributes:
        values: in the canonical unit; ``None`` is missing, or cannot be read.
        wrong: code of a problem → row numbers.
        marks: decimal mark → row numbers where it is used.
        allowed: range of the dimension, when a number lies outside it.
    """

    values: list[float | None] = field(default_factory=list)
    wrong: dict[str, list[int]] = field(default_factory=dict)
    marks: dict[str, list[int]] = field(default_factory=dict)
    allowed: str = ""

    def refuse(self, code: str, place: int) -> None:
        """Note what is wrong in a row."""
        self.wrong.setdefault(code, []).append(place)


def numbers(
    cells: Sequence[Value], places: Sequence[int], dimension: Dimension, unit: str | None
) -> Numbers:
    """Return what the cells of a column say.

    Args:
        cells: as they stand in the file.
        places: row number of each.
        dimension: of the numbers.
        unit: of the bare numbers in the file; already known to suit the dimension.

    Example:
        >>> from models.quantity import SEK
        >>> numbers(["1 254,5", "NA", "tolv"], [2, 3, 4], SEK, "tkr").values
        [1254500.0, None, None]
    """
    found = Numbers()
    unclear: list[int] = []
    for cell, place in zip(cells, places, strict=True):
        plain = _plain(cell, place, found, unclear)
        value = None if plain is None else parse_quantity(plain, dimension, unit)
        if value is not None:
            value = _within(value, dimension, place, found)
        found.values.append(value)
    # 1.254 alone is a thousand to one reader and a little over one to another.
    if unclear and len(unclear) == sum(map(len, found.marks.values())):
        found.wrong.setdefault("rows_unclear", []).extend(unclear)
    return found


def missing(cell: Value) -> bool:
    """Whether a cell is empty or says that its value is missing."""
    return cell is None or (isinstance(cell, str) and text(cell).casefold() in MISSING)


def _plain(cell: Value, place: int, found: Numbers, unclear: list[int]) -> str | float | None:
    """The number in a cell, with decimal point; what is wrong with it is noted."""
    if isinstance(cell, Flaw):
        found.refuse("rows_formula" if cell.code == "cell_formula" else "rows_error", place)
        return None
    if missing(cell):
        found.refuse("rows_missing", place)
        return None
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        if math.isfinite(cell):
            return cell
        found.refuse("rows_not_finite", place)
        return None
    written = text(cell) if isinstance(cell, str) else ""
    match = _NUMBER.fullmatch(written) if len(written) <= 60 else None
    if match is None:
        found.refuse(_kind(written), place)
        return None
    whole, mark, part = match["whole"], match["mark"], match["part"]
    if mark:
        found.marks.setdefault(mark, []).append(place)
        if len(part) == 3 and len(whole) <= 3 and whole != "0" and not match["power"]:
            unclear.append(place)
    sign = "-" if match["sign"] in ("-", "\u2212") else ""
    plain = f"{sign}{re.sub(_BLANK, '', whole)}{f'.{part}' if part else ''}"
    return float(plain + match["power"]) if match["power"] else plain


def _kind(written: str) -> str:
    if len(written) <= 60 and _SEVERAL.fullmatch(written):
        return "rows_unclear"
    return "rows_not_finite" if _NOT_FINITE.fullmatch(written) else "rows_not_a_number"


def _within(value: float, dimension: Dimension, place: int, found: Numbers) -> float | None:
    try:
        return dimension.check(value, value)
    except QuantityError as error:
        finite = error.code != "not_finite"
        found.refuse("rows_out_of_range" if finite else "rows_not_finite", place)
        found.allowed = str(error.context.get("allowed", ""))
        return None
