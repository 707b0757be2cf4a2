"""simulate new: what is written is a sound scenario, and nothing is lost."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from simulate.scenario.read import load
from simulate.scenario.register import register
from simulate.scenario.shipped import shipped
from simulate.scenario.starter import identifier
from tests.cli.calls import Caller, modules_after


def test_starter(call: Caller, tmp_path: Path) -> None:
    """The starter passes the check as it is, and takes its id from the name of the file."""
    file = tmp_path / "Vår plan.toml"
    answer = call("new", file)
    assert (answer.code, answer.err) == (0, "")
    assert str(file) in answer.out
    assert load(file).scenario.id == "var_plan"
    checked = call("check", file)
    assert checked.code == 0
    assert "inga fel" in checked.out
    assert [path.name for path in tmp_path.iterdir()] == [file.name]


def test_starter_is_explained(call: Caller, tmp_path: Path) -> None:
    """Every table of the starter has words beside it, and no line is too long to read."""
    call("new", tmp_path / "a.toml")
    lines = (tmp_path / "a.toml").read_text(encoding="utf-8").splitlines()
    assert sum("#" in line for line in lines) > len(lines) / 4


def test_the_starter_in_english(call: Caller, tmp_path: Path) -> None:
    """It has the numbers of the Swedish one, and English words."""
    swedish, english = tmp_path / "a.toml", tmp_path / "b.toml"
    assert call("new", swedish).code == 0
    assert call("new", english, "--lang", "en").code == 0
    numbers = [register(load(file).scenario) for file in (swedish, english)]
    for one, other in zip(*numbers, strict=True):
        assert (one.key, one.distribution, one.kind) == (other.key, other.distribution, other.kind)
    text = english.read_text(encoding="utf-8")
    assert set(re.findall(r"\w*[åäöÅÄÖ]\w*", text)) == {"nämnder", "återföring"}


@pytest.mark.parametrize("name", list(shipped()))
def test_like(call: Caller, tmp_path: Path, name: str) -> None:
    """A copy of a shipped scenario is the same but for its id, comments and all."""
    file = tmp_path / "kopia.toml"
    assert call("new", file, "--like", name).code == 0
    old, new = (path.read_text(encoding="utf-8").splitlines() for path in (shipped()[name], file))
    differing = [(a, b) for a, b in zip(old, new, strict=True) if a != b]
    assert differing == [(f'id = "{name}"', 'id = "kopia"')]
    load(file)


def test_like_a_scenario_that_is_not_there(call: Caller, tmp_path: Path) -> None:
    """What cannot be copied is told as for any command."""
    answer = call("new", tmp_path / "a.toml", "--like", "norrkoping_fond_plann")
    assert (answer.code, answer.out) == (2, "")
    assert "menade du norrkoping_fond_plan?" in answer.err
    assert not list(tmp_path.iterdir())


def test_like_a_fund_of_files(call: Caller, tmp_path: Path) -> None:
    """A copy of a fund whose parts are files of one's own has them in it, and is sound alone."""
    folder, plain = tmp_path / "fonder", Path("tests/bad/_valid_fund.toml").resolve()
    folder.mkdir()
    text = plain.read_text(encoding="utf-8")
    start, end = text.index("[investments"), text.index("[outcomes")
    (folder / "del.toml").write_text(text, encoding="utf-8")
    whole = f'{text[:start]}[investments.hemma]\nfrom = "del.toml"\n\n{text[end:]}'
    (folder / "helhet.toml").write_text(whole, encoding="utf-8")
    copy = tmp_path / "kopia.toml"
    assert call("new", copy, "--like", folder / "helhet.toml").code == 0
    found, original = load(copy), load(folder / "helhet.toml")
    assert found.scenario.id == "kopia" and not found.parts
    assert original.parts == (folder / "del.toml",)
    assert found.raw["investments"] == original.raw["investments"]


