"""Scenarios explain themselves in numbered prose, from the data that the engine reads."""

from __future__ import annotations

import json
import re

import pytest

from models.language import LANGUAGES, speaking
from models.number import Number
from simulate.aterforing.saving import _gross
from simulate.contract.clauses import CLAUSES
from simulate.prose import Paragraph, described, numbered
from simulate.prose.clauses import _pays
from simulate.prose.fund import _counted
from simulate.prose.outcomes import _changes
from simulate.scenario.read import load
from simulate.scenario.shipped import shipped
from simulate.scenario.tree.investment import EFFECTS, Priced
from simulate.scenario.tree.outcomes import OUTCOMES
from simulate.scenario.tree.scenario import ContractScenario
from tests.cli.calls import Caller

SHIPPED = sorted(shipped())


def paragraphs(name: str) -> dict[str, str]:
    """Return the text of each paragraph that has a place in the scenario, by its key."""
    found = numbered(described(load(shipped()[name]).scenario))
    return {one.key: one.text for _, one in found if one.key}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", SHIPPED)
def test_every_paragraph_is_finished(name: str, language: str) -> None:
    """No paragraph is empty, holds a gap, or ends in the middle of a sentence."""
    with speaking(language):
        for number, one in numbered(described(load(shipped()[name]).scenario)):
            assert re.fullmatch(r"\d+(\.\d+)*", number)
            assert one.text.strip().endswith((".", ":")), one.text
            assert not re.search(r"\{\w*\}|None|Number\(|<", one.text), one.text


@pytest.mark.parametrize("name", SHIPPED)
def test_names_inside_english_sentences(name: str) -> None:
    """Whoever has no proper name begins with a small letter, but where a sentence begins."""
    with speaking("en"):
        texts = [one.text for _, one in numbered(described(load(shipped()[name]).scenario))]
    assert not [text for text in texts if re.search(r"[\w,%;] The ", text)]


@pytest.mark.parametrize("name", SHIPPED)
def test_every_part_has_its_paragraph(name: str) -> None:
    """Parties, outcomes, measures, clauses and investments all have a paragraph of their own."""
    scenario = load(shipped()[name]).scenario
    wanted = {f"parties.{key}" for key in scenario.parties}
    wanted |= {f"outcomes.{key}" for key in scenario.outcomes}
    if isinstance(scenario, ContractScenario):
        wanted |= {f"measurements.{key}" for key in scenario.measurements}
        wanted |= {f"contract.clauses.{one.id}" for one in scenario.contract.clauses}
        wanted |= {f"programme.cost_lines.{one.id}" for one in scenario.programme.cost_lines}
    else:
        wanted |= {f"investments.{key}" for key in scenario.investments}
        wanted |= {"fund.capital", "fund.aterforing.rule"}
    assert wanted <= set(paragraphs(name))


@pytest.mark.parametrize("kind", [*CLAUSES.values()], ids=lambda kind: str(kind.__name__))
def test_every_clause_has_words(kind: type) -> None:
    """A clause that is added without words of its own fails here."""
    assert _pays.dispatch(kind) is not _pays.dispatch(object)


def test_every_outcome_and_effect_has_words() -> None:
    """So does an outcome, and an effect line; and a priced effect line has a law."""
    assert all(
        _changes.dispatch(kind) is not _changes.dispatch(object) for kind in OUTCOMES.values()
    )
    assert all(
        _counted.dispatch(kind) is not _counted.dispatch(object) for kind in EFFECTS.values()
    )
    priced = [kind for kind in EFFECTS.values() if issubclass(kind, Priced)]
    assert all(_gross.dispatch(kind) is not _gross.dispatch(object) for kind in priced)


def test_the_contract_reads_like_its_terms() -> None:
    """The numbers of Norrköping's clauses stand in their paragraphs, and change with the file."""
    found = {key: text.replace("\u00a0", " ") for key, text in paragraphs("team_nystart").items()}
    assert (
        "40 % av det dragna beloppet betalas om aktiviteten" in found["contract.clauses.guarantee"]
    )
    assert "60 % av den del av" in found["contract.clauses.saving_share"]
    assert "Som mest betalas 20 % av det dragna" in found["contract.clauses.upside"]
    assert "över 0 poäng" in found["contract.clauses.upside"]
    assert "högst 1,2 gånger det dragna" in found["contract.cap"]
    changed = load(shipped()["team_nystart"], ["contract.clauses.guarantee.share=0.35"]).scenario
    text = next(
        one.text
        for _, one in numbered(described(changed))
        if one.key == "contract.clauses.guarantee"
    )
    assert "35\u00a0% av det dragna" in text


def test_the_plan_is_told_year_by_year() -> None:
    """Every cost and every planned return of the fund's plan stands in words."""
    found = paragraphs("norrkoping_fond_plan")
    assert "2015: 1,734\u00a0mkr" in found["investments.skolfam2.aterforing"]
    assert "2014: 660\u00a0tkr" in found["investments.skolfam2.costs"]
    assert "ramar minskas med det planerade" in found["fund.aterforing.rule"]


def test_a_cost_that_grows_is_told() -> None:
    """What falls and what grows have their shares in words, a substitution the other way round."""
    found = {key: text.replace("\u00a0", " ") for key, text in paragraphs("skolfam2").items()}
    lines = "investments.skolfam2.effects"
    assert "Växer kostnaden i stället betalas 100 % (ant" in found[f"{lines}.institution"]
    assert "som betalar 100 % (antagande) av det. Minskar det" in found[f"{lines}.familjehem"]
    plain = paragraphs("orebro_skolfam")["investments.skolfam.effects.forsorjningsstod"]
    assert "Växer kostnaden i stället betalas den fullt ut." in plain
    stated = paragraphs("orebro_skolfam")["investments.skolfam.effects.hvb"]
    assert "Växer" not in stated


def test_shares_are_told_from_the_year_they_hold() -> None:
    """A share that rises, and an insurance that runs out, say from when each number counts."""
    found = paragraphs("orebro_skolfam")["investments.skolfam.effects.extra_stod"]
    assert found.index("från 2017") < found.index("från 2019") < found.index("går att hämta hem")
    moved = paragraphs("servicetrainee")["investments.servicetrainee.effects.a_kassa"]
    assert all(f"från {year}" in moved for year in (2013, 2014, 2015))
    assert "från 2016" not in moved


def test_nothing_is_numbered_twice() -> None:
    """Numbers are those of an outline."""
    tree = [Paragraph("a", (Paragraph("b"), Paragraph("c", (Paragraph("d"),)))), Paragraph("e")]
    assert [number for number, _ in numbered(tree)] == ["1", "1.1", "1.2", "1.2.1", "2"]


def test_the_command(call: Caller) -> None:
    """Text for people, rows for programs; the same paragraphs."""
    text = call("describe", "halsoobligation")
    assert (text.code, text.err) == (0, "")
    rows = json.loads(call("describe", "halsoobligation", "--format", "json").out)
    assert [row["number"] for row in rows][:2] == ["1", "1.1"]
    joined = " ".join(text.out.split())
    assert all(" ".join(row["text"].split()) in joined for row in rows)


def test_numbers_in_words_are_of_the_scenario() -> None:
    """Negative control: a number that no paragraph was told of is not in the text."""
    scenario = load(shipped()["halsoobligation"]).scenario
    text = " ".join(one.text for _, one in numbered(described(scenario)))
    assert isinstance(scenario.society.discount_rate, Number)
    assert "3,5\u00a0%" not in text
