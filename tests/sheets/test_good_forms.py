"""A form becomes the scenario that it states, every number with the cell that it stands in."""

from __future__ import annotations

import dataclasses
import datetime as dt
import math
from pathlib import Path

import pytest

from models import distributions as d
from models.number import Number
from simulate.scenario.read import load
from simulate.scenario.register import register
from simulate.scenario.tree.aterforing import RULE_NAMES, RULES
from simulate.scenario.tree.scenario import FundScenario
from simulate.sheets import form
from simulate.sheets.flat import flat_template
from simulate.sheets.level import DEFAULT, top_of_triangle
from simulate.sheets.read_form import Written, read_form
from simulate.sheets.template import template
from tests.cli.calls import Caller, modules_after
from tests.sheets.forms import Book, Formula, filled


def read(book: Book, folder: Path) -> Written:
    """Return the scenario of a form."""
    return read_form(book.save(folder), "Vår plan")


def numbers(written: Written) -> dict[str, Number]:
    """Return its numbers by key."""
    return {number.key: number for number in register(written.loaded.scenario)}


def value(number: Number) -> float:
    """Return a number that is certain."""
    assert isinstance(number.distribution, d.Fixed)
    return number.distribution.value


def test_what_the_form_says(tmp_path: Path) -> None:
    """Names, days, years and rule; ids are made of names."""
    written = read(filled(), tmp_path)
    scenario = written.loaded.scenario
    assert isinstance(scenario, FundScenario)
    assert (scenario.id, scenario.title) == ("var_plan", "Ankeborg: Fonden")
    assert scenario.signed == dt.date(2026, 3, 1)
    assert scenario.years == tuple(range(2026, 2032))
    assert scenario.fund.aterforing.rule == "planned"
    types = {key: party.type for key, party in scenario.parties.items()}
    assert types == {
        "fonden": "fund",
        "socialnamnden": "namnd",
        "skolnamnden": "namnd",
        "studieforbundet": "provider",
    }
    assert scenario.investments["laxhjalp"].provider == "studieforbundet"
    assert [one.id for one in scenario.investments["hemmaplan"].effects] == [
        "farre_dygn_pa_hvb",
        "fler_i_familjehem",
    ]


@pytest.mark.parametrize(
    ("key", "expected", "cell"),
    [
        ("investments.hemmaplan.costs.2026", 500_000, "Kostnader!E4"),
        ("investments.hemmaplan.costs.2027", 512_500, "Kostnader!E5"),
        ("investments.laxhjalp.costs.2027", 250_000, "Kostnader!E6"),
        ("investments.hemmaplan.aterforing.2029", 500_000, "Återföring!D4, D5"),
        ("investments.hemmaplan.split.socialnamnden", 0.8, "Återföring!D4"),
        ("investments.hemmaplan.effects.farre_dygn_pa_hvb.days.2028", 200, "Effekter!E4"),
        ("investments.hemmaplan.effects.farre_dygn_pa_hvb.price", 2500, "Effekter!G4, G5"),
        ("investments.hemmaplan.effects.farre_dygn_pa_hvb.cashable", 0.9, "Effekter!J4, J5"),
        ("investments.hemmaplan.effects.fler_i_familjehem.price", 1200, "Effekter!G6"),
        ("investments.laxhjalp.effects.mindre_bistand.amounts.2029", 80_000, "Effekter!E8"),
        ("investments.laxhjalp.effects.farre_extra_ar.price", 70_000, "Effekter!G7"),
        ("parties.socialnamnden.budget_frame", 900_000_000, "Nämnder!C4"),
        ("parties.skolnamnden.budget_frame", 2_300_000, "Nämnder!C5"),
        ("parties.fonden.discount_rate", 0.0175, "Uppgifter!B11"),
        ("fund.capital.2026", 8_000_000, "Uppgifter!B9"),
        ("outcomes.i_skolan.persons", 40, "Mänskliga vinster!B4"),
        ("outcomes.i_skolan.without", 0.55, "Mänskliga vinster!D4"),
    ],
)
def test_numbers(tmp_path: Path, key: str, expected: float, cell: str) -> None:
    """Each number is that of its cell, which its source names with the file."""
    number = numbers(read(filled(), tmp_path))[key]
    assert value(number) == pytest.approx(expected)
    assert f"{cell} i plan.xlsx" in (number.source or "")


def test_every_number_names_its_cell(tmp_path: Path) -> None:
    """What is not in the form is public, or said to be the program's own choice."""
    for number in numbers(read(filled(), tmp_path)).values():
        source = number.source or ""
        assert "plan.xlsx" in source or DEFAULT in source or number.key.startswith("society.")


def test_kinds(tmp_path: Path) -> None:
    """What has a source of its own is the municipality's data, what has none is an assumption."""
    found = numbers(read(filled(), tmp_path))
    assert found["investments.hemmaplan.costs.2026"].kind == "own_data"
    assert found["investments.laxhjalp.costs.2027"].kind == "assumption"
    assert "källa inte angiven" in (found["investments.laxhjalp.costs.2027"].source or "")
    price = found["investments.hemmaplan.effects.farre_dygn_pa_hvb.price"]
    assert price.kind == "published"
    assert "Örebro" in (price.source or "")


