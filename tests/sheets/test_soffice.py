"""LibreOffice opens the template, and what it saves again still says the same."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from models.distributions import Distribution
from simulate.scenario.register import register
from simulate.sheets.form import FORMS, PRICES_TITLE, README_TITLE, SETTINGS_FORM
from simulate.sheets.open_book import open_book
from simulate.sheets.read_form import read_form
from simulate.sheets.template import template
from tests.sheets.cases import FORMS as CASES
from tests.sheets.forms import Formula, filled

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed"),
]


def convert(path: Path, form: str, folder: Path) -> Path:
    """Return the file that LibreOffice makes of another."""
    profile = f"-env:UserInstallation=file://{folder / 'profile'}"
    subprocess.run(
        ["soffice", profile, "--headless", "--convert-to", form, "--outdir", folder, path],
        check=True,
        capture_output=True,
        timeout=180,
    )
    return folder / f"{path.stem}.{form.partition(':')[0]}"


def values(path: Path) -> dict[str, Distribution]:
    """Return the numbers of a form by key."""
    scenario = read_form(path, "plan").loaded.scenario
    return {number.key: number.distribution for number in register(scenario)}


@pytest.mark.parametrize("form", ["xlsx:Calc MS Excel 2007 XML", "ods"])
def test_saved_again(tmp_path: Path, form: str) -> None:
    """The template and a filled-in form, saved again, say what they said."""
    (tmp_path / "mall.xlsx").write_bytes(template())
    for path in (tmp_path / "mall.xlsx", filled().save(tmp_path)):
        folder = tmp_path / "again"
        assert values(convert(path, form, folder)) == values(path)


def test_titles_survive(tmp_path: Path) -> None:
    """The sheets are all there after LibreOffice has saved them."""
    (tmp_path / "mall.xlsx").write_bytes(template())
    saved = convert(tmp_path / "mall.xlsx", "ods", tmp_path / "again")
    titles = [sheet.title for sheet in open_book(saved.read_bytes(), ".ods")]
    wanted = [README_TITLE, SETTINGS_FORM.title, *(form.title for form in FORMS), PRICES_TITLE]
    assert titles == wanted


def test_as_text(tmp_path: Path) -> None:
    """The first sheet can be turned into text, as any program would."""
    (tmp_path / "mall.xlsx").write_bytes(template())
    form = "csv:Text - txt - csv (StarCalc):59,34,76"  # semicolons, quotes, UTF-8
    text = convert(tmp_path / "mall.xlsx", form, tmp_path / "again").read_text(encoding="utf-8")
    assert "Underlag för social investering" in text


def test_formulas_that_it_works_out(tmp_path: Path) -> None:
    """A formula that nobody had worked out is a value once the file is saved again."""
    path = filled().set("Kostnader!E4", Formula("=250000+250000", 500_000)).save(tmp_path)
    assert values(convert(path, "ods", tmp_path / "again")) == values(filled().save(tmp_path))


@pytest.mark.parametrize("name", ["cell_error", "cell_merged", "cell_is_date", "cell_unit"])
def test_slips_survive(tmp_path: Path, name: str) -> None:
    """What is wrong in a form is found in OpenDocument too, in the same cell."""
    from simulate.errors import BadInput

    code, place, change = CASES[name]
    book = filled()
    change(book)
    path = convert(book.save(tmp_path), "ods", tmp_path / "again")
    with pytest.raises(BadInput) as caught:
        read_form(path, "plan")
    assert [(one.code, one.cell) for one in caught.value.problems] == [(code, place)]
