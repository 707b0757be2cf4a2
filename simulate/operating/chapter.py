"""The characteristics as a chapter of a run's report."""

from __future__ import annotations

from collections.abc import Iterator

from models.language import say
from simulate.errors import Problem
from simulate.language.numbers import number
from simulate.operating.sections import sections
from simulate.operating.sentences import answers
from simulate.operating.study import Study, study_of
from simulate.operating.study import refused as not_answered
from simulate.report.sections import Told
from simulate.run import Progress, Result
from simulate.scenario.read import AnyScenario
from simulate.scenario.tree.scenario import ContractScenario

# As many futures at each effect as the command draws, or as many as the run has.
MOST = 20_480


def refused(scenario: AnyScenario) -> Iterator[Problem]:
    """Yield why a scenario has no such chapter."""
    if not isinstance(scenario, ContractScenario):
        yield Problem("no_contract", ("contract",))
        return
    yield from not_answered(scenario)


def study(result: Result, progress: Progress | None = None) -> Study:
    """Return the characteristics of the contract of a run, on its seed and its posteriors."""
    draws = min(result.draws, MOST)
    return study_of(result.with_contract, result.posteriors, draws, result.seed, progress)


def told(study: Study) -> Told:
    """Return what the chapter says."""
    about = say(
        "Vad kontraktet gör vid en effekt som är satt, vad man än tror om insatsen: {draws} "
        "framtider vid varje effekt, de första som körningens frö ger.",
        draws=number(study.draws),
    )
    return Told(about, sections(study), answers(study), study.verdict.verdict == "fail")