def test_uncertainty(tmp_path: Path) -> None:
    """Low and high counts are a 90 % interval of the whole line; without them: the default."""
    found = numbers(read(filled(), tmp_path))
    line = "investments.hemmaplan.effects"
    stated = found[f"{line}.farre_dygn_pa_hvb.realised"].distribution
    assert isinstance(stated, d.LogNormal)
    low, high = (stated.median * math.exp(sign * d.Z90 * stated.sigma) for sign in (-1, 1))
    assert (low, high) == pytest.approx((120 / 500, 750 / 500))
    unstated = found[f"{line}.fler_i_familjehem.realised"]
    assert unstated.distribution == d.Gamma(0.6, 0.6)
    assert (unstated.kind, (unstated.source or "").startswith(DEFAULT)) == ("assumption", True)
    from_nought = found["investments.laxhjalp.effects.farre_extra_ar.realised"].distribution
    top = top_of_triangle(1.0, 5 / 3)
    assert from_nought == d.Triangular(0.0, 1.0, pytest.approx(top, abs=1e-4))


def test_certain_effects(tmp_path: Path) -> None:
    """A low count that is the high one leaves nothing uncertain; the source says who said so."""
    book = filled().set("Effekter!H8", 80_000).set("Effekter!I8", 80_000)
    found = numbers(read(book, tmp_path))["investments.laxhjalp.effects.mindre_bistand.realised"]
    assert value(found) == 1.0
    assert "utan osäkerhet enligt arket" in (found.source or "")


def test_human_gains(tmp_path: Path) -> None:
    """Shares with the insats become a difference in log odds; without them it may be either way."""
    found = numbers(read(filled(), tmp_path))
    stated = found["outcomes.i_skolan.effect"].distribution
    assert isinstance(stated, d.Normal)
    base = math.log(0.55 / 0.45)
    for share, sign in ((0.5, -1), (0.8, 1)):
        odds = base + stated.mean + sign * d.Z90 * stated.sd
        assert 1 / (1 + math.exp(-odds)) == pytest.approx(share, abs=1e-4)
    assert found["outcomes.mar_bra.effect"].distribution == d.Normal(0.0, 0.5)
    assert "outcomes.mar_bra.target" not in found


def test_direction_and_outside(tmp_path: Path) -> None:
    """More of something costs, and effects may fall on purses outside the municipality."""
    book = filled().set("Effekter!C8", "regionen")
    scenario = read(book, tmp_path).loaded.scenario
    assert isinstance(scenario, FundScenario)
    assert scenario.parties["regionen"].type == "region"
    _, fostered = scenario.investments["hemmaplan"].effects
    assert getattr(fostered, "direction", "") == "more"
    (_, benefit) = scenario.investments["laxhjalp"].effects
    assert getattr(benefit, "falls_on", "") == "regionen"


def test_prices_that_differ(tmp_path: Path) -> None:
    """A price that changes between years makes two lines of one effect."""
    book = filled().set("Effekter!G5", 2600)
    scenario = read(book, tmp_path).loaded.scenario
    assert isinstance(scenario, FundScenario)
    ids = [one.id for one in scenario.investments["hemmaplan"].effects]
    assert ids == ["farre_dygn_pa_hvb", "farre_dygn_pa_hvb_2", "fler_i_familjehem"]


def test_notes(tmp_path: Path) -> None:
    """A person is told of what is not read, what is assumed, and what the model cannot hold."""
    book = filled()
    book.set("Kostnader!G3", "Anteckning").set("Kostnader!G4", "kolla detta")
    book.sheets["Arbetsblad"] = [["x"]]
    book.sheets["Återföring"].append(["Hemmaplan", "Skolnämnden", 2030, 10_000, None])
    notes = " ".join(read(book, tmp_path).notes)
    assert "Anteckning" in notes and "Arbetsblad" in notes
    assert DEFAULT in notes and "källa" in notes
    assert "delar inte lika alla år" in notes
    assert "kolla detta" not in read(book, tmp_path).text


def test_optional_sheets_and_columns(tmp_path: Path) -> None:
    """Without plan and gains the scenario has none; optional columns may be left out."""
    book = filled()
    del book.sheets["Återföring"], book.sheets["Mänskliga vinster"]
    for row in book.sheets["Effekter"][2:]:
        del row[7:9]
    for row in book.sheets["Kostnader"][2:]:
        del row[5:]
    scenario = read(book, tmp_path).loaded.scenario
    assert isinstance(scenario, FundScenario)
    assert not scenario.outcomes
    assert all(one.aterforing is None for one in scenario.investments.values())


def test_layout_may_move(tmp_path: Path) -> None:
    """Headers are found by their words: columns may change places, and rows come above."""
    book = filled()
    for rows in book.sheets.values():
        rows[:] = [list(reversed(row + [None] * (12 - len(row)))) for row in rows]
        rows.insert(0, [])
    moved, plain = numbers(read(book, tmp_path)), numbers(read(filled(), tmp_path))
    assert {key: one.distribution for key, one in moved.items()} == {
        key: one.distribution for key, one in plain.items()
    }


