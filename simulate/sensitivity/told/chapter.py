"""A sensitivity study as a chapter of a run's report."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from models.language import say
from simulate.errors import Problem
from simulate.language.numbers import number
from simulate.report.sections import Told
from simulate.run import Progress, Result
from simulate.scenario.read import AnyScenario
from simulate.sensitivity.study import Sensitivity
from simulate.sensitivity.study import study as studied
from simulate.sensitivity.told.answers import answers
from simulate.sensitivity.told.sections import sections

# As many futures as the command draws, or as many as the run has, in whole batches.
MOST = 16_384


@dataclass(frozen=True)
class Found:
    """What was found, and whether the evidence below it passed its diagnosis."""

    study: Sensitivity
    failed: bool


def refused(_: AnyScenario) -> Iterator[Problem]:
    """Yield why a scenario has no such chapter: every scenario has one."""
    yield from ()


def study(result: Result, progress: Progress | None = None) -> Found:
    """Return what the answers of a run hang on, on its seed and its posteriors."""
    draws = min(result.draws, MOST)
    scenario, fitted = result.scenario, result.posteriors
    found = studied(scenario, fitted, draws, result.seed, progress)
    return Found(found, result.verdict.verdict == "fail")


def told(found: Found) -> Told:
    """Return what the chapter says."""
    about = say(
        "Hur mycket varje osäkert tal betyder för svaret: {draws} framtider, de första som "
        "körningens frö ger, och samma framtider igen med ett tal i taget ändrat.",
        draws=number(found.study.draws),
    )
    if found.study.scenario.evidence:
        about += " " + say(
            "Talen är andra än i «Hur långt antagandena flyttar svaret»: där flyttas en parameter "
            "i priorn och resten av evidensen följer med, här flyttas det som evidensen lämnar "
            "vidare."
        )
    return Told(about, sections(found.study), answers(found.study), found.failed)
