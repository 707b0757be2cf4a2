"""The characteristics as one self-contained page: no scripts, no network, only text and SVG."""

from __future__ import annotations

from functools import cache

from jinja2 import ChoiceLoader, Environment, PackageLoader, StrictUndefined

from models.language import language, named, say
from simulate.language.numbers import number
from simulate.operating.sections import sections
from simulate.operating.sentences import answers
from simulate.operating.study import Study
from simulate.provenance import versions


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
        _environment()
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


@cache
def _environment() -> Environment:
    own = PackageLoader("simulate.operating", "templates")
    return Environment(
        # The style is the report's.
        loader=ChoiceLoader([own, PackageLoader("simulate.report", "templates")]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
