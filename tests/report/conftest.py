"""One small real run without evidence, so that nothing is fitted."""

from __future__ import annotations

import copy
import tomllib
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
import tomli_w

from scenarios import __file__ as shipped
from simulate.run import Result, run
from simulate.scenario.read import load

Change = Callable[[dict[str, Any]], None]
SCENARIO = Path(str(shipped)).parent / "team_nystart.toml"
DRAWS = 20_000


def without_evidence(raw: dict[str, Any]) -> None:
    """Replace the evidence by a normal prior that is about as wide."""
    del raw["evidence"]
    del raw["decision"]["studies"]
    raw["outcomes"]["social_cost"]["effect"] = {
        "normal": {"mean": -0.05, "sd": 0.14},
        "source": "prov",
        "kind": "assumption",
    }


@pytest.fixture(scope="session")
def build(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Result]:
    """Return a function that runs the scenario with further changes."""
    plain: Mapping[str, Any] = tomllib.loads(SCENARIO.read_text(encoding="utf-8"))
    folder = tmp_path_factory.mktemp("scenarios")

    def built(change: Change | None = None, draws: int = DRAWS) -> Result:
        raw = copy.deepcopy(dict(plain))
        without_evidence(raw)
        if change is not None:
            change(raw)
        path = folder / "scenario.toml"
        path.write_bytes(tomli_w.dumps(raw).encode("utf-8"))
        return run(load(path).scenario, draws, 1, folder)

    return built


@pytest.fixture(scope="session")
def result(build: Callable[..., Result]) -> Result:
    """Return the run that most tests look at."""
    return build()
