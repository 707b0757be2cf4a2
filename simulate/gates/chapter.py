"""The stage gates as a chapter of a run's report."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from models.language import say
from simulate.errors import Problem
from simulate.gates.sections import sections
from simulate.gates.sentences import answers
from simulate.gates.study import Study
from simulate.gates.study import refused as without_gates
from simulate.gates.study import study as studied
from simulate.language.numbers import number
from simulate.report.sections import Told
from simulate.run import Progress, Result
from simulate.scenario.read import AnyScenario
from simulate.scenario.tree.scenario import ContractScenario

# As many futures as the command draws, or as many as the run has, in whole batches.
MOST = 16_384


@dataclass(frozen=True)
class Found:
    """What was found, and whether the evidence below it passed its diagnosis."""

    study: Study
    failed: bool


def refused(scenario: AnyScenario) -> Iterator[Problem]:
    """Yield why a scenario has no such chapter."""
    if not isinstance(scenario, ContractScenario):
        yield Problem("no_contract", ("contract",))
        return
    yield from without_gates(scenario)


def study(result: Result, progress: Progress | None = None) -> Found:
    """Return what the stage gates of a run's contract know, on its seed and its posteriors."""
    scenario, draws = result.with_contract, min(result.draws, MOST)
    found = studied(scenario, result.posteriors, draws, result.seed, progress=progress)
    return Found(found, result.verdict.verdict == "fail")


def told(found: Found) -> Told:
    """Return what the chapter says."""
    about = say(
        "Vad varje möte om fortsatt finansiering kan veta, och vad rätten att sluta är värd: "
        "{draws} framtider, de första som körningens frö ger.",
        draws=number(found.study.draws),
    )
    return Told(about, sections(found.study), answers(found.study), found.failed)
