"""simulate characteristics: what the contract does at every true effect, and what moves it."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from models.language import language, mark, say
from simulate.cli import options, studied, swedish, writing
from simulate.cli.paged import tell
from simulate.cli.whole import SEED, Whole
from simulate.errors import BadInput

if TYPE_CHECKING:
    from simulate.operating import Study

DRAWS = Whole("--draws", "bad_draws", 100, 200_000)


@click.command(
    name="characteristics",
    cls=swedish.Command,
    help=mark(
        "Vad kontraktet gör vid en effekt som är satt, från skadlig till tre gånger den som ger "
        "tillbaka det dragna: betalning och hur ofta den är fel, och hur felen flyttas av "
        "gruppernas storlek, fönstret, driften och annat, en sak i taget. Skriver också en sida "
        "med bilder. Vad man tror om effekten spelar ingen roll."
    ),
)
@options.scenario
@DRAWS.option("20480", mark("Antal möjliga framtider vid varje effekt; annars 20 480."))
@SEED.option("1", mark("Frö för dragningarna; annars 1."))
@options.settings
@options.data
@options.output
@options.as_json
@options.quiet
def command(
    scenario: str,
    settings: tuple[str, ...],
    form: str,
    output: Path,
    **asked: Any,
) -> None:
    """Ask a contract about set effects; every problem with call and file is told at once."""
    call = studied.read(scenario, settings, asked, DRAWS)
    owner, problems = call.with_contract, call.problems
    from simulate.operating import refused, study  # slow to import, like those below
    from simulate.terminal.progress import Bars

    problems += refused(owner)
    if problems:
        raise BadInput(problems, scenario)
    writing.make(output)
    with Bars(shown=not asked["quiet"]) as bars:
        found_out = study(owner, call.draws, call.seed, output / ".cache", bars)
    studied.refuse_failed([found_out.verdict], mend=say("ändra sampling i scenariot"))
    _tell(found_out, output, form)


def _tell(found: Study, output: Path, form: str) -> None:
    """Write the page, then print what was found."""
    from simulate.operating.page import file_name, render  # slow to import, like those below
    from simulate.operating.plain import as_plain
    from simulate.operating.sections import sections
    from simulate.operating.sentences import answers
    from simulate.terminal.sections import show_study

    page = file_name(language()), render(found)
    plain = partial(as_plain, found) if form == "json" else None

    def show() -> None:
        show_study(found.scenario, answers(found), sections(found, drawn=False))

    tell(output / found.scenario.id, page, plain, show)
