"""A report with every chapter that its scenario has, as a browser shows and prints it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from models.language import LANGUAGES, speaking
from simulate.chapters.asked import ALL, chosen
from simulate.chapters.work import studied, told
from simulate.report.page import render
from simulate.run import run
from simulate.scenario.read import load
from simulate.scenario.shipped import shipped
from tests.browser import checks
from tests.browser.chromium import MIDDLE, NARROW, WIDE, opened
from tests.browser.conftest import SCENARIOS

pytestmark = pytest.mark.browser

DRAWS = 2048
# A report with chapters is longer; a fund's has a tornado for every namnd.
SHEETS = range(8, 31)


@pytest.fixture(scope="module", params=SCENARIOS)
def pages(
    request: pytest.FixtureRequest,
    tmp_path_factory: pytest.TempPathFactory,
    posterior_cache: Path,
) -> dict[str, Path]:
    """Return the pages of one run with all its chapters, by language."""
    folder = tmp_path_factory.mktemp(request.param)
    result = run(load(shipped()[request.param]).scenario, DRAWS, 1, posterior_cache)
    facts = studied(chosen((ALL,), result.scenario, []), result)
    assert facts
    made = {}
    for language in LANGUAGES:
        with speaking(language):
            text = render(result, "abc123", chapters=told(facts, list(facts)))
        made[language] = folder / f"report.{language}.html"
        made[language].write_text(text, encoding="utf-8")
    return made


@pytest.fixture(params=LANGUAGES)
def page(request: pytest.FixtureRequest, pages: dict[str, Path]) -> Path:
    """Return one page."""
    return pages[request.param]


@pytest.mark.parametrize("width", [WIDE, MIDDLE, NARROW])
def test_it_can_be_read(browser: Browser, page: Path, width: int) -> None:
    """No word is broken, nothing stands out to the right, every picture is there in words."""
    with opened(browser, page, width) as it:
        assert checks.too_wide(it.page) == []
        assert checks.broken(it.page) == []
        assert list(checks.pictures(it.page)) == []
        assert list(checks.headings(it.page)) == []
        assert checks.tables(it.page) == []
        assert it.heard == it.asked == []


def test_the_contents_lead_there(browser: Browser, page: Path) -> None:
    """Each link goes to a place of its own, a chapter or a question, that can then be seen."""
    with opened(browser, page) as it:
        links = it.page.locator("a")
        assert links.count() > 8
        for place in range(links.count()):
            link = links.nth(place)
            target = it.page.locator(f"[id='{link.get_attribute('href')[1:]}']")
            assert target.count() == 1
            link.click()
            assert target.evaluate(
                "one => Math.abs(one.getBoundingClientRect().top) < 2"
                " || Math.ceil(scrollY + innerHeight) >= document.scrollingElement.scrollHeight"
            )


def test_printed_it_still_answers_first(browser: Browser, page: Path) -> None:
    """The first sheet is as without chapters, and each chapter begins on a sheet of its own."""
    with opened(browser, page) as it:
        missing = checks.listed(checks.first_sheet(it.page))
        printed = checks.sheets(it.page)
        titles = it.page.locator(".chapter > h2").all_text_contents()
    assert not missing, missing
    assert len(printed) in SHEETS
    assert titles
    for title in titles:
        begins = re.compile(r"(\d+/\d+)?" + re.escape("".join(title.split())))  # after its number
        assert any(map(begins.match, printed)), title


def test_on_paper_nothing_is_cut_off(browser: Browser, page: Path) -> None:
    """The style sheet for print leaves nothing outside A4 less its margins."""
    with opened(browser, page, 680) as it:
        it.page.emulate_media(media="print")
        assert checks.too_wide(it.page) == []
        assert checks.broken(it.page) == []


def test_it_is_small_enough_to_send(page: Path) -> None:
    """Two megabytes at most, with every chapter."""
    assert page.stat().st_size < 2_000_000
