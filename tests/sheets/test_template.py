"""The template: the same bytes every time, safe, checked by Excel itself, and fit to print."""

from __future__ import annotations

import io
import os
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
import python_calamine

from simulate.scenario.prices import prices
from simulate.sheets.flat import HEADERS, flat_template
from simulate.sheets.form import FORMS, PRICES_TITLE, README_TITLE, SETTINGS, SETTINGS_FORM, Form
from simulate.sheets.template import template
from tests.cli.calls import Caller

TITLES = [README_TITLE, SETTINGS_FORM.title, *(form.title for form in FORMS), PRICES_TITLE]


def parts() -> dict[str, str]:
    """Return the files inside the workbook."""
    with zipfile.ZipFile(io.BytesIO(template())) as book:
        return {name: book.read(name).decode("utf-8") for name in book.namelist()}


def sheet(title: str) -> str:
    """Return a sheet as XML."""
    return parts()[f"xl/worksheets/sheet{TITLES.index(title) + 1}.xml"]


def test_equal_bytes() -> None:
    """Two templates are one file, also from a process with another hash seed and time zone."""
    code = "import sys; from simulate.sheets.template import template; "
    code += "sys.stdout.buffer.write(template())"
    other = subprocess.run(
        [sys.executable, "-c", code],
        cwd=Path(__file__).parents[2],
        check=True,
        capture_output=True,
        env={**os.environ, "PYTHONHASHSEED": "7", "TZ": "Asia/Tokyo", "LC_ALL": "C"},
    )
    assert other.stdout == template()
    assert flat_template() == flat_template()


def test_sheets() -> None:
    """The sheets come in the order in which they are filled in."""
    with python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(template())) as book:
        assert book.sheet_names == TITLES


def test_nothing_is_a_formula_or_a_link() -> None:
    """No text becomes a formula, and nothing refers outside the file."""
    for name, text in parts().items():
        if name.startswith("xl/worksheets/"):
            assert "<f>" not in text and "<hyperlink" not in text
        assert "externalLink" not in name


@pytest.mark.parametrize("form", FORMS, ids=lambda form: str(form.key))
def test_each_column_is_guarded(form: Form) -> None:
    """Every column says what it holds, and numbers and choices are held to it."""
    text = sheet(form.title)
    assert text.count("<dataValidation ") == len(form.columns)
    kinds = re.findall(r'<dataValidation type="(\w+)"', text)
    guarded = [column for column in form.columns if column.kind != "text" or column.suggested]
    assert len(kinds) == len(guarded)
    assert 'state="frozen"' in text
    assert 'orientation="landscape"' in text and 'fitToHeight="0"' in text


def test_settings_are_guarded() -> None:
    """So does every line of the first sheet."""
    assert sheet(SETTINGS_FORM.title).count("<dataValidation ") == len(SETTINGS)


def test_formulas_of_people_will_count() -> None:
    """The file does not say that all is to be worked out anew, which would have them refused."""
    assert "fullCalcOnLoad" not in parts()["xl/workbook.xml"]


def test_the_price_list_is_whole() -> None:
    """Every price is there to be looked up."""
    with python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(template())) as book:
        rows = book.get_sheet_by_name(PRICES_TITLE).to_python(skip_empty_area=False)
    assert [row[0] for row in rows[3:]] == list(prices())


def test_the_instructions_name_every_sheet() -> None:
    """Nothing of the form is left unexplained."""
    with python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(template())) as book:
        rows = book.get_sheet_by_name(README_TITLE).to_python(skip_empty_area=False)
    said = {row[0] for row in rows}
    assert {SETTINGS_FORM.title, *(form.title for form in FORMS), PRICES_TITLE} <= said


def test_the_flat_form() -> None:
    """UTF-8 with BOM, semicolons, CRLF, decimal commas."""
    data = flat_template()
    text = data.decode("utf-8")
    assert text.startswith("\ufeff" + ";".join(HEADERS) + "\r\n")
    assert text.count("\n") == text.count("\r\n")
    assert "2,5 %" in text and "2.5" not in text


def test_on_the_command_line(call: Caller, tmp_path: Path) -> None:
    """A template is not written over another file, and has a name that Excel knows."""
    file = tmp_path / "mall.xlsx"
    answer = call("new", "--template", file)
    assert (answer.code, answer.err) == (0, "")
    assert f"simulate new --from {file}`: då skrivs" in answer.out
    assert str(tmp_path / "mall.toml") in answer.out
    assert file.read_bytes() == template()
    assert call("new", "--template", file).code == 2
    assert call("new", "--template", file, "--force").code == 0
    answer = call("new", "--template", tmp_path / "mall.xls")
    assert (answer.code, answer.out) == (2, "")
    assert ".xlsx eller .csv" in answer.err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--template", "a.xlsx", "--from", "b.xlsx"], "--template och --from går inte att förena"),
        (["a.toml", "--like", "x", "--from", "b.xlsx"], "--like och --from går inte att förena"),
        (["a.toml", "--template", "a.xlsx"], "för många argument: a.toml"),
    ],
)
def test_options_that_contradict(call: Caller, arguments: list[str], said: str) -> None:
    """One thing is done at a time."""
    answer = call("new", *arguments)
    assert (answer.code, answer.out) == (2, "")
    assert said in answer.err
