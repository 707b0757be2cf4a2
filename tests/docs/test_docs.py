"""What the documentation says of the program is there, and what it points at exists."""

from __future__ import annotations

import io
import re
import shlex
import tomllib
import zipfile
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import get_args

import click
import pytest

from models.evidence import EVIDENCE
from models.number import FORMS, KINDS
from simulate import design
from simulate.cli.main import COMMANDS
from simulate.contract.clauses import CLAUSES
from simulate.design import sentences as design_sentences
from simulate.evidence import posteriors
from simulate.report import fund_sentences, learned, sentences
from simulate.risk.measures import MEASURES
from simulate.run import run
from simulate.scenario.read import load
from simulate.scenario.shipped import shipped
from simulate.scenario.tree.aterforing import RULES
from simulate.scenario.tree.investment import EFFECTS
from simulate.scenario.tree.measurements import COMPARISONS, MEASUREMENTS
from simulate.scenario.tree.outcomes import OUTCOMES
from simulate.scenario.tree.party import PartyType
from simulate.scenario.tree.study import STUDIES
from simulate.sensitivity.study import study
from simulate.sensitivity.told.sections import sections
from simulate.sheets.form import FORMS as SHEETS
from simulate.sheets.form import SETTINGS_FORM
from tests.cli.calls import Caller

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
PAGES = (ROOT / "README.md", *sorted(DOCS.rglob("*.md")))
PAPERS = sorted((DOCS / "beslut").glob("*.md"))
METHOD, GUIDE = DOCS / "metod.md", DOCS / "guide.md"

# What can stand in a scenario → its names.
REGISTRIES = {
    "measure": tuple(one.name for one in MEASURES),
    "clause": tuple(CLAUSES),
    "outcome": tuple(OUTCOMES),
    "measurement": tuple(MEASUREMENTS),
    "comparison": tuple(COMPARISONS),
    "effect line": tuple(EFFECTS),
    "rule": RULES,
    "evidence model": tuple(EVIDENCE),
    "study": tuple(STUDIES),
    "distribution": FORMS,
    "kind of number": KINDS,
    "party": get_args(PartyType),
}


def text_of(page: Path) -> str:
    """Return a page."""
    return page.read_text(encoding="utf-8")


def name_of(page: Path) -> str:
    """Return the name of a page as the tests show it."""
    return page.relative_to(ROOT).as_posix()


def fenced(page: Path) -> Iterator[tuple[str, str]]:
    """Yield the language and the text of each fenced block."""
    for found in re.finditer(r"^```(\w*)\n(.*?)^```$", text_of(page), re.MULTILINE | re.DOTALL):
        yield found[1], found[2]


def mentioned(name: str, text: str) -> bool:
    """Whether a page names something in a code span."""
    return bool(re.search(rf"`[^`\n]*(?<![\w]){re.escape(name)}(?![\w])[^`\n]*`", text))


@pytest.mark.parametrize(
    ("registry", "name"), [(kind, name) for kind, names in REGISTRIES.items() for name in names]
)
def test_the_method_names_everything(registry: str, name: str) -> None:
    """Whatever a scenario or a result may hold is explained in the method."""
    assert mentioned(name, text_of(METHOD)), registry


def test_the_method_names_no_measure_that_is_gone() -> None:
    """Every measure in the method's tables is one that is reported."""
    tables = text_of(METHOD).split("\n## Mått\n")[1].split("\n## ")[0]
    rows = [line.split("|")[1] for line in tables.splitlines() if line.startswith("| `")]
    named = {name for row in rows for name in re.findall(r"`(\w+)`", row)}
    assert named == {one.name for one in MEASURES}


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_is_in_the_guide(command: str) -> None:
    """No command is left for the ekonom to find by herself."""
    assert f"simulate {command}" in text_of(GUIDE)


def calls(page: Path) -> Iterator[list[str]]:
    """Yield every call of the program on a page, split into words."""
    text = text_of(page)
    spans = re.findall(r"`(simulate [^`\n]*)`", text)
    lines = [
        line.replace("\\\n", " ")
        for language, block in fenced(page)
        if language in ("", "sh", "powershell")
        for line in re.findall(r"(?:^|(?<= ))simulate (?:.*\\\n)*.*", block, re.MULTILINE)
    ]
    for call in (*spans, *lines):
        yield shlex.split(call.split(" > ")[0], posix=True)[1:]


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_every_call_can_be_made(page: Path) -> None:
    """A call on a page names a command and options that there are."""
    for words in calls(page):
        if words[0].startswith("-") or words[0] == "…":
            continue
        assert words[0] in COMMANDS, words
        command: click.Command = import_module(f"simulate.cli.{words[0]}_command").command
        known = {name for option in command.get_params(_context(command)) for name in option.opts}
        for option in (word for word in words if word.startswith("--")):
            assert option in known | {"--lang", "--help"}, words


