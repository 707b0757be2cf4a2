"""One way of being wrong for each code about rows, and the rows that must be named."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import xlsxwriter

from models.rows.place import LARGEST_FILE
from models.rows.table import MOST_ROWS
from tests.rows.tiny import lines

Cells = list[list[Any]]


def csv(rows: Cells, separator: str = ";") -> bytes:
    """Return rows as the bytes of a text file."""
    return "".join(separator.join(map(str, line)) + "\n" for line in rows).encode()


def book(*sheets: Cells, **formulas: str) -> bytes:
    """Return sheets as a workbook; what formulas show is given by cell of the first sheet."""
    made = io.BytesIO()
    with xlsxwriter.Workbook(made, {"in_memory": True}) as workbook:
        for rows in sheets:
            sheet = workbook.add_worksheet()
            for number, line in enumerate(rows):
                for column, cell in enumerate(line):
                    sheet.write(number, column, cell)
        for cell, value in formulas.items():
            workbook.worksheets()[0].write_formula(cell, "=40+2", None, value)
    return made.getvalue()


GOOD = csv(lines())


@dataclass(frozen=True)
class Case:
    """A bad file.

    Attributes:
        data: its bytes; ``None`` for no file at all.
        rows: how the rows are named, where any are.
        key: where in the scenario.
        name: of the file.
        changes: text in the scenario → what to write instead.
    """

    data: bytes | Callable[[], bytes] | None = GOOD
    rows: str = ""
    key: str = "file"
    name: str = "data/rader.csv"
    changes: dict[str, str] = field(default_factory=dict)

    @property
    def content(self) -> bytes | None:
        """The bytes; the large ones are made when they are asked for."""
        return self.data() if callable(self.data) else self.data


def _column(heading: str, values: list[str], rows: Cells | None = None) -> Cells:
    """Return the rows with one more column."""
    first, *rest = rows or lines()
    return [[*first, heading], *([*line, one] for line, one in zip(rest, values, strict=True))]


DAYS, AGE, SEX = "columns.days", "covariates.age", "covariates.sex"
_DAYS = 'columns.days = { column = "hvb_dygn", unit = "dygn" }'
_AGE = {_DAYS: _DAYS + '\ncovariates.age = { column = "alder", unit = "år" }'}
_SEX = {_DAYS: _DAYS + '\ncovariates.sex = { column = "kon", levels = ["flicka", "pojke"] }'}
_MARKED = {'person = "barn"': 'person = "barn"\nsynthetic = true'}
_GROUP = 'group = { column = "grupp", treated = "insats", comparison = "jämförelse" }'
_SHEET = {'person = "barn"': 'person = "barn"\nsheet = "Barn"'}
XLSX, PARQUET = "data/rader.xlsx", "data/rader.parquet"
_BOOK, _PARQUET = ({"data/rader.csv": name} for name in (XLSX, PARQUET))
_OTHER = 'comparison = "jämförelse"'
_HALF = ["flicka", "pojke"] * 6


def _small() -> Cells:
    rows = lines()
    return [rows[0], *([one, "insats" if at < 4 else "jämförelse", days]
                       for at, (one, _, days) in enumerate(rows[1:]))]  # fmt: skip


CASES: dict[str, Case] = {
    "rows_outside": Case(changes={"data/rader.csv": "../rader.csv"}),
    "rows_suffix": Case(changes={"data/rader.csv": "data/rader.sav"}),
    "rows_missing_file": Case(None),
    "rows_no_file": Case(None, changes={"data/rader.csv": "data/mapp.csv"}),
    "rows_unreadable": Case(None, changes={"data/rader.csv": "data/krets.csv"}),
    "rows_too_large": Case(lambda: b";" * (LARGEST_FILE + 1)),
    "rows_too_many": Case(lambda: csv(lines(count=MOST_ROWS + 1))),
    "rows_encoding": Case(csv(lines()) + b"\xff\x81"),
    "rows_broken": Case(csv(lines()) + b'b99;"insats;4\n'),
    "rows_locked": Case(b"\xd0\xcf\x11\xe0" * 99, name=XLSX, changes=_BOOK),
    "rows_book_broken": Case(b"PK\x03\x04" * 99, name=XLSX, changes=_BOOK),
    "rows_parquet_broken": Case(b"PAR1" * 99, name=PARQUET, changes=_PARQUET),
    "rows_sheets": Case(book(lines(), lines()), name=XLSX, changes=_BOOK),
    "rows_sheet_missing": Case(book(lines()), key="sheet", name=XLSX, changes=_BOOK | _SHEET),
    "rows_empty_file": Case(b"\n\n"),
    "rows_header_only": Case(csv(lines(count=0))),
    "rows_no_headings": Case(csv(lines()[1:])),
    "rows_heading_missing": Case(key=DAYS, changes={'"hvb_dygn"': '"hvbdygn"'}),
    "rows_heading_twice": Case(csv(_column("hvb_dygn", ["1"] * 12)), key=DAYS),
    "rows_ragged": Case(csv([*lines(), ["b14", "insats"]]), "rad 14"),
    "rows_column_unknown": Case(
        csv(_column("fam", ["1"] * 12)),
        key="columns.home",
        changes={_DAYS: _DAYS + '\ncolumns.home = { column = "fam", unit = "dygn" }'},
    ),
    "rows_column_missing": Case(
        csv(_column("kr", ["1"] * 12)),
        key="columns",
        changes={_DAYS: 'columns.cost = { column = "kr", unit = "kr" }'},
    ),
    "rows_column_shared": Case(key="", changes={'person = "barn"': 'person = "grupp"'}),
    "rows_groups": Case(key="group", changes={_OTHER: 'comparison = "insats"'}),
    "rows_levels": Case(
        key="covariates.sex.levels", changes={_DAYS: _SEX[_DAYS].replace(', "pojke"', "")}
    ),
    "rows_level_unit": Case(
        key="covariates.sex.unit",
        changes={_DAYS: _SEX[_DAYS].replace('"kon",', '"kon", unit = "år",')},
    ),
    "rows_missing": Case(csv(lines({2: "", 4: "NA"})), "raderna 2 och 4", DAYS),
    "rows_not_modelled": Case(
        csv(_column("kr", ["", *["7"] * 11])),
        "rad 2",
        "columns.cost",
        changes={
            _DAYS: _DAYS + '\ncolumns.cost = { column = "kr", unit = "kr" }\nmissing = "model"'
        },
    ),
    "rows_error": Case(
        book(lines(), C2="#DIV/0!"), "rad 2", DAYS, name=XLSX, changes=_BOOK
    ),
    "rows_formula": Case(
        lambda: book(lines(), C3=""), "rad 3", DAYS, name=XLSX, changes=_BOOK
    ),
    "rows_not_a_number": Case(csv(lines(dict.fromkeys(range(2, 14), "4 d"))),
                              "raderna 2, 3, 4, 5, 6, 7, 8, 9, 10, 11 och 2 till", DAYS),
    "rows_not_finite": Case(csv(lines({5: "inf", 6: "-Infinity"})), "raderna 5 och 6", DAYS),
    "rows_unclear": Case(csv(lines({3: "1.254", 4: "2.500"})), "raderna 3 och 4", DAYS),
    "rows_mixed": Case(csv(lines({2: "1,5", 3: "2,5", 4: "3.5"})), "rad 4"),
    "rows_out_of_range": Case(csv(lines({2: "-1", 3: "\u22122"})), "raderna 2 och 3", DAYS),
    "rows_all_zero": Case(csv(lines(dict.fromkeys(range(2, 14), "0"))), key=DAYS),
    "rows_constant": Case(csv(_column("alder", ["12"] * 12)), key=AGE, changes=_AGE),
    "rows_level": Case(
        csv(_column("kon", ["Flicka", *_HALF[1:]])), "rad 2", SEX, changes=_SEX
    ),
    "rows_level_constant": Case(csv(_column("kon", ["flicka"] * 12)), key=SEX, changes=_SEX),
    "rows_person_missing": Case(
        csv([*lines(), ["", "insats", "4"]]), "rad 14", "person"
    ),
    "rows_person_number": Case(
        csv([*lines(), ["811218-9876", "insats", "4"]]), "rad 14", "person"
    ),
    "rows_person_twice": Case(csv([*lines(), ["b3", "insats", "4"]]), "raderna 3 och 14", "person"),
    "rows_group_missing": Case(csv([*lines(), ["b99", "", "4"]]), "rad 14", "group"),
    "rows_group_unknown": Case(csv([*lines(), ["b99", "Insats", "4"]]), "rad 14", "group"),
    "rows_group_empty": Case(
        key="group", changes={_OTHER: 'comparison = { a = "jämförelse", b = "x" }'}
    ),
    "rows_group_small": Case(csv(_small()), key="group"),
    "rows_few": Case(csv(lines(count=4)), changes={_GROUP: ""}),
    "rows_synthetic": Case(csv(_column("syntetisk", ["ja"] * 12)), key="synthetic"),
    "rows_synthetic_some": Case(
        csv(_column("syntetisk", ["ja"] * 11 + ["nej"])), "rad 13", changes=_MARKED
    ),
}  # fmt: skip
# What `verify` says of rows is tried on a run, in test_canary.py.
IN_RUNS = frozenset({"run_without_rows", "run_other_rows"})
CODES = frozenset(CASES) | IN_RUNS
