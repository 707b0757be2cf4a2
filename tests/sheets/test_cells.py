"""Cells are read as Swedes write them, or refused; nothing else can happen."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.rows.scan import Flaw, position
from models.rows.secrecy import personal
from simulate.language.problems import PROBLEMS, sentence
from simulate.sheets import cells
from simulate.sheets.cells import Wrong
from simulate.sheets.form import DIRECTIONS
from simulate.sheets.grid import Raw, letters
from simulate.sheets.toml import digits

READERS: dict[str, Callable[[Raw], Any]] = {
    "text": cells.text,
    "kr": cells.kr,
    "amount": cells.kronor,
    "share": cells.share,
    "rate": cells.rate,
    "count": cells.count,
    "year": cells.year,
    "date": cells.date,
    "price": cells.price,
    "choice": lambda raw: cells.choice(raw, DIRECTIONS),
    "days": lambda raw: cells.amount(raw, "dygn"),
    "pieces": lambda raw: cells.amount(raw, "st"),
    "kronor": lambda raw: cells.amount(raw, "kr"),
}
RAW = st.one_of(
    st.text(max_size=80),
    st.text("0123456789 .,-+%\u00a0\u2212krtmgyn/", max_size=20),
    st.floats(),
    st.integers(),
    st.booleans(),
    st.dates(),
    st.datetimes(),
    st.times(),
    st.timedeltas(),
    st.builds(
        Flaw, st.sampled_from(["cell_error", "cell_formula"]), st.sampled_from(["", "#REF!"])
    ),
)


@pytest.mark.parametrize("kind", list(READERS))
@settings(max_examples=300, deadline=None)
@given(raw=RAW)
def test_anything_is_read_or_refused(kind: str, raw: Raw) -> None:
    """Whatever stands in a cell is read, or refused with a code that has words."""
    try:
        READERS[kind](raw)
    except Wrong as error:
        assert error.code in PROBLEMS


@given(
    whole=st.integers(0, 9 * 10**9),
    cents=st.integers(0, 99),
    space=st.sampled_from(" \u00a0\u202f"),
)
def test_swedish_amounts(whole: int, cents: int, space: str) -> None:
    """Spaces between thousands and a decimal comma give the number back, whatever the space."""
    text = f"{whole:,}".replace(",", space) + f",{cents:02d}"
    assert cells.kr(text) == Decimal(f"{whole}.{cents:02d}")
    assert cells.kr(f"{text} kr") == cells.kr(text)


@given(number=st.decimals(0, 10**9, places=4))
def test_digits_can_be_read_again(number: Decimal) -> None:
    """What is written into a scenario is the number that was read."""
    assert Decimal(digits(number).replace(" ", "")) == number


@pytest.mark.parametrize(
    ("read", "raw", "expected"),
    [
        ("kr", "1 254,5", Decimal("1254.5")),
        ("kr", "12 tkr", Decimal(12_000)),
        ("kr", "1,2 Mkr", Decimal(1_200_000)),
        ("kr", "−0", Decimal(0)),
        ("kr", "12 000:-", Decimal(12_000)),
        ("kr", "850 mkr/år", Decimal(850_000_000)),
        ("kr", 0.1 + 0.2, Decimal("0.3")),
        ("kr", 7, Decimal(7)),
        ("kr", "0,125", Decimal("0.125")),
        ("kr", "1 254,125", Decimal("1254.125")),
        ("kr", "2.5", Decimal("2.5")),
        ("share", "40 %", Decimal("0.4")),
        ("share", "0,4", Decimal("0.4")),
        ("share", 1, Decimal(1)),
        ("share", 60, Decimal("0.6")),
        ("share", "1,5", Decimal("0.015")),
        ("share", 100, Decimal(1)),
        ("rate", 2.5, Decimal("0.025")),
        ("rate", 0.025, Decimal("0.025")),
        ("count", "30 personer", 30),
        ("year", "2026", 2026),
        ("date", dt.datetime(2026, 1, 15), dt.date(2026, 1, 15)),
        ("date", "2026-01-15 00:00:00", dt.date(2026, 1, 15)),
        ("days", "200 dagar", Decimal(200)),
        ("choice", " Fler ", "more"),
    ],
)
def test_read(read: str, raw: Raw, expected: object) -> None:
    """Numbers, shares, years and dates in the ways that people write them."""
    assert READERS[read](raw) == expected


@pytest.mark.parametrize(
    ("read", "raw", "code"),
    [
        ("kr", "1.254", "cell_unclear"),
        ("kr", "1,254", "cell_unclear"),
        ("kr", "12,345 tkr", "cell_unclear"),
        ("kr", "1.254.500", "cell_unclear"),
        ("kr", "1 25 000", "cell_not_a_number"),
        ("kr", "12 34", "cell_not_a_number"),
        ("kr", "1e6", "cell_not_a_number"),
        ("kr", "", "cell_not_a_number"),
        ("kr", True, "cell_not_a_number"),
        ("kr", float("nan"), "cell_not_a_number"),
        ("kr", dt.date(2026, 5, 12), "cell_is_date"),
        ("kr", dt.timedelta(1), "cell_is_date"),
        ("kr", "٣", "cell_not_a_number"),
        ("share", 180, "cell_per_cent"),
        ("share", -5, "cell_out_of_range"),
        ("share", "180 %", "cell_out_of_range"),
        ("rate", 60, "cell_per_cent"),
        ("year", 2026.5, "cell_not_a_year"),
        ("year", "år 2026", "cell_not_a_number"),
        ("date", "15/1 2026", "cell_not_a_date"),
        ("date", "2026-02-30", "cell_not_a_date"),
        ("date", True, "cell_not_a_date"),
        ("price", "hvb", "cell_price"),
        ("price", "12 euro", "cell_unit"),
    ],
)
def test_refused(read: str, raw: Raw, code: str) -> None:
    """What can be read in two ways, or in none, is refused."""
    with pytest.raises(Wrong) as caught:
        READERS[read](raw)
    assert caught.value.code == code


@pytest.mark.parametrize(
    ("raw", "example"),
    [
        ("1.254", "1 254 eller 1,2540"),
        ("1.254.500", "1 254 500"),
        ("1.254.500,50", "1 254 500,50"),
    ],
)
def test_both_readings(raw: str, example: str) -> None:
    """The remedy shows how to write what may have been meant."""
    with pytest.raises(Wrong) as caught:
        cells.kr(raw)
    assert caught.value.context["example"] == example


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (1.9, "skriv 1,9 mkr, eller 1 900 000; är det rätt, skriv 1,9 kr"),
        ("500", "skriv 500 tkr, eller 500 000; är det rätt, skriv 500 kr"),
        ("1,9 /år", "skriv 1,9 mkr, eller 1 900 000; är det rätt, skriv 1,9 kr"),
    ],
)
def test_a_few_kronor(raw: Raw, said: str) -> None:
    """An amount that was meant in mkr is not read as kronor; the remedy shows both."""
    with pytest.raises(Wrong) as caught:
        cells.kronor(raw)
    assert sentence(caught.value.code, caught.value.context).remedy == said


@pytest.mark.parametrize("raw", ["1,9 kr", "1,9 mkr", "500 tkr", 0, 1000, "400 kr/år"])
def test_enough_kronor(raw: Raw) -> None:
    """What has a unit is taken as written, and so is what is plainly in kronor."""
    assert cells.kronor(raw) == cells.kr(raw)


@pytest.mark.parametrize(
    ("read", "raw", "found", "remedy"),
    [
        ("rate", 60, "60 läses som 60 % och", "skriv t.ex. 2,5 %"),
        ("rate", 0.5, "0,5 läses som 50 % och", "skriv t.ex. 0,5 %"),
        ("rate", 1, "1 läses som 100 % och", "skriv t.ex. 1 %"),
        ("share", 180, "180 läses som 18000 % och", "skriv t.ex. 80 %"),
    ],
)
def test_how_a_per_cent_is_read(read: str, raw: Raw, found: str, remedy: str) -> None:
    """What lies outside is told with how it was read, and with what may have been meant."""
    with pytest.raises(Wrong) as caught:
        READERS[read](raw)
    context = {"found": str(raw).replace(".", ","), **caught.value.context}
    words = sentence(caught.value.code, context)
    assert words.found.startswith(found) and words.remedy == remedy


@given(row=st.integers(0, 10**6), column=st.integers(0, 16_383))
def test_places(row: int, column: int) -> None:
    """A place has one name."""
    assert position(f"{letters(column)}{row + 1}") == (row, column)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("19811218-9876", True),
        ("811218+9876", True),
        ("8112789873", True),  # samordningsnummer: 60 is added to the day
        ("811218-9875", False),
        ("812218-9876", False),
        ("2028-2031", False),
        ("12 500 000 kr", False),
        ("556036-0793", False),  # an organisation
    ],
)
def test_personal(text: str, found: bool) -> None:
    """A date and a right check digit make a personnummer."""
    assert personal(text) is found
