"""The characteristics as one self-contained page: no scripts, no network, only text and SVG."""

from __future__ import annotations

from models.language import language, named, say
from simulate.language.numbers import number
from simulate.operating.sections import sections
from simulate.operating.sentences import answers
from simulate.operating.study import Study
from simulate.provenance import versions
from simulate.report.environment import environment


def file_name(spoken: str) -> str:
    """Return the name of the page in a language.

    Example:
        >>> file_name("sv")
        'egenskaper.sv.html'
    """
    return f"egenskaper.{spoken}.html"


def render(study: Study) -> str:
    """Return the page in the language that is spoken; equal studies give equal bytes."""
    return (
        environment("simulate.operating")
        .get_template("egenskaper.html")
        .render(
            title=named(study.scenario.title),
            language=language(),
            say=say,
            answers=answers(study),
            sections=sections(study),
            provenance=[
                (say("Scenario"), study.scenario.id),
                (say("Frö"), str(study.seed)),
                (say("Framtider vid varje effekt"), number(study.draws)),
                *versions().items(),
            ],
        )
    )
