"""simulate gates: sentences, tables, a page and JSON, in either language."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from models.language import LANGUAGES, say, speaking
from simulate.gates.sections import HEADINGS
from tests.cli.calls import ROOT, Answer, Caller

NAME = "exempel_insatsrad"
KNOWN = "2027-03-01:cost=55mkr,expected=60mkr,persons=80"
KEYS = {
    "scenario", "seed", "draws", "answers", "before", "meetings", "checked", "rights", "rule",
    "known",
}  # fmt: skip


def _ask(call: Caller, folder: Path, *arguments: str, draws: str = "4096") -> Answer:
    return call("gates", NAME, "--draws", draws, "--output", folder, *arguments)


@pytest.mark.slow
@pytest.mark.parametrize("lang", LANGUAGES)
def test_questions_and_answers(call: Caller, tmp_path: Path, lang: str) -> None:
    """The headings stand in the same order in the terminal and on the page, with one picture."""
    answer = _ask(call, tmp_path, "--known", KNOWN, "--lang", lang)
    assert (answer.code, answer.err) == (0, "")
    page = (tmp_path / NAME / f"insatsrad.{lang}.html").read_text(encoding="utf-8")
    with speaking(lang):
        headings = [say(heading) for heading in HEADINGS.values()]
    places = [answer.out.index(f"{heading}\n") for heading in headings]
    assert places == sorted(places)
    assert re.findall(r'<h2 id="\w+">([^<]+)</h2>', page) == headings
    assert "<script" not in page and "https://" not in page
    alts = re.findall(r'<img src="data:image/svg\+xml;base64,[^"]+" alt="([^"]*)">', page)
    assert len(alts) == page.count("<img ") == 1
    assert all(len(alt) > 40 for alt in alts)
    first = " ".join(answer.out.split())
    for sentence in re.findall(r"<li>([^<]+)</li>", page)[:2]:
        assert " ".join(sentence.split()) in first


@pytest.mark.slow
def test_for_programs(call: Caller, tmp_path: Path) -> None:
    """The keys are stable, each estimate has its error, and the bytes are the same twice."""
    first, second = (
        _ask(call, tmp_path, "--format", "json", "--known", KNOWN, "--lang", lang)
        for lang in LANGUAGES
    )
    assert first.out == second.out
    plain = json.loads(first.out)
    assert set(plain) == KEYS
    assert [one["day"] for one in plain["meetings"]][:2] == ["2025-03-03", "2025-06-02"]
    assert all(one["explained"]["mcse"] >= 0.0 for one in plain["meetings"])
    assert [one["party"] for one in plain["rights"]] == ["finansiar", "kommun"]
    for one in plain["rights"]:
        low, high = one["between"]
        assert low == one["lower_bound"] <= one["upper_bound"]["value"] <= high
        assert one["gap"]["value"] >= 0.0
    (known,) = plain["known"]
    assert known["holds"] and known["pareto_k"] < 0.7
    assert known["interval"][0] < known["payment"][0] < known["interval"][1]


@pytest.mark.slow
def test_what_the_guide_says(call: Caller, tmp_path: Path) -> None:
    """The guide quotes what the command says, word for word."""
    answer = _ask(call, tmp_path, "--format", "json", draws="16384")
    said = " ".join(json.loads(answer.out)["answers"][1].replace("\u00a0", " ").split())
    guide = (ROOT / "docs" / "guide.md").read_text(encoding="utf-8")
    quoted = re.search(r"^> (För Kommunen är rätten.*(?:\n> .*)*)", guide, re.MULTILINE)
    assert quoted is not None
    assert " ".join(quoted[1].replace("\n> ", " ").split()) in said


@pytest.mark.parametrize(
    "known",
    [
        "2027-03-02:cost=55mkr,expected=60mkr,persons=80",
        "2027-03-01:cost=55mkr,persons=80",
        "2027-03-01:cost=55mkr,expected=0kr,persons=80",
        "2027-03-01:cost=55mkr,expected=60mkr,persons=80.5",
        "2027-03-01:cost=55mkr,expected=60mkr,persons=80,index=1",
        "cost=55mkr",
        "",
    ],
)
def test_what_is_not_said_right(call: Caller, tmp_path: Path, known: str) -> None:
    """What was known is a meeting and its figures, each once; else the meetings are listed."""
    answer = _ask(call, tmp_path, "--known", known)
    assert answer.code == 2
    assert "2027-03-01" in answer.err and "--known" in answer.err
    assert list(tmp_path.iterdir()) == []


def test_a_contract_without_gates(call: Caller, tmp_path: Path) -> None:
    """Nothing is drawn or written where there is nothing to ask."""
    answer = call("gates", "peterborough", "--output", tmp_path)
    assert answer.code == 2
    assert "[contract.stage_gates]" in answer.err
    assert list(tmp_path.iterdir()) == []
