"""What the tests of prose share."""

from __future__ import annotations

import pytest

from tests.cli.calls import Caller


@pytest.fixture
def call(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Caller:
    """Calls the program within this process."""
    return Caller(monkeypatch, capsys)
