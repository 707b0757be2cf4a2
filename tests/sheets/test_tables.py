"""Text files as a Swedish Excel saves them, and any bytes at all."""

from __future__ import annotations

import codecs
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from simulate.errors import BadInput
from simulate.scenario.tree.scenario import FundScenario
from simulate.sheets.csv import as_csv
from simulate.sheets.flat import flat_template
from simulate.sheets.read_form import read_form
from tests.sheets.forms import filled

TEXT = flat_template().decode("utf-8-sig")


@pytest.mark.parametrize(
    "data",
    [
        TEXT.encode("utf-8"),
        TEXT.encode("utf-8-sig"),
        TEXT.encode("cp1252"),
        codecs.BOM_UTF16_LE + TEXT.replace(";", "\t").encode("utf-16-le"),
        TEXT.replace(";", "\t").encode("cp1252"),
        TEXT.replace("\r\n", "\n").encode("utf-8"),
        b"sep=;\r\n" + TEXT.encode("cp1252"),
        (TEXT + ";;;;;;;;;;;;\r\n\r\n").encode("utf-8"),
        TEXT.replace("20000000", "20 000 000")
        .replace("600000", '"600 000,00 kr"')
        .encode("cp1252"),
    ],
    ids=["utf8", "bom", "cp1252", "utf16", "tabs", "lf", "sep", "blank rows", "spaces"],
)
def test_encodings(tmp_path: Path, data: bytes) -> None:
    """However it is saved, it says the same, å, ä and ö included."""
    path = tmp_path / "plan.csv"
    path.write_bytes(data)
    scenario = read_form(path, "plan").loaded.scenario
    assert isinstance(scenario, FundScenario)
    assert scenario.parties["socialnamnden"].name == "Socialnämnden"
    (investment,) = scenario.investments.values()
    costs = [number.distribution.support()[0] for number in investment.costs.values()]
    assert costs == [1_250_000, 1_100_000, 1_100_000]


def test_places_are_those_of_a_spreadsheet(tmp_path: Path) -> None:
    """A slip is told by column and row, as the file looks in Excel, also below a line of hints."""
    path = tmp_path / "plan.csv"
    path.write_bytes(b"sep=;\r\n" + TEXT.replace(";2027;600000", ";2027;6,000.0").encode("cp1252"))
    with pytest.raises(BadInput) as caught:
        read_form(path, "plan")
    assert [(one.code, one.cell) for one in caught.value.problems] == [("cell_unclear", "F15")]


@pytest.mark.slow  # reads a workbook each time
@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(data=st.one_of(st.binary(max_size=400), st.text(max_size=200).map(str.encode)))
@pytest.mark.parametrize("name", ["plan.csv", "plan.xlsx", "plan.ods"])
def test_any_bytes(tmp_path: Path, name: str, data: bytes) -> None:
    """Whatever bytes a file holds, it is refused with problems."""
    path = tmp_path / name
    path.write_bytes(data)
    with pytest.raises(BadInput) as caught:
        read_form(path, "plan")
    assert caught.value.problems


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(at=st.integers(0, 20_000), byte=st.integers(0, 255))
def test_a_damaged_workbook(tmp_path: Path, at: int, byte: int) -> None:
    """A workbook with a byte changed is read, or refused with problems."""
    data = bytearray(_BOOK)
    data[at % len(data)] = byte
    path = tmp_path / "plan.xlsx"
    path.write_bytes(bytes(data))
    try:
        read_form(path, "plan")
    except BadInput as error:
        assert error.problems


_BOOK = filled().bytes()


PLACES = [
    "Kostnader!A4",
    "Kostnader!B4",
    "Kostnader!C4",
    "Kostnader!E4",
    "Effekter!A4",
    "Effekter!G4",
    "Effekter!L4",
    "Effekter!E3",
    "Nämnder!A4",
    "Nämnder!B4",
    "Uppgifter!B4",
    "Uppgifter!B6",
    "Uppgifter!A5",
    "Återföring!B4",
]


@pytest.mark.slow  # reads a workbook each time
@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    place=st.sampled_from(PLACES),
    text=st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=60),
)
def test_any_text_in_a_cell(tmp_path: Path, place: str, text: str) -> None:
    """Whatever stands in a cell, the form becomes a scenario or a list of problems."""
    printable = "".join(
        c for c in text if c in "\t\n" or (ord(c) >= 32 and ord(c) not in (0xFFFE, 0xFFFF))
    )
    path = filled().set(place, printable).save(tmp_path)
    try:
        written = read_form(path, "plan")
    except BadInput as error:
        assert error.problems
        assert all(one.text() for one in error.problems)
    else:
        assert written.text


@given(
    rows=st.lists(
        st.lists(
            st.text(st.characters(codec="utf-8", exclude_characters="\r\n\0")),
            min_size=2,
            max_size=4,
        ),
        min_size=1,
        max_size=5,
    )
)
def test_no_cell_is_a_formula(rows: list[list[str]]) -> None:
    """Nothing that is written as CSV begins as a formula does."""
    import csv
    import io

    text = as_csv(rows).decode("utf-8-sig")
    for row in csv.reader(io.StringIO(text, newline=""), delimiter=";"):
        assert not any(cell.startswith(("=", "+", "-", "@")) for cell in row)
