"""The form as one flat table, for those who work in CSV: a column ``Slag`` says what a row is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from simulate.sheets import example
from simulate.sheets.csv import Cell, as_csv
from simulate.sheets.form import COSTS, EFFECTS, NAMNDER, RETURNS, SETTINGS, SETTINGS_FORM, Form

KIND = "Slag"
HEADERS: tuple[str, ...] = (
    KIND,
    "Investering",
    "Benämning",
    "Nämnd",
    "År",
    "Belopp eller antal",
    "Enhet",
    "Pris per enhet",
    "Lågt antal",
    "Högt antal",
    "Hemtagbar andel",
    "Färre eller fler",
    "Källa",
)
# Columns that a file may do without.
OPTIONAL = ("Källa", "Färre eller fler", "Lågt antal", "Högt antal", "Pris per enhet", "Enhet")


@dataclass(frozen=True)
class Slag:
    """A kind of row.

    Attributes:
        form: the sheet that such a row would stand in.
        places: header of the flat table → column of that sheet.
    """

    form: Form
    places: Mapping[str, str]


SETTING = "uppgift"
SLAG: Mapping[str, Slag] = {
    SETTING: Slag(
        SETTINGS_FORM, {"Benämning": "label", "Belopp eller antal": "value", "Källa": "source"}
    ),
    "nämnd": Slag(
        NAMNDER,
        {
            "Nämnd": "name",
            "Benämning": "office",
            "Belopp eller antal": "frame",
            "Källa": "source",
        },
    ),
    "kostnad": Slag(
        COSTS,
        {
            "Investering": "investment",
            "Benämning": "post",
            "Nämnd": "party",
            "År": "year",
            "Belopp eller antal": "amount",
            "Källa": "source",
        },
    ),
    "effekt": Slag(
        EFFECTS,
        {
            "Investering": "investment",
            "Benämning": "title",
            "Nämnd": "namnd",
            "År": "year",
            "Belopp eller antal": "count",
            "Enhet": "unit",
            "Pris per enhet": "price",
            "Lågt antal": "low",
            "Högt antal": "high",
            "Hemtagbar andel": "cashable",
            "Färre eller fler": "direction",
            "Källa": "source",
        },
    ),
    "återföring": Slag(
        RETURNS,
        {
            "Investering": "investment",
            "Nämnd": "namnd",
            "År": "year",
            "Belopp eller antal": "amount",
            "Källa": "source",
        },
    ),
}


def flat_template() -> bytes:
    """Return the bytes of the flat form with its example."""
    return as_csv([HEADERS, *_rows()])


def _rows() -> Iterator[list[Cell]]:
    for column in SETTINGS:
        value, source = example.SETTINGS[column.key]
        row = {"label": column.header, "value": _shown(value, column.kind), "source": source}
        yield _row(SETTING, row)
    for name, slag in SLAG.items():
        for filled in example.ROWS.get(slag.form.key, ()):
            kinds = {column.key: column.kind for column in slag.form.columns}
            yield _row(name, {key: _shown(cell, kinds[key]) for key, cell in filled.items()})


def _row(name: str, filled: Mapping[str, Cell]) -> list[Cell]:
    places = SLAG[name].places
    return [name, *(filled.get(places.get(header, "")) for header in HEADERS[1:])]


def _shown(value: example.Value, kind: str) -> Cell:
    """A share as per cent: a bare 0,8 in a text file might be meant as eight tenths of one."""
    if kind in ("share", "rate") and isinstance(value, float):
        return f"{round(value * 100, 6):g} %".replace(".", ",")
    return value
