"""What is said of evidence that rests on rows that are made up: it shows the model and no more."""

from __future__ import annotations

from models.language import named, say
from models.spec import Evidence
from simulate.scenario.rows import synthetic_blocks
from simulate.scenario.tree.scenario import Scenario


def rests_on_synthetic(scenario: Scenario) -> tuple[str, ...]:
    """Return one sentence that names the blocks that rest on such rows, or none."""
    names = [named(scenario.evidence[one].title or one) for one in synthetic_blocks(scenario)]
    return (f"{', '.join(names)}: {warning()}.",) if names else ()


def with_warning(statement: str, spec: Evidence) -> str:
    """Return what a block says, with a warning where it rests on such rows."""
    source = spec.source_of_rows
    return f"{statement} ({warning()})" if source is not None and source.synthetic else statement


def warning() -> str:
    """Return the warning itself."""
    return say("syntetiska rader: visar modellen, inte verkligheten")
