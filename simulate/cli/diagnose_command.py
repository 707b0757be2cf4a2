"""simulate diagnose: can the evidence be trusted, and what hangs on what it takes for granted?"""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from models.language import language, mark, say
from simulate.cli import options, swedish, writing
from simulate.cli.fit_command import fit_all
from simulate.cli.paged import tell
from simulate.cli.whole import DRAWS, Whole
from simulate.errors import BadInput, Problem
from simulate.scenario.read import to_fit

if TYPE_CHECKING:
    from simulate.review import Calibrated, Study
    from simulate.scenario.read import AnyScenario

_SEED = 1
_SIMULATIONS = Whole("--sbc", "bad_simulations", 20, 10_000)


@click.command(
    name="diagnose",
    cls=swedish.Command,
    help=mark(
        "Granska evidensen: vad har data lärt, vad är antaganden, återskapar modellen data, har "
        "samplaren konvergerat, och hur långt flyttar antagandena pengarna? Skriver också en sida "
        "med bilder. Ger 1 om evidensen underkänns."
    ),
)
@options.scenario
@DRAWS.option("100000", mark("Antal möjliga framtider som antagandena flyttas i; annars 100 000."))
@_SIMULATIONS.option(
    None,
    mark(
        "Pröva också varje modell på N datamängder som den själv har gjort (simuleringsbaserad "
        "kalibrering), från 20; tar från en tiondels till några sekunder per datamängd."
    ),
)
@options.settings
@options.data
@options.output
@options.as_json
@options.quiet
@click.pass_context
def command(
    context: click.Context,
    /,
    scenario: str,
    settings: tuple[str, ...],
    form: str,
    output: Path,
    **asked: Any,
) -> None:
    """Review a scenario's evidence; every problem with the call and the file is told at once."""
    problems: list[Problem] = []
    draws = DRAWS.read(asked["draws"], problems)
    simulations = 0 if asked["sbc"] is None else _SIMULATIONS.read(asked["sbc"], problems)
    try:
        loaded = to_fit(scenario, settings, asked["data"])
    except BadInput as error:
        raise BadInput([*problems, *error.problems], error.origin) from None
    if problems:
        raise BadInput(problems)
    writing.make(output)
    study = _study(loaded.scenario, draws, simulations, output / ".cache", asked["quiet"])
    _tell(study, output, form)
    context.exit(study.verdict == "fail")


def _study(scenario: AnyScenario, draws: int, simulations: int, cache: Path, quiet: bool) -> Study:
    from simulate.review import Study  # slow to import, like those below
    from simulate.run import run
    from simulate.terminal.progress import Bars

    fit_all(scenario, cache, quiet)
    with Bars(shown=not quiet) as bars:
        result = run(scenario, draws, _SEED, cache, bars)
    return Study(result, _calibration(scenario, simulations, quiet))


def _calibration(scenario: AnyScenario, simulations: int, quiet: bool) -> dict[str, Calibrated]:
    if not simulations:
        return {}
    from simulate.interrupts import check  # slow to import, like those below
    from simulate.review.study import calibrated
    from simulate.terminal.progress import Bars

    found = {}
    for block, spec in scenario.evidence.items():
        with Bars(shown=not quiet) as bars:

            def tell(done: int, of: int, name: str = block, bars: Bars = bars) -> None:
                check()
                bars(say("{block} på egna data", block=name), done / of)

            found[block] = calibrated(spec, simulations, scenario.fit_seed, tell)
    return found


def _tell(study: Study, output: Path, form: str) -> None:
    """Write the page, then print the review."""
    from simulate.review.page import file_name, render  # slow to import, like those below
    from simulate.review.plain import as_plain
    from simulate.terminal.reviewed import show

    page = file_name(language()), render(study)
    plain = partial(as_plain, study) if form == "json" else None
    tell(output / study.result.scenario.id, page, plain, partial(show, study))
