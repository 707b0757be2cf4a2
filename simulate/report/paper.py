"""A page beside the report: its title, its language, and what it was made with."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from models.language import language, mark, named, say
from simulate.language.numbers import number
from simulate.provenance import versions
from simulate.report.environment import environment
from simulate.scenario.tree.scenario import Scenario

FUTURES = mark("Framtider")


@dataclass(frozen=True)
class Made:
    """What a page was made with.

    Attributes:
        scenario: which.
        seed, draws: of the futures.
        counted: what the draws are called, marked.
        failed: whether evidence that it rests on failed its diagnosis.
    """

    scenario: Scenario
    seed: int
    draws: int
    counted: str = FUTURES
    failed: bool = False


def written(package: str, template: str, made: Made, **parts: Any) -> str:
    """Return a page in the language that is spoken; equal parts give equal bytes.

    Args:
        package: that has the template.
        template: its name.
        made: what it was made with.
        parts: what else the template shows.
    """
    return (
        environment(package)
        .get_template(template)
        .render(
            title=named(made.scenario.title),
            language=language(),
            say=say,
            failed=made.failed,
            provenance=[
                (say("Scenario"), made.scenario.id),
                (say("Frö"), str(made.seed)),
                (say(made.counted), number(made.draws)),
                *versions().items(),
            ],
            **parts,
        )
    )
