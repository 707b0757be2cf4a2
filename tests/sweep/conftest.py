"""A scenario without evidence, small enough to sweep in every test."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.calls import Caller

VALID = "tests/bad/_valid.toml"
GUARANTEE = "contract.clauses.guarantee.share"


@pytest.fixture
def call(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Caller:
    """Calls the program within this process."""
    return Caller(monkeypatch, capsys)


def files(folder: Path) -> dict[str, bytes]:
    """Return everything below a folder whose bytes must repeat."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != "timings.json"
    }


def computed(folder: Path) -> int:
    """Return how many cells the newest sweep worked out."""
    import json

    newest = max(folder.glob("*/sweep-*/timings.json"), key=lambda one: one.stat().st_mtime_ns)
    return int(json.loads(newest.read_text(encoding="utf-8"))["computed"])
