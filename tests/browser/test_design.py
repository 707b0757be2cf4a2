"""The page of the design value, as a browser shows it."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from models.language import LANGUAGES, speaking
from simulate.design import Asked, stated, study
from simulate.design.page import file_name, render
from tests.browser import checks
from tests.browser.chromium import MIDDLE, NARROW, WIDE, opened
from tests.support.scenarios import team_nystart

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module", params=LANGUAGES)
def page(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the page of Team Nystart with a stated effect, in one language."""
    file = tmp_path_factory.mktemp("matning") / file_name(request.param)
    scenario = team_nystart()
    with speaking(request.param):
        found = study(scenario, stated(scenario), Asked(4096, 1), {})
        file.write_text(render(found), encoding="utf-8")
    return file


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
