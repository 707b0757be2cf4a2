"""simulate characteristics: sentences, tables, a page and JSON, in either language."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from models.language import LANGUAGES, say, speaking
from simulate.operating.sections import HEADINGS
from tests.cli.calls import Answer, Caller

NAME = "team_nystart"
KEYS = {
    "scenario", "seed", "draws", "break_even", "unit", "answers", "curve", "moves", "lacking",
    "disputes", "persons",
}  # fmt: skip


def _ask(call: Caller, folder: Path, *arguments: str, name: str = NAME) -> Answer:
    return call("characteristics", name, "--draws", "2048", "--output", folder, *arguments)


@pytest.mark.slow
@pytest.mark.parametrize("lang", LANGUAGES)
def test_questions_and_answers(call: Caller, tmp_path: Path, lang: str) -> None:
    """The headings stand in the same order in the terminal and on the page; nothing is fitted."""
    answer = _ask(call, tmp_path, "--lang", lang)
    assert (answer.code, answer.err) == (0, "")
    page = (tmp_path / NAME / f"egenskaper.{lang}.html").read_text(encoding="utf-8")
    with speaking(lang):
        headings = [say(heading) for heading in HEADINGS.values()]
    places = [answer.out.index(f"{heading}\n") for heading in headings]
    assert places == sorted(places)
    assert re.findall(r'<h2 id="\w+">([^<]+)</h2>', page) == headings
    assert "<script" not in page and "https://" not in page
    alts = re.findall(r'<img src="data:image/svg\+xml;base64,[^"]+" alt="([^"]*)">', page)
    assert len(alts) == page.count("<img ") == 3
    assert all(len(alt) > 40 for alt in alts)
    # The two sentences stand first, on the page and in the terminal.
    first = " ".join(answer.out.split())
    for sentence in re.findall(r"<li>([^<]+)</li>", page)[:2]:
        assert " ".join(sentence.split()) in first
    assert not (tmp_path / ".cache").exists()


@pytest.mark.slow
def test_for_programs(call: Caller, tmp_path: Path) -> None:
    """The keys are stable, every figure has its error, and the bytes are the same twice."""
    first, second = (_ask(call, tmp_path, "--format", "json", "--lang", lang) for lang in LANGUAGES)
    assert first.out == second.out
    plain = json.loads(first.out)
    assert set(plain) == KEYS
    assert [one["multiple"] for one in plain["curve"]][:3] == [-2.0, -1.75, -1.5]
    for one in plain["curve"]:
        for figure in one["figures"].values():
            assert (figure["value"] is None) == (figure["mcse"] is None)
    assert {one["factor"] for one in plain["moves"]} >= {"participants", "comparison", "drift"}
    (dispute,) = plain["disputes"]
    assert sum(way["weight"] for way in dispute["ways"]) == pytest.approx(1.0)


def test_a_contract_on_persons(call: Caller, tmp_path: Path) -> None:
    """Where there is no comparison group the rest is answered, and what is lacking is said."""
    answer = _ask(call, tmp_path, name="halsoobligation")
    assert answer.code == 0
    assert "jämförelsegruppens storlek" in " ".join(answer.out.split())


def test_a_known_outcome_names_the_scenario_at_signing(call: Caller, tmp_path: Path) -> None:
    """The message says where the question can be put instead; nothing is written."""
    answer = _ask(call, tmp_path, name="team_nystart_slutredovisning")
    assert answer.code == 2
    assert "`simulate characteristics team_nystart`" in answer.err
    assert list(tmp_path.iterdir()) == []
