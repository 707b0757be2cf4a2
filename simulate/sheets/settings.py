"""The first sheet: what is the same for all investments."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Callable, Mapping

from simulate.errors import Problem
from simulate.sheets import cells
from simulate.sheets.form import RULES, SETTINGS, Column, Form
from simulate.sheets.grid import Raw
from simulate.sheets.rows import Given, Settings
from simulate.sheets.tables import Filled, Line, closest
from simulate.sheets.take import ZERO, Take


def settings(filled: Filled) -> Settings | None:
    """Return the first sheet, if all of it can be read; the problems are added to ``filled``."""
    lines: dict[str, Line] = {}
    labels = {column.header: column for column in SETTINGS}
    for line in filled.lines["settings"]:
        label = line.get("label")
        if label is None or label.blank:
            continue
        name = " ".join(str(label.value).split())
        close = "".join(closest(name, [one for one in labels if one not in lines]))
        if close and " ".join(close.casefold().split()) == name.casefold():
            lines[close] = line
        elif close:
            filled.problems.append(label.problem("setting_misspelt", close=close))
            lines[close] = {}
        elif closest(name, list(labels)):
            filled.problems.append(label.problem("setting_twice"))
    return _read(labels, lines, filled)


def _read(
    labels: Mapping[str, Column], lines: Mapping[str, Line], filled: Filled
) -> Settings | None:
    takes: dict[str, Take] = {}
    for header, column in labels.items():
        if header not in lines:
            start = filled.starts["settings"]
            context = {"found": header}
            filled.problems.append(Problem("setting_missing", (), context, cell=start))
        line = lines.get(header, {})
        form = Form(column.key, header, "", (dataclasses.replace(column, key="value"),))
        takes[column.key] = Take(line, form, filled.problems)

    def get[T](key: str, read: Callable[[Raw], T], otherwise: T) -> Given[T]:
        return takes[key].needed("value", read, otherwise)

    found = Settings(
        get("title", cells.text, ""),
        get("municipality", cells.text, ""),
        get("signed", cells.date, dt.date.min),
        get("first_year", cells.year, 0),
        get("last_year", cells.year, 0),
        get("capital", cells.kronor, ZERO),
        get("capital_year", cells.year, 0),
        get("rate", cells.rate, ZERO),
        get("rule", lambda raw: cells.choice(raw, RULES), ""),
        takes["capital"].source(),
        takes["rate"].source(),
    )
    failed = any(take.failed for take in takes.values())
    filled.waiting = filled.waiting or failed
    return None if failed else found
