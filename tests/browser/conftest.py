"""Pages of real runs: a contract with its evidence fitted, and a fund."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, sync_playwright

from models.language import LANGUAGES, speaking
from simulate.report.page import render
from simulate.run import run
from simulate.scenario.read import load
from simulate.scenario.shipped import shipped
from simulate.store import as_plain, dump
from tests.browser import chromium

DRAWS = 8192
SCENARIOS = ("norrkoping_fond_plan", "team_nystart")


@dataclass(frozen=True)
class Written:
    """A page as it lies on disk.

    Attributes:
        file: the page.
        language: that it is in.
        risk: what ``risk.json`` of the same run holds.
    """

    file: Path
    language: str
    risk: dict[str, Any]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Return the browser of the system; without one the tests fail, they are not left out."""
    path = chromium.installed()
    if path is None:
        pytest.fail(chromium.MISSING, pytrace=False)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path)
        yield browser
        browser.close()


@pytest.fixture(scope="session", params=SCENARIOS)
def both(
    request: pytest.FixtureRequest,
    tmp_path_factory: pytest.TempPathFactory,
    posterior_cache: Path,
) -> dict[str, Written]:
    """Return the pages of one run, by language."""
    folder = tmp_path_factory.mktemp(request.param)
    result = run(load(shipped()[request.param]).scenario, DRAWS, 1, posterior_cache)
    risk = json.loads(dump(as_plain(result, "abc123")))
    pages = {}
    for language in LANGUAGES:
        file = folder / f"report.{language}.html"
        with speaking(language):
            file.write_bytes(render(result, "abc123").encode("utf-8"))
        pages[language] = Written(file, language, risk)
    return pages


@pytest.fixture(params=LANGUAGES)
def written(request: pytest.FixtureRequest, both: dict[str, Written]) -> Written:
    """Return one page."""
    return both[request.param]
