"""What a person is told of a plan besides what is wrong with it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import numpy as np
import pytest

from models.quantile import quantile
from simulate.aterforing.arithmetic import amounts, as_written, from_evidence, sums
from simulate.aterforing.plan import planned
from simulate.scenario.read import load
from simulate.scenario.register import register
from simulate.scenario.shipped import shipped
from simulate.scenario.tree.scenario import FundScenario
from simulate.sheets.grid import Cell
from simulate.sheets.level import MEDIAN, Spans, middle
from simulate.sheets.plan import is_example, plan
from simulate.sheets.read_form import Written, _filled, read_form
from simulate.sheets.sources import Sources
from tests.cli.calls import Caller
from tests.sheets.forms import Content, filled


def read(folder: Path, changed: Mapping[str, Content] | None = None) -> Written:
    """Return the scenario of a form with some cells changed."""
    return read_form(filled(**(changed or {})).save(folder), "plan")


def told(written: Written) -> str:
    """Return the notes, with plain spaces."""
    return "\n".join(written.notes).replace("\u202f", " ").replace("\u00a0", " ")


SPAN = {"Effekter!E7": 420, "Effekter!H7": 150, "Effekter!I7": 600}


def test_a_median_that_is_not_the_count(tmp_path: Path) -> None:
    """A span whose middle is elsewhere is told, with what puts the count in the middle."""
    said = told(read(tmp_path, SPAN))
    assert (
        "Färre extra år (Effekter!E7): med spannet 150–600 räknar programmet med 300 st 2028 i "
        "median, inte 420; vidga Högt till ca 1 180 om 420 ska ligga i mitten"
    ) in said
    mended = {**SPAN, "Effekter!I7": 1_180}
    assert "Färre extra år" not in told(read(tmp_path, mended))


@pytest.mark.parametrize(
    ("low", "high", "remedy"),
    [(20, 1_000, "höj Lågt till ca 176"), (400, 800, "sänk Högt till ca 441"),
     (0, 500, "skriv ett Lågt över noll")],
)  # fmt: skip
def test_other_spans(tmp_path: Path, low: int, high: int, remedy: str) -> None:
    """What is to be changed depends on where the span lies."""
    assert remedy in told(read(tmp_path, {**SPAN, "Effekter!H7": low, "Effekter!I7": high}))


def test_a_span_of_some_years(tmp_path: Path) -> None:
    """A span that is lent to other years is told."""
    said = told(read(tmp_path, {"Effekter!H5": None, "Effekter!I5": None}))
    assert "angivet för 2028 men används i proportion även för 2029" in said


@pytest.mark.parametrize("low", [0, 1, 2])
@pytest.mark.parametrize("high", [3, 4, 5, 9, 14])
def test_the_median_that_is_told(tmp_path: Path, low: int, high: int) -> None:
    """It is the median of what the program draws from."""
    path = filled().set("Effekter!H7", low).set("Effekter!I7", high).save(tmp_path)
    found = plan(_filled(path))
    assert found is not None
    (line, _) = found.investments[1].effects
    key = "investments.laxhjalp.effects.farre_extra_ar.realised"
    drawn = {one.key: one for one in register(read_form(path, "plan").loaded.scenario)}[key]
    median = float(quantile(drawn.distribution, np.asarray(0.5)))
    assert middle(Spans.of(line.rows)) == pytest.approx(median, abs=1e-4)
    assert drawn.kind == "assumption"


def test_the_median_of_the_default(tmp_path: Path) -> None:
    """The median of the program's own choice is written down."""
    key = "investments.hemmaplan.effects.fler_i_familjehem.realised"
    drawn = {one.key: one for one in register(read(tmp_path).loaded.scenario)}[key]
    assert float(quantile(drawn.distribution, np.asarray(0.5))) == pytest.approx(MEDIAN, abs=1e-5)


