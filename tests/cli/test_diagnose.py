"""simulate diagnose: the same five questions for every scenario, in any language and form."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from models.language import LANGUAGES, say, speaking
from simulate.language.numbers import HARD
from simulate.review import HEADINGS
from simulate.scenario.read import load
from simulate.scenario.shipped import shipped
from tests.cli.calls import Answer, Caller
from tests.support.made import pretend

NAME = "team_nystart"
PLAN = "norrkoping_fond_plan"
KEYS = {
    "scenario", "seed", "draws", "verdict", "codes", "reasons", "notes", "headings",
    *HEADINGS,
}  # fmt: skip


def _diagnose(call: Caller, folder: Path, *arguments: str, name: str = NAME) -> Answer:
    return call("diagnose", name, "--draws", "4096", "--output", folder, *arguments)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder whose cache holds made-up posteriors that pass."""
    pretend(load(shipped()[NAME]), tmp_path)
    return tmp_path


@pytest.mark.parametrize(
    ("name", "lang"),
    [
        (PLAN, "sv"),
        (PLAN, "en"),
        (NAME, "sv"),
        pytest.param(NAME, "en", marks=pytest.mark.slow),  # as many pictures again
    ],
)
def test_the_headings_are_fixed(call: Caller, folder: Path, name: str, lang: str) -> None:
    """The five questions stand in the same order in the terminal and on a page of its own."""
    answer = _diagnose(call, folder, "--lang", lang, name=name)
    assert (answer.code, answer.err) == (0, "")
    page = (folder / name / f"diagnos.{lang}.html").read_text(encoding="utf-8")
    with speaking(lang):
        headings = [say(heading) for heading in HEADINGS.values()]
    places = [answer.out.index(f"{heading}\n") for heading in headings]
    assert places == sorted(places)
    assert re.findall(r'<h2 id="\w+">([^<]+)</h2>', page) == headings
    _stands_by_itself(page, 6 if name == NAME else 0)


def _stands_by_itself(page: str, pictures: int) -> None:
    """No script, no address, a policy that forbids both, and words for every picture."""
    assert "default-src 'none'" in page
    assert "<script" not in page and "http://" not in page and "https://" not in page
    alts = re.findall(r'<img src="data:image/svg\+xml;base64,[^"]+" alt="([^"]*)">', page)
    assert len(alts) == page.count("<img ")
    assert len(alts) >= pictures
    assert all(len(alt) > 15 for alt in alts)


@pytest.mark.slow  # two pages of pictures
def test_for_programs(call: Caller, folder: Path) -> None:
    """The keys are stable, and the same bytes come in any language."""
    first, second = (
        _diagnose(call, folder, "--format", "json", "--lang", lang) for lang in LANGUAGES
    )
    assert first.out == second.out
    plain = json.loads(first.out)
    assert set(plain) == KEYS
    (converged,) = plain["converged"]
    assert set(converged) == {"block", "verdict", "figures", "quantities", "calibration"}
    reach = plain["money"][0]
    assert (reach["measure"], reach["party"]) == ("p_loss", "finansiar")
    assert {one["parameter"] for one in reach["moves"]} == {
        one["parameter"] for one in plain["assumed"][0]["parameters"] if one["prior"] is not None
    } - {"between_place_sd"}
    for one in reach["moves"]:
        assert one["change"]["value"] == pytest.approx(
            one["at_high"]["value"] - one["at_low"]["value"]
        )
        assert one["at_low"]["mcse"] > 0.0
        # Where the posterior does not reach, both ends can be the same edge of it.
        assert one["change"]["mcse"] > 0.0 or not one["inside"]
    assert {one["what"] for one in reach["powers"]} >= {"prior", "likelihood"}


def test_without_evidence_the_same_questions_are_answered(call: Caller, tmp_path: Path) -> None:
    """Every heading has an answer, and none of it is made up."""
    answer = _diagnose(call, tmp_path, name=PLAN)
    assert answer.code == 0
    assert "ingen evidens att pröva" in answer.out
    assert "Ingen samplare har körts." in answer.out
    plain = json.loads(_diagnose(call, tmp_path, "--format", "json", name=PLAN).out)
    assert set(plain) == KEYS
    assert [plain[key] for key in HEADINGS] == [[]] * len(HEADINGS)


