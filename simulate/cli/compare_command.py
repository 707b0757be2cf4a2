"""simulate compare: two scenarios or two stored runs under common random numbers."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from models.language import language, mark
from simulate.cli import options, swedish, writing
from simulate.cli.studied import refuse_failed
from simulate.cli.whole import DRAWS, SEED
from simulate.errors import BadInput, Problem

if TYPE_CHECKING:
    from simulate.comparison.compare import Compared
    from simulate.comparison.sides import Side

_DRAWS, _SEED = 50_000, 1


@click.command(
    name="compare",
    cls=swedish.Command,
    help=mark(
        "Jämför två scenarier, eller två sparade körningar, under samma slumptal: skillnaden i "
        "varje mått med sitt fel, och vad varje klausul och varje ändrad nyckel gör ensam. A och B "
        "är scenarier, körningars mappar eller minst fyra tecken av deras id."
    ),
)
@options.a
@options.b
@DRAWS.option(None, mark("Antal framtider; annars den sparade körningens, eller 50 000."))
@SEED.option(None, mark("Frö för dragningarna; annars den sparade körningens, eller 1."))
@options.settings
@click.option(
    "--set-b",
    "settings_b",
    multiple=True,
    metavar=mark("NYCKEL=VÄRDE"),
    help=mark("Ändra en nyckel bara i B; --set ändrar den i båda."),
)
@options.data
@options.output
@options.accept_failed
@options.as_json
@options.quiet
def command(**asked: Any) -> None:
    """Compare; every problem with the call and with both files is told at once."""
    problems: list[Problem] = []
    draws = None if asked["draws"] is None else DRAWS.read(asked["draws"], problems)
    seed = None if asked["seed"] is None else SEED.read(asked["seed"], problems)
    a, b = _sides(asked, problems)
    stored = [one for one in (a, b) if one.draws is not None]
    draws = draws or (stored[0].draws if stored else None) or _DRAWS
    if seed is None:
        seed = stored[0].seed if stored else None
    writing.make(asked["output"])
    compared = _compare(a, b, (draws, _SEED if seed is None else seed), asked)
    refuse_failed(compared.verdicts, asked["accept_failed"])
    _tell(compared, asked["output"], asked["form"])


def _sides(asked: dict[str, Any], problems: list[Problem]) -> tuple[Side, Side]:
    from simulate.comparison.sides import refuse_kinds, side  # slow to import

    found: list[Side] = []
    wrong: dict[str, list[Problem]] = {}
    both = asked["settings"]
    for name, settings in ((asked["a"], both), (asked["b"], (*both, *asked["settings_b"]))):
        try:
            found.append(side(name, settings, asked["data"], asked["output"]))
        except BadInput as error:
            there = wrong.setdefault(error.origin, [])
            there += [one for one in error.problems if one not in there]
    if len(found) == 2:
        try:
            refuse_kinds(found[0], found[1])
        except BadInput as error:
            wrong[error.origin] = list(error.problems)
    for origin, there in wrong.items():
        # In which of two files, where both have something wrong.
        named = origin if len(wrong) > 1 else ""
        problems += [replace(one, file=one.file or named) for one in there]
    if problems:
        raise BadInput(problems, ", ".join(wrong))
    return found[0], found[1]


def _compare(a: Side, b: Side, of: tuple[int, int], asked: dict[str, Any]) -> Compared:
    from simulate.comparison.compare import compare  # slow to import, like the next
    from simulate.terminal.progress import Bars

    with Bars(shown=not asked["quiet"]) as bars:
        return compare(a, b, *of, asked["output"] / ".cache", bars)


def _tell(compared: Compared, output: Path, form: str) -> None:
    """Write the page and the figures, then print."""
    from simulate.comparison.page import file_name, render  # slow to import, like those below
    from simulate.comparison.plain import as_plain
    from simulate.store import add, dump

    folder = output / compared.a.scenario.id / f"compare-{compared.run_id}"
    writing.make(folder)
    text = dump(as_plain(compared))
    add(folder, "comparison.json", text)
    page = add(folder, file_name(language()), render(compared))
    if form == "json":
        click.echo(text, nl=False)
        return
    from simulate.terminal.compared import show

    show(compared, page)
