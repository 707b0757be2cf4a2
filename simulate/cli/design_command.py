"""simulate design: what another measurement would have changed for each side of a contract."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from models.language import language, mark
from simulate.cli import options, studied, swedish, writing
from simulate.cli.paged import tell
from simulate.cli.whole import SEED, Whole
from simulate.errors import BadInput, Problem

if TYPE_CHECKING:
    from simulate.design import Design, Study
    from simulate.scenario.tree.scenario import ContractScenario

DRAWS = Whole("--draws", "bad_draws", 100, 1_000_000)
_INSIDE = "measurements."


@click.command(
    name="design",
    cls=swedish.Command,
    help=mark(
        "Visa vad en annan mätning hade ändrat för var och en av kontraktets sidor, i kronor och "
        "i samma framtider: scenariots alternativ, eller det som anges med --vary, och "
        "jämförelsegruppens storlek. Skriver också en sida med bilder."
    ),
)
@options.scenario
@click.option(
    "--vary",
    multiple=True,
    metavar=mark("NYCKEL=VÄRDEN"),
    help=mark(
        "Andra mätningar än scenariots alternativ, t.ex. "
        "measurements.saving.comparison.persons=122,244; flera ger alla kombinationer."
    ),
)
@DRAWS.option("40960", mark("Antal möjliga framtider; annars 40 960."))
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
    """Value other measurements; every problem with the call and with the file is told at once."""
    call = studied.read(scenario, settings, asked, DRAWS)
    owner, base = call.with_contract, (scenario, settings, asked["data"])
    designs = _designs(owner, base, asked["vary"], call.problems)
    if call.problems:
        raise BadInput(call.problems, scenario)
    writing.make(output)
    evidence = studied.fitted(owner, output, asked["quiet"], asked["accept_failed"])
    from simulate.design import Asked, study  # slow to import, like the bars
    from simulate.terminal.progress import Bars

    wanted = Asked(call.draws, call.seed)
    with Bars(shown=not asked["quiet"]) as bars:
        found = study(owner, designs, wanted, evidence.posteriors, bars)
    _tell(found, output, form)


def _designs(
    owner: ContractScenario,
    base: tuple[str, tuple[str, ...], Path | None],
    vary: tuple[str, ...],
    problems: list[Problem],
) -> tuple[Design, ...]:
    """Return the measurements that are asked about; what is wrong is added to ``problems``."""
    from simulate.design import refused, stated, varied  # slow to import, like those below
    from simulate.sweep.axes import cells_of, read_axes
    from simulate.sweep.plan import Base, read_cells

    axes = read_axes(vary, problems)
    for axis in axes:
        if not axis.key.startswith(_INSIDE) or ".alternatives." in axis.key:
            context = {"found": axis.key, "example": f"--vary {_INSIDE}saving.indexation=100 %"}
            problems.append(Problem("design_key", ("--vary",), context))
    if problems:
        return ()
    if vary:
        cells = cells_of(axes, "grid", 0, problems)
        if problems:
            return ()
        loaded = read_cells(Base(*base), cells, "--vary", lambda _: None)
        each = [one.with_contract for one in loaded]
        designs = varied(owner, zip(cells, each, strict=True))
    else:
        designs = stated(owner)
    problems += refused(owner, designs)
    return designs


def _tell(found: Study, output: Path, form: str) -> None:
    """Write the page, then print what was found."""
    from simulate.design.page import file_name, render  # slow to import, like those below
    from simulate.design.plain import as_plain
    from simulate.design.sections import sections
    from simulate.design.sentences import answers
    from simulate.terminal.sections import show_study

    page = file_name(language()), render(found)
    plain = partial(as_plain, found) if form == "json" else None

    def show() -> None:
        show_study(found.scenario, answers(found), sections(found, drawn=False))

    tell(output / found.scenario.id, page, plain, show)
