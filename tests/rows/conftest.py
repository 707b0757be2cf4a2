"""The tiny model is known while a test runs."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from models import cache
from models.evidence import EVIDENCE
from tests.cli.calls import Caller
from tests.rows.tiny import TABLE, VALID, know


@pytest.fixture
def tiny() -> Iterator[None]:
    """Let the program know the tiny model, whose files do not lie among the others."""
    own = cache._code
    know()
    yield
    del EVIDENCE["tiny"], sys.modules["models.tiny.model"]
    cache._code = own


@pytest.fixture
def scenario(tmp_path: Path, tiny: None) -> Path:
    """Return a scenario that rests on rows; the file with rows is not there yet."""
    path = tmp_path / "scenario.toml"
    text = VALID.read_text(encoding="utf-8") + TABLE
    path.write_text(text, encoding="utf-8", newline="\n")
    return path


@pytest.fixture
def call(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Caller:
    """Calls the program within this process."""
    return Caller(monkeypatch, capsys)
