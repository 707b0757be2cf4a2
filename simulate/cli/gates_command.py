"""simulate gates: what can be known at each stage gate, and what is the right to stop worth?"""

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
    from simulate.gates import Study

# Whole batches are drawn; a rule is learned on one half and valued on the other.
_DRAWS = Whole("--draws", "bad_sensitivity_draws", 2048, 1_000_000)


@click.command(
    name="gates",
    cls=swedish.Command,
    help=mark(
        "Vad ett insatsråd kan veta vid varje möte om den slutliga betalningen, och vad rätten att "
        "sluta finansiera är värd för vardera sidan, när bara det som då är känt får användas. "
        "Skriver också en sida med bild."
    ),
)
@options.scenario
@click.option(
    "--known",
    multiple=True,
    metavar=mark("MÖTE:UPPGIFTER"),
    help=mark(
        "Vad som verkligen var känt vid ett möte, t.ex. "
        '"2018-05-10:cost=38mkr,expected=36mkr,persons=45": kostnaden för de månader som är kända, '
        "väntad kostnad för samma månader, personer hittills."
    ),
)
@_DRAWS.option("16384", mark("Antal möjliga framtider; annars 16 384, i hela 2 048."))
@SEED.option("1", mark("Frö för dragningarna; annars 1. Anpassningens frö står i scenariot."))
@options.settings
@options.data
@options.output
@options.accept_failed
@options.as_json
@options.quiet
def command(
    scenario: str, known: tuple[str, ...], settings: tuple[str, ...], output: Path, **asked: Any
) -> None:
    """Study the gates; every problem with the call and with the file is told at once."""
    call = studied.read(scenario, settings, asked, _DRAWS)
    owner, problems = call.with_contract, call.problems
    from simulate.gates import refused, study  # slow to import, like those below
    from simulate.gates.given import read_all

    problems += refused(owner)
    gates = owner.contract.stage_gates
    given = () if gates is None else read_all(known, gates, problems)
    if problems:
        raise BadInput(problems, scenario)
    writing.make(output)
    evidence = studied.fitted(owner, output, asked["quiet"], asked["accept_failed"])
    from simulate.terminal.progress import Bars

    with Bars(shown=not asked["quiet"]) as bars:
        found = study(owner, evidence.posteriors, call.draws, call.seed, given, bars)
    _tell(found, evidence.failed, output, asked["form"])


def _tell(found: Study, failed: bool, output: Path, form: str) -> None:
    """Write the page, then print what was found."""
    from simulate.gates.page import file_name, render  # slow to import, like those below
    from simulate.gates.plain import as_plain
    from simulate.gates.sections import sections
    from simulate.gates.sentences import answers
    from simulate.terminal.sections import show_study

    page = file_name(language()), render(found, failed)
    plain = partial(as_plain, found) if form == "json" else None

    def show() -> None:
        show_study(found.scenario, answers(found), sections(found, drawn=False))

    tell(output / found.scenario.id, page, plain, show)