def test_nothing_is_overwritten(call: Caller, tmp_path: Path) -> None:
    """A file that exists is left alone, unless it is to be written over."""
    file = tmp_path / "a.toml"
    file.write_text("mitt", encoding="utf-8")
    answer = call("new", file)
    assert (answer.code, answer.out) == (2, "")
    assert "filen finns redan" in answer.err and "--force" in answer.err
    assert file.read_text(encoding="utf-8") == "mitt"
    assert call("new", file, "--force").code == 0
    load(file)


def test_a_missing_folder(call: Caller, tmp_path: Path) -> None:
    """The folder has to be there."""
    answer = call("new", tmp_path / "inte" / "a.toml")
    assert answer.code == 2
    assert "mappen finns inte" in answer.err


def test_without_a_file(call: Caller) -> None:
    """A scenario needs a place to be."""
    answer = call("new")
    assert (answer.code, answer.out) == (2, "")
    assert "FIL saknas" in answer.err


@pytest.mark.parametrize("command", ["run", "check", "describe"])
@pytest.mark.parametrize("name", ["plan.xlsx", "plan.ods", "plan.csv", "plan.toml"])
def test_a_form_is_no_scenario(call: Caller, tmp_path: Path, command: str, name: str) -> None:
    """Whoever gives the form where the scenario is wanted is told what comes between."""
    call.patch.chdir(tmp_path)
    Path(name).write_bytes(b"PK\x03\x04" + bytes(30))
    answer = call(command, name)
    assert (answer.code, answer.out) == (2, "")
    form = name.replace(".toml", ".xlsx")
    assert f"det är en blankett: kör `simulate new --from {form} plan.toml`" in answer.err
    assert "UTF-8" not in answer.err


def test_new_is_light(tmp_path: Path) -> None:
    """A starter needs no library for numbers or workbooks."""
    found = modules_after("new", str(tmp_path / "a.toml"))
    assert not found & {"numpy", "xarray", "xlsxwriter", "python_calamine"}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Socialnämnden", "socialnamnden"),
        ("Vård- och omsorgsnämnden", "vard_och_omsorgsnamnden"),
        ("  ÅÄÖ é ü  ", "aao_e_u"),
        ("2026", "x2026"),
        ("日本", "eget_scenario"),
        ("a" * 200, "a" * 60),
        ("_a_", "a"),
    ],
)
def test_identifier(text: str, name: str) -> None:
    """Names of people become names of machines."""
    assert identifier(text) == name


def test_made_up_rows_come_along(call: Caller, tmp_path: Path) -> None:
    """A copy of a scenario on made-up rows has them beside it, and passes its check."""
    file = tmp_path / "kopia.toml"
    answer = call("new", file, "--like", "exempel_placeringsdygn")
    assert (answer.code, answer.err) == (0, "")
    rows = tmp_path / "data" / "placeringsdygn_syntetisk.csv"
    original = shipped()["exempel_placeringsdygn"].parent / "data" / rows.name
    assert rows.read_bytes() == original.read_bytes()
    assert call("check", file).code == 0
    rows.write_text("något annat", encoding="utf-8")
    again = call("new", tmp_path / "en_till.toml", "--like", "exempel_placeringsdygn")
    assert again.code == 2
    assert rows.read_text(encoding="utf-8") == "något annat"
    assert not (tmp_path / "en_till.toml").exists()


def test_rows_about_people_are_never_copied(call: Caller, tmp_path: Path) -> None:
    """A copy of a scenario on other rows says that they are missing, and where they belong."""
    here, there = tmp_path / "har", tmp_path / "dar"
    (here / "data").mkdir(parents=True)
    there.mkdir()
    text = shipped()["exempel_placeringsdygn"].read_text(encoding="utf-8")
    text = text.replace("synthetic = true\n", "").replace("_syntetisk.csv", ".csv")
    (here / "eget.toml").write_text(text, encoding="utf-8")
    (here / "data" / "placeringsdygn.csv").write_text("person;grupp\n", encoding="utf-8")
    answer = call("new", there / "kopia.toml", "--like", here / "eget.toml")
    assert answer.code == 0
    assert "kopieras inte" in answer.out
    assert [path.name for path in there.iterdir()] == ["kopia.toml"]
