"""The design value as one self-contained page: no scripts, no network, only text and SVG."""

from __future__ import annotations

from models.language import language, named, say
from simulate.design.sections import sections
from simulate.design.sentences import answers
from simulate.design.study import Study
from simulate.language.numbers import number
from simulate.provenance import versions
from simulate.report.environment import environment


def file_name(spoken: str) -> str:
    """Return the name of the page in a language.

    Example:
        >>> file_name("sv")
        'matning.sv.html'
    """
    return f"matning.{spoken}.html"


def render(study: Study) -> str:
    """Return the page in the language that is spoken; equal studies give equal bytes."""
    return (
        environment("simulate.design")
        .get_template("matning.html")
        .render(
            title=named(study.scenario.title),
            language=language(),
            say=say,
            answers=answers(study),
            sections=sections(study),
            provenance=[
                (say("Scenario"), study.scenario.id),
                (say("Frö"), str(study.seed)),
                (say("Framtider"), number(study.draws)),
                *versions().items(),
            ],
        )
    )
