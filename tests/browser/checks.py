"""What must hold of a page, each as a function that returns what is wrong with it."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import Any

from playwright.sync_api import Page
from pypdf import PdfReader

from models.language import speaking
from simulate.report.cells import cell
from simulate.report.style import SMALL
from simulate.risk.risk import Figure

LEAST_PIXELS = 9.0
LARGEST_BYTES = 1_500_000
SHEETS = range(4, 17)
OF_RISK = ("party", "measure", "value", "mcse", "unit", "status")


def figures(page: Page, risk: dict[str, Any], language: str) -> Iterator[str]:
    """Yield every figure that is missing, differs from ``risk.json``, or is not in it."""
    printed: dict[tuple[str, str], list[str]] = {}
    for one in page.evaluate(
        """[...document.querySelectorAll("[data-measure]")].map(
            one => [one.dataset.measure, one.dataset.party, one.textContent])"""
    ):
        printed.setdefault((one[0], one[1]), []).append(one[2])
    for raw in risk["measures"]:
        key = raw["measure"], raw["party"]
        figure = Figure(
            **{name: raw[name] for name in OF_RISK}, given=raw.get("given"), atom=raw.get("atom")
        )
        with speaking(language):
            expected = cell(figure).value
        found = printed.pop(key, [])
        if not found and figure.status != "undefined":
            yield f"{key}: not printed"
        yield from (f"{key}: {one!r}, not {expected!r}" for one in found if one != expected)
    yield from (f"{key}: not in risk.json" for key in printed)


def too_wide(page: Page) -> list[str]:
    """Return whatever stands out to the right, where the page can be scrolled there."""
    room, needs = page.evaluate(
        "(({clientWidth, scrollWidth}) => [clientWidth, scrollWidth])(document.scrollingElement)"
    )
    if needs <= room:
        return []
    outside = page.evaluate(
        """room => [...document.body.querySelectorAll("*")]
            .filter(one => one.getBoundingClientRect().right > room + 1)
            .map(one => one.tagName + "." + one.className)""",
        room,
    )
    return [f"{needs} px in {room}", *outside]


def broken(page: Page) -> list[str]:
    """Return every word that goes on in the next line though it has no joint there."""
    found: list[str] = page.evaluate(
        r"""[...document.querySelectorAll("body :not(style, script)")].flatMap(
            one => [...one.childNodes].filter(node => node.nodeType === Node.TEXT_NODE)
        ).flatMap(node => [...node.textContent.matchAll(/[\p{L}\p{N}]+/gu)].filter(word => {
            const range = document.createRange();
            range.setStart(node, word.index);
            range.setEnd(node, word.index + word[0].length);
            const lines = [...range.getClientRects()].map(line => Math.round(line.top));
            return new Set(lines).size > 1;
        }).map(word => word[0]))"""
    )
    return found


def pictures(page: Page) -> Iterator[str]:
    """Yield every picture that did not load, has no words or letters that are too small."""
    found = page.evaluate(
        """[...document.images].map(
            one => [one.src.slice(0, 60), one.alt, one.naturalWidth, one.clientWidth])"""
    )
    if not found:
        yield "no pictures"
    for src, alt, natural, shown in found:
        if not natural:
            yield f"{src}: not loaded"
            continue
        if len(alt.split()) < 5:
            yield f"{src}: no words instead of it"
        pixels = SMALL * 96.0 / 72.0 * shown / natural
        if pixels < LEAST_PIXELS:
            yield f"{src}: letters of {pixels:.1f} px"


def headings(page: Page) -> Iterator[str]:
    """Yield every heading that skips a level; there is one of the first, and it is first."""
    levels = page.evaluate(
        """[...document.querySelectorAll("h1, h2, h3, h4, h5, h6")].map(
            one => [Number(one.tagName[1]), one.textContent])"""
    )
    if [level for level, _ in levels].count(1) != 1 or levels[0][0] != 1:
        yield "the first heading must be the only h1"
    for (before, _), (level, text) in pairwise(levels):
        if level > before + 1:
            yield f"{text}: h{level} after h{before}"


def tables(page: Page) -> list[str]:
    """Return every head of a column or row that does not say which of them it is."""
    found: list[str] = page.evaluate(
        """[...document.querySelectorAll("th:not([scope])")].map(one => one.textContent)"""
    )
    return found


def reading(page: Page) -> str:
    """Return what the page says, as it is read."""
    return page.inner_text("body")


def sheets(page: Page) -> list[str]:
    """Return the text of every sheet that the page is printed on, without any space in it."""
    printed = page.pdf(prefer_css_page_size=True)
    return [_squeezed(sheet.extract_text()) for sheet in PdfReader(io.BytesIO(printed)).pages]


def first_sheet(page: Page) -> Iterator[str]:
    """Yield what must be on the first sheet and is not: answers, key figures, picture, gains."""
    text = sheets(page)[0]
    wanted = ".answers li, .lead dt, .lead dd, .beside h2, .beside figcaption, .gains td, .gains th"
    missing = [
        one for one in page.locator(wanted).all_text_contents() if _squeezed(one) not in text
    ]
    yield from missing
    if not page.locator(".beside img").count():
        yield "no picture beside the gains"


def _squeezed(text: str) -> str:
    return "".join(text.split())


def listed(problems: Iterable[str]) -> str:
    """Return problems one a line, for the message of a test that fails."""
    return "\n".join(problems)
