"""Forms filled in for tests: an honest one, and any cell of it changed."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import xlsxwriter

from models.rows.scan import position
from simulate.sheets.form import FIRST_ROW, FORMS, HEADER_ROW, SETTINGS, SETTINGS_HEADERS

Value = str | int | float | bool | dt.date | None
HVB, PUPILS = "hvb_minus_familjehem_dygn_orebro_2016", "grundskola_extra_ar_orebro_2016"
OWN = "Egen statistik"


@dataclass(frozen=True)
class Formula:
    """A formula, and the value that a program has worked out; ``None`` for none."""

    text: str
    value: str | float | None = None


@dataclass(frozen=True)
class Merged:
    """A value in cells that are merged with those below."""

    value: str
    rows: int


Content = Value | Formula | Merged
Rows = list[list[Content]]

SETTINGS_FILLED: Mapping[str, tuple[Value, str | None]] = {
    "title": ("Fonden", None),
    "municipality": ("Ankeborg", None),
    "signed": (dt.date(2026, 3, 1), None),
    "first_year": (2026, None),
    "last_year": (2031, None),
    "capital": (8_000_000, "Fullmäktige"),
    "capital_year": (2026, None),
    "rate": (0.0175, "Finansavdelningen"),
    "rule": ("enligt plan", None),
}
FILLED: Mapping[str, Rows] = {
    "namnder": [
        ["Socialnämnden", "Socialkontoret", 900_000_000, "Budget"],
        ["Skolnämnden", "Skolkontoret", "2,3 mkr", "Budget"],
    ],
    "costs": [
        ["Hemmaplan", "Personal", "Socialnämnden", 2026, 500_000, "Plan"],
        ["Hemmaplan", "Personal", "Socialnämnden", 2027, "512,5 tkr", "Plan"],
        ["Läxhjälp", "Lärare", "Studieförbundet", 2027, "250 000", None],
    ],
    "effects": [
        ["Hemmaplan", "Färre dygn på HVB", "Socialnämnden", 2028, 200, "dygn", HVB, 50, 300, 0.9,
         None, OWN],
        ["Hemmaplan", "Färre dygn på HVB", "Socialnämnden", 2029, 300, "dygn", HVB, 70, 450, 0.9,
         None, OWN],
        ["Hemmaplan", "Fler i familjehem", "Socialnämnden", 2028, 150, "dygn", "1 200 kr", None,
         None, "90 %", "fler", OWN],
        ["Läxhjälp", "Färre extra år", "Skolnämnden", 2028, 3, "st", PUPILS, 0, 5, 0.4, None, None],
        ["Läxhjälp", "Mindre bistånd", "Socialnämnden", 2029, "80 tkr", "kr", None, 40_000, 90_000,
         1, "färre", OWN],
    ],
    "returns": [
        ["Hemmaplan", "Socialnämnden", 2029, 400_000, "Plan"],
        ["Hemmaplan", "Skolnämnden", 2029, 100_000, "Plan"],
    ],
    "gains": [["I skolan", 40, 30, "55 %", 0.5, 0.8, "Skolan"], ["Mår bra", 12, None, 0.4, None,
              None, None]],
}  # fmt: skip


@dataclass
class Book:
    """A workbook to be written: sheets by title, each with all its rows from the first."""

    sheets: dict[str, Rows] = field(default_factory=dict)

    def set(self, place: str, value: Content) -> Book:
        """Change a cell, ``Effekter!E7``; return the book."""
        title, _, cell = place.partition("!")
        row, column = position(cell)
        rows = self.sheets[title]
        while len(rows) <= row:
            rows.append([])
        rows[row] += [None] * (column + 1 - len(rows[row]))
        rows[row][column] = value
        return self

    def bytes(self, options: Mapping[str, Any] | None = None) -> bytes:
        """Return the workbook."""
        written = io.BytesIO()
        with xlsxwriter.Workbook(written, {"in_memory": True, **(options or {})}) as book:
            day = book.add_format({"num_format": "yyyy-mm-dd"})
            for title, rows in self.sheets.items():
                sheet = book.add_worksheet(title)
                for row, cells in enumerate(rows):
                    for column, value in enumerate(cells):
                        _write(sheet, row, column, value, day)
        return _calculated(written.getvalue())

    def save(self, folder: Path, name: str = "plan.xlsx") -> Path:
        """Write the workbook; return the file."""
        path = folder / name
        path.write_bytes(self.bytes())
        return path


def _write(sheet: Any, row: int, column: int, value: Content, day: Any) -> None:
    if value is None:
        return
    if isinstance(value, Formula):
        sheet.write_formula(row, column, value.text, None, value.value)
    elif isinstance(value, Merged):
        sheet.merge_range(row, column, row + value.rows - 1, column, value.value)
    elif isinstance(value, dt.date):
        sheet.write_datetime(row, column, dt.datetime(value.year, value.month, value.day), day)
    elif isinstance(value, bool):
        sheet.write_boolean(row, column, value)
    elif isinstance(value, str):
        sheet.write_string(row, column, value)
    else:
        sheet.write_number(row, column, value)


def _calculated(data: bytes) -> bytes:
    """As Excel saves: formulas worked out, so nothing is left for the next who opens the file."""
    import zipfile

    written = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as old,
        zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for part in old.namelist():
            text = old.read(part)
            if part == "xl/workbook.xml":
                text = text.replace(b' fullCalcOnLoad="1"', b"")
            new.writestr(part, text.replace(b"<v>None</v>", b""))
    return written.getvalue()


def filled(**changed: Content) -> Book:
    """Return an honest form, without the price list and the instructions."""
    book = Book()
    top: Rows = [["Rubrik"], ["Förklaring"], list(SETTINGS_HEADERS)]
    book.sheets["Uppgifter"] = top + [
        [column.header, *SETTINGS_FILLED[column.key], column.help] for column in SETTINGS
    ]
    for form in FORMS:
        head: Rows = [[form.title], [form.hint], [column.header for column in form.columns]]
        book.sheets[form.title] = head + [list(row) for row in FILLED[form.key]]
    assert len(book.sheets["Uppgifter"]) == FIRST_ROW + len(SETTINGS) and HEADER_ROW == 2
    for place, value in changed.items():
        book.set(place, value)
    return book
