"""A sweep as files: for people with Excel, for programs, and for what reads NetCDF."""

from __future__ import annotations

import hashlib
import io
import json
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import xarray as xr

from models.language import ENGLISH, SWEDISH, mark, say
from simulate.language.measures import STORED
from simulate.risk.risk import Figure
from simulate.sensitivity.told.names import number_name
from simulate.sheets.csv import as_csv
from simulate.sheets.rows_file import as_file
from simulate.store import dump
from simulate.sweep.cells import write_whole
from simulate.sweep.columns import Column, on_grid, typed, values
from simulate.sweep.run import Swept

_SHEET, _NOTES = mark("Celler"), mark("Kolumner")
_BOM = b"\xef\xbb\xbf"

Table = dict[str, list[str | float | None]]


def folder_of(swept: Swept, columns: Sequence[Column], outputs: Path) -> Path:
    """Return where a sweep lies: named by its cells and what is shown of them."""
    facts = [[one.key for one in swept.plan.cells], [one.key for one in columns]]
    name = hashlib.sha256(json.dumps(facts).encode()).hexdigest()[:12]
    return outputs / swept.scenario.id / f"sweep-{name}"


def write(
    folder: Path, swept: Swept, columns: Sequence[Column], pages: Mapping[str, str]
) -> tuple[str, ...]:
    """Write every file of a sweep, each whole; return their names. Equal cells, equal bytes.

    Args:
        folder: from :func:`folder_of`.
        swept, columns: what to write.
        pages: further text files by name.

    Raises:
        RunFailed: the folder cannot be written.
    """
    table = as_table(swept, columns)
    rows = [list(table), *zip(*table.values(), strict=True)]
    files = {
        "cells.csv": as_csv(rows, ENGLISH).removeprefix(_BOM),
        "cells.excel.csv": as_csv(rows, SWEDISH),
        "cells.xlsx": as_file(table, ".xlsx", say(_SHEET), {say(_NOTES): notes(swept, columns)}),
        "cells.parquet": as_file(_of_one_kind(table), ".parquet", ""),
        "cells.nc": as_netcdf(swept, columns),
        "sweep.json": dump(as_plain(swept, columns)).encode(),
        **{name: text.encode() for name, text in pages.items()},
    }
    for name, data in files.items():
        write_whole(folder / name, data)
    timings = {"computed": swept.computed, "seconds": swept.seconds}
    write_whole(folder / "timings.json", dump(timings).encode())
    return tuple(files)


def as_table(swept: Swept, columns: Sequence[Column]) -> Table:
    """Return the cells as a table: one row a cell, its keys, then each figure and its error.

    Each is followed by its difference from the scenario as it stands, with the error of that.
    Amounts are kronor and shares parts of one. A figure without a value has its reason in a column
    of its own.
    """
    table: Table = {"cell": [one.key[:12] for one in swept.plan.cells]}
    for key in swept.plan.keys:
        table[key] = [typed(value) for value in values(swept, key)]
    for column in columns:
        table[column.key] = [one.value if one else None for one in column.figures]
        table[f"{column.key}.mcse"] = [one.mcse if one else None for one in column.figures]
        table[f"{column.key}.difference"] = [one.value for one in column.changes]
        table[f"{column.key}.difference.mcse"] = [one.mcse for one in column.changes]
        status = [one.status if one else None for one in column.figures]
        if any(status):
            table[f"{column.key}.status"] = [*status]
    return table


def notes(swept: Swept, columns: Sequence[Column]) -> list[tuple[str, str, str]]:
    """Return what each column of the workbook is, in words, for who has not written the keys."""
    rows = [(say("Kolumn"), say("Betyder"), say("Enhet"))]
    rows += [(key, number_name(swept.scenario, key), "") for key in swept.plan.keys]
    for one in columns:
        unit = say(STORED[one.unit])
        rows += [
            (one.key, one.title, unit),
            (f"{one.key}.mcse", say("simuleringsfelet i den"), unit),
            (f"{one.key}.difference", say("skillnaden mot scenariot som det står"), unit),
            (f"{one.key}.difference.mcse", say("simuleringsfelet i skillnaden"), unit),
        ]
    return rows


def _of_one_kind(table: Table) -> dict[str, Sequence[str | float | None]]:
    """Return columns as Parquet has them: numbers, or else texts."""
    found: dict[str, Sequence[str | float | None]] = {}
    for name, column in table.items():
        words = any(isinstance(one, str) for one in column)
        found[name] = [str(one) if words and one is not None else one for one in column]
    return found


def as_plain(swept: Swept, columns: Sequence[Column]) -> dict[str, object]:
    """Return what ``sweep.json`` and ``--format json`` hold."""
    plan = swept.plan
    return {
        "scenario": swept.scenario.id,
        "seed": plan.seed,
        "draws": plan.draws,
        "keys": list(plan.keys),
        "base": {
            "cell": plan.base.key,
            "measures": [_plain(one.base) for one in columns if one.base is not None],
        },
        "cells": [
            {
                "cell": cell.key,
                "settings": dict(cell.settings),
                "measures": [
                    _plain(figure)
                    | {
                        "difference": column.changes[place].value,
                        "difference_mcse": column.changes[place].mcse,
                    }
                    for column in columns
                    if (figure := column.figures[place]) is not None
                ],
            }
            for place, cell in enumerate(plan.cells)
        ],
    }


def _plain(figure: Figure) -> dict[str, object]:
    return {
        "party": figure.party,
        "measure": figure.measure,
        "value": figure.value,
        "mcse": figure.mcse,
        "unit": figure.unit,
        "status": figure.status,
    }


def as_netcdf(swept: Swept, columns: Sequence[Column]) -> bytes:
    """Return the cells as a dataset: on a grid one dimension a key, else (cell,); and (figure,)."""
    axes = on_grid(swept)
    shape = tuple(map(len, axes.values())) if axes else (len(swept.plan.cells),)
    dims = (*axes, "figure") if axes else ("cell", "figure")

    def array(name: str, of: str = "figures") -> np.ndarray:
        rows = [[getattr(one, name, None) for one in getattr(column, of)] for column in columns]
        missing = "" if name == "status" else np.nan
        plain = [[missing if one is None else one for one in row] for row in rows]
        return np.array(plain).reshape(len(columns), *shape).transpose(*range(1, len(dims)), 0)

    variables = {name: (dims, array(name)) for name in ("value", "mcse", "status")}
    variables["difference"] = (dims, array("value", "changes"))
    variables["difference_mcse"] = (dims, array("mcse", "changes"))
    coordinates: dict[str, object] = {
        "figure": [column.key for column in columns],
        "unit": ("figure", [column.unit for column in columns]),
    }
    if axes:
        coordinates |= {key: _coordinate(found) for key, found in axes.items()}
    else:
        coordinates["cell"] = [one.key[:12] for one in swept.plan.cells]
        coordinates |= {key: ("cell", list(values(swept, key))) for key in swept.plan.keys}
    data = xr.Dataset(
        variables,
        coordinates,
        {"scenario": swept.scenario.id, "seed": swept.plan.seed, "draws": swept.plan.draws},
    )
    made = io.BytesIO()
    data.to_netcdf(made, engine="h5netcdf")
    return made.getvalue()


def _coordinate(found: Sequence[str]) -> list[float] | list[str]:
    numbers = [one for one in map(typed, found) if isinstance(one, float)]
    return numbers if len(numbers) == len(found) else list(found)
