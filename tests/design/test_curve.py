"""Larger groups beside the alternatives, and the same questions without drift."""

from __future__ import annotations

import numpy as np
import pytest

from simulate.design import Asked, Study, refused, stated, study
from simulate.design.curve import curve_worlds
from simulate.design.sections import sections
from simulate.scenario.tree.party import CONTRACT
from tests.design.conftest import ways
from tests.support.scenarios import checked, raw, team_nystart

PAYER = "kommun"


def test_without_alternatives_larger_groups_are_asked_about() -> None:
    """Twice and four times the group that the contract pays on; nothing where there is none."""
    plain = team_nystart(edits=[ways()])
    assert [(one.id, one.persons) for one in stated(plain)] == [
        ("saving_122", 122.0),
        ("saving_244", 244.0),
    ]
    (problem,) = refused(checked(raw("halsoobligation")), ())
    assert problem.code == "design_nothing"
    utfall = checked(raw("team_nystart_slutredovisning"))
    (problem,) = refused(utfall, stated(utfall))
    assert problem.code == "design_known"


@pytest.mark.parametrize(
    ("settings", "drifts"),
    [
        ((), True),
        (("measurements.saving.indexation=50 %",), True),
        (("measurements.saving.indexation=100 %",), False),
        (("measurements.saving.drift=0",), False),
    ],
)
def test_without_drift_is_asked_where_there_is_some(
    settings: tuple[str, ...], drifts: bool
) -> None:
    """Where no cost drifts, or an index takes all of it away, both lines would be the same."""
    asked = {line.name for line in curve_worlds(team_nystart(*settings)).lines}
    calm = {"no_drift", "no_effect_no_drift"} if drifts else set()
    assert asked == {"scenario", "no_effect"} | calm


@pytest.mark.parametrize(
    ("settings", "tables", "said"),
    [
        ((), 2, False),
        (("measurements.saving.indexation=100 %",), 1, True),
        (("measurements.saving.drift=0", "measurements.saving.indexation=100 %"), 1, False),
    ],
)
def test_why_there_is_no_table_without_drift(
    settings: tuple[str, ...], tables: int, said: bool
) -> None:
    """Where an index takes all drift away there is one table, and a sentence says why."""
    scenario = team_nystart(*settings)
    found = study(scenario, stated(scenario)[:1], Asked(512, 1), {})
    size = sections(found, drawn=False)[-1]
    assert len(size.tables) == len({table.rows for table in size.tables}) == tables
    assert said == any("tar kontraktets index bort hela driften" in one for one in size.paragraphs)


@pytest.mark.slow
def test_the_curve_has_the_alternative_on_it(nystart: Study) -> None:
    """At twice the size it is the stated alternative; at the agreed size nothing is changed.

    Returns diminish: the second hundred persons change less than the first sixty.
    """
    (curve,) = nystart.curves
    assert set(curve.lines) == {"scenario", "no_drift", "no_effect", "no_effect_no_drift"}
    by = {one.persons: one for one in curve.lines["scenario"]}
    larger = nystart.designs[0]
    assert by[122.0].payment == larger.change(CONTRACT, "repayment_mean")
    assert by[122.0].npv[PAYER] == larger.change(PAYER, "npv_mean")
    assert by[61.0].payment.value == 0.0
    for line in ("scenario", "no_drift"):
        steps = np.abs(np.diff([one.uneven.value or 0.0 for one in curve.lines[line]]))
        assert steps[-1] < steps[3]
    # With the effect set to nothing the group matters more, and the less so the more costs drift.
    calm, drifting = (curve.twice(line) for line in ("no_effect_no_drift", "no_effect"))
    assert calm is not None and drifting is not None
    assert (calm.payment.value or 0.0) < (drifting.payment.value or 0.0) < 0.0
