"""One evidence block can be replaced by another kind, and nothing outside the scenario changes."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from models.cache import cache_key
from simulate.report.page import render
from simulate.run import run
from simulate.scenario.checks import check
from simulate.scenario.read import tree_of
from simulate.scenario.tree.scenario import FundScenario
from tests.models_layer.days_blocks import PRIOR
from tests.support.made import invented
from tests.support.scenarios import NOTES, Raw, raw
from tests.support.spread import slow_but

STATED = {"normal": {"mean": -0.1, "sd": 0.2}, **NOTES}


def lines(data: Raw) -> dict[str, dict[str, Any]]:
    """Return the effect lines of a scenario with one investment, by id."""
    (investment,) = data["investments"].values()
    return {line["id"]: line for line in investment["effects"]}


DAYS: Raw = {
    "model": "placement_days",
    "window": "730 dygn",
    "treated": {"n": 30, "unplaced": 8, "hvb": "80 dygn", "familjehem": "190 dygn"},
    "comparison": {"n": 40, "unplaced": 6, "hvb": "170 dygn", "familjehem": "140 dygn"},
    "prior": PRIOR,
    **NOTES,
}


def totals(data: Raw) -> None:
    """SkolFam2: two totals in place of the table's lines."""
    table = data["evidence"]["skolfam2"].pop("lines")
    data["evidence"]["skolfam2"] |= {
        "treated": {"n": 21, "total": "20 507 393 kr"},
        "comparison": {"n": 19, "total": "21 737 612 kr"},
        "prior": table["groups"]["institution"]["prior"],
    }
    line = lines(data)["institution"]
    line["effect"]["evidence"] = "skolfam2.log_ratio_new"
    line["cost_per_person"]["evidence"] = "skolfam2.mean_without"
    data["investments"]["skolfam2"]["effects"] = [line]
    data["investments"]["skolfam2"].pop("implementation", None)


def stated(data: Raw) -> None:
    """SkolFam2: stated distributions in place of any evidence."""
    del data["evidence"]
    data["investments"]["skolfam2"].pop("implementation", None)
    for line in lines(data).values():
        if line["type"] == "cost_ratio":
            line["effect"] = dict(STATED)
            line["cost_per_person"] = {"value": "1 144 085 kr", **NOTES}
        else:
            line["share"] = {"beta": {"a": 3, "b": 2}, **NOTES}


def days(data: Raw) -> None:
    """SkolFam2: days in care in place of costs; the same log ratio, of another thing."""
    totals(data)
    data["evidence"] = {"skolfam2": DAYS}
    line = lines(data)["institution"]
    line["effect"]["evidence"] = "skolfam2.log_ratio_days"
    line["cost_per_person"] = {"value": "663 704 kr", **NOTES}


def sums(data: Raw) -> None:
    """Placement days: published groups in place of rows."""
    data["evidence"]["dygn"] = DAYS
    data["investments"]["hemmaplan"]["effects"] = [
        line for key, line in lines(data).items() if key != "sis"
    ]


def stated_days(data: Raw) -> None:
    """Placement days: stated days in place of any evidence."""
    del data["evidence"]
    for line in lines(data).values():
        line["days_avoided"] = {"normal": {"mean": 20, "sd": 40}, **NOTES}


def stated_years(data: Raw) -> None:
    """Service trainees: stated shares in place of the chain."""
    del data["evidence"]
    found = lines(data)
    for key in ("anstallning", "bistand"):
        found[key]["part"] = {"value": 0.85, **NOTES}
    for year in found["bistand"]["avoided"]:
        found["bistand"]["avoided"][year] = {"normal": {"mean": 0.15, "sd": 0.1}, **NOTES}
    found["a_kassa"]["share"] = {"beta": {"a": 4, "b": 6}, **NOTES}


SWAPS: dict[str, tuple[str, Callable[[Raw], None]]] = {
    "lines by totals": ("skolfam2", totals),
    "lines by stated": ("skolfam2", stated),
    "costs by days": ("skolfam2", days),
    "rows by sums": ("exempel_placeringsdygn", sums),
    "rows by stated": ("exempel_placeringsdygn", stated_days),
    "chain by stated": ("servicetrainee", stated_years),
}


@pytest.mark.parametrize(
    "name", slow_but(SWAPS, ("costs by days", "rows by sums", "chain by stated"))
)
def test_swapped(name: str, tmp_path: Path) -> None:
    """The scenario is sound, runs, has other figures, and its page says where they come from."""
    scenario_name, edit = SWAPS[name]
    data = raw(scenario_name)
    edit(data)
    scenario = tree_of(data)
    assert isinstance(scenario, FundScenario)
    assert list(check(scenario)) == []
    for block, spec in scenario.evidence.items():
        key = cache_key(block, spec, scenario.fit_seed)
        invented(block, spec).write(tmp_path / f"{spec.model}-{key[:32]}.nc")
    result = run(scenario, 2_048, 1, tmp_path)
    real = result.futures["realised_ore"].values
    assert real.std() > 0
    page = render(result, "prov")
    for spec in scenario.evidence.values():
        assert spec.title is None or spec.title in page