def _context(command: click.Command) -> click.Context:
    return click.Context(command, help_option_names=["-h", "--help"])


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_toml_on_a_page_is_sound(page: Path, tmp_path: Path) -> None:
    """A block of TOML can be read; one that is a whole scenario has nothing wrong with it."""
    for language, block in fenced(page):
        if language != "toml":
            continue
        raw = tomllib.loads(block)
        if "schema" in raw:
            file = tmp_path / "scenario.toml"
            file.write_text(block, encoding="utf-8")
            assert load(file).scenario.id == raw["id"]


def test_the_method_has_a_whole_scenario() -> None:
    """The check of scenarios on pages has something to check."""
    assert any("schema = 1" in block for _, block in fenced(METHOD))


def anchors(page: Path) -> set[str]:
    """Return what can be linked to on a page: its headings as GitHub spells them."""
    headings = re.findall(r"^#+ (.+)$", text_of(page), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", one.lower()).replace(" ", "-") for one in headings}


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_links_lead_somewhere(page: Path) -> None:
    """A link within the project leads to a file, and to a heading on it."""
    for target in re.findall(r"\]\(([^)\s]+)\)", text_of(page)):
        if target.startswith(("http://", "https://")):
            continue
        file, _, anchor = target.partition("#")
        there = (page.parent / file).resolve() if file else page
        assert there.exists(), target
        if anchor:
            assert anchor in anchors(there), target


def test_every_page_is_reached() -> None:
    """The index links to every page, and the README to the index."""
    index = text_of(DOCS / "README.md")
    for page in PAGES[1:]:
        if page.name != "README.md":
            assert f"]({page.relative_to(DOCS).as_posix()})" in index, name_of(page)
    assert "](docs/README.md)" in text_of(ROOT / "README.md")


def test_papers_are_in_the_order_of_their_numbers() -> None:
    """The index has a row for every decision paper, sorted by number; the rows name no other."""
    rows = re.findall(r"^\| \[(\d{4})\]\(beslut/(.+)\)", text_of(DOCS / "README.md"), re.MULTILINE)
    assert [file for _, file in rows] == [paper.name for paper in PAPERS]
    assert all(file.startswith(f"{number}-") for number, file in rows)


@pytest.mark.parametrize("paper", PAPERS, ids=name_of)
def test_a_paper_has_its_parts_and_fits_a_page(paper: Path) -> None:
    """A decision paper says what was so, what was decided, what else there was, what follows."""
    text = text_of(paper)
    headings = re.findall(r"^## (.+)$", text, re.MULTILINE)
    assert [one for one in headings if one in PARTS] == list(PARTS)
    assert len(text.split()) <= 450
    assert text.startswith(f"# {paper.name[:4]} ")


PARTS = ("Läge", "Beslut", "Alternativ", "Följder")


def _plain(text: str) -> str:
    return " ".join(re.sub(r"^> ?", "", text, flags=re.MULTILINE).split())


def _quoted() -> set[str]:
    """Return every quotation of the guide, whole: a part of one is another sentence."""
    return {_plain(one) for one in text_of(GUIDE).split("\n\n") if one.startswith("> ")}


@pytest.mark.slow  # as many draws as the guide has
def test_the_guide_quotes_the_fund_as_it_is(tmp_path: Path) -> None:
    """The sentences that the guide explains are those of a run with the program's own numbers."""
    result = run(load(shipped()["norrkoping_fond_plan"]).scenario, 100_000, 1, tmp_path)
    for answer in fund_sentences.answers(result):
        assert _plain(answer) in _quoted()


@pytest.mark.slow  # one factor at a time
def test_the_guide_quotes_the_sensitivity_as_it_is() -> None:
    """Where it goes badly, and what knowing more is worth, are what the command says."""
    found = study(load(shipped()["norrkoping_fond_plan"]).scenario, {}, 4096, 1)
    guide = _plain(text_of(GUIDE))
    told = {one.key: one.paragraphs for one in sections(found, pictures=False)}
    assert _plain(told["region"][0]) in guide
    assert _plain(told["value"][1]) in guide
    assert _plain(told["value"][-1]) in guide


def _changed(book: bytes, cells: dict[str, str]) -> bytes:
    """Return a workbook with some cells as text, by ``Sheet!A1``; an empty text empties a cell."""
    written = io.BytesIO()
    titles = [SETTINGS_FORM.title, *(form.title for form in SHEETS)]
    with zipfile.ZipFile(io.BytesIO(book)) as before, zipfile.ZipFile(written, "w") as after:
        for name in before.namelist():
            data = before.read(name)
            for place, text in cells.items():
                title, _, cell = place.partition("!")
                # The first sheet is the instructions.
                if name == f"xl/worksheets/sheet{titles.index(title) + 2}.xml":
                    kept = f't="inlineStr"><is><t>{text}</t></is></c>' if text else "/>"
                    found = rf'<c r="{cell}"( s="[0-9]+")?(?: t="\w+")?(?:/>|>.*?</c>)'
                    data, count = re.subn(
                        found.encode(), rf'<c r="{cell}"\1 {kept}'.encode(), data, count=1
                    )
                    assert count == 1, place
            after.writestr(name, data)
    return written.getvalue()


WRONG = {
    "Kostnader!E5": "1.254",
    "Effekter!C4": "Socialnämden",
    "Effekter!G5": "",
    "Effekter!J6": "180",
}


@pytest.fixture
def call(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Caller:
    """Calls the program within this process."""
    return Caller(monkeypatch, capsys)


@pytest.mark.slow  # as many draws as the guide has
def test_the_guide_quotes_the_form_as_it_is(call: Caller, tmp_path: Path) -> None:
    """What the guide shows of the form, of its slips and of the scenario is what is said."""
    call.patch.chdir(tmp_path)
    guide = text_of(GUIDE)
    written = call("new", "--template", "plan.xlsx")
    read = call("new", "--from", "plan.xlsx", "plan.toml")
    assert (written.code, read.code) == (0, 0)
    assert f"```\n{written.out}```" in guide
    assert f"```\n{read.out}```" in guide
    (tmp_path / "fel.xlsx").write_bytes(_changed(Path("plan.xlsx").read_bytes(), WRONG))
    wrong = call("new", "--from", "fel.xlsx", "fel.toml")
    assert wrong.code == 2
    assert f"```\n{wrong.err}```" in guide
    described = call("describe", "plan.toml").out
    shown = next(block for _, block in fenced(GUIDE) if block.lstrip().startswith("3.1.3"))
    assert _plain(shown) in _plain(described)
    planned = load(tmp_path / "plan.toml", ["fund.aterforing.rule=planned"])
    result = run(planned.scenario, 100_000, 1, tmp_path)
    assert _plain(fund_sentences.at_risk(result)) in _plain(guide)


@pytest.mark.slow
def test_the_guide_quotes_the_contract_as_it_is(tmp_path: Path) -> None:
    """The same of the contract, whose evidence has to be fitted first."""
    result = run(load(shipped()["team_nystart"]).scenario, 100_000, 1, tmp_path)
    for answer in (*sentences.answers(result), learned.sentence(result)):
        assert _plain(answer) in _quoted()


@pytest.mark.slow
def test_the_guide_quotes_the_design_value_as_it_is(tmp_path: Path) -> None:
    """What twice as many to compare with would have changed is what the command says."""
    scenario = load(shipped()["team_nystart"]).with_contract
    fitted = posteriors(scenario, tmp_path)
    found = design.study(scenario, design.stated(scenario), design.Asked(40_960, 1), fitted)
    guide = _plain(text_of(GUIDE))
    assert _plain(next(iter(design_sentences.answers(found)))) in guide
    (curve,) = found.curves
    for sentence in list(design_sentences.group(found, curve))[1:]:
        assert _plain(sentence) in guide


@pytest.mark.slow
def test_the_guide_quotes_orebro_as_it_is(tmp_path: Path) -> None:
    """Three placement years, and twelve as the guide writes them: its table is what comes out."""
    table = next(part for part in text_of(GUIDE).split("\n\n") if "tolv årsplatser |" in part)
    call = next(words for words in calls(GUIDE) if "orebro_skolfam" in words and "--set" in words)
    for column, settings in ((2, ()), (3, (call[call.index("--set") + 1],))):
        result = run(load(shipped()["orebro_skolfam"], settings).scenario, 100_000, 1, tmp_path)
        cells = [line.split("|")[column].strip() for line in table.splitlines()]
        said = _plain(fund_sentences.whole(result))
        assert f"sparar i genomsnitt {cells[3]} som" in said.replace("\u00a0", " ")
        assert f"i {cells[4]} (" in said.replace("\u00a0", " ")


def test_nothing_private_is_told() -> None:
    """No page names a machine's own folders."""
    for page in PAGES:
        assert not re.search(r"(?<!\w)/(?:home|work|tmp|root)/", text_of(page)), name_of(page)
