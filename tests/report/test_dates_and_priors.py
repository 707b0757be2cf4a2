"""The day that a judgement is made from, and what the register says of each prior."""

from __future__ import annotations

from pathlib import Path

import pytest

from simulate.report import tables
from simulate.report.page import render
from simulate.scenario.shipped import shipped
from tests.support.made import made

DAYS = {"servicetrainee": "2015-12-31", "orebro_skolfam": ""}


@pytest.mark.slow
@pytest.mark.parametrize(("name", "day"), DAYS.items())
def test_the_day_of_the_judgement_is_shown(tmp_path: Path, name: str, day: str) -> None:
    """A judgement that is not made on the day of the decision says which day it is made from."""
    page = render(made(shipped()[name], tmp_path, draws=1000)[0], "abc123")
    assert ("bedömningen utgår från" in page) is bool(day)
    assert f"bedömningen utgår från {day}</p>" in page or not day


@pytest.mark.slow
def test_a_prior_of_a_group_of_lines_is_told_to_be_learned(tmp_path: Path) -> None:
    """The register says of every prior whether data moved it, wherever in the block it stands."""
    result = made(shipped()["skolfam2"], tmp_path, draws=1000)[0]
    learned = {row[0]: row[4] for row in tables.assumptions(result)}
    group = "evidence.skolfam2.lines.groups.institution.prior"
    assert learned[f"{group}.level"] != "–"
    assert learned[f"{group}.between_place_sd"] == "–"  # certain
