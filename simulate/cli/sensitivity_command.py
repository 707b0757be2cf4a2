"""simulate sensitivity: what does the answer hang on, and what is it worth to know more?"""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from models.language import language, mark
from simulate.cli import options, studied, swedish, writing
from simulate.cli.paged import tell
from simulate.cli.whole import SEED, Whole
from simulate.errors import BadInput

if TYPE_CHECKING:
    from simulate.sensitivity.study import Sensitivity

# Whole batches are drawn; fewer than eight cannot tell their own error.
_DRAWS = Whole("--draws", "bad_sensitivity_draws", 2048, 1_000_000)


@click.command(
    name="sensitivity",
    cls=swedish.Command,
    help=mark(
        "Visa vad svaret hänger på: hur långt varje osäkert tal flyttar det, hur stor del av "
        "osäkerheten som är vars, var svaret vänder, när det går illa, och vad det är värt att "
        "veta mer före scenariots beslut. Skriver också en sida med bilder."
    ),
)
@options.scenario
@_DRAWS.option(
    "16384", mark("Antal möjliga framtider som varje tal flyttas i; annars 16 384, i hela 2 048.")
)
@SEED.option("1", mark("Frö för dragningarna; annars 1. Anpassningens frö står i scenariot."))
@options.settings
@options.data
@options.output
@options.accept_failed
@options.as_json
@options.quiet
def command(
    scenario: str, settings: tuple[str, ...], form: str, output: Path, **asked: Any
) -> None:
    """Study a scenario; every problem with the call and with the file is told at once."""
    call = studied.read(scenario, settings, asked, _DRAWS)
    owner = call.loaded.scenario
    if call.problems:
        raise BadInput(call.problems, str(call.loaded.path))
    writing.make(output)
    evidence = studied.fitted(owner, output, asked["quiet"], asked["accept_failed"])
    from simulate.sensitivity.study import study  # slow to import, like the bars
    from simulate.terminal.progress import Bars

    with Bars(shown=not asked["quiet"]) as bars:
        found = study(owner, evidence.posteriors, call.draws, call.seed, bars)
    _tell(found, evidence.failed, output, form)


def _tell(found: Sensitivity, failed: bool, output: Path, form: str) -> None:
    """Write the page, then print what was found."""
    from simulate.sensitivity.told.answers import answers
    from simulate.sensitivity.told.page import file_name, render  # slow to import, like those below
    from simulate.sensitivity.told.plain import as_plain
    from simulate.sensitivity.told.sections import sections
    from simulate.terminal.sections import show_study

    page = file_name(language()), render(found, failed)
    plain = partial(as_plain, found) if form == "json" else None

    def show() -> None:
        show_study(found.scenario, answers(found), sections(found, pictures=False))

    tell(output / found.scenario.id, page, plain, show)
