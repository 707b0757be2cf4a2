"""The characteristics as one self-contained page: no scripts, no network, only text and SVG."""

from __future__ import annotations

from models.language import mark
from simulate.operating.sections import sections
from simulate.operating.sentences import answers
from simulate.operating.study import Study
from simulate.report.paper import Made, written


def file_name(spoken: str) -> str:
    """Return the name of the page in a language.

    Example:
        >>> file_name("sv")
        'egenskaper.sv.html'
    """
    return f"egenskaper.{spoken}.html"


def render(study: Study) -> str:
    """Return the page in the language that is spoken; equal studies give equal bytes."""
    return written(
        "simulate.operating",
        "egenskaper.html",
        Made(study.scenario, study.seed, study.draws, mark("Framtider vid varje effekt")),
        answers=answers(study),
        sections=sections(study),
    )
