"""Every page in every language, as a browser shows and prints it."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser

from tests.browser import checks
from tests.browser.chromium import MIDDLE, NARROW, WIDE, opened
from tests.browser.conftest import Written

pytestmark = pytest.mark.browser


def test_it_is_silent_and_asks_for_nothing(browser: Browser, written: Written) -> None:
    """No warning in the console, and no address but the file and what it carries."""
    with opened(browser, written.file) as it:
        assert it.heard == []
        assert it.asked == []


def test_it_says_its_language(browser: Browser, written: Written) -> None:
    """Readers aloud and translators go by it."""
    with opened(browser, written.file) as it:
        assert it.page.evaluate("document.documentElement.lang") == written.language


def test_every_figure_is_that_of_the_run(browser: Browser, written: Written) -> None:
    """What is printed is what ``risk.json`` holds, as people write it, and all of it is there."""
    with opened(browser, written.file) as it:
        wrong = checks.listed(checks.figures(it.page, written.risk, written.language))
    assert not wrong, wrong


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_nothing_stands_out_to_the_right(browser: Browser, written: Written, width: int) -> None:
    """The page is never scrolled sideways; a wide table may be, inside its own box."""
    with opened(browser, written.file, width) as it:
        assert checks.too_wide(it.page) == []


@pytest.mark.parametrize("width", [WIDE, MIDDLE, NARROW])
def test_no_word_is_broken(browser: Browser, written: Written, width: int) -> None:
    """A column that has become too narrow for its words shows here first."""
    with opened(browser, written.file, width) as it:
        assert checks.broken(it.page) == []


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_every_picture_is_there_in_words_too(
    browser: Browser, written: Written, width: int
) -> None:
    """And its letters are large enough."""
    with opened(browser, written.file, width) as it:
        wrong = checks.listed(checks.pictures(it.page))
    assert not wrong, wrong


def test_headings_and_heads_are_in_order(browser: Browser, written: Written) -> None:
    """Those who hear the page find their way in it."""
    with opened(browser, written.file) as it:
        assert list(checks.headings(it.page)) == []
        assert checks.tables(it.page) == []


def test_it_needs_no_script(browser: Browser, written: Written) -> None:
    """Without JavaScript it says the same."""
    with opened(browser, written.file) as it, opened(browser, written.file, script=False) as bare:
        assert checks.reading(it.page) == checks.reading(bare.page) != ""


def test_the_first_sheet_answers_by_itself(browser: Browser, written: Written) -> None:
    """Answers, key figures, and money and human gains side by side are on one sheet of A4."""
    with opened(browser, written.file) as it:
        missing = checks.listed(checks.first_sheet(it.page))
        printed = checks.sheets(it.page)
    assert not missing, missing
    assert len(printed) in checks.SHEETS
    assert all(printed)


def test_on_paper_nothing_is_cut_off(browser: Browser, written: Written) -> None:
    """The style sheet for print leaves nothing outside A4 less its margins."""
    with opened(browser, written.file, 680) as it:
        it.page.emulate_media(media="print")
        assert checks.too_wide(it.page) == []
        assert checks.broken(it.page) == []


def test_keys_reach_what_can_be_opened_and_scrolled(browser: Browser, written: Written) -> None:
    """Tab goes to every summary and every box that scrolls; Enter opens the summary."""
    with opened(browser, written.file) as it:
        reachable = it.page.locator("summary, .wide")
        for place in range(reachable.count()):
            it.page.keyboard.press("Tab")
            here = reachable.nth(place)
            assert here.evaluate("one => one === document.activeElement")
            if here.evaluate("one => one.tagName") == "SUMMARY":
                it.page.keyboard.press("Enter")
                assert here.evaluate("one => one.parentElement.open")


def test_it_is_small_enough_to_send(written: Written) -> None:
    """One and a half megabytes at most."""
    assert written.file.stat().st_size < checks.LARGEST_BYTES
