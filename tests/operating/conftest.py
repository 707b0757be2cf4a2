"""One study of Team Nystart, as the command makes it, for all tests of this folder."""

from __future__ import annotations

from pathlib import Path

import pytest

from simulate.operating import Study, study
from tests.support.scenarios import checked, raw, team_nystart

DRAWS = 20_480  # as the command's own


@pytest.fixture(scope="session")
def nystart_study(tmp_path_factory: pytest.TempPathFactory) -> Study:
    """Return the characteristics of Team Nystart, which need no fit."""
    return study(checked(raw()), DRAWS, 1, Path(tmp_path_factory.mktemp("cache")))


@pytest.fixture(scope="session")
def small_study(tmp_path_factory: pytest.TempPathFactory) -> Study:
    """Return those with a stated effect, on one batch of futures, to compare bit for bit."""
    return study(team_nystart(), 2048, 1, Path(tmp_path_factory.mktemp("cache")))
