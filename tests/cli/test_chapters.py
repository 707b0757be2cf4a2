"""Chapters of a report: asked for, worked out on the run, said in both languages, verified."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
from importlib import import_module
from pathlib import Path

import pytest

from models.language import LANGUAGES, say, speaking
from simulate.chapters import CHAPTERS
from simulate.chapters.asked import NAMES
from simulate.folder import chapter_file, chapters_in, report_file
from simulate.scenario.read import load
from simulate.scenario.shipped import shipped
from tests.cli.calls import ROOT, Caller
from tests.cli.cases import VALID
from tests.support.made import pretend

DRAWS = "2048"
QUICK = ("--draws", DRAWS, "--quiet")
EVERY = report_file("sv", NAMES)
PAGES = {
    "characteristics": "egenskaper",
    "design": "matning",
    "gates": "insatsrad",
    "sensitivity": "kanslighet",
}
# Two days of drawdown, and between them a meeting that has seen some months of cost.
MEETINGS = """
[contract.stage_gates]
meetings = [2020-12-01]
measure = "saving"
reporting_lag = "1 månad"
stable = "50 %"
front_load = 0.0
yardstick_known = true
"""
FUND = "tests/bad/_valid_fund.toml"


@pytest.fixture(scope="module")
def outputs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of all runs, the same for every test here; no test changes what is in it."""
    return tmp_path_factory.mktemp("runs")


