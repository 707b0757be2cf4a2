"""The review as one self-contained page: no scripts, no network, nothing but text and SVG."""

from __future__ import annotations

from models.language import say
from simulate.language.measures import VERDICTS
from simulate.report.paper import Made, written
from simulate.review.sections import sections
from simulate.review.study import Study


def file_name(spoken: str) -> str:
    """Return the name of the page in a language.

    Example:
        >>> file_name("sv")
        'diagnos.sv.html'
    """
    return f"diagnos.{spoken}.html"


def render(study: Study) -> str:
    """Return the page in the language that is spoken; equal studies give equal bytes."""
    result = study.result
    return written(
        "simulate.review",
        "diagnos.html",
        Made(result.scenario, result.seed, result.draws),
        verdict=verdict_of(study),
        verdict_class={"fail": "stop"}.get(study.verdict, study.verdict),
        reasons=study.reasons,
        sections=sections(study),
    )


def verdict_of(study: Study) -> str:
    """Return the verdict in words."""
    if not study.result.posteriors:
        return say("ingen evidens att pröva")
    return say(VERDICTS[study.verdict])
