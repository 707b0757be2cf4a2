"""The empty form as an Excel workbook, with its instructions, one example and the price list."""

from __future__ import annotations

import datetime as dt
import io
import math
from collections.abc import Iterable, Mapping
from typing import Any

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from simulate.scenario.prices import BASES, PAYERS, prices
from simulate.sheets import example
from simulate.sheets.form import (
    BY_KEY,
    FIRST_ROW,
    FORMS,
    HEADER_ROW,
    HINT_ROW,
    PRICES_TITLE,
    README_TITLE,
    SETTINGS,
    SETTINGS_FORM,
    SETTINGS_HEADERS,
    SETTINGS_WIDTHS,
    TITLE_ROW,
    Column,
    Form,
)
from simulate.sheets.instructions import INSTRUCTIONS

ROWS = 200  # rows of each sheet that are ready to be filled in
PRINTED = 40  # and how many of them go to a printer
_LINE_HEIGHT = 15
_CREATED = dt.datetime(2026, 1, 1)  # one moment for ever, so that the bytes are always the same
_SAFE = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
_INK, _PAPER, _EXAMPLE, _LINE = "#1F3A4D", "#E6EEF3", "#FFF6DD", "#C9D3DA"
_NUMBERS = {
    "date": "yyyy-mm-dd",
    "year": "0",
    "kr": "#,##0",
    "count": "#,##0",
    "share": "0 %",
    "rate": "0.00 %",
}
_STYLES: Mapping[str, Mapping[str, Any]] = {
    "title": {"bold": True, "font_size": 16, "font_color": _INK},
    "hint": {"italic": True, "font_color": "#444444"},
    "header": {
        "bold": True,
        "font_color": "#FFFFFF",
        "bg_color": _INK,
        "border": 1,
        "border_color": _LINE,
        "text_wrap": True,
        "valign": "vcenter",
    },
    "label": {
        "bold": True,
        "bg_color": _PAPER,
        "border": 1,
        "border_color": _LINE,
        "valign": "vcenter",
    },
    "help": {"font_color": "#444444", "text_wrap": True, "valign": "vcenter", "indent": 1},
    "text": {"text_wrap": True, "valign": "top"},
    "bold": {"bold": True, "text_wrap": True, "valign": "top", "font_color": _INK},
}
_PRICE_HEADERS = (
    ("Id", 46),
    ("Pris (kr)", 12),
    ("Enhet", 9),
    ("Prisår", 8),
    ("Bärs av", 11),
    ("Grund", 20),
    ("Källa", 46),
    ("Känt", 12),
    ("Anmärkning", 60),
)


def template() -> bytes:
    """Return the bytes of the workbook; they are the same every time."""
    written = io.BytesIO()
    with xlsxwriter.Workbook(written, _SAFE) as book:
        # Nothing is left to be worked out; a reader refuses formulas in a file that says so.
        book.calc_on_load = False
        book.set_properties({"title": "Underlag för social investering", "created": _CREATED})
        styles = {name: book.add_format(dict(style)) for name, style in _STYLES.items()}
        # All sheets first, in their order: lists of choices refer to sheets further on.
        sheets = {
            title: book.add_worksheet(title)
            for title in (README_TITLE, SETTINGS_FORM.title, *(f.title for f in FORMS))
        }
        _instructions(sheets[README_TITLE], styles)
        _settings(sheets[SETTINGS_FORM.title], book, styles)
        for form in FORMS:
            _form(sheets[form.title], form, book, styles)
        _prices(book.add_worksheet(PRICES_TITLE), book, styles)
    return written.getvalue()


def _top(sheet: Worksheet, title: str, hint: str, styles: Mapping[str, Format]) -> None:
    sheet.write_string(TITLE_ROW, 0, title, styles["title"])
    sheet.write_string(HINT_ROW, 0, hint, styles["hint"])
    sheet.set_row(TITLE_ROW, 24)
    sheet.set_row(HEADER_ROW, 32)
    sheet.freeze_panes(HEADER_ROW + 1, 0)
    sheet.hide_gridlines(2)
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(HEADER_ROW)
    sheet.set_footer("&L&F&C&A&R&P (&N)")


