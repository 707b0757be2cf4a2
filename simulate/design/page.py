"""The design value as one self-contained page: no scripts, no network, only text and SVG."""

from __future__ import annotations

from simulate.design.sections import sections
from simulate.design.sentences import answers
from simulate.design.study import Study
from simulate.report.paper import Made, written


def file_name(spoken: str) -> str:
    """Return the name of the page in a language.

    Example:
        >>> file_name("sv")
        'matning.sv.html'
    """
    return f"matning.{spoken}.html"


def render(study: Study) -> str:
    """Return the page in the language that is spoken; equal studies give equal bytes."""
    return written(
        "simulate.design",
        "matning.html",
        Made(study.scenario, study.seed, study.draws, failed=study.verdict.verdict == "fail"),
        answers=answers(study),
        sections=sections(study),
    )
