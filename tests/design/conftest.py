"""One study of the plain world for all tests of this folder, and contracts whose value is exact."""

from __future__ import annotations

from typing import Any

import pytest

from simulate.design import Asked, Study, stated, study
from simulate.scenario.tree.scenario import ContractScenario
from tests.support.scenarios import NO_UPSIDE, NOTES, Raw, sixty, team_nystart

DRAWS = 20_480


def number(value: object) -> dict[str, object]:
    """Return a number of a scenario."""
    return {"value": value, **NOTES}


def ways(*each: dict[str, object]) -> Any:
    """Return an edit that gives a scenario these alternatives, and no others."""

    def edit(data: Raw) -> None:
        data["measurements"]["saving"]["alternatives"] = [
            {"id": f"way{i}", "title": f"Sätt {i}", "weight": number(0.1), **way}
            for i, way in enumerate(each)
        ]

    return edit


def linear(data: Raw) -> None:
    """Turn the contract into a tenth of the saving, however large, and nothing else."""
    (share,) = [one for one in data["contract"]["clauses"] if one["id"] == "saving_share"]
    data["contract"]["clauses"] = [{**share, "share": number(0.1), "up_to": "unlimited"}]
    data["contract"]["cap"] = "unlimited"


def known(drift: object, effect: float, *settings: str) -> tuple[str, ...]:
    """Return settings of a world without any chance but that of the two groups, and the drift."""
    return (
        f"measurements.saving.drift={drift}",
        f"outcomes.social_cost.effect={effect}",
        "outcomes.social_cost.cv=0.5",
        "parties.finansiar.discount_rate=2.5 %",
        *settings,
    )


def twice(*settings: str, edits: tuple[Any, ...] = ()) -> ContractScenario:
    """Return the plain world with one alternative: twice as many to compare with."""
    return sixty(*settings, edits=(ways({"persons": number(122)}), *edits))


@pytest.fixture(scope="session")
def nystart() -> Study:
    """Return the study of Team Nystart with a stated effect, and its own three alternatives."""
    scenario = team_nystart()
    return study(scenario, stated(scenario), Asked(DRAWS, 1), {})


@pytest.fixture(scope="session")
def plain() -> Study:
    """Return the study of the contract without upside, effect a tenth, no drift."""
    scenario = twice(*known(0.0, -0.1), *NO_UPSIDE)
    return study(scenario, stated(scenario), Asked(DRAWS, 3, sizes=False), {})
