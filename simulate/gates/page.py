"""The stage gates as one self-contained page: no scripts, no network, only text and SVG."""

from __future__ import annotations

from simulate.gates.sections import sections
from simulate.gates.sentences import answers
from simulate.gates.study import Study
from simulate.report.paper import Made, written


def file_name(spoken: str) -> str:
    """Return the name of the page in a language.

    Example:
        >>> file_name("sv")
        'insatsrad.sv.html'
    """
    return f"insatsrad.{spoken}.html"


def render(study: Study, failed: bool = False) -> str:
    """Return the page in the language that is spoken; equal studies give equal bytes.

    Args:
        study: what was found.
        failed: whether evidence that it rests on failed its diagnosis.
    """
    return written(
        "simulate.gates",
        "insatsrad.html",
        Made(study.scenario, study.seed, study.draws, failed=failed),
        answers=answers(study),
        sections=sections(study),
    )
