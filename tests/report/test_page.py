"""The page and the terminal."""

from __future__ import annotations

import dataclasses
import io
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console

from simulate.report import tables
from simulate.report.page import render
from simulate.report.sentences import answers
from simulate.run import Result, Verdict
from simulate.store import Stored
from simulate.terminal.summary import show
from simulate.truth.gains import gains_of


class Failed(Result):
    """A run whose evidence is not to be trusted."""

    @property
    def verdict(self) -> Verdict:
        return Verdict("fail", ("skolfam2: Kedjorna är inte överens.",))


def failed(result: Result) -> Result:
    """Return the same run with a diagnosis that fails."""
    parts = {field.name: getattr(result, field.name) for field in dataclasses.fields(result)}
    return Failed(**parts)


def test_the_page_stands_alone(result: Result) -> None:
    """No script, no network, one language, and every picture has words."""
    page = render(result, "abc123")
    assert page.lstrip().startswith("<!DOCTYPE html>")
    assert '<html lang="sv">' in page
    assert "<script" not in page
    assert set(re.findall(r'(?:src|href)="([a-z]+:)', page)) == {"data:"}
    assert "url(" not in page
    assert all(re.findall(r'<img [^>]*alt="([^"]*)"', page))
    assert len(page.encode()) < 1_000_000


def test_hindsight_stands_before_the_answer(result: Result) -> None:
    """What was known too late is read before any figure."""
    page = render(result, "abc123")
    assert page.index("Prognosen är rekonstruerad") < page.index(answers(result)[0])
    assert page.index("programme.<wbr>participants") < page.index(answers(result)[0])


def test_a_failed_diagnosis_stands_on_top(result: Result) -> None:
    """The page says that it must not be used, before anything else."""
    page = render(failed(result), "abc123")
    assert page.index("underkänd") < page.index("Prognosen är rekonstruerad")
    assert "Kedjorna är inte överens" in page


@pytest.mark.slow  # the page is drawn again
def test_equal_results_give_equal_pages(result: Result) -> None:
    """The page has no clock."""
    assert render(result, "abc123") == render(result, "abc123")


def test_names_cannot_write_html(build: Callable[..., Result]) -> None:
    """A party called <script> is only a name."""

    def named(raw: dict[str, Any]) -> None:
        raw["parties"]["finansiar"]["name"] = "<script>alert(1)</script>"
        raw["title"] = "a <b>title</b> & {{ 7 * 7 }}"
        raw["programme"]["delivery"]["source"] = "<img src=x>"

    page = render(build(named, 2_000), "abc123")
    assert "<script" not in page
    assert "<b>" not in page
    assert "<img src=x" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "{{ 7 * 7 }}" in page


def test_the_terminal_says_the_same(result: Result) -> None:
    """Hindsight first, the same three sentences, and where the run lies."""
    text = _shown(result, "utf-8")
    joined = re.sub(r"\s+", " ", text)
    assert joined.index("Prognosen är rekonstruerad") < joined.index("förlorar pengar")
    for sentence in answers(result):
        assert re.sub(r"\s+", " ", sentence) in joined
    assert "bara garantin" in text
    assert "outputs/team_nystart/abc" in text


def test_an_old_windows_terminal_does_not_crash(build: Callable[..., Result]) -> None:
    """What cp1252 and ASCII cannot write is written otherwise."""

    def named(raw: dict[str, Any]) -> None:
        raw["title"] = "[bold]Ω → φ"

    found = build(named, 2_000)
    for encoding in ("cp1252", "ascii"):
        text = _shown(found, encoding)
        assert "[bold]" in text
        assert "#" in text


def _shown(result: Result, encoding: str) -> str:
    file = io.TextIOWrapper(io.BytesIO(), encoding=encoding)
    stored = Stored(Path("outputs/team_nystart/abc"), True, ("risk.json",))
    show(result, stored, Console(file=file, width=100))
    file.flush()
    found: bytes = file.buffer.getvalue()
    return found.decode(encoding)


def test_every_gain_has_a_table_with_its_own_name(result: Result) -> None:
    """Measures of a human gain never stand among those of the finansiär."""
    assert not [line for line in tables.investor(result) if line.measure.startswith("gain_")]
    shown = dict(tables.gains(result))
    titles = {outcome.title for outcome in gains_of(result.scenario.outcomes).values()}
    assert titles
    assert set(shown) == titles


def test_every_figure_is_on_the_page_once_in_its_table(result: Result) -> None:
    """But for the chance of a target where none is set, which is undefined."""
    page = render(result, "abc123")
    for figure in result.figures:
        there = f'<td data-measure="{figure.measure}" data-party="{figure.party}">'
        aimless = figure.measure == "p_target_met" and figure.status == "undefined"
        assert page.count(there) == (0 if aimless else 1), (figure.measure, figure.party)
