"""simulate run: from a scenario to the risk of a contract."""

from __future__ import annotations

from pathlib import Path

import click

from simulate.cli import options
from simulate.errors import BadInput, Problem, RunFailed
from simulate.scenario.read import Loaded, find, load


@click.command(name="run")
@options.scenario
@click.option("--draws", default=100_000, show_default=True, metavar="N",
              help="Antal möjliga framtider.")
@click.option("--seed", default=1, show_default=True, metavar="N",
              help="Frö för dragningarna; anpassningens frö står i scenariot.")
@options.settings
@click.option("--output", type=click.Path(path_type=Path, file_okay=False), default=Path("outputs"),
              show_default=True, metavar="MAPP", help="Mapp för körningar och sparade posteriorer.")
@click.option("--accept-failed", is_flag=True,
              help="Redovisa även om diagnosen av en posterior underkänns.")
@options.as_json
@click.option("--quiet", is_flag=True, help="Visa inget förlopp.")
def command(
    scenario: str,
    draws: int,
    seed: int,
    settings: tuple[str, ...],
    output: Path,
    accept_failed: bool,
    form: str,
    quiet: bool,
) -> None:
    """Simulera ett scenario: anpassa eller återanvänd, dra, mät, betala, värdera, spara, visa."""
    problems = _numbers(draws, seed)
    if problems:
        raise BadInput(problems)
    loaded = load(find(scenario), settings)
    execute(loaded, draws, seed, output, accept_failed, form, quiet)


def _numbers(draws: int, seed: int) -> list[Problem]:
    most = 8_000_000
    problems = []
    if not 1 <= draws <= most:
        context = {"found": draws, "allowed": f"1–{most:,}".replace(",", " ")}
        problems.append(Problem("bad_draws", ("--draws",), context))
    if not 0 <= seed < 2**63:
        problems.append(Problem("bad_seed", ("--seed",), {"found": seed}))
    return problems


def execute(
    loaded: Loaded,
    draws: int,
    seed: int,
    output: Path,
    accept_failed: bool,
    form: str,
    quiet: bool,
) -> None:
    """Run, store and show; nothing is stored when the diagnosis fails and is not accepted."""
    from simulate.report.page import render  # noqa: PLC0415  # slow to import
    from simulate.run import run  # noqa: PLC0415
    from simulate.store import as_plain, dump, identity, save  # noqa: PLC0415
    from simulate.terminal.progress import Bars  # noqa: PLC0415

    with Bars(shown=not quiet) as progress:
        result = run(loaded.scenario, draws, seed, output / ".cache", progress)
        verdict = result.verdict
        if verdict.verdict == "fail" and not accept_failed:
            reasons = "\n".join(f"- {reason}" for reason in verdict.reasons)
            raise RunFailed(
                f"diagnosen underkänner anpassningen\n{reasons}\n"
                "  åtgärd: ändra sampling i scenariot, eller redovisa ändå med --accept-failed"
            )
        progress("report", 0.0)
        _, name = identity(result, loaded.raw)
        stored = save(result, loaded.raw, output, {"report.sv.html": render(result, name)})
        progress("report", 1.0)
    if stored.differing:
        names = ", ".join(stored.differing)
        raise RunFailed(
            f"{stored.folder} finns redan men skiljer sig i {names}\n"
            "  åtgärd: flytta undan mappen och kör igen"
        )
    if form == "json":
        click.echo(dump(as_plain(result, name)), nl=False)
        return
    from simulate.terminal.summary import show  # noqa: PLC0415

    show(result, stored)
