"""simulate design: the same questions in the terminal, on a page and as JSON, in any language."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from models.language import LANGUAGES, say, speaking
from simulate.design.sections import HEADINGS
from simulate.scenario.read import load
from simulate.scenario.shipped import shipped
from tests.cli.calls import Answer, Caller
from tests.support.made import pretend

NAME = "team_nystart"
PERSONS = "measurements.saving.comparison.persons"


def _design(call: Caller, folder: Path, *arguments: str, name: str = NAME) -> Answer:
    pretend(load(shipped()[name]), folder)
    return call("design", name, "--draws", "2048", "--output", folder, *arguments)


@pytest.mark.slow
@pytest.mark.parametrize("lang", LANGUAGES)
def test_questions_and_answers(call: Caller, tmp_path: Path, lang: str) -> None:
    """The headings stand in order in the terminal, within 80 columns, and on a page of its own."""
    answer = _design(call, tmp_path, "--lang", lang)
    assert (answer.code, answer.err) == (0, "")
    assert max(len(line.rstrip()) for line in answer.out.splitlines()[:-2]) <= 80
    page = (tmp_path / NAME / f"matning.{lang}.html").read_text(encoding="utf-8")
    with speaking(lang):
        headings = [say(heading) for heading in HEADINGS.values()]
    places = [answer.out.index(f"{heading}\n") for heading in headings]
    assert places == sorted(places)
    assert re.findall(r'<h2 id="\w+">([^<]+)</h2>', page) == headings
    assert "default-src 'none'" in page and "<script" not in page and "://" not in page
    alts = re.findall(r'<img src="data:image/svg\+xml;base64,[^"]+" alt="([^"]*)">', page)
    assert len(alts) == page.count("<img ") == 1
    assert len(alts[0]) > 40


def _plain(call: Caller, folder: Path, *arguments: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(_design(call, folder, "--format", "json", *arguments).out)
    return found


@pytest.mark.slow
def test_for_programs(call: Caller, tmp_path: Path) -> None:
    """Stable keys, a change is what it is between, each with its error, in any language."""
    one, other = (
        _design(call, tmp_path, "--format", "json", "--lang", lang).out for lang in LANGUAGES
    )
    assert one == other
    plain = json.loads(one)
    assert set(plain) == {
        "scenario", "seed", "draws", "sides", "risk_tolerance", "designs", "curves",
    }  # fmt: skip
    assert plain["sides"] == ["finansiar", "kommun"]
    ids = [design["id"] for design in plain["designs"]]
    assert ids == ["larger_group", "third_year", "indexed"]
    for design in plain["designs"]:
        for whom in (design["contract"], *design["sides"].values()):
            for found in whom.values():
                gap = found["other"]["value"] - found["agreed"]["value"]
                assert found["change"]["value"] == pytest.approx(gap, abs=1e-6)
                assert found["change"]["mcse"] > 0.0
        both = sum(side["npv_mean"]["change"]["value"] for side in design["sides"].values())
        assert design["together"]["npv_mean"]["change"]["value"] == pytest.approx(both)
    (curve,) = plain["curves"]
    assert [point["persons"] for point in curve["lines"]["no_drift"]][2] == curve["agreed"] == 61


@pytest.mark.slow
def test_what_is_asked_for(call: Caller, tmp_path: Path) -> None:
    """Every combination of what is varied is a measurement, named by what is set."""
    plain = _plain(call, tmp_path, "--vary", f"{PERSONS}=61,122",
                   "--vary", "measurements.saving.indexation=0 %,100 %")  # fmt: skip
    settings = [design["settings"] for design in plain["designs"]]
    assert [one[PERSONS] for one in settings] == ["61", "61", "122", "122"]
    first, *others = plain["designs"]
    assert first["contract"]["repayment_mean"]["change"]["value"] == 0.0
    assert all(one["contract"]["repayment_mean"]["change"]["value"] != 0.0 for one in others)


def test_slips_are_told_together(call: Caller, tmp_path: Path) -> None:
    """What cannot be varied, what does not exist, and a wrong number of futures: all at once."""
    answer = call(
        "design", NAME, "--output", tmp_path, "--draws", "x", "--vary", "contract.cap=1",
        "--vary", "y",
    )  # fmt: skip
    assert answer.code == 2
    for word in ("--draws", "contract.cap", "y saknar"):
        assert word in answer.err
    answer = call("design", NAME, "--output", tmp_path, "--vary", f"{PERSONS}=0,122")
    assert answer.code == 2 and PERSONS in answer.err
    assert list(tmp_path.iterdir()) == []


def test_a_fund_has_no_contract_to_measure_for(call: Caller, tmp_path: Path) -> None:
    """A scenario of the other kind is told to be one."""
    answer = call("design", "norrkoping_fond_plan", "--output", tmp_path)
    assert answer.code == 2 and "[contract]" in answer.err
