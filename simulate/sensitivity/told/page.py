"""A sensitivity study as one self-contained page: no scripts, no network, only text and SVG."""

from __future__ import annotations

from simulate.report.paper import Made, written
from simulate.sensitivity.study import Sensitivity
from simulate.sensitivity.told.answers import answers
from simulate.sensitivity.told.sections import sections


def file_name(spoken: str) -> str:
    """Return the name of the page in a language.

    Example:
        >>> file_name("sv")
        'kanslighet.sv.html'
    """
    return f"kanslighet.{spoken}.html"


def render(study: Sensitivity, failed: bool = False) -> str:
    """Return the page in the language that is spoken; equal studies give equal bytes.

    Args:
        study: what was found.
        failed: whether evidence that it rests on failed its diagnosis.
    """
    return written(
        "simulate.sensitivity.told",
        "sensitivity.html",
        Made(study.scenario, study.seed, study.draws, failed=failed),
        answers=answers(study),
        sections=sections(study),
    )
