"""The two that are compared: scenarios, fitted now or before, or runs as they were stored."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from models.posterior import Posterior
from simulate.errors import BadInput, Problem
from simulate.evidence import posteriors
from simulate.folder import MANIFEST
from simulate.run import Progress
from simulate.scenario.read import AnyScenario, Loaded, to_fit
from simulate.scenario.shipped import shipped
from simulate.stored.find import SHORTEST_PREFIX, find_run
from simulate.stored.read import read

_ID = re.compile(rf"[0-9a-f]{{{SHORTEST_PREFIX},12}}")


@dataclass(frozen=True, eq=False)
class Side:
    """One of the two.

    Attributes:
        name: as a person wrote it.
        loaded: the scenario.
        fitted: its posteriors, as they were stored; ``None`` when they are to be fitted.
        seed, draws: of the stored run; ``None`` of a scenario.
    """

    name: str
    loaded: Loaded
    fitted: Mapping[str, Posterior] | None = None
    seed: int | None = None
    draws: int | None = None

    @property
    def scenario(self) -> AnyScenario:
        """The scenario."""
        return self.loaded.scenario

    @property
    def raw(self) -> dict[str, Any]:
        """The scenario as plain data."""
        return self.loaded.raw

    def posteriors(self, cache: Path, progress: Progress | None = None) -> Mapping[str, Posterior]:
        """Return the posteriors that were stored, or those of the cache, or fit them."""
        return self.fitted or posteriors(self.scenario, cache, progress)


def is_run(name: str) -> bool:
    """Whether a name means a stored run: its folder, whole or not, or the beginning of its id."""
    folder = Path(name)
    if (folder / MANIFEST).is_file() or (folder.is_dir() and folder.name != name):
        return True
    return _ID.fullmatch(name) is not None and name not in shipped()


def side(name: str, settings: tuple[str, ...], data: Path | None, outputs: Path) -> Side:
    """Return what a name means.

    Args:
        name: of a scenario or a run.
        settings: ``KEY=VALUE`` each; a run is taken as it was stored.
        data: folder that files of rows start from.
        outputs: folder of all runs.

    Raises:
        BadInput: with every problem.
    """
    if not is_run(name):
        # Told apart by what was changed, when both are changes of one scenario.
        changed = f"{name} ({', '.join(settings)})" if settings else name
        return Side(changed, to_fit(name, settings, data))
    if settings:
        context = {"found": name}
        raise BadInput([Problem("compare_set", ("--set-b",), context)], name)
    run = read(find_run(name, outputs))
    return Side(name, run.loaded, run.result.posteriors, run.facts.seed, run.facts.draws)


def refuse_kinds(a: Side, b: Side) -> None:
    """Refuse two scenarios that have no figure in common.

    Raises:
        BadInput: one has a contract and the other a fund.
    """
    if type(a.scenario) is not type(b.scenario):
        kinds = [_KINDS[type(one.scenario).__name__] for one in (a, b)]
        context = {"found": ", ".join(kinds)}
        raise BadInput([Problem("compare_kinds", (), context)], f"{a.name}, {b.name}")


_KINDS = {"ContractScenario": "[contract]", "FundScenario": "[fund]"}
