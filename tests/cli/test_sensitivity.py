"""simulate sensitivity: the same five questions for every scenario, in any language and form."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from models.language import LANGUAGES, say, speaking
from simulate.scenario.read import load
from simulate.scenario.shipped import shipped
from simulate.sensitivity.told.sections import HEADINGS
from tests.cli.calls import Answer, Caller
from tests.support.made import pretend

PLAN, NYSTART = "norrkoping_fond_plan", "team_nystart"


def _study(call: Caller, folder: Path, *arguments: str, name: str = PLAN) -> Answer:
    return call("sensitivity", name, "--draws", "2048", "--output", folder, *arguments)


@pytest.mark.slow
@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_five_questions(call: Caller, tmp_path: Path, lang: str) -> None:
    """They stand in order in the terminal, within 80 columns, and on a page of its own."""
    answer = _study(call, tmp_path, "--lang", lang)
    assert (answer.code, answer.err) == (0, "")
    assert max(len(line.rstrip()) for line in answer.out.splitlines()[:-2]) <= 80
    page = (tmp_path / PLAN / f"kanslighet.{lang}.html").read_text(encoding="utf-8")
    with speaking(lang):
        headings = [say(heading) for heading in HEADINGS.values()]
    places = [answer.out.index(f"{heading}\n") for heading in headings]
    assert places == sorted(places)
    assert re.findall(r'<h2 id="\w+">([^<]+)</h2>', page) == headings
    # The answers stand first, then a list that leads to each question.
    assert page.index('<ol class="answers">') < page.index('<a href="#') < page.index("<h2")
    keys = re.findall(r'<h2 id="(\w+)">', page)
    assert re.findall(r'<a href="#(\w+)">', page) == keys
    assert "default-src 'none'" in page and "<script" not in page and "://" not in page
    alts = re.findall(r'<img src="data:image/svg\+xml;base64,[^"]+" alt="([^"]*)">', page)
    # Two answers by two pictures, and the two studies that could be made first.
    assert len(alts) == page.count("<img ") == 6
    assert all(len(alt) > 40 for alt in alts)


def _plain(call: Caller, folder: Path, *arguments: str, name: str = PLAN) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(
        _study(call, folder, "--format", "json", *arguments, name=name).out
    )
    return found


@pytest.mark.slow
def test_for_programs(call: Caller, tmp_path: Path) -> None:
    """Every figure has its error, and the same bytes come in any language."""
    one, other = (
        _study(call, tmp_path, "--format", "json", "--lang", lang).out for lang in LANGUAGES
    )
    assert one == other
    plain = json.loads(one)
    assert [(a["measure"], a["party"]) for a in plain["answers"][:2]] == [
        ("npv_mean", "kommunen"),
        ("p_never_payback", "kommunen"),
    ]
    amount, event = plain["answers"][:2]
    assert amount["tornado"][0]["factor"] == "fund.common_factor"
    for answer in (amount, event):
        assert all(bar["change"]["mcse"] > 0.0 for bar in answer["tornado"])
        assert all(s[k]["mcse"] > 0.0 for s in answer["shares"] for k in ("first", "total"))
        assert sum(share["first"]["value"] for share in answer["shares"]) < 1.0
    flips = [one for one in amount["switches"] if one["percentile"] is not None]
    assert flips[0]["factor"] == "fund.common_factor"
    assert flips[0]["ends"][0]["value"] < 0.0 < flips[0]["ends"][1]["value"]
    region = plain["region"]
    assert region["density"]["value"] > event["value"]["value"]
    assert 0.4 < region["coverage"]["value"] < 1.0


@pytest.mark.slow
def test_the_value_of_information(call: Caller, tmp_path: Path) -> None:
    """All that is uncertain is worth most; nothing is worth less than nothing but by its error."""
    value = _plain(call, tmp_path)["value"]
    assert (value["party"], value["utility"], value["goes_ahead"]) == ("kommunen", "npv", False)
    assert value["everything"]["value"] > 10.0 * value["everything"]["mcse"]
    for one in (*value["single"], *value["groups"]):
        assert one["value"] <= value["everything"]["high"]
        assert one["value"] >= -3.0 * one["mcse"]
        assert not any(key.startswith("chance") for key in one["factors"])
    first, pilot = value["studies"]
    assert (first["factors"], pilot["waiting"]) == (["fund.common_factor"], 0.0)
    for one in (first, pilot):
        stated = next(size for size in one["sizes"] if size["persons"] == one["stated"])
        assert 3.0 * stated["mcse"] < stated["value"] < one["limit"]["high"]
        assert stated["net"]["value"] == pytest.approx(
            one["kept"] * stated["value"] - stated["own_cost"]
        )
    assert pilot["best"] is None


@pytest.mark.slow
def test_an_averse_party_pays_its_certainty_equivalent(call: Caller, tmp_path: Path) -> None:
    """Who is averse to risk values the grants less than their mean, the more so the more averse."""
    text = shipped()[PLAN].read_text(encoding="utf-8")

    def act(tolerance: str) -> float:
        own = f'utility = "certainty_equivalent"\nrisk_tolerance = "{tolerance}"'
        path = tmp_path / "plan.toml"
        path.write_text(text.replace('utility = "npv"', own), encoding="utf-8")
        return float(_plain(call, tmp_path, name=str(path))["value"]["act"]["value"])

    mean = _plain(call, tmp_path)["value"]["act"]["value"]
    little, much = act("10000 mkr"), act("40 mkr")
    assert much < little < mean
    assert little == pytest.approx(mean, rel=0.005)


@pytest.mark.slow
def test_with_evidence_and_chance(call: Caller, tmp_path: Path) -> None:
    """A block is one factor, all chance another; chance has a share and neither bar nor value."""
    pretend(load(shipped()[NYSTART]), tmp_path)
    plain = _plain(call, tmp_path, name=NYSTART)
    kinds = {one["factor"]: one["kind"] for one in plain["factors"]}
    assert kinds["evidence/skolfam2"] == "evidence" and kinds["chance"] == "chance"
    amount = plain["answers"][0]
    assert "chance" in {one["factor"] for one in amount["shares"]}
    assert "chance" not in {one["factor"] for one in amount["tornado"]}
    assert "chance" not in {one["key"] for one in plain["value"]["single"]}
    # What moves no money of the investor's is named, not left out.
    assert "outcomes.social_cost.cashable.long_run" in plain["idle"]


def test_without_a_decision_it_says_so(call: Caller, tmp_path: Path) -> None:
    """The last question is answered with what is missing."""
    fund = Path("tests/bad/_valid_fund.toml")
    answer = call("sensitivity", fund, "--draws", "2048", "--output", tmp_path)
    assert answer.code == 0
    assert "Scenariot anger inget beslut." in answer.out
    assert answer.out.index("kan ensamt") < answer.out.index("Vad flyttar svaret?")


@pytest.mark.slow  # every scenario that is shipped
@pytest.mark.parametrize("name", sorted(shipped()))
def test_every_shipped_scenario_is_answered(call: Caller, tmp_path: Path, name: str) -> None:
    """Every one has five answers, as text and for programs, whatever its kind and evidence."""
    pretend(load(shipped()[name], (), shipped()[name].parent), tmp_path)
    answer = _study(call, tmp_path, name=name)
    assert (answer.code, answer.err) == (0, "")
    assert max(len(line.rstrip()) for line in answer.out.splitlines()[:-2]) <= 80
    plain = _plain(call, tmp_path, name=name)
    assert plain["scenario"] == load(shipped()[name]).scenario.id
    for found in plain["answers"]:
        assert found["value"]["mcse"] > 0.0 or found["unit"] == "sek"
        for share in found["shares"]:
            one, other = share["first"], share["total"]
            # Four errors: there are two hundred such pairs.
            assert one["value"] - other["value"] <= 4.0 * (one["mcse"] + other["mcse"])


_CERTAIN = (
    "programme.cost_lines.staff.amount=3 mkr", "outcomes.cost.cv=0.4",
    "outcomes.cost.effect=-0.1", "measurements.saving.drift=0.05",
)  # fmt: skip
_SURE = (
    "contract.clauses.guarantee.share=1", "contract.clauses.share.share=0", "programme.delivery=1",
)  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize(
    ("settings", "told"),
    [
        (_CERTAIN, "inget tal flyttar den för sig: osäkerheten är slump"),
        ((*_CERTAIN, *_SURE), "är densamma i alla framtider, −0,33"),
    ],
)
def test_nothing_is_uncertain(
    call: Caller, tmp_path: Path, settings: tuple[str, ...], told: str
) -> None:
    """Where all numbers are certain the answer is chance, or nothing at all, and that is said."""
    changes = [part for one in settings for part in ("--set", one)]
    answer = _study(call, tmp_path, *changes, "--quiet", name="tests/bad/_valid.toml")
    assert (answer.code, answer.err) == (0, "")
    words = " ".join(answer.out.split())
    assert told in words
    assert "chance" not in words and "−0,33 %" not in words
    assert _plain(call, tmp_path, *changes, name="tests/bad/_valid.toml")["scenario"] == "litet"
