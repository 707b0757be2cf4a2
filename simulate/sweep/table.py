"""Cells from a table: one column a key, one row a cell; a blank leaves the key as it is."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path

from simulate.errors import Problem
from simulate.scenario.limits import LARGEST_FILE
from simulate.scenario.read import read_bytes
from simulate.sweep.axes import MOST_CELLS, Settings, too_many

# A number as a Swedish Excel writes it; scenario files have decimal points.
_COMMA = re.compile(r"([-+]?\d+),(\d+)(\s*[^\d,]*)")


def read_table(path: Path, problems: list[Problem]) -> tuple[Settings, ...]:
    """Return the settings of every row; what is wrong with the file is added to ``problems``.

    Semicolons part the cells where the first line has one, and then decimals may have a comma.
    """
    data, problem = read_bytes(path, LARGEST_FILE)
    if problem is not None:
        problems.append(Problem(problem.code, ("--from",), problem.context))
        return ()
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        context = {"found": f"0x{data[error.start]:02x}"}
        problems.append(Problem("not_utf8", ("--from",), context))
        return ()
    delimiter = ";" if ";" in text.partition("\n")[0] else ","
    head, *rows = list(csv.reader(io.StringIO(text), delimiter=delimiter)) or [[]]
    keys = [key.strip() for key in head]
    cells = tuple(_settings(keys, row, delimiter) for row in rows if any(map(str.strip, row)))
    wide = [place for place, row in enumerate(rows, start=2) if len(row) > len(keys)]
    if not any(keys) or not any(cells) or wide:
        found = f"{path.name}:{wide[0]}" if wide else path.name
        problems.append(Problem("sweep_table", ("--from",), {"found": found}))
        return ()
    if len(cells) > MOST_CELLS:
        problems.append(too_many(len(cells), "--from"))
        return ()
    return cells


def _settings(keys: list[str], row: list[str], delimiter: str) -> Settings:
    pairs = ((key, value.strip()) for key, value in zip(keys, row, strict=False))
    return tuple((key, _point(value, delimiter)) for key, value in pairs if value)


def _point(value: str, delimiter: str) -> str:
    found = _COMMA.fullmatch(value) if delimiter == ";" else None
    return value if found is None else f"{found[1]}.{found[2]}{found[3]}"
