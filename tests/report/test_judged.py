"""The day that a judgement is made from stands at the top of the page."""

from __future__ import annotations

from pathlib import Path

import pytest

from simulate.report.page import render
from simulate.scenario.shipped import shipped
from tests.support.made import made

DAYS = {"servicetrainee": "2015-12-31", "orebro_skolfam": ""}


@pytest.mark.parametrize(("name", "day"), DAYS.items())
def test_the_day_of_the_judgement_is_shown(tmp_path: Path, name: str, day: str) -> None:
    """A judgement that is not made on the day of the decision says which day it is made from."""
    page = render(made(shipped()[name], tmp_path, draws=1000)[0], "abc123")
    assert ("bedömningen utgår från" in page) is bool(day)
    assert f"bedömningen utgår från {day}</p>" in page or not day