@pytest.fixture(scope="module")
def scenario(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A scenario that has every chapter."""
    text = (ROOT / VALID).read_text(encoding="utf-8")
    path = tmp_path_factory.mktemp("scenarios") / "litet.toml"
    twice = text.replace("drawn_on = [2020-02-01]", "drawn_on = [2020-02-01, 2021-02-01]")
    assert twice != text
    path.write_text(twice + MEETINGS, encoding="utf-8")
    return path


@pytest.fixture
def run(call: Caller, scenario: Path, outputs: Path) -> Path:
    """The folder of a small run whose report has every chapter, in both languages."""
    if not list(outputs.rglob(report_file("en", NAMES))):
        answer = call("run", scenario, *QUICK, "--chapters", "all", "--output", outputs)
        assert (answer.code, answer.err) == (0, "")
        assert answer.out.endswith(f"{EVERY}\n")
        english = call("report", "litet", "--chapters", "all", "--output", outputs, "--lang", "en")
        assert english.code == 0
        assert english.out.endswith(f"{report_file('en', NAMES)}\n")
    (found,) = (path.parent for path in outputs.rglob(EVERY))
    return found


def text_of(folder: Path, language: str = "sv") -> str:
    """Return the report with every chapter."""
    return (folder / report_file(language, NAMES)).read_text(encoding="utf-8")


def chapter_of(page: str, name: str) -> str:
    """Return one chapter of a page."""
    begun = page.index(f'<section class="chapter" aria-labelledby="{name}">')
    later = [page.find('<section class="chapter"', begun + 1), page.index('<h2 id="evidence">')]
    return page[begun : min(place for place in later if place > 0)]


@pytest.mark.slow
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_chapter_is_there(run: Path, language: str) -> None:
    """Title, questions, contents and answers, in the language of the page; every link leads on."""
    page = text_of(run, language)
    with speaking(language):
        titles = {entry.name: say(entry.title) for entry in CHAPTERS}
    for name, title in titles.items():
        assert f'<li><a href="#{name}">{title}</a></li>' in page
        chapter = chapter_of(page, name)
        assert f'<h2 id="{name}">{title}</h2>' in chapter
        assert len(re.findall(r"<h3 id=", chapter)) == chapter.count(f'<li><a href="#{name}-') >= 3
        assert len(re.findall(r"<li>[^<]{60,}</li>", chapter)) >= 2
        assert "<img " in chapter and "<table" in chapter
    places = re.findall(r' id="([^"]+)"', page)
    assert len(places) == len(set(places))
    assert set(re.findall(r'href="#([^"]+)"', page)) <= set(places)
    assert "<script" not in page and "://" not in page


@pytest.mark.slow
@pytest.mark.parametrize(("name", "page"), list(PAGES.items()))
def test_its_figures_are_those_of_the_command(
    call: Caller, scenario: Path, run: Path, tmp_path: Path, name: str, page: str
) -> None:
    """With as many draws and the same seed every table and every picture is the same."""
    assert call(name, scenario, "--draws", DRAWS, "--output", tmp_path).code == 0
    alone = (tmp_path / "litet" / f"{page}.sv.html").read_text(encoding="utf-8")
    alone = alone[: alone.rindex("<h2>")]  # what it was made with
    within = chapter_of(text_of(run), name)
    for part, least in ((r"<table.*?</table>", 3), (r"<img [^>]+>", 1)):
        found = re.findall(part, alone, re.DOTALL)
        assert len(found) >= least
        assert re.findall(part, within, re.DOTALL) == found


@pytest.mark.slow
def test_the_rest_of_the_run_is_as_without(
    call: Caller, scenario: Path, run: Path, tmp_path: Path
) -> None:
    """The same id and the same bytes; the report without chapters is there as ever."""
    assert call("run", scenario, *QUICK, "--output", tmp_path).code == 0
    (bare,) = (path.parent for path in tmp_path.rglob("manifest.json"))
    assert bare.name == run.name
    for path in bare.iterdir():
        if path.is_file() and path.name != "timings.json":
            assert path.read_bytes() == (run / path.name).read_bytes(), path.name


@pytest.mark.slow
def test_a_stored_run_gives_the_same_page(call: Caller, tmp_path: Path) -> None:
    """Worked out on what is stored, posteriors too, a page has the bytes that the run gave it."""
    pretend(load(shipped()["team_nystart"]), tmp_path)
    call("run", "team_nystart", "--draws", DRAWS, "--chapters", "sensitivity",
         "--output", tmp_path)  # fmt: skip
    (page,) = tmp_path.rglob("report.sensitivity.sv.html")
    made = page.read_bytes()
    kept = page.parent / chapter_file("sensitivity")
    found = kept.read_bytes()
    for missing in ([page], [page, kept]):
        for path in missing:
            path.unlink()
        answer = call("report", page.parent, "--chapters", "sensitivity")
        assert answer.out == f"{page}\n"
        assert (page.read_bytes(), kept.read_bytes()) == (made, found)


@pytest.mark.slow
def test_what_is_kept_is_drawn(call: Caller, run: Path, tmp_path: Path) -> None:
    """Just what this run found: a page shows it, verify works it out anew, no other is taken."""
    folder = Path(shutil.copytree(run, tmp_path / "litet" / run.name))
    kept, page = folder / chapter_file("design"), folder / report_file("en", ["design"])
    whole = kept.read_text(encoding="utf-8")
    held = json.loads(whole)
    other = {**held, "facts": json.loads(json.dumps(held["facts"]).replace(DRAWS, "2047"))}
    assert other["facts"] != held["facts"]
    signed = {**other, "sha256": hashlib.sha256(json.dumps(other["facts"]).encode()).hexdigest()}
    foreign = {**signed, "run": 64 * "0"}
    pages = []
    for content in (held, signed, foreign, other, {}, []):
        kept.write_text(json.dumps(content), encoding="utf-8")
        answer = call("report", folder, "--chapters", "design", "--lang", "en")
        assert (answer.code, answer.err) == (0, "")
        pages.append(page.read_text(encoding="utf-8"))
        if content is signed:
            assert f"Skiljer sig:\n  {kept.name}\n" in call("verify", folder).out
    assert "2,047" in pages[1] and "2,047" not in pages[0]
    assert {*pages[2:]} == {pages[0]}
    assert kept.read_text(encoding="utf-8") == whole


@pytest.mark.slow
def test_verify_makes_them_again(call: Caller, scenario: Path, run: Path, tmp_path: Path) -> None:
    """Every page is made again with its chapters, in its language; one changed byte is found."""
    folder = Path(shutil.copytree(run, tmp_path / "runs" / "litet" / run.name))
    (folder / "report.gossip.sv.html").write_text("mine", encoding="utf-8")
    equal = call("verify", folder)
    assert (equal.code, equal.err) == (0, "")
    lines = equal.out.split("\n")
    assert lines.index(f"  {EVERY}") < lines.index("Alla filer är lika.")
    assert f"  {report_file('en', NAMES)}" in lines
    assert all(f"  {chapter_file(name)}" in lines for name in NAMES)
    assert lines.index("  report.gossip.sv.html") > lines.index(
        "Jämförs inte, för ingen körning skriver dem:"
    )
    data = (folder / EVERY).read_bytes()
    (folder / EVERY).write_bytes(data.replace(b"mkr", b"mkR", 1))
    differing = call("verify", folder)
    assert differing.code == 1
    assert f"Skiljer sig:\n  {EVERY}\n" in differing.out
    # A run does not mend it in silence either.
    again = call("run", scenario, *QUICK, "--chapters", "all", "--output", tmp_path / "runs")
    assert again.code == 1
    assert f"skiljer sig i {EVERY}" in " ".join(again.err.split())


def test_an_unknown_chapter(call: Caller, tmp_path: Path) -> None:
    """Every unknown name is told with what is allowed, together with all else that is wrong."""
    answer = call("run", VALID, "--draws", "0", "--chapters", "tornado,,sensitivity",
                  "--output", tmp_path)  # fmt: skip
    assert (answer.code, answer.out) == (2, "")
    assert "3 fel" in answer.err
    assert "inget kapitel som heter tornado" in answer.err
    assert f'inget kapitel som heter ""\n  tillåtet: {", ".join(NAMES)}, all' in answer.err
    assert list(tmp_path.iterdir()) == []


def test_a_chapter_that_a_scenario_does_not_have(call: Caller, tmp_path: Path) -> None:
    """A fund has no contract, a known outcome no effect to set: named they are refused."""
    fund = call("run", FUND, "--chapters", "characteristics", "--output", tmp_path)
    assert (fund.code, fund.out) == (2, "")
    assert "scenariot har inget kontrakt" in fund.err
    known = call("run", "team_nystart_slutredovisning", "--chapters", "sensitivity,characteristics",
                 "--output", tmp_path)  # fmt: skip
    assert (known.code, known.out) == (2, "")
    assert "`simulate characteristics team_nystart`" in known.err
    assert list(tmp_path.iterdir()) == []


@pytest.mark.slow
def test_a_fund_has_what_it_can_have(call: Caller, tmp_path: Path) -> None:
    """Of all chapters a fund gets those that it has, and the name of the page says which."""
    assert call("run", FUND, "--draws", DRAWS, "--chapters", "all", "--output", tmp_path).code == 0
    (page,) = tmp_path.rglob("report.*.sv.html")
    assert chapters_in(page.name) == ("sv", ("sensitivity",))
    assert "characteristics" not in page.read_text(encoding="utf-8")


@pytest.mark.slow
def test_a_failed_diagnosis(call: Caller, tmp_path: Path) -> None:
    """Nothing is written unless it is accepted; then the chapters that rest on it say so."""
    pretend(load(shipped()["team_nystart"]), tmp_path, divergences=900)
    wanted = ("run", "team_nystart", "--draws", DRAWS, "--chapters", "all", "--output", tmp_path)
    refused = call(*wanted)
    assert (refused.code, refused.out) == (1, "")
    assert not list(tmp_path.rglob("report*"))
    assert call(*wanted, "--accept-failed").code == 0
    (page,) = tmp_path.rglob(EVERY)
    text = page.read_text(encoding="utf-8")
    for name in ("design", "gates", "sensitivity"):
        assert 'class="box stop"' in chapter_of(text, name)
    # There every effect is set, and no other number is from evidence.
    assert "box" not in chapter_of(text, "characteristics")


def test_the_registry() -> None:
    """A name can stand in the name of a file; each module has its three functions."""
    for entry in CHAPTERS:
        assert re.fullmatch(r"[a-z]+(_[a-z]+)*", entry.name) and entry.name != "all"
        for function in ("refused", "study", "told"):
            assert callable(getattr(entry.builder, function)), entry.name
    assert len(set(NAMES)) == len(CHAPTERS)
    # A long run's chapter has as many futures as the command draws when nobody says how many.
    for entry in CHAPTERS:
        command = import_module(f"simulate.cli.{entry.name}_command").command
        most = import_module(entry.module).MOST
        assert [int(one.default) for one in command.params if one.name == "draws"] == [most]
    assert chapters_in(report_file("en", NAMES)) == ("en", NAMES)
