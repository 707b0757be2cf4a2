"""One way to be wrong for each code: what is changed in an honest form, and where it is told."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping

from tests.sheets.forms import Book, Formula, Merged

Change = Callable[[Book], object]


def put(place: str, value: object) -> Change:
    """Change one cell."""
    return lambda book: book.set(place, value)  # type: ignore[arg-type]  # any content of a cell


def several(*changes: Change) -> Change:
    """Make several changes."""
    return lambda book: [change(book) for change in changes]


def rename(old: str, new: str) -> Change:
    """Give a sheet another name."""

    def change(book: Book) -> None:
        book.sheets = {new if name == old else name: rows for name, rows in book.sheets.items()}

    return change


def cut(title: str, rows: int) -> Change:
    """Keep so many rows of a sheet."""

    def change(book: Book) -> None:
        book.sheets[title] = book.sheets[title][:rows]

    return change


# Name → code, place and change. A name is its code where there is but one of it.
FORMS: Mapping[str, tuple[str, str, Change]] = {
    "sheet_missing": ("sheet_missing", "", rename("Effekter", "Effektr")),
    "sheet_missing_for_good": ("sheet_missing", "", lambda book: book.sheets.pop("Nämnder")),
    "sheet_missing_optional": ("sheet_missing", "", rename("Återföring", "Återföringar")),
    "sheet_empty": ("sheet_empty", "", cut("Effekter", 3)),
    "header_missing": ("header_missing", "Kostnader!A3", put("Kostnader!E3", "x")),
    "header_misspelt": ("header_misspelt", "Kostnader!E3", put("Kostnader!E3", "Beloppet (kr)")),
    "header_misspelt_optional": ("header_misspelt", "Effekter!H3", put("Effekter!H3", "Lågt anta")),
    "header_twice": ("header_twice", "Kostnader!G3", put("Kostnader!G3", "Belopp (kr)")),
    "setting_missing": ("setting_missing", "Uppgifter", put("Uppgifter!A6", "Annat")),
    "setting_misspelt": ("setting_misspelt", "Uppgifter!A6", put("Uppgifter!A6", "Beslutdatum")),
    "setting_twice": ("setting_twice", "Uppgifter!A13", put("Uppgifter!A13", "Kommun")),
    "cell_blank": ("cell_blank", "Kostnader!B4", put("Kostnader!B4", None)),
    "cell_blank_number": ("cell_blank_number", "Kostnader!E4", put("Kostnader!E4", None)),
    "cell_blank_year": ("cell_blank_year", "Kostnader!D4", put("Kostnader!D4", None)),
    "cell_blank_setting": ("cell_blank_number", "Uppgifter!B9", put("Uppgifter!B9", "  ")),
    "cell_blank_price": ("price_missing", "Effekter!G4", put("Effekter!G4", None)),
    "cell_error": (
        "cell_error",
        "Effekter!E7",
        put("Effekter!E7", Formula("=1/0", "#DIV/0!")),
    ),
    "cell_error_reference": (
        "cell_error",
        "Effekter!H7",
        put("Effekter!H7", Formula("=Blad!A1", "#REF!")),
    ),
    "cell_error_as_text": ("cell_error", "Effekter!E4", put("Effekter!E4", "#VÄRDEFEL!")),
    "cell_formula": ("cell_formula", "Effekter!E4", put("Effekter!E4", Formula("=1+1"))),
    "cell_formula_optional": ("cell_formula", "Effekter!L4", put("Effekter!L4", Formula("=A1"))),
    "cell_merged": ("cell_merged", "Kostnader!A4", put("Kostnader!A4", Merged("Hemmaplan", 2))),
    "cell_not_text": ("cell_not_text", "Nämnder!B4", put("Nämnder!B4", True)),
    "cell_not_text_date": ("cell_not_text", "Nämnder!B4", put("Nämnder!B4", dt.date(2026, 1, 2))),
    "cell_too_long": ("cell_too_long", "Kostnader!F4", put("Kostnader!F4", "x" * 301)),
    "cell_person_number": (
        "cell_person_number",
        "Kostnader!B4",
        put("Kostnader!B4", "Stöd till 811218-9876"),
    ),
    "control_character": (
        "control_character",
        "Kostnader!B4",
        put("Kostnader!B4", "Stöd \u202e till"),
    ),
    "cell_not_a_number": (
        "cell_not_a_number",
        "Kostnader!E4",
        put("Kostnader!E4", "cirka 500 000"),
    ),
    "cell_unclear_thousands": ("cell_unclear", "Kostnader!E4", put("Kostnader!E4", "1.254")),
    "cell_unclear_comma": ("cell_unclear", "Kostnader!E4", put("Kostnader!E4", "1,254")),
    "cell_unclear": ("cell_unclear", "Kostnader!E4", put("Kostnader!E4", "1.254.500,50")),
    "cell_unit": ("cell_unit", "Effekter!E4", put("Effekter!E4", "12 årsplatser")),
    "cell_unit_of_money": ("cell_unit", "Kostnader!E4", put("Kostnader!E4", "500 euro")),
    "cell_is_date": ("cell_is_date", "Effekter!E4", put("Effekter!E4", dt.date(2026, 5, 12))),
    "cell_is_date_year": ("cell_is_date", "Effekter!D4", put("Effekter!D4", dt.date(2028, 1, 1))),
    "cell_not_whole": (
        "cell_not_whole",
        "Mänskliga vinster!B4",
        put("Mänskliga vinster!B4", 30.5),
    ),
    "cell_small": ("cell_small", "Kostnader!E4", put("Kostnader!E4", 1.9)),
    "cell_small_as_text": ("cell_small", "Kostnader!E4", put("Kostnader!E4", "1,9")),
    "cell_small_capital": ("cell_small", "Uppgifter!B9", put("Uppgifter!B9", 20)),
    "cell_small_return": ("cell_small", "Återföring!D5", put("Återföring!D5", 400)),
    "cell_small_frame": ("cell_small", "Nämnder!C4", put("Nämnder!C4", "850")),
    "cell_small_effect": ("cell_small", "Effekter!E8", put("Effekter!E8", 0.08)),
    "cell_negative": ("cell_out_of_range", "Kostnader!E4", put("Kostnader!E4", -5)),
    "cell_too_large": ("cell_out_of_range", "Kostnader!E4", put("Kostnader!E4", 1e12)),
    "cell_out_of_range": ("cell_out_of_range", "Effekter!J4", put("Effekter!J4", "180 %")),
    "cell_per_cent": ("cell_per_cent", "Effekter!J4", put("Effekter!J4", 180)),
    "cell_rate": ("cell_per_cent", "Uppgifter!B11", put("Uppgifter!B11", 25)),
    "cell_rate_tenths": ("cell_per_cent", "Uppgifter!B11", put("Uppgifter!B11", 0.5)),
    "cell_certain": (
        "cell_out_of_range",
        "Mänskliga vinster!D4",
        put("Mänskliga vinster!D4", "0 %"),
    ),
    "cell_not_a_year": ("cell_not_a_year", "Kostnader!D4", put("Kostnader!D4", 26)),
    "cell_not_a_date": ("cell_not_a_date", "Uppgifter!B6", put("Uppgifter!B6", "1 mars 2026")),
    "cell_number_for_date": ("cell_number_for_date", "Uppgifter!B6", put("Uppgifter!B6", 46_082)),
    "cell_choice": ("cell_choice", "Effekter!F4", put("Effekter!F4", "dygnn")),
    "cell_choice_rule": ("cell_choice", "Uppgifter!B12", put("Uppgifter!B12", "efter plan")),
    "cell_price": (
        "cell_price",
        "Effekter!G4",
        put("Effekter!G4", "hvb_dygn_helsingborg_unga_2061"),
    ),
    "example_left": (
        "example_left",
        "Kostnader!F4",
        put("Kostnader!F4", "EXEMPEL Projektplan"),
    ),
    "namnd_unknown": ("namnd_unknown", "Effekter!C4", put("Effekter!C4", "Socialnamnden")),
    "namnd_unknown_provider": (
        "namnd_unknown",
        "Kostnader!C6",
        put("Kostnader!C6", "Skolnämden"),
    ),
    "namnd_unknown_return": ("namnd_unknown", "Återföring!B5", put("Återföring!B5", "Regionen")),
    "namnd_is_office": ("namnd_is_office", "Effekter!C4", put("Effekter!C4", "socialkontoret")),
    "namnd_is_office_return": (
        "namnd_is_office",
        "Återföring!B5",
        put("Återföring!B5", "Skolkontoret"),
    ),
    "investment_unknown": ("investment_unknown", "Effekter!A7", put("Effekter!A7", "Läxhälp")),
    "investment_without_effect": (
        "investment_without_effect",
        "Kostnader!A7",
        several(
            *(
                put(f"Kostnader!{letter}7", value)
                for letter, value in zip(
                    "ABCDE", ["Ny", "x", "Skolnämnden", 2027, 5e4], strict=True
                )
            )
        ),
    ),
    "two_providers": ("two_providers", "Kostnader!C5", put("Kostnader!C5", "Skolnämnden")),
    "row_twice": ("row_twice", "Effekter!B5", put("Effekter!D5", 2028)),
    "row_twice_namnd": (
        "row_twice",
        "Nämnder!A6",
        several(
            put("Nämnder!A6", "skolnämnden "),
            put("Nämnder!B6", "x"),
            put("Nämnder!C6", 1e6),
        ),
    ),
    "row_twice_return": ("row_twice", "Återföring!A5", put("Återföring!B5", "Socialnämnden")),
    "price_missing": ("price_missing", "Effekter!G7", put("Effekter!G7", "")),
    "price_superfluous": ("price_superfluous", "Effekter!G8", put("Effekter!G8", 1)),
    "price_unit": ("price_unit", "Effekter!G7", put("Effekter!G7", "hvb_dygn_sbu_2018")),
    "price_unit_of_a_piece": (
        "price_unit",
        "Effekter!G6",
        put("Effekter!G6", "grundskola_elev_2021"),
    ),
    "price_unit_written": ("price_unit", "Effekter!G6", put("Effekter!G6", "1 200 kr/st")),
    "price_later": (
        "price_later",
        "Effekter!G7",
        several(
            put("Uppgifter!B6", dt.date(2025, 6, 1)),
            put("Uppgifter!B7", 2025),
            put("Effekter!G7", "ekonomiskt_bistand_hushall_riket_2024"),
        ),
    ),
    "interval_half": ("interval_half", "Effekter!I4", put("Effekter!I4", None)),
    "interval_half_gain": (
        "interval_half",
        "Mänskliga vinster!E4",
        put("Mänskliga vinster!E4", None),
    ),
    "interval_order": ("interval_order", "Effekter!E4", put("Effekter!E4", 40)),
    "interval_order_gain": (
        "interval_order",
        "Mänskliga vinster!E4",
        put("Mänskliga vinster!E4", 0.8),
    ),
    "interval_crossed": (
        "interval_crossed",
        "Effekter!H4, I4",
        several(put("Effekter!H4", 600), put("Effekter!I4", 150)),
    ),
    "interval_crossed_gain": (
        "interval_crossed",
        "Mänskliga vinster!E4, F4",
        put("Mänskliga vinster!E4", 0.85),
    ),
    "interval_wide": ("interval_wide", "Effekter!I7", put("Effekter!I7", 500)),
    "gain_target": ("gain_target", "Mänskliga vinster!C4", put("Mänskliga vinster!C4", 41)),
    "year_order": ("year_order", "Uppgifter!B8", put("Uppgifter!B8", 2025)),
    "year_outside": ("year_outside", "Effekter!D5", put("Effekter!D5", 2032)),
    "year_outside_capital": ("year_outside", "Uppgifter!B10", put("Uppgifter!B10", 2025)),
    "year_outside_signed": (
        "year_outside",
        "Uppgifter!B6",
        put("Uppgifter!B6", dt.date(2025, 12, 31)),
    ),
    "year_before": (
        "year_before",
        "Kostnader!D4",
        several(put("Uppgifter!B6", dt.date(2027, 1, 1)), put("Kostnader!D5", 2027)),
    ),
}

_PLAIN = (
    "Slag;Investering;Benämning;Nämnd;År;Belopp eller antal;Enhet;Pris per enhet;Hemtagbar andel\n"
)

# Name → code, file name and bytes, of files that are no form at all.
FILES: Mapping[str, tuple[str, str, bytes]] = {
    "book_suffix": ("book_suffix", "plan.docx", b"x"),
    "book_macros": ("book_macros", "plan.xlsm", b"x"),
    "book_old": ("book_old", "plan.xls", b"x"),
    "book_locked": ("book_locked", "plan.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600),
    "book_broken": ("book_broken", "plan.xlsx", b"PK\x03\x04 not a zip"),
    "book_broken_ods": ("book_broken", "plan.ods", b"x"),
    "book_empty": ("book_broken", "plan.xlsx", b""),
    "sheet_too_large": ("sheet_too_large", "plan.csv", _PLAIN.encode() + b"effekt;\n" * 20_001),
    "csv_encoding": ("csv_encoding", "plan.csv", b"Slag;\x81\n"),
    "csv_commas": ("csv_commas", "plan.csv", _PLAIN.replace(";", ",").encode()),
    "csv_one_column": ("csv_one_column", "plan.csv", b"Slag\n"),
    "csv_broken": ("csv_broken", "plan.csv", _PLAIN.encode() + b"a;" + b"x" * 200_000),
    "cell_superfluous": (
        "cell_superfluous",
        "plan.csv",
        _PLAIN.encode() + b"kostnad;A;B;C;2026;5;tkr;;\n",
    ),
    "cell_choice_slag": ("cell_choice", "plan.csv", _PLAIN.encode() + b"kostnnad;A;;;;;;;\n"),
    "cell_blank_slag": ("cell_blank", "plan.csv", _PLAIN.encode() + b";A;;;;;;;\n"),
    "file_missing": ("file_missing", "annan.xlsx", b""),
}
CODES = {code for code, _, _ in (*FORMS.values(), *FILES.values())}
