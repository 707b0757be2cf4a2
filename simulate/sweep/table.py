"""Cells from a table: one column a key, one row a cell; a blank leaves the key as it is."""

from __future__ import annotations

import re
from pathlib import Path

from simulate.errors import BadInput, Problem
from simulate.scenario.limits import LARGEST_FILE
from simulate.scenario.read import read_bytes
from simulate.sheets.open_table import rows_of
from simulate.sweep.axes import MOST_CELLS, Settings, too_many

# A number as a Swedish Excel writes it; scenario files have decimal points.
_COMMA = re.compile(r"([-+\u2212]?\d[\d \u00a0\u202f]*),(\d+(?:[eE][-+]?\d+)?\s*[^\d,]*)")
_SHOWN = 5


def read_table(path: Path, problems: list[Problem]) -> tuple[Settings, ...]:
    """Return the settings of every row; what is wrong with the file is added to ``problems``.

    Semicolons, tabs or commas part the cells, whichever the headings have most of; where it is not
    commas, decimals may have them.
    """
    data, problem = read_bytes(path, LARGEST_FILE)
    signs: list[str] = []
    rows: list[list[str]] = []
    if problem is None:
        try:
            rows = [_trimmed(row) for row in rows_of(data, lambda first: _sign(first, signs))]
        except BadInput as error:
            (problem,) = error.problems
    if problem is not None:
        context = {"found": str(path), "reason": problem.words.found}
        problems.append(Problem("sweep_file", ("--from",), context))
        return ()
    return _cells(path, rows, signs[0], problems)


def _sign(first: str, chosen: list[str]) -> str:
    chosen.append(max(";\t,", key=first.count))
    return chosen[0]


def _trimmed(row: list[str]) -> list[str]:
    """Return the cells of a row to the last one that holds something."""
    cells = [cell.strip() for cell in row]
    while cells and not cells[-1]:
        cells.pop()
    return cells


def _cells(
    path: Path, rows: list[list[str]], sign: str, problems: list[Problem]
) -> tuple[Settings, ...]:
    filled = [(place, row) for place, row in enumerate(rows, start=1) if row]
    keys = filled[0][1] if filled else []
    outside = [place for place, row in filled[1:] if any(_beyond(keys, row))]
    twice = [key for key in dict.fromkeys(keys) if key and keys.count(key) > 1]
    problems += [Problem("sweep_twice", ("--from",), {"found": key}) for key in twice]
    if outside:
        shown = ", ".join(map(str, outside[:_SHOWN])) + (" …" if outside[_SHOWN:] else "")
        context = {"found": path.name, "rows": shown, "allowed": sum(map(bool, keys))}
        problems.append(Problem("sweep_row", ("--from",), context))
    if not filled[1:]:
        problems.append(Problem("sweep_table", ("--from",), {"found": path.name}))
    if len(filled) - 1 > MOST_CELLS:
        problems.append(too_many(len(filled) - 1, "--from"))
        return ()
    return () if outside or twice else tuple(_settings(keys, row, sign) for _, row in filled[1:])


def _beyond(keys: list[str], row: list[str]) -> list[str]:
    """Return what stands in columns without a heading."""
    headed = [*keys, *[""] * len(row)]
    return [cell for key, cell in zip(headed, row, strict=False) if cell and not key]


def _settings(keys: list[str], row: list[str], sign: str) -> Settings:
    pairs = zip(keys, row, strict=False)
    return tuple((key, _point(value, sign)) for key, value in pairs if value)


def _point(value: str, sign: str) -> str:
    found = _COMMA.fullmatch(value) if sign != "," else None
    return value if found is None else f"{found[1]}.{found[2]}"
