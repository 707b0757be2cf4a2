"""The review as one self-contained page: no scripts, no network, nothing but text and SVG."""

from __future__ import annotations

from models.language import language, named, say
from simulate.language.measures import VERDICTS
from simulate.language.numbers import number
from simulate.provenance import versions
from simulate.report.environment import environment
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
    return (
        environment("simulate.review")
        .get_template("diagnos.html")
        .render(
            title=named(result.scenario.title),
            language=language(),
            say=say,
            verdict=verdict_of(study),
            verdict_class={"fail": "stop"}.get(study.verdict, study.verdict),
            reasons=study.reasons,
            sections=sections(study),
            provenance=[
                (say("Scenario"), result.scenario.id),
                (say("Frö"), str(result.seed)),
                (say("Framtider"), number(result.draws)),
                *versions().items(),
            ],
        )
    )


def verdict_of(study: Study) -> str:
    """Return the verdict in words."""
    if not study.result.posteriors:
        return say("ingen evidens att pröva")
    return say(VERDICTS[study.verdict])
