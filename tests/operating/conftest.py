"""One study of Team Nystart without evidence, for all tests of this folder."""

from __future__ import annotations

from pathlib import Path

import pytest

from simulate.operating import Study, study
from tests.support.scenarios import team_nystart

DRAWS = 16_384


@pytest.fixture(scope="session")
def nystart_study(tmp_path_factory: pytest.TempPathFactory) -> Study:
    """Return the characteristics of Team Nystart, which need no fit."""
    return study(team_nystart(), DRAWS, 1, Path(tmp_path_factory.mktemp("cache")))
