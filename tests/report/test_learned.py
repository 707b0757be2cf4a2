"""What is said of the evidence's assumptions: on the first page, in the terminal, in a table."""

from __future__ import annotations

import dataclasses
import io
from pathlib import Path

import pytest
from markupsafe import escape
from rich.console import Console

from models.language import LANGUAGES, SWEDISH, speaking
from simulate.evidence_sensitivity import Sensitivity, reach, sensitivity
from simulate.report import learned
from simulate.report.page import render
from simulate.run import Result
from simulate.scenario.shipped import shipped
from simulate.store import Stored
from simulate.terminal.summary import show
from tests.support.made import made


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Result:
    """Return a run on a made-up posterior, of which every other parameter is an assumption."""
    return made(shipped()["team_nystart"], tmp_path_factory.mktemp("runs"))[0]


def test_the_sentence_is_everywhere(told: Result, tmp_path: Path) -> None:
    """The page and the terminal say the same sentence, in either language."""
    for lang in LANGUAGES:
        with speaking(lang):
            sentence = learned.sentence(told)
            page = render(told, "abc123")
            out = io.StringIO()
            show(told, Stored(tmp_path, True, ()), Console(file=out, width=10_000))
        assert sentence
        assert f'<p class="learned">{escape(sentence)}</p>' in page
        assert sentence in out.getvalue()
    assert "assumptions" in sentence


def test_it_counts_what_is_uncertain(told: Result) -> None:
    """Five parameters of which one is certain: four, and those with a ratio above 0.9 assumed."""
    found = sensitivity(told)
    assert {one.name for one in found.parameters} == {
        "level", "cv", "mean_effect", "comparison_bias",
    }  # fmt: skip
    fitted = told.posteriors["skolfam2"]
    assert {one.name for one in found.assumptions} == {
        name
        for name, one in fitted.learning.items()
        if one.ratio > 0.9 and name in {"level", "cv", "mean_effect", "comparison_bias"}
    }
    assert f"{len(found.assumptions)} antaganden" in learned.sentence(told)


def test_the_table_has_every_assumption(told: Result) -> None:
    """One table for each watched figure, a row for each assumption, furthest first."""
    found = sensitivity(told)
    tables = learned.tables(told)
    assert len(tables) == len(found.reaches)
    for one, (_, rows) in zip(found.reaches, tables, strict=True):
        assert len(rows) == len(found.assumptions)
        changes = [abs(move.change) for move in one.moves]
        assert changes == sorted(changes, reverse=True)


def _with(told: Result, monkeypatch: pytest.MonkeyPatch, **changes: object) -> str:
    """Return the sentence when the first watched figure moved otherwise."""
    found = sensitivity(told)
    first = dataclasses.replace(found.reaches[0], **changes)  # type: ignore[arg-type]
    other = dataclasses.replace(found, reaches=(first, *found.reaches[1:]))
    monkeypatch.setitem(reach._FOUND, told, {SWEDISH: other})
    return learned.sentence(told)


def test_digits_follow_the_error(told: Result, monkeypatch: pytest.MonkeyPatch) -> None:
    """A figure with a small error has a decimal; with a large one it is rounded to tens."""
    move = sensitivity(told).reaches[0].moves[0]
    for error, low, high in ((0.0001, "83,1", "91,2"), (0.004, "83", "91"), (0.03, "80", "90")):
        moved = dataclasses.replace(
            move, at_low=(0.831, error), at_high=(0.912, error), change=0.081, error=error
        )
        sentence = _with(told, monkeypatch, moves=(moved,))
        assert f"från {low}\u00a0% till {high}\u00a0%" in sentence


def test_what_does_not_move_is_said(told: Result, monkeypatch: pytest.MonkeyPatch) -> None:
    """A change within its error is bounded, not told; a figure that is fixed is said to be."""
    move = sensitivity(told).reaches[0].moves[0]
    still = dataclasses.replace(move, change=0.002, error=0.004)
    assert "med mindre än 1" in _with(told, monkeypatch, moves=(still,))
    assert "densamma i alla framtider" in _with(told, monkeypatch, moves=())
    # More than its error, but nothing that its digits show.
    alike = dataclasses.replace(
        move, at_low=(0.996, 0.004), at_high=(1.0, 0.004), change=0.004, error=0.001
    )
    assert "med mindre än 0,6" in _with(told, monkeypatch, moves=(alike,))


def test_all_learned_is_said(told: Result, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where data moved everything, there is no assumption to move."""
    found = sensitivity(told)
    known = tuple(dataclasses.replace(one, learned=True) for one in found.parameters)
    monkeypatch.setitem(reach._FOUND, told, {SWEDISH: Sensitivity(known, found.reaches)})
    assert learned.sentence(told) == "Data har rört alla 4 osäkra parametrar i evidensen."


def test_a_single_parameter_is_told_in_the_singular(
    told: Result, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One parameter, learned or not, that moves much, little or nothing: never «de» or «alla 1»."""
    found = sensitivity(told)
    first = found.reaches[0]
    still = dataclasses.replace(first.moves[0], change=0.002, error=0.004)
    for is_known, moves, part in (
        (True, (), "evidensens enda osäkra parameter"),
        (False, (), "Det kan inte flytta"),
        (False, (still,), "flyttar det sannolikheten"),
        (False, first.moves[:1], "enda osäkra parameter är ett antagande"),
    ):
        one = (dataclasses.replace(found.parameters[0], learned=is_known),)
        reaches = (dataclasses.replace(first, moves=moves),)
        monkeypatch.setitem(reach._FOUND, told, {SWEDISH: Sensitivity(one, reaches)})
        sentence = learned.sentence(told)
        assert part in sentence
        assert not {"alla 1", "dem", "de", "De"} & set(sentence.replace(",", "").split(" "))


def test_without_evidence_nothing_is_said(result: Result) -> None:
    """No sentence, no table, and no trace of either on the page."""
    assert learned.sentence(result) == ""
    assert learned.tables(result) == ()
    assert 'class="learned"' not in render(result, "abc123")
