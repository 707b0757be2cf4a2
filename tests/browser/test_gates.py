"""The page of a contract's stage gates, as a browser shows it."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from models.language import LANGUAGES, speaking
from simulate.gates import study
from simulate.gates.page import file_name, render
from tests.browser import checks
from tests.browser.chromium import MIDDLE, NARROW, WIDE, opened
from tests.support.scenarios import checked, raw

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module", params=LANGUAGES)
def page(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the page of the example in one language; nothing has to be fitted."""
    folder = tmp_path_factory.mktemp("insatsrad")
    file = folder / file_name(request.param)
    with speaking(request.param):
        file.write_text(
            render(study(checked(raw("exempel_insatsrad")), {}, 4096, 1)), encoding="utf-8"
        )
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
