"""simulate rows: made-up rows for an evidence block, to try a model on without any person."""

from __future__ import annotations

import difflib
from pathlib import Path

import click

from models.language import mark, say
from models.rows.synthetic import COLUMN
from models.rows.table import MOST_ROWS
from models.spec import Evidence
from simulate.cli import options, swedish, writing
from simulate.cli.whole import SEED, Whole
from simulate.errors import BadInput, Problem
from simulate.scenario.read import AnyScenario, find, load

_PERSONS = Whole("--persons", "bad_persons", 20, MOST_ROWS)


@click.command(
    name="rows",
    cls=swedish.Command,
    help=mark(
        "Skriv syntetiska rader i FIL (.csv, .xlsx eller .parquet) för evidensblocket BLOCK, så "
        "som modellen själv skulle göra dem ur priorn. Filens namn måste innehålla «syntetisk», "
        "och varje rad är märkt. Scenariot ändras inte."
    ),
)
@options.scenario
@click.argument("block", metavar="BLOCK")
@click.argument("file", metavar=mark("FIL"), type=click.Path(path_type=Path))
@_PERSONS.option("60", mark("Antal personer; annars 60."))
@SEED.option("1", mark("Frö för raderna; annars 1."))
@options.settings
@options.force
def command(
    scenario: str, block: str, file: Path, settings: tuple[str, ...], force: bool, **asked: str
) -> None:
    """Write one file; every problem with the call is told before anything is made."""
    from simulate.sheets.rows_file import SUFFIXES, as_file

    problems: list[Problem] = []
    persons = _PERSONS.read(asked["persons"], problems)
    seed = SEED.read(asked["seed"], problems)
    if COLUMN not in file.name.casefold():
        context = {"found": file.name, "example": f"{file.stem}_{COLUMN}{file.suffix}"}
        problems.append(Problem("rows_unmarked", (), context))
    spec, found = _block(load(find(scenario), settings).scenario, block)
    problems += found
    if problems or spec is None:
        raise BadInput(problems)
    writing.refuse(file, force, SUFFIXES)
    from models.synthetic import made_up  # slow to import

    writing.write(file, as_file(made_up(spec, persons, seed), file.suffix.lower(), COLUMN))
    click.echo(
        say(
            "{file} är skriven: {persons} syntetiska rader, märkta i kolumnen {column}. Skriv "
            "synthetic = true i scenariot när du använder dem.",
            file=file,
            persons=persons,
            column=COLUMN,
        )
    )


def _block(scenario: AnyScenario, name: str) -> tuple[Evidence | None, list[Problem]]:
    """The block, or why it cannot have made-up rows."""
    evidence = scenario.evidence
    if name not in evidence:
        close = "".join(difflib.get_close_matches(name, evidence, n=1))
        context = {"found": name, "allowed": ", ".join(evidence) or "–", "close": close}
        return None, [Problem("unknown_evidence", (), context)]
    if evidence[name].source_of_rows is None:
        with_rows = [one for one, spec in evidence.items() if spec.source_of_rows is not None]
        context = {"found": name, "allowed": ", ".join(with_rows) or "–"}
        return None, [Problem("rows_not_used", ("evidence", name), context)]
    return evidence[name], []
