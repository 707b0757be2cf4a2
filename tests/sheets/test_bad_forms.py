"""One bad form for each way to be wrong: told in its cell, with what is allowed and how to mend."""

from __future__ import annotations

import string
import zipfile
from pathlib import Path

import pytest

from simulate.errors import BadInput, Problem
from simulate.language.new_problems import NEW
from simulate.language.problems import PROBLEMS
from simulate.sheets.flat import flat_template
from simulate.sheets.read_form import read_form
from tests.cli.calls import Caller
from tests.cli.cases import CODES as ON_THE_COMMAND_LINE
from tests.sheets.cases import CODES, FILES, FORMS
from tests.sheets.forms import filled


def problems(path: Path) -> tuple[Problem, ...]:
    """Return what is wrong with a form."""
    with pytest.raises(BadInput) as caught:
        read_form(path, "plan")
    return caught.value.problems


def test_the_honest_form_is_good(tmp_path: Path) -> None:
    """What every bad form is a variant of has no problem at all."""
    assert read_form(filled().save(tmp_path), "plan").loaded.scenario.id == "plan"


@pytest.mark.parametrize("name", list(FORMS))
def test_bad_form(tmp_path: Path, name: str) -> None:
    """Exactly the one thing that is wrong is told, in its cell."""
    code, place, change = FORMS[name]
    book = filled()
    change(book)
    found = problems(book.save(tmp_path))
    assert [(one.code, one.cell) for one in found] == [(code, place)]
    assert_complete(found)


@pytest.mark.parametrize("name", list(FILES))
def test_bad_file(tmp_path: Path, name: str) -> None:
    """A file that is no form is refused for what it is."""
    code, file, data = FILES[name]
    if code != "file_missing":
        (tmp_path / file).write_bytes(data)
    found = problems(tmp_path / file)
    assert code in {one.code for one in found}
    assert len(found) == 1 or file == "plan.csv"  # a table with one row lacks all the others
    assert_complete(found)


def assert_complete(found: tuple[Problem, ...]) -> None:
    """Whatever a message asks for is in what was found: no gap is filled with a dash."""
    for one in found:
        words = PROBLEMS[one.code]
        for part in (words.found, words.allowed, words.remedy):
            names = {name for _, name, _, _ in string.Formatter().parse(part) if name}
            assert names - {"meant"} <= set(one.context), one.code
        for part in (one.words.found, one.words.allowed, one.words.remedy):
            assert part.strip(" –")
            assert not any(mark in part for mark in ("None", "datetime", "Flaw", "Decimal"))


def test_every_code_has_a_bad_form() -> None:
    """No message exists that no form and no command line brings about."""
    assert set(NEW) <= CODES | set(ON_THE_COMMAND_LINE)


def test_all_at_once(tmp_path: Path) -> None:
    """Slips in several sheets and rows are told together."""
    names = (
        "cell_blank_year",
        "cell_choice",
        "gain_target",
        "cell_person_number",
        "setting_misspelt",
    )
    book = filled()
    for name in names:
        FORMS[name][2](book)
    found = {(one.code, one.cell) for one in problems(book.save(tmp_path))}
    assert found == {FORMS[name][:2] for name in names}


def test_on_the_command_line(call: Caller, tmp_path: Path) -> None:
    """Two, Swedish, the cell and the remedy on stderr, and nothing written."""
    book = filled()
    FORMS["cell_unit"][2](book)
    form = book.save(tmp_path)
    answer = call("new", "--from", form, tmp_path / "plan.toml")
    assert (answer.code, answer.out) == (2, "")
    assert "Effekter!E4: enheten i 12 årsplatser passar inte" in answer.err
    assert "tillåtet: " in answer.err and "åtgärd: " in answer.err
    assert list(tmp_path.iterdir()) == [form]


def test_in_the_order_of_the_sheets(call: Caller, tmp_path: Path) -> None:
    """Slips come as a person pages through the workbook; what had to wait is hinted at."""
    book = filled().set("Effekter!C4", "Socialkontoret").set("Effekter!D5", None)
    book.set("Återföring!D4", "x").set("Kostnader!E5", "1.254").set("Uppgifter!B11", 25)
    path = book.set("Effekter!H7", 9).save(tmp_path)
    cells = ["Uppgifter!B11", "Kostnader!E5", "Effekter!C4", "Effekter!D5", "Effekter!H7, I7"]
    assert [one.cell for one in problems(path)] == [*cells, "Återföring!D4"]
    answer = call("new", "--from", path, tmp_path / "a.toml")
    assert "Effekter!H7, I7: lågt (9) är större än högt (5)" in answer.err
    assert "skriv ett årtal, t.ex. 2029" in answer.err
    assert "Socialkontoret är en förvaltning under Socialnämnden" in answer.err
    assert answer.err.endswith("fler fel kan synas när de här är rättade\n")


def test_nothing_waits(call: Caller, tmp_path: Path) -> None:
    """Where every row could be read, there is nothing more to come."""
    path = filled().set("Effekter!C4", "Socialkontoret").save(tmp_path)
    assert "fler fel" not in call("new", "--from", path, tmp_path / "a.toml").err


def test_a_personnummer_is_not_repeated(tmp_path: Path) -> None:
    """What may be about a person is in no message."""
    book = filled()
    FORMS["cell_person_number"][2](book)
    (problem,) = problems(book.save(tmp_path))
    assert "9876" not in problem.text() and "8112" not in str(problem.context)


def test_far_away(tmp_path: Path) -> None:
    """A cell in the last corner of a sheet does not fill the memory."""
    found = problems(filled().set("Nämnder!IW30000", "x").save(tmp_path))
    assert [(one.code, one.cell) for one in found] == [("sheet_too_large", "Nämnder!IW30000")]


def test_formulas_that_nobody_worked_out(tmp_path: Path) -> None:
    """A program that writes formulas without working them out leaves noughts, which are refused."""
    path = tmp_path / "plan.xlsx"
    data = filled().bytes()
    with zipfile.ZipFile(path, "w") as new:
        import io

        with zipfile.ZipFile(io.BytesIO(data)) as old:
            for part in old.namelist():
                text = old.read(part)
                if part == "xl/workbook.xml":
                    text = text.replace(b"<calcPr ", b'<calcPr fullCalcOnLoad="1" ')
                if part == "xl/worksheets/sheet3.xml":
                    text = text.replace(b"<v>500000</v>", b"<f>1+1</f><v>0</v>")
                new.writestr(part, text)
    assert [(one.code, one.cell) for one in problems(path)] == [("cell_formula", "Kostnader!E4")]


def test_declarations_in_xml_are_refused(tmp_path: Path) -> None:
    """A workbook that could be made to grow without end is not a workbook."""
    path = tmp_path / "plan.xlsx"
    bomb = b'<!DOCTYPE x [<!ENTITY a "aaaa">]><workbook>&a;</workbook>'
    with zipfile.ZipFile(path, "w") as book:
        book.writestr("xl/workbook.xml", bomb)
    assert [one.code for one in problems(path)] == ["book_broken"]


def test_the_example_under_another_name(tmp_path: Path) -> None:
    """Whoever fills in the first sheet only is told that the rest is still the example."""
    path = tmp_path / "plan.csv"
    text = flat_template().decode("utf-8-sig")
    path.write_text(text.replace("EXEMPEL Kommunens", "Kommunens"), encoding="utf-8")
    found = problems(path)
    assert {one.code for one in found} == {"example_left"}
    assert {one.cell for one in found} >= {"F3", "M11", "B13"}
