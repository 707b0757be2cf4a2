"""The tiny model is known while a test runs."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from models import cache
from models.evidence import EVIDENCE
from tests.cli.calls import Caller
from tests.rows import tiny_model
from tests.rows.tiny import TABLE, VALID, Tiny


@pytest.fixture
def tiny(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the program know the tiny model, whose files do not lie among the others."""
    monkeypatch.setitem(EVIDENCE, "tiny", Tiny)
    monkeypatch.setitem(sys.modules, "models.tiny.model", tiny_model)
    own = cache._code
    monkeypatch.setattr(cache, "_code", lambda name: {} if name == "tiny" else own(name))


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