def _instructions(sheet: Worksheet, styles: Mapping[str, Format]) -> None:
    sheet.hide_gridlines(2)
    sheet.set_paper(9)
    sheet.set_margins(left=0.6, right=0.6, top=0.6, bottom=0.6)
    sheet.fit_to_pages(1, 0)
    sheet.set_column(0, 0, 26)
    sheet.set_column(1, 1, 84)
    sheet.write_string(0, 0, "Underlag för social investering", styles["title"])
    sheet.set_row(0, 26)
    for row, (head, text) in enumerate(INSTRUCTIONS, start=2):
        sheet.write_string(row, 0, head, styles["bold"])
        sheet.write_string(row, 1, text, styles["text"])
        sheet.set_row(row, 15 * (1 + len(text) // 88) + 3)


def _settings(sheet: Worksheet, book: Workbook, styles: Mapping[str, Format]) -> None:
    _top(sheet, SETTINGS_FORM.title, SETTINGS_FORM.hint, styles)
    for place, (header, width) in enumerate(zip(SETTINGS_HEADERS, SETTINGS_WIDTHS, strict=True)):
        sheet.write_string(HEADER_ROW, place, header, styles["header"])
        sheet.set_column(place, place, width)
    for row, column in enumerate(SETTINGS, start=FIRST_ROW):
        value, source = example.SETTINGS[column.key]
        sheet.write_string(row, 0, column.header, styles["label"])
        _write(sheet, row, 1, value, _cell(book, column, True, align="left"))
        _write(sheet, row, 2, source, _cell(book, column, True))
        sheet.write_string(row, 3, column.help, styles["help"])
        sheet.set_row(row, _LINE_HEIGHT * 2)
        _validate(sheet, column, (row, 1, row, 1))
    sheet.print_area(0, 0, FIRST_ROW + len(SETTINGS), len(SETTINGS_HEADERS) - 1)


def _form(sheet: Worksheet, form: Form, book: Workbook, styles: Mapping[str, Format]) -> None:
    _top(sheet, form.title, form.hint, styles)
    rows = example.ROWS[form.key]
    for place, column in enumerate(form.columns):
        sheet.write_string(HEADER_ROW, place, column.header, styles["header"])
        blank, shown = _cell(book, column, False), _cell(book, column, True)
        sheet.set_column(place, place, column.width)
        for row in range(ROWS):
            if row < len(rows):
                _write(sheet, FIRST_ROW + row, place, rows[row].get(column.key), shown)
            else:
                sheet.write_blank(FIRST_ROW + row, place, None, blank)
        _validate(sheet, column, (FIRST_ROW, place, FIRST_ROW + ROWS - 1, place))
    sheet.print_area(0, 0, FIRST_ROW + PRINTED - 1, len(form.columns) - 1)


def _prices(sheet: Worksheet, book: Workbook, styles: Mapping[str, Format]) -> None:
    hint = "Offentliga styckkostnader. Skriv ett id i fliken Effekter, så följer källan med."
    _top(sheet, PRICES_TITLE, hint, styles)
    ruled = {"border": 1, "border_color": _LINE, "align": "left", "valign": "top", "indent": 1}
    plain, wrapped = book.add_format(ruled), book.add_format({**ruled, "text_wrap": True})
    money = book.add_format({"border": 1, "border_color": _LINE, "num_format": "#,##0"})
    money.set_align("top")
    for place, (header, width) in enumerate(_PRICE_HEADERS):
        sheet.write_string(HEADER_ROW, place, header, styles["header"])
        sheet.set_column(place, place, width)
    for row, price in enumerate(prices().values(), start=FIRST_ROW):
        payer, basis = PAYERS[price.payer], BASES[price.basis]
        first: list[example.Value] = [price.id, int(price.kr), price.unit, price.price_year]
        cells = [*first, payer, basis, price.source, price.vintage, price.note]
        lines = [
            len(str(cell)) / width for cell, (_, width) in zip(cells, _PRICE_HEADERS, strict=True)
        ]
        sheet.set_row(row, _LINE_HEIGHT * math.ceil(max(lines)))
        for place, cell in enumerate(cells):
            _write(
                sheet, row, place, cell, money if place == 1 else plain if place < 6 else wrapped
            )
    last = FIRST_ROW + len(prices()) - 1
    sheet.autofilter(HEADER_ROW, 0, last, len(_PRICE_HEADERS) - 1)


def _cell(book: Workbook, column: Column, shown: bool, align: str = "") -> Format:
    """The look of a cell to fill in: ruled, with the number format of its kind."""
    style: dict[str, Any] = {"border": 1, "border_color": _LINE, "valign": "vcenter"}
    if column.kind in _NUMBERS:
        style["num_format"] = _NUMBERS[column.kind]
    if column.kind in ("text", "choice"):
        style |= {"text_wrap": True, "indent": 1}
    if align:
        style |= {"align": align, "indent": 1}
    if shown:
        style |= {"italic": True, "bg_color": _EXAMPLE}
    return book.add_format(style)


def _write(sheet: Worksheet, row: int, place: int, value: example.Value, style: Format) -> None:
    if value is None or value == "":
        sheet.write_blank(row, place, None, style)
    elif isinstance(value, str):
        sheet.write_string(row, place, value, style)
    elif isinstance(value, dt.date):
        sheet.write_datetime(row, place, dt.datetime(value.year, value.month, value.day), style)
    else:
        sheet.write_number(row, place, value, style)


def _validate(sheet: Worksheet, column: Column, cells: tuple[int, int, int, int]) -> None:
    rules = dict(_rules(column))
    if not rules:
        rules = {"validate": "any"}
    said = {"input_title": column.header[:32], "input_message": column.help[:255]}
    wrong = {
        "error_title": column.header[:32],
        "error_message": f"Tillåtet här: {column.help}"[:255],
    }
    sheet.data_validation(*cells, {**rules, **said, **wrong})


def _rules(column: Column) -> Iterable[tuple[str, Any]]:
    """What Excel allows in the cells of a column."""
    if column.kind == "choice":
        return {"validate": "list", "source": list(column.choices)}.items()
    if column.suggested:
        sheet, key = column.suggested
        form = BY_KEY[sheet]
        letter = chr(ord("A") + form.columns.index(form.column(key)))
        source = f"='{form.title}'!${letter}${FIRST_ROW + 1}:${letter}${FIRST_ROW + ROWS}"
        return {"validate": "list", "source": source, "error_type": "warning"}.items()
    if column.kind == "price":
        source = f"='{PRICES_TITLE}'!$A${FIRST_ROW + 1}:$A${FIRST_ROW + len(prices())}"
        return {"validate": "list", "source": source, "show_error": False}.items()
    limits: Mapping[str, tuple[str, Any, Any]] = {
        "kr": ("decimal", 0, 9e10),
        "count": ("integer", 0, 10_000_000),
        "amount": ("decimal", 0, 9e10),
        "share": ("decimal", 0, 1),
        "rate": ("decimal", 0, 0.2),
        "year": ("integer", 1950, 2200),
        "date": ("date", dt.date(1950, 1, 1), dt.date(2200, 12, 31)),
    }
    if column.kind not in limits:
        return ()
    kind, low, high = limits[column.kind]
    return {"validate": kind, "criteria": "between", "minimum": low, "maximum": high}.items()
