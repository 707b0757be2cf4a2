"""What tests of several kinds share: real posteriors, fitted once a session."""

from __future__ import annotations

import os
from pathlib import Path

import hypothesis
import pytest

from models.compiling import choose_folder
from simulate.run import Result, run
from simulate.scenario.read import load
from simulate.scenario.shipped import shipped

# No test fails because the machine is busy.
hypothesis.settings.register_profile("patient", deadline=None)
hypothesis.settings.load_profile("patient")

# Before any test imports PyMC: fits on both workers share what is compiled.
choose_folder()


@pytest.fixture(scope="session")
def posterior_cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of fits that lives as long as the session, the same for every worker."""
    base = tmp_path_factory.getbasetemp()
    return (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "posteriors"


@pytest.fixture(scope="session")
def nystart(posterior_cache: Path) -> Result:
    """Team Nystart as it could be judged at signing, 65 536 futures."""
    return run(load(shipped()["team_nystart"]).scenario, 65_536, 1, posterior_cache)


@pytest.fixture(scope="session")
def account(posterior_cache: Path) -> Result:
    """The same contract with the final account as evidence."""
    scenario = load(shipped()["team_nystart_slutredovisning"]).scenario
    return run(scenario, 32_768, 1, posterior_cache)
