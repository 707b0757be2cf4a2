"""simulate contract: pay out on stated outcomes, and show the part of each clause."""

from __future__ import annotations

import click

from models.language import mark
from simulate.cli import options, swedish
from simulate.scenario.read import find, load


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
@options.settings
@options.as_json
def command(
    scenario: str, given: tuple[str, ...], drawn: str | None, settings: tuple[str, ...], form: str
) -> None:
    """Pay out on the stated outcomes, or on the cases that the scenario itself states."""
    owner = load(find(scenario), settings).with_contract
    from simulate.contract.stated import from_case, pay_stated, read_given  # slow to import
    from simulate.terminal.payout import as_plain, as_text

    cases = owner.contract.cases
    if cases and not given and drawn is None:
        outcomes = [(case.title, from_case(case)) for case in cases]
    else:
        outcomes = [("", read_given(owner, given, drawn))]
    paid = [(title, stated, pay_stated(owner, stated)) for title, stated in outcomes]
    click.echo((as_plain if form == "json" else as_text)(owner, paid))
