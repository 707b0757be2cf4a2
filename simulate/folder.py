"""What lies in a run folder, by name; light, so that runs are found without reading any."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from pathlib import Path

MANIFEST, SCENARIO, RISK, FUTURES = "manifest.json", "scenario.toml", "risk.json", "result.nc"
TIMINGS = "timings.json"
_WITH_CHAPTERS = re.compile(r"report\.([a-z_]+(?:\+[a-z_]+)*)\.([a-z]{2})\.html")


def posterior_file(block: str) -> str:
    """Return the name of an evidence block's posterior."""
    return f"posterior/{block}.nc"


def report_file(language: str, chapters: Iterable[str] = ()) -> str:
    """Return the name of the report in a language, which says what chapters it has.

    Example:
        >>> report_file("sv"), report_file("en", ("characteristics", "sensitivity"))
        ('report.sv.html', 'report.characteristics+sensitivity.en.html')
    """
    within = "+".join(chapters)
    return f"report.{within}.{language}.html" if within else f"report.{language}.html"


def chapter_file(chapter: str) -> str:
    """Return the name of what was worked out for a chapter, from which pages are written."""
    return f"chapter.{chapter}.json"


def chapters_in(name: str) -> tuple[str, tuple[str, ...]] | None:
    """Return language and chapters of a report with chapters, by its name; else ``None``.

    Example:
        >>> chapters_in("report.characteristics+sensitivity.en.html")
        ('en', ('characteristics', 'sensitivity'))
        >>> chapters_in("report.sv.html") is chapters_in("report.Mine.sv.html") is None
        True
    """
    found = _WITH_CHAPTERS.fullmatch(name)
    return (found[2], tuple(found[1].split("+"))) if found else None


def data_files(blocks: Iterable[str]) -> tuple[str, ...]:
    """Return the files from which a run with these evidence blocks can be read back."""
    return SCENARIO, RISK, FUTURES, *map(posterior_file, blocks)


def checksum(path: Path) -> str:
    """Return the SHA-256 of a file.

    Raises:
        OSError: the file cannot be read.
    """
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
