"""The tiny model is known while a test runs."""

from __future__ import annotations

from pathlib import Path

import pytest

from models.evidence import EVIDENCE
from tests.rows.tiny import TABLE, VALID, Tiny


@pytest.fixture
def scenario(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a scenario that rests on rows; the file with rows is not there yet."""
    monkeypatch.setitem(EVIDENCE, "tiny", Tiny)
    path = tmp_path / "scenario.toml"
    text = VALID.read_text(encoding="utf-8") + TABLE
    path.write_text(text, encoding="utf-8", newline="\n")
    return path
