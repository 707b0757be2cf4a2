"""The design value of other measurements as a chapter of a run's report."""

from __future__ import annotations

from collections.abc import Iterator

from models.language import say
from simulate.design.designs import refused as nothing_to_ask
from simulate.design.designs import stated
from simulate.design.sections import sections
from simulate.design.sentences import answers
from simulate.design.study import Asked, Study
from simulate.design.study import study as studied
from simulate.errors import Problem
from simulate.language.numbers import number
from simulate.report.sections import Told
from simulate.run import Progress, Result
from simulate.scenario.read import AnyScenario
from simulate.scenario.tree.scenario import ContractScenario

# As many futures as the command draws, or as many as the run has.
MOST = 40_960


def refused(scenario: AnyScenario) -> Iterator[Problem]:
    """Yield why a scenario has no such chapter."""
    if not isinstance(scenario, ContractScenario):
        yield Problem("no_contract", ("contract",))
        return
    yield from nothing_to_ask(scenario, stated(scenario))


def study(result: Result, progress: Progress | None = None) -> Study:
    """Return what the scenario's other measurements change, on a run's seed and posteriors."""
    scenario, draws = result.with_contract, min(result.draws, MOST)
    asked = Asked(draws, result.seed)
    return studied(scenario, stated(scenario), asked, result.posteriors, progress)


def told(study: Study) -> Told:
    """Return what the chapter says."""
    about = say(
        "Vad som ändras om kontraktet betalar på en annan mätning: {draws} framtider, de första "
        "som körningens frö ger, mätta på båda sätten. Det är inte värdet av att veta mer före ett "
        "beslut.",
        draws=number(study.draws),
    )
    return Told(about, sections(study), answers(study), study.verdict.verdict == "fail")
