"""Negative controls: each check finds what it is there for, in a page that was spoilt by hand."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser import checks, chromium
from tests.browser.chromium import NARROW, opened
from tests.browser.conftest import Written

pytestmark = pytest.mark.browser

Spoil = Callable[[str, str], Path]


@pytest.fixture
def sound(both: dict[str, Written]) -> Written:
    """Return the page that is spoilt."""
    return both["sv"]


@pytest.fixture
def spoil(sound: Written, tmp_path: Path) -> Spoil:
    """Return a function that replaces a pattern in the page, and fails where there is none."""

    def spoilt(pattern: str, by: str) -> Path:
        text, count = re.subn(pattern, by, sound.file.read_text("utf-8"), count=1)
        assert count == 1
        file = tmp_path / "spoilt.html"
        file.write_text(text, "utf-8")
        return file

    return spoilt


def test_a_picture_from_elsewhere(browser: Browser, spoil: Spoil) -> None:
    """It is asked for, refused, complained about and missing."""
    file = spoil("<main>", '<main><img src="https://example.org/a.png" alt="a b c d e f">')
    with opened(browser, file) as it:
        assert it.asked == ["https://example.org/a.png"]
        assert it.heard
        assert checks.listed(checks.pictures(it.page)).endswith("not loaded")


def test_a_style_sheet_from_elsewhere(browser: Browser, spoil: Spoil) -> None:
    """Fonts and styles count too."""
    file = spoil("<style>", '<link rel="stylesheet" href="http://example.org/a.css"><style>')
    with opened(browser, file) as it:
        assert it.asked == ["http://example.org/a.css"]


def test_a_complaint_of_the_console(browser: Browser, spoil: Spoil) -> None:
    """A warning and an exception are heard; an exception is no message of the console."""
    file = spoil("<main>", "<script>console.warn('careful'); throw Error('no')</script><main>")
    with opened(browser, file) as it:
        assert it.heard == ["careful", "no"]


@pytest.mark.parametrize(
    ("pattern", "by", "said"),
    [
        (r'(<td data-measure="npv_mean"[^>]*>)[^<]+', r"\g<1>123,4 mkr", "'123,4 mkr', not"),
        (r'(<dd class="big" data-measure="\w+"[^>]*>)[^<]+', r"\1 12 %", "' 12 %', not"),
        (r'<td data-measure="npv_mean"', "<td", "not printed"),
        (r'data-measure="npv_mean"', 'data-measure="made_up"', "not in risk.json"),
    ],
)
def test_a_wrong_figure(
    browser: Browser, sound: Written, spoil: Spoil, pattern: str, by: str, said: str
) -> None:
    """In a table or under the answer; and one that is missing or made up."""
    with opened(browser, spoil(pattern, by)) as it:
        assert said in checks.listed(checks.figures(it.page, sound.risk, "sv"))


def test_figures_of_another_language(browser: Browser, sound: Written) -> None:
    """Swedish decimals are wrong in an English page."""
    with opened(browser, sound.file) as it:
        assert list(checks.figures(it.page, sound.risk, "en"))


def test_something_too_wide(browser: Browser, spoil: Spoil) -> None:
    """It is named."""
    file = spoil("<main>", '<main><div class="banner" style="width: 500px">a</div>')
    with opened(browser, file, NARROW) as it:
        assert "DIV.banner" in checks.too_wide(it.page)


def test_a_column_too_narrow(browser: Browser, spoil: Spoil) -> None:
    """It breaks its words."""
    with opened(browser, spoil("</style>", ".register { width: 15rem; }</style>")) as it:
        assert checks.broken(it.page)


def test_a_picture_without_words(browser: Browser, spoil: Spoil) -> None:
    """An empty text instead of a picture says that it is only there for show."""
    with opened(browser, spoil(r'alt="[^"]+"', 'alt=""')) as it:
        assert "no words" in checks.listed(checks.pictures(it.page))


def test_a_picture_with_small_letters(browser: Browser, spoil: Spoil) -> None:
    """At half its width nobody can read it."""
    with opened(browser, spoil("<img ", '<img style="width: 50%" '), NARROW) as it:
        assert "letters of" in checks.listed(checks.pictures(it.page))


@pytest.mark.parametrize(("pattern", "by"), [("<h2>", "<h4>"), ("<h2>", "<h1>"), ("<h1>", "<h2>")])
def test_headings_out_of_order(browser: Browser, spoil: Spoil, pattern: str, by: str) -> None:
    """A level that is skipped, a second first heading, none at all."""
    with opened(browser, spoil(pattern, by)) as it:
        assert list(checks.headings(it.page))


def test_a_head_without_scope(browser: Browser, spoil: Spoil) -> None:
    """Column or row is said, not guessed."""
    with opened(browser, spoil('<th scope="col">', "<th>")) as it:
        assert len(checks.tables(it.page)) == 1


def test_what_a_script_writes(browser: Browser, spoil: Spoil) -> None:
    """It is not there without JavaScript."""
    file = spoil("</body>", "<script>document.body.append('more')</script></body>")
    with opened(browser, file) as it, opened(browser, file, script=False) as bare:
        assert checks.reading(it.page) != checks.reading(bare.page)


def test_gains_on_the_second_sheet(browser: Browser, spoil: Spoil) -> None:
    """The first sheet is no answer then."""
    with opened(
        browser, spoil('<div class="beside">', '<div class="beside" style="margin-top: 19cm">')
    ) as it:
        assert list(checks.first_sheet(it.page))


def test_no_browser_is_a_clear_failure(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without one the package to install is named."""
    monkeypatch.setenv("PATH", "")
    assert chromium.installed() is None
    assert "apt-get install chromium" in chromium.MISSING
