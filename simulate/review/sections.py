"""The five sections of a review: the same headings for every scenario and in every language."""

from __future__ import annotations

from collections.abc import Callable

from models.language import mark, say
from simulate.report.sections import Answer, Section
from simulate.review import answers
from simulate.review.study import Study
from simulate.scenario.register import register

HEADINGS = {
    "learned": mark("Vad har data lärt oss?"),
    "assumed": mark("Vad är antaganden?"),
    "reproduced": mark("Återskapar modellen data?"),
    "converged": mark("Har samplaren konvergerat?"),
    "money": mark("Hur långt flyttar antagandena pengarna?"),
}
_NOTHING = {
    "learned": mark(
        "Scenariot har ingen evidens: inget tal är lärt av data. Alla osäkra tal är angivna, och "
        "står i rapportens register."
    ),
    "assumed": mark("Allt som är osäkert i scenariot är antaganden: {count} tal, med källa."),
    "reproduced": mark("Det finns ingen modell av data att pröva."),
    "converged": mark("Ingen samplare har körts."),
    "money": mark(
        "Utan evidens finns ingen posterior att flytta. Hur svaret beror på de angivna talen är en "
        "fråga om känslighet för scenariots egna fördelningar."
    ),
}

_ANSWERS: dict[str, Callable[[Study, bool], Answer]] = {
    "learned": answers.learned,
    "assumed": answers.assumed,
    "reproduced": answers.reproduced,
    "converged": answers.converged,
    "money": answers.money,
}


def sections(study: Study, pictures: bool = True) -> tuple[Section, ...]:
    """Return the five sections.

    Args:
        study: what is reviewed.
        pictures: whether to draw, which takes a while and is of no use in a terminal.
    """
    if not study.result.posteriors:
        return tuple(_without_evidence(study))
    return tuple(
        Section(key, say(heading), *_ANSWERS[key](study, pictures))
        for key, heading in HEADINGS.items()
    )


def _without_evidence(study: Study) -> list[Section]:
    count = sum(not one.certain for one in register(study.result.scenario))
    return [
        Section(key, say(heading), (say(_NOTHING[key], count=count),))
        for key, heading in HEADINGS.items()
    ]
