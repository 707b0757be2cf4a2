"""Rows whose every cell can be known again, and a search for them in everything that is written."""

from __future__ import annotations

import html
import io
import json
import math
import re
import statistics
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import h5py
import numpy as np

PERSONS = 67  # no other axis of anything stored has this length
_CANONICAL = {"dygn": 1.0, "kr": 1.0, "tkr": 1000.0}
# Bent, so that no person is the mean of all.
AGES = tuple(3.0 + 0.002519317731 * at**2 for at in range(1, PERSONS + 1))


@dataclass(frozen=True)
class Planted:
    """A block on rows, for the canary of one model.

    Attributes:
        model: its name.
        table: the block's own keys in TOML, without rows.
        columns: name → (unit, a number for each person); words have no unit.
        whole: names of columns that hold whole numbers, too common to be known again.
    """

    model: str
    table: str
    columns: dict[str, tuple[str, tuple[float, ...]]]
    whole: frozenset[str] = frozenset()

    def toml(self) -> str:
        """Return the evidence block."""
        units = {
            name: f', unit = "{unit}"' if unit else "" for name, (unit, _) in self.columns.items()
        }
        mapped = "\n".join(
            f'columns.{name} = {{ column = "kol_{name}"{unit} }}' for name, unit in units.items()
        )
        return (
            f'\n[evidence.planted]\nmodel = "{self.model}"\n{self.table}\n'
            '[evidence.planted.rows]\nfile = "data/rader.csv"\nperson = "kodnamn"\n'
            'group = { column = "grupp", treated = "insats", comparison = "jämförelse" }\n'
            f"{mapped}\n"
            'covariates.age = { column = "alder", unit = "år" }\n'
            'covariates.sex = { column = "kon", levels = ["kanarieflicka", "kanariepojke"] }\n'
        )

    def csv(self, **spoilt: str) -> str:
        """Return the file; ``spoilt`` replace the cell of the fourth person in a column."""
        names = ["kodnamn", "grupp", "alder", "kon", "hemligt", *self.columns]
        lines = [";".join(f"kol_{name}" if name in self.columns else name for name in names)]
        for at, person in enumerate(PEOPLE):
            cells = {
                "kodnamn": person,
                "grupp": "insats" if at % 2 else "jämförelse",
                "alder": repr(AGES[at]),
                "kon": "kanariepojke" if at % 3 else "kanarieflicka",
                "hemligt": f"{person} bor på Näktergalsvägen {at}",
                **{name: f"{values[at]:g}" if name in self.whole else repr(values[at])
                   for name, (_, values) in self.columns.items()},
            }  # fmt: skip
            if at == 3:
                cells |= spoilt
            lines.append(";".join(cells[name] for name in names))
        return "\n".join(lines) + "\n"

    def values(self) -> list[float]:
        """Return every number that can be known again: as it stands, as models take it, its log."""
        told = [
            form
            for name, (unit, own) in self.columns.items()
            if name not in self.whole
            for one in own
            for form in (one, one * _CANONICAL[unit], math.log(one * _CANONICAL[unit]))
        ]
        # As models take them: about their mean, by their standard deviation.
        middle, spread = statistics.fmean(AGES), statistics.pstdev(AGES)
        scaled = [(age - middle) / sd for age in AGES for sd in (spread, statistics.stdev(AGES))]
        return [*AGES, *(age - middle for age in AGES), *scaled, *told]


def _person(at: int) -> str:
    """Names of many kinds, among them one shaped as a personnummer and one with å, ä and ö."""
    kinds = (f"kanarie{at:02d}xq", f"201102-7{at:03d}", f"Älva Öst{at:02d}å", f"77{at:02d}31337")
    return kinds[at % len(kinds)]


PEOPLE = tuple(_person(at) for at in range(PERSONS))
WORDS = ("Näktergalsvägen", "hemligt")


def texts(data: bytes) -> Iterator[str]:
    """Yield a file as the texts that it may be, unpacked where it is packed."""
    for encoding in ("utf-8", "utf-16-le", "cp1252"):
        text = data.decode(encoding, errors="ignore")
        yield text
        if encoding == "utf-8":
            yield html.unescape(text)
            yield re.sub(r"\\u[0-9a-f]{4}", lambda one: json.loads(f'"{one[0]}"'), text)
    if data.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(data)) as book:
            for name in book.namelist():
                yield from texts(book.read(name))
    for start in (at.start() for at in re.finditer(rb"stream\r?\n", data)):
        try:
            yield zlib.decompressobj().decompress(data[start + 7 :]).decode("latin-1")
        except zlib.error:
            continue


def found_in(data: bytes, planted: Planted) -> set[str]:
    """Return what of the planted rows stands in the bytes of a file."""
    found = set()
    for text in texts(data):
        plain = re.sub("[ \u00a0\u202f\u2009]", "", text).replace(",", ".")
        found |= {one for one in (*PEOPLE, *WORDS) if one in text}
        found |= {repr(one) for one in planted.values() if _digits(one) in plain}
    for one in planted.values():
        # Four bytes of packed data are anything by chance; numbers that short are looked for
        # where they are unpacked, in `stored_in`.
        for form in ("<d", ">d"):
            if struct.pack(form, one) in data:
                found.add(f"{one!r} as {form}")
    return found


def _digits(number: float) -> str:
    """As many digits as tell a number from all others."""
    return f"{abs(number):.10g}"


def stored_in(path: Path, planted: Planted) -> set[str]:
    """Return what of the planted rows an HDF5 file holds, unpacked: numbers, texts, axes."""
    found: set[str] = set()
    rare = np.array(planted.values())

    def look(name: str, node: h5py.Group | h5py.Dataset) -> None:
        arrays = [np.asarray(value) for value in node.attrs.values()]
        if isinstance(node, h5py.Dataset):
            arrays.append(node[()])
            if PERSONS in node.shape:
                found.add(f"{name} has an axis of persons")
        for array in map(np.asarray, arrays):
            if array.dtype.kind in "fiu" and array.size:
                kept = array.ravel().astype(np.float64)
                there = np.isin(rare, kept) | np.isin(rare.astype(np.float32), kept)
                found.update(f"{name}: {one!r}" for one in rare[there])
            else:
                found.update(found_in(str(array.tolist()).encode(), planted))

    with h5py.File(path) as file:
        look("/", file)
        file.visititems(look)
    return found
