"""Every number of a contract can be read back from its paragraphs, in both languages."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from typing import Any

import pytest

from models.language import LANGUAGES, named, speaking
from models.number import Number
from models.table import Table
from simulate.contract.bound import Limit
from simulate.contract.clauses import CLAUSES
from simulate.contract.clauses.tiers import Tier
from simulate.language.quantities import in_words
from simulate.prose import described, numbered
from simulate.prose.clauses import clause
from simulate.prose.slopes import slope
from simulate.prose.words import limit
from simulate.scenario.read import load
from simulate.scenario.resolve import resolve
from simulate.scenario.shipped import shipped
from simulate.scenario.tree.scenario import ContractScenario

CONTRACTS = [
    name
    for name in sorted(shipped())
    if isinstance(load(shipped()[name]).scenario, ContractScenario)
]
# Where a number is no term: what sources do not say, what happened, and what is set elsewhere.
ELSEWHERE = ("cases", "unstated")


def said(node: Any) -> Iterator[str]:
    """Yield, in the language that is spoken, what must stand somewhere in the text."""
    if isinstance(node, Limit):
        if not node.unlimited:
            yield limit(node)
    elif isinstance(node, Number):
        yield in_words(node)
    elif isinstance(node, dt.date):
        yield str(node)
    elif isinstance(node, Table):
        for name, value in node:
            if name not in ELSEWHERE:
                yield from said(value)
    elif isinstance(node, tuple):
        for value in node:
            yield from said(value)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", CONTRACTS)
def test_the_whole_contract(name: str, language: str) -> None:
    """Amounts, shares, rates, levels, days and limits of a shipped contract are all said."""
    scenario = load(shipped()[name]).scenario
    assert isinstance(scenario, ContractScenario)
    with speaking(language):
        text = " ".join(one.text for _, one in numbered(described(scenario)))
        lacking = [words for words in said(scenario.contract) if words not in text]
    assert lacking == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", CLAUSES)
def test_every_clause(kind: str, language: str) -> None:
    """The example of every clause says all its numbers, each as often as it stands there."""
    one = resolve(CLAUSES[kind].model_validate(dict(CLAUSES[kind].EXAMPLE)))
    titles = {measure: measure for measure in one.measures()}
    with speaking(language):
        text = clause(one, titles)
        wanted = list(said(one))
    assert wanted
    for words in set(wanted):
        found = len(re.findall(rf"(?<![\d.,\u202f]){re.escape(words)}(?!\d)", text))
        assert found >= wanted.count(words), (words, text)
    assert all(title in text for title in titles)


def test_a_number_that_is_left_out_is_seen() -> None:
    """Negative control: a clause with another number is not in the text of the first."""
    example = dict(CLAUSES["guarantee"].EXAMPLE)
    one, other = (
        resolve(CLAUSES["guarantee"].model_validate(example | {"share": share}))
        for share in (0.4, 0.45)
    )
    text = clause(one, {})
    assert all(words in text for words in said(one))
    assert not all(words in text for words in said(other))


@pytest.mark.parametrize("name", CONTRACTS)
def test_every_part_has_a_paragraph(name: str) -> None:
    """Clauses, groups, ways out, tranches and guarantors have a numbered paragraph each."""
    scenario = load(shipped()[name]).scenario
    assert isinstance(scenario, ContractScenario)
    keys = {one.key for _, one in numbered(described(scenario))}
    for part in ("clauses", "groups", "redemptions", "tranches", "guarantors"):
        for one in getattr(scenario.contract, part):
            assert f"contract.{part}.{one.id}" in keys
    for place, _ in enumerate(scenario.contract.payers):
        assert f"contract.payers.{place}" in keys


@pytest.mark.parametrize("language", LANGUAGES)
def test_everybody_who_pays_is_said_with_what_they_pay(language: str) -> None:
    """The name, the share and the clauses of every payer stand in its paragraph."""
    scenario = load(shipped()["exempel_flera_betalare"]).scenario
    assert isinstance(scenario, ContractScenario)
    with speaking(language):
        found = {one.key: one.text for _, one in numbered(described(scenario))}
        for place, one in enumerate(scenario.contract.payers):
            text = found[f"contract.payers.{place}"]
            titles = {each.id: named(each.title) for each in scenario.contract.clauses}
            wanted = titles.get("health" if one.clauses else "saving", "")
            other = titles["saving" if one.clauses else "health"]
            assert one.share is not None
            assert named(scenario.parties[one.party].name) in text
            assert in_words(one.share) in text
            assert wanted in text
            assert other not in text


SLOPES: list[tuple[tuple[Any, Any, Any, Any], str]] = [
    # Two rungs → what one unit more pays, in Swedish.
    (("0 %", "0 kr", "10 %", "1 mkr"), "100 tkr per procentenhet"),
    (("0 %", "0 kr", "10 %", {"of_drawn": 0.5}), "5 % av det dragna per procentenhet"),
    ((0, "0 kr", 100, "4316 kr"), "43,16 kr per poäng"),
    ((0, "0 kr", 50, {"of_drawn": 1.0}), "2 % av det dragna per poäng"),
    (("0 kr", "0 kr", "2 mkr", "500 tkr"), "25 % av ökningen"),
    (("0 kr", "0 kr", "2 mkr", {"of_drawn": 0.4}), ""),
    (("0 %", "1 mkr", "10 %", {"of_drawn": 0.5}), ""),
    (("0 %", {"irr": "3 %"}, "10 %", {"irr": "5 %"}), ""),
    (("0 %", "1 mkr", "10 %", "1 mkr"), ""),
]


@pytest.mark.parametrize(("rungs", "said_of_it"), SLOPES, ids=str)
def test_slopes(rungs: tuple[Any, Any, Any, Any], said_of_it: str) -> None:
    """What a ladder pays for one unit more, where that can be told before any draw."""
    start, first, end, last = rungs
    low, high = (
        resolve(Tier.model_validate({"at": at, "pays": pays}))
        for at, pays in ((start, first), (end, last))
    )
    assert slope(low, high).replace("\u00a0", " ") == said_of_it