def test_a_plan_that_cannot_add_up(call: Caller, tmp_path: Path) -> None:
    """Plan against cost, plan against effects, and where nothing is saved; last the sums."""
    less = read(tmp_path)
    assert "Planen återför 0,7 mkr men investeringarna kostar 1,3 mkr" in told(less)
    assert "Hemmaplan: Skolnämnden ska återföra 0,1 mkr 2029 men har ingen effekt där" in told(less)
    more = read(tmp_path, {"Återföring!D4": "9 mkr"})
    assert "Planen återför 9,3 mkr men effektraderna ger 1,1 mkr" in told(more)
    answer = call("new", "--from", filled().save(tmp_path), tmp_path / "plan.toml")
    assert (
        "Insatserna kostar 1,3 mkr, planen återför 0,7 mkr, effekterna ger högst 1,1 mkr om allt "
        "går som i arket."
    ) in answer.out.replace("\u00a0", " ")


@pytest.mark.parametrize("name", list(shipped()))
def test_sums_are_those_of_the_run(tmp_path: Path, name: str) -> None:
    """What is added up without arrays is what a run plans."""
    scenario = load(shipped()[name]).scenario
    if not isinstance(scenario, FundScenario):
        return
    every = scenario.investments.values()
    run = sum(float(planned(one, scenario).sum()) / 100 for one in every)
    assert sums(scenario).plan == pytest.approx(run, abs=len(every))
    for one in every:
        if any(map(from_evidence, one.effects)):
            assert sums(scenario).saved is None  # no median before the fit
            continue
        bare = one.model_copy(update={"aterforing": None, "split": None})
        there = float(planned(bare, scenario).sum()) / 100
        assert sum(as_written(one, scenario).values()) == pytest.approx(there, abs=1)


def test_sums_of_a_form(tmp_path: Path) -> None:
    """The same of a form, where some effects are negative."""
    scenario = read(tmp_path).loaded.scenario
    assert isinstance(scenario, FundScenario)
    for one in scenario.investments.values():
        bare = one.model_copy(update={"aterforing": None, "split": None})
        there = float(planned(bare, scenario).sum()) / 100
        assert sum(as_written(one, scenario).values()) == pytest.approx(there, abs=1)


def test_amounts_apart() -> None:
    """Unequal amounts never look equal, and a small one never looks like nothing."""
    assert amounts(6.04e6, 5.96e6) == ["6,04\u00a0mkr", "5,96\u00a0mkr"]
    assert amounts(6.1e6, 6.1e6, 0.0) == ["6,1\u00a0mkr", "6,1\u00a0mkr", "0,0\u00a0mkr"]
    assert amounts(20_000.0) == ["0,02\u00a0mkr"]


@pytest.mark.parametrize("text", ["Exempelstad", "Exempelvis avtal", "exempel", "EXEMPELFONDEN"])
def test_what_only_resembles_an_example(tmp_path: Path, text: str) -> None:
    """A word that begins as the template's mark is a word like any other."""
    assert not is_example(text)
    written = read(tmp_path, {"Uppgifter!B4": text, "Kostnader!F4": text, "Uppgifter!B5": text})
    assert "mallens exempel" not in told(written)


@pytest.mark.parametrize("word", ["Gissning", "gissat av mig", "Egen BEDÖMNING", "bedömt",
    "grov uppskattning", "uppskattat", "Antagande", "antaget", "osäker siffra"])  # fmt: skip
def test_a_source_that_is_a_guess(word: str) -> None:
    """A source that says that nobody knows makes an assumption of the number."""
    cell = Cell(1, "Kostnader!E4")
    assert Sources("a.xlsx").of([cell], word)[1] == "assumption"
    assert Sources("a.xlsx").of([cell], "Plan", word)[1] == "assumption"


@pytest.mark.parametrize("source", ["Behovsbedömningsgruppen 2025", "Antagningsstatistik", "Plan"])
def test_a_source_that_is_none(source: str) -> None:
    """Only whole words count."""
    assert Sources("a.xlsx").of([Cell(1, "Kostnader!E4")], source)[1] == "own_data"


def test_a_forvaltning_that_bears_a_cost(tmp_path: Path) -> None:
    """The cost of a förvaltning is its nämnd's, and that is told."""
    written = read(tmp_path, {"Kostnader!C4": "Socialkontoret"})
    assert told(written).startswith("Socialkontoret läses som Socialnämnden i kostnaderna")
    scenario = written.loaded.scenario
    assert isinstance(scenario, FundScenario)
    assert scenario.investments["hemmaplan"].provider == "socialnamnden"
    assert "socialkontoret" not in scenario.parties