@pytest.mark.slow
def test_a_failed_diagnosis_ends_with_one(call: Caller, tmp_path: Path) -> None:
    """The verdict comes first, with the reason and its remedy; the page is written all the same."""
    pretend(load(shipped()[NAME]), tmp_path, divergences=2)
    answer = _diagnose(call, tmp_path)
    assert answer.code == 1
    first = " ".join(answer.out.split())[:600]
    assert "underkänd" in first and "2 divergenta steg" in first and "Åtgärd" in first
    page = (tmp_path / NAME / "diagnos.sv.html").read_text(encoding="utf-8")
    assert "2 divergenta steg" in page
    assert 'class="box stop"' in page


@pytest.mark.slow  # two pages of pictures
def test_the_same_bytes_twice(call: Caller, folder: Path) -> None:
    """The page is the same the second time, pictures too."""
    _diagnose(call, folder)
    page = folder / NAME / "diagnos.sv.html"
    first = page.read_bytes()
    page.unlink()
    _diagnose(call, folder)
    assert page.read_bytes() == first


@pytest.mark.slow  # a model is fitted to data of its own
def test_calibration_is_shown(call: Caller, tmp_path: Path) -> None:
    """With --sbc every quantity has its probability, and a sound model passes."""
    pretend(load(shipped()[NAME]), tmp_path)
    answer = _diagnose(call, tmp_path, "--sbc", "20", "--format", "json")
    assert answer.code == 0
    (found,) = json.loads(answer.out)["converged"]
    calibration = found["calibration"]
    assert calibration["simulations"] == 20
    assert {"mean_effect", "log_likelihood"} <= set(calibration["p"])
    assert calibration["worst_p"] > 0.01
    page = (tmp_path / NAME / "diagnos.sv.html").read_text(encoding="utf-8")
    assert "ur 20 datamängder" in page


@pytest.mark.slow
def test_each_statistic_has_its_unit(call: Caller, folder: Path) -> None:
    """An observed mean cost is an amount, what was predicted of it too, and JSON names the unit."""
    text = _diagnose(call, folder).out
    part = text[text.index("Återskapar") : text.index("Har samplaren")].replace(HARD, " ")
    assert re.search(r"977 tkr +\d+ tkr +\d+ tkr till", part)
    assert "1,14 mkr" in part
    plain = json.loads(_diagnose(call, folder, "--format", "json").out)
    checks = plain["reproduced"][0]["checks"]
    assert {one["unit"] for one in checks.values()} == {"sek"}


@pytest.mark.slow
def test_a_model_without_data_says_so(call: Caller, tmp_path: Path) -> None:
    """There is no empty table, and nothing is said of leaving one of no units out."""
    name = "orebro_skolfam"
    pretend(load(shipped()[name]), tmp_path)
    text = _diagnose(call, tmp_path, name=name).out
    part = text[text.index("Återskapar") : text.index("Har samplaren")]
    assert "finns inga data att pröva modellen mot" in " ".join(part.split())
    assert "Pareto" not in part and "Observerat" not in part
    page = (tmp_path / name / "diagnos.sv.html").read_text(encoding="utf-8")
    assert "finns inga data att pröva modellen mot" in page
    assert "0 enheter" not in page


@pytest.mark.slow
def test_a_warning_names_the_block_by_title(call: Caller, tmp_path: Path) -> None:
    """The title says which block; the id stands only in the key that is to be edited."""
    pretend(load(shipped()[NAME]), tmp_path, divergences=2)
    answer = _diagnose(call, tmp_path)
    first = " ".join(answer.out.split())[:600]
    assert "- SkolFam 2: 2 divergenta steg" in first
    assert "evidence.skolfam2.sampling.target_accept" in first
    assert "skolfam2:" not in first


@pytest.mark.slow
@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_line_is_wider_than_the_terminal(call: Caller, folder: Path, lang: str) -> None:
    """Headings, paragraphs and tables fold at 80 columns where the terminal has so many."""
    answer = _diagnose(call, folder, "--lang", lang)
    page = answer.out.rindex("\n\n")
    assert max(len(line.rstrip()) for line in answer.out[:page].splitlines()) <= 80