def test_worked_out_formulas(tmp_path: Path) -> None:
    """A formula counts as its value."""
    book = filled().set("Kostnader!E4", Formula("=250000*2", 500_000))
    found = numbers(read(book, tmp_path))
    assert value(found["investments.hemmaplan.costs.2026"]) == 500_000


@pytest.mark.parametrize(
    "text",
    ['Stöd "extra"', "C:\\temp\\ny", "# inte en kommentar", "a = 1", "rad 1\nrad 2", "'''", "=1+1",
     "[tabell]", "\\u0041", "åäö €", "a\tb", "}", '"""'],
)  # fmt: skip
def test_any_text_is_only_text(tmp_path: Path, text: str) -> None:
    """Whatever people write in a cell stays a text in the scenario."""
    book = filled()
    for place in ("Kostnader!B4", "Kostnader!F4", "Effekter!B8", "Mänskliga vinster!A4",
                  "Uppgifter!B4", "Nämnder!B4"):  # fmt: skip
        book.set(place, text)
    scenario = read(book, tmp_path).loaded.scenario
    assert isinstance(scenario, FundScenario)
    plain = " ".join(text.split())
    assert scenario.title == f"Ankeborg: {plain}"
    assert scenario.parties["socialnamnden"].forvaltning == plain
    assert plain in [effect.title for effect in scenario.investments["laxhjalp"].effects]


def test_the_template_as_it_stands(call: Caller, tmp_path: Path) -> None:
    """A template that nobody has touched becomes a scenario that passes the check."""
    for name in ("mall.xlsx", "mall.csv"):
        scenario = tmp_path / f"{name}.toml"
        assert call("new", "--template", tmp_path / name).code == 0
        answer = call("new", "--from", tmp_path / name, scenario)
        assert (answer.code, answer.err) == (0, "")
        assert "det här är mallens exempel" in answer.out
        assert "inga fel" in answer.out
        assert call("check", scenario).code == 0


def test_without_a_name(call: Caller, tmp_path: Path) -> None:
    """The scenario is written next to the form, wherever the program is called from."""
    call.patch.chdir(tmp_path)
    folder = tmp_path / "mapp"
    folder.mkdir()
    form = filled().save(folder, "vår plan.xlsx")
    answer = call("new", "--from", form)
    assert (answer.code, answer.err) == (0, "")
    assert str(folder / "vår plan.toml") in answer.out
    assert {path.name for path in folder.iterdir()} == {"vår plan.xlsx", "vår plan.toml"}
    assert list(tmp_path.iterdir()) == [folder]


def test_both_templates_say_the_same(tmp_path: Path) -> None:
    """The workbook and the text file hold one example, but for the gains."""
    found = []
    for name, data in (("mall.xlsx", template()), ("mall.csv", flat_template())):
        (tmp_path / name).write_bytes(data)
        every = numbers(read_form(tmp_path / name, "a"))
        found.append({k: n.distribution for k, n in every.items() if not k.startswith("outcomes.")})
    assert found[0] == found[1]


def test_reading_is_light(tmp_path: Path) -> None:
    """A form is read without any library for arrays or figures."""
    form = filled().save(tmp_path)
    found = modules_after("new", "--from", str(form), str(tmp_path / "a.toml"))
    assert "python_calamine" in found
    assert not found & {"numpy", "xarray", "pandas", "xlsxwriter"}


def test_the_template_runs(tmp_path: Path) -> None:
    """The example runs from form to figures."""
    from simulate.run import run

    (tmp_path / "mall.xlsx").write_bytes(template())
    scenario = read_form(tmp_path / "mall.xlsx", "a").loaded.scenario
    figures = run(scenario, 4096, 1, tmp_path).figures
    found = {(one.party, one.measure): one.value for one in figures}
    assert 0 < (found["fonden", "p_refilled_by_horizon"] or 0) < 1


def test_the_starter_runs(tmp_path: Path) -> None:
    """So does the starter."""
    from simulate.run import run
    from simulate.scenario.starter import starter

    path = tmp_path / "a.toml"
    path.write_text(starter("a"), encoding="utf-8")
    figures = run(load(path).scenario, 4096, 1, tmp_path).figures
    found = {(one.party, one.measure): one.value for one in figures}
    assert 0 < (found["fonden", "p_refilled_by_horizon"] or 0) < 1


def test_the_form_has_the_rules_of_the_program() -> None:
    """Choices of the form are the rules that need no number of their own, in the same words."""
    assert {RULE_NAMES[rule]: rule for rule in RULES if rule != "realised_share"} == form.RULES


def test_written_is_stable(tmp_path: Path) -> None:
    """One form is always the same text."""
    first = read(filled(), tmp_path)
    second = read(filled(), tmp_path)
    assert first.text == second.text
    assert dataclasses.asdict(first.loaded)["raw"] == dataclasses.asdict(second.loaded)["raw"]
