"""simulate contract: pay out on stated outcomes, and show the part of each clause."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from models.language import mark
from simulate.cli import options, swedish
from simulate.cli.writing import refuse, write
from simulate.scenario.read import find, load
from simulate.scenario.tree.scenario import ContractScenario


@click.command(
    name="contract",
    cls=swedish.Command,
    help=mark(
        "Betala ut kontraktet på angivna utfall, utan sannolikheter, med varje klausuls del. "
        "Utan --given betalas scenariots egna fall (contract.cases) ut."
    ),
)
@options.scenario
@click.option(
    "--given",
    multiple=True,
    metavar=mark("MÅTT=VÄRDE"),
    help=mark("Ett utfall, t.ex. saving=-7.5mkr, school_points=18 eller delivered=true."),
)
@click.option(
    "--drawn",
    metavar=mark("BELOPP"),
    help=mark("Draget belopp, t.ex. 7.5mkr; annars hela ramen."),
)
@click.option(
    "--grid",
    multiple=True,
    metavar=mark("MÅTT=FRÅN:TILL:ANTAL"),
    help=mark("En tabell över betalningen, t.ex. saving=-10mkr:20mkr:13; högst två mått."),
)
@click.option(
    "--picture",
    type=click.Path(path_type=Path),
    metavar=mark("FIL"),
    help=mark("Rita betalningen över ett --grid, som .svg eller .png."),
)
@click.option("--force", is_flag=True, help=mark("Skriv över en bild som finns."))
@options.settings
@options.as_json
def command(
    scenario: str,
    given: tuple[str, ...],
    drawn: str | None,
    settings: tuple[str, ...],
    form: str,
    **table: Any,
) -> None:
    """Pay out on the stated outcomes, on a grid of them, or on the scenario's own cases."""
    loaded = load(find(scenario), settings)
    owner = loaded.with_contract
    from simulate.contract.stated import from_case, pay_stated, read_given  # slow to import
    from simulate.terminal.payout import as_plain, as_text

    if table["grid"] or table["picture"] is not None:
        click.echo(_table(owner, given, drawn, form, **table))
        return
    cases = owner.contract.cases
    if cases and not given and drawn is None:
        outcomes = [(case.title, from_case(case)) for case in cases]
    else:
        outcomes = [("", read_given(owner, given, drawn))]
    paid = [(title, stated, pay_stated(owner, stated)) for title, stated in outcomes]
    click.echo((as_plain if form == "json" else as_text)(owner, paid))


def _table(
    owner: ContractScenario, given: tuple[str, ...], drawn: str | None, form: str, **table: Any
) -> str:
    """Pay out on every point of a grid; draw it where a file is named."""
    from simulate.contract.grid import paid_on, read_grid  # slow to import
    from simulate.terminal.outcome_grid import as_plain, as_text

    picture = table["picture"]
    axes = read_grid(owner, table["grid"], picture)
    paid = paid_on(owner, axes, given, drawn)
    if picture is not None:
        from simulate.report.draw_payout import SUFFIXES, drawn_as  # slow to import

        refuse(picture, table["force"], SUFFIXES)
        write(picture, drawn_as(owner, paid, picture.suffix.lower()))
    return (as_plain if form == "json" else as_text)(owner, paid)
