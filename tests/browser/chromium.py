"""The Chromium that is installed, and what a page does in it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Browser, ConsoleMessage, Page, Route

NAMES = ("chromium", "chromium-browser", "google-chrome")
MISSING = (
    f"none of {', '.join(NAMES)} is on the PATH; these tests need a browser and download none. "
    "On Debian: apt-get install chromium fonts-liberation; elsewhere the package chromium or "
    "google-chrome. Tests without a browser: uv run pytest"
)
WIDE, MIDDLE, NARROW = 1000, 700, 390


def installed() -> str | None:
    """Return the path of the browser, if there is one."""
    return next(filter(None, map(shutil.which, NAMES)), None)


@dataclass
class Opened:
    """A page that is open.

    Attributes:
        page: what Playwright has of it.
        heard: warnings and errors of the console, and exceptions that nobody caught.
        asked: every address that was asked for, but for the file itself and what it carries.
    """

    page: Page
    heard: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)


@contextmanager
def opened(
    browser: Browser, file: Path, width: int = WIDE, script: bool = True
) -> Iterator[Opened]:
    """Open a file; whatever else it asks for is written down and refused."""
    context = browser.new_context(
        viewport={"width": width, "height": 844},
        is_mobile=width == NARROW,
        java_script_enabled=script,
    )
    page = context.new_page()
    it = Opened(page)

    def hear(message: ConsoleMessage) -> None:
        if message.type in ("warning", "error"):
            it.heard.append(message.text)

    def refuse(route: Route) -> None:
        if route.request.url == file.as_uri():
            route.continue_()
            return
        it.asked.append(route.request.url)
        route.abort()

    page.on("console", hear)
    page.on("pageerror", lambda error: it.heard.append(str(error)))
    page.route("**/*", refuse)
    page.goto(file.as_uri(), wait_until="load")
    try:
        yield it
    finally:
        context.close()
