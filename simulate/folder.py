"""What lies in a run folder, by name; light, so that runs are found without reading any."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path

MANIFEST, SCENARIO, RISK, FUTURES = "manifest.json", "scenario.toml", "risk.json", "result.nc"
TIMINGS = "timings.json"


def posterior_file(block: str) -> str:
    """Return the name of an evidence block's posterior."""
    return f"posterior/{block}.nc"


def report_file(language: str) -> str:
    """Return the name of the report in a language.

    Example:
        >>> report_file("sv")
        'report.sv.html'
    """
    return f"report.{language}.html"


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
