"""A sensitivity study as one self-contained page: no scripts, no network, only text and SVG."""

from __future__ import annotations

from models.language import language, named, say
from simulate.language.numbers import number
from simulate.provenance import versions
from simulate.report.environment import environment
from simulate.sensitivity.study import Sensitivity
from simulate.sensitivity.told.sections import sections


def file_name(spoken: str) -> str:
    """Return the name of the page in a language.

    Example:
        >>> file_name("sv")
        'kanslighet.sv.html'
    """
    return f"kanslighet.{spoken}.html"


def render(study: Sensitivity) -> str:
    """Return the page in the language that is spoken; equal studies give equal bytes."""
    return (
        environment("simulate.sensitivity.told")
        .get_template("sensitivity.html")
        .render(
            title=named(study.scenario.title),
            language=language(),
            say=say,
            sections=sections(study),
            provenance=[
                (say("Scenario"), study.scenario.id),
                (say("Frö"), str(study.seed)),
                (say("Framtider"), number(study.draws)),
                *versions().items(),
            ],
        )
    )
