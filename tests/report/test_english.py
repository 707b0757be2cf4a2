"""The page and the terminal in English."""

from __future__ import annotations

import html
import io
import re
from pathlib import Path

import pytest
from rich.console import Console

from models.language import speaking
from models.quantity import DAYS, POINTS, RATE, SEK, SHARE, YEARS, Dimension
from simulate.language.numbers import (
    HARD,
    amount_exact,
    frequency,
    million,
    number,
    percent,
    significant,
)
from simulate.language.quantities import quantity
from simulate.report.page import render
from simulate.run import Result, run
from simulate.scenario.read import load
from simulate.scenario.shipped import shipped
from simulate.store import Stored
from simulate.terminal.summary import show


def test_numbers_in_english() -> None:
    """Comma between thousands, decimal point, no space before the per cent sign."""
    with speaking("en"):
        assert number(-1254.55, 1) == "−1,254.6"
        assert percent(0.4) == "40.0%"
        assert million(7.5e6).replace(HARD, " ") == "7.50 MSEK"
        assert amount_exact(300000050) == "3,000,000.50"
        assert significant(2.50) == "2.5"
        assert frequency(0.31) == "3 of 10"
        assert frequency(0.0001) == "fewer than 1 of 1000"


@pytest.mark.parametrize(
    ("value", "dimension", "text"),
    [
        (1_254_000.0, SEK, "1.254 MSEK"),
        (125_400.0, SEK, "125.4 KSEK"),
        (400.0, SEK, "400 SEK"),
        (0.4, SHARE, "40%"),
        (0.0175, RATE, "1.75% per year"),
        (1.0, YEARS, "1 year"),
        (2.0, YEARS, "2 years"),
        (1.0, DAYS, "1 day"),
        (18.0, POINTS, "18 points"),
    ],
)
def test_quantities_in_english(value: float, dimension: Dimension, text: str) -> None:
    """Units are English, one and many told apart."""
    with speaking("en"):
        assert quantity(value, dimension).replace(HARD, " ") == text


def words_of(page: str) -> set[str]:
    """Return the words with Swedish letters that a page shows, also instead of its pictures."""
    shown = re.sub(r"<style>.*?</style>|base64,[^\"]*", " ", page, flags=re.DOTALL)
    said = re.findall(r'(?:alt|aria-label|data-label)="([^"]*)"', shown)
    text = html.unescape(" ".join([re.sub(r"<[^>]*>", " ", shown), *said]))
    return {word.lower() for word in re.findall(r"\w*[åäöÅÄÖ]\w*", text)}


# Names, and terms that English keeps in parentheses.
KEPT = {"norrköping", "återkomst", "återföring", "nämnd", "nämnder", "öre"}


def test_the_page_in_english(result: Result) -> None:
    """Nothing on the page is Swedish, the shipped scenario's own texts included."""
    with speaking("en"):
        page = render(result, "abc123")
    assert '<html lang="en">' in page
    assert words_of(page) <= KEPT
    assert "loses money in" in page
    assert "framtider" not in page


def test_the_page_of_a_fund_in_english(tmp_path: Path) -> None:
    """Nor is anything on the page of the fund."""
    scenario = load(shipped()["norrkoping_fond_plan"]).scenario
    with speaking("en"):
        page = render(run(scenario, 2_048, 1, tmp_path), "abc123")
    assert words_of(page) <= KEPT
    assert "Social Services Committee" in page


def test_the_terminal_in_english(result: Result) -> None:
    """Nothing in the terminal is Swedish."""
    file = io.StringIO()
    with speaking("en"):
        show(result, Stored(Path("x"), True, ()), Console(file=file, width=100))
    text = file.getvalue()
    assert "The run is in x (it was there already, unchanged)" in text
    assert {word.lower() for word in re.findall(r"\w*[åäöÅÄÖ]\w*", text)} <= KEPT


@pytest.mark.slow  # renders many pages
def test_languages_leave_nothing_behind(result: Result) -> None:
    """A page in English changes nothing in the page in Swedish that is written after it."""
    first = render(result, "abc123")
    with speaking("en"):
        render(result, "abc123")
    assert render(result, "abc123") == first
