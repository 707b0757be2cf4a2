"""A sensitivity study as a chapter of a run's report."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from models.language import say
from models.spoken import listed
from simulate.errors import Problem
from simulate.language.numbers import number, percent
from simulate.report.learned import figure
from simulate.report.sections import Told
from simulate.run import Progress, Result
from simulate.scenario.read import AnyScenario
from simulate.sensitivity.study import Answer, Sensitivity
from simulate.sensitivity.study import study as studied
from simulate.sensitivity.told.names import answer_name, factor_name
from simulate.sensitivity.told.sections import sections

# So many numbers are named in a sentence.
_NAMED = 3
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
    return Told(about, sections(found.study), tuple(_answers(found.study)), found.failed)


def _answers(study: Sensitivity) -> Iterator[str]:
    """Yield what moves each of the two answers most, the probability first; then what chance is."""
    two = study.found[:2]
    for found in reversed(two):
        if found.moving:
            yield _moved(study, found)
    for share in two[0].shares:
        first = share.indices.first
        if share.factor.kind == "chance" and first.low > 0.0:
            yield say(
                "Slumpen i små grupper står ensam för {share} av osäkerheten i {answer}; den kan "
                "ingen ta reda på i förväg.",
                share=percent(first.value, first.mcse),
                answer=answer_name(study.scenario, two[0].target),
            )


def _moved(study: Sensitivity, found: Answer) -> str:
    first, *others = found.moving[:_NAMED]
    low, high = (figure(found.target, *end) for end in (first.at_low, first.at_high))
    said = say(
        "Av de osäkra talen är det «{number}» som mest flyttar {answer}: från {low} till {high} "
        "när talet går från sin 10- till sin 90-procentspunkt.",
        answer=answer_name(study.scenario, found.target),
        number=factor_name(study.scenario, first.factor),
        low=low,
        high=high,
    )
    if not others:
        return said
    names = [say("«{title}»", title=factor_name(study.scenario, bar.factor)) for bar in others]
    return f"{said} " + say("Därnäst kommer {numbers}.", numbers=listed(names))
