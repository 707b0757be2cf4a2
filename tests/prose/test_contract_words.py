"""Every number of a contract can be read back from its paragraphs, in both languages."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from typing import Any

import pytest

from models.language import LANGUAGES, speaking
from models.number import Number
from models.table import Table
from simulate.contract.bound import Limit
from simulate.contract.clauses import CLAUSES
from simulate.language.quantities import in_words
from simulate.prose import described, numbered
from simulate.prose.clauses import clause
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
