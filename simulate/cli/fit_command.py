"""simulate fit: the posteriors of a scenario's evidence, and what each has learned."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from models.language import mark, say
from simulate.cli import options, swedish, writing
from simulate.scenario.read import to_fit

if TYPE_CHECKING:
    from simulate.scenario.read import AnyScenario
    from simulate.terminal.fitted import Fitted


@click.command(
    name="fit",
    cls=swedish.Command,
    help=mark(
        "Anpassa scenariots evidens och spara posteriorerna, utan att dra några framtider. Visar "
        "vad data har lärt, vad som är antaganden och om anpassningen duger. Det som redan är "
        "anpassat anpassas inte om; ett ändrat kontrakt anpassar aldrig om."
    ),
)
@options.scenario
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
    output: Path,
    form: str,
    **rest: Any,
) -> None:
    """Fit every evidence block; ends with 1 when a diagnosis fails."""
    loaded = to_fit(scenario, settings, rest["data"])
    writing.make(output)
    fitted = fit_all(loaded.scenario, output / ".cache", rest["quiet"])
    from simulate.terminal.fitted import as_plain, show  # slow to import

    if form == "json":
        click.echo(as_plain(loaded.scenario, fitted), nl=False)
    else:
        show(loaded.scenario, fitted)
    context.exit(any(one.posterior.diagnosis.verdict == "fail" for one in fitted))


def fit_all(scenario: AnyScenario, cache: Path, quiet: bool) -> list[Fitted]:
    """Return every block's posterior; say before a cold fit how long it will take."""
    from models.cache import fit_or_load, fitted_before  # slow to import, like those below
    from models.timings import about
    from simulate.interrupts import check
    from simulate.language.numbers import duration
    from simulate.terminal.fitted import Fitted
    from simulate.terminal.progress import Bars

    found = []
    seed = scenario.fit_seed
    for block, spec in scenario.evidence.items():
        check()
        before = fitted_before(block, spec, seed, cache)
        if before is not None:
            found.append(Fitted(block, before, True))
            continue
        expected, known = about(spec, cache)
        if not quiet:
            basis = (
                say("efter {count} tidigare på den här datorn", count=known)
                if known
                else say("en tumregel: ingen anpassning är ännu gjord här")
            )
            told = say(
                "Anpassar {block}: ungefär {time} ({basis})",
                block=block,
                time=duration(expected),
                basis=basis,
            )
            click.echo(told, err=True)
        with Bars(shown=not quiet) as bars:

            def tell(done: int, of: int, name: str = block, bars: Bars = bars) -> None:
                check()
                bars(name, done / of)

            found.append(Fitted(block, fit_or_load(block, spec, seed, cache, tell), False))
    return found
