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
from simulate.cli.run_command import LARGEST_SEED, given, whole
from simulate.errors import BadInput, Problem
from simulate.scenario.read import AnyScenario, find, load

LEAST_PERSONS = 20


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
@click.option("--persons", default="60", metavar="N", help=mark("Antal personer; annars 60."))
@click.option("--seed", default="1", metavar="N", help=mark("Frö för raderna; annars 1."))
@options.settings
@click.option("--force", is_flag=True, help=mark("Skriv över filen om den finns."))
def command(
    scenario: str, block: str, file: Path, settings: tuple[str, ...], force: bool, **asked: str
) -> None:
    """Write one file; every problem with the call is told before anything is made."""
    from simulate.sheets.rows_file import SUFFIXES, as_file

    persons = whole(asked["persons"], LEAST_PERSONS, MOST_ROWS)
    seed = whole(asked["seed"], 0, LARGEST_SEED)
    problems = []
    if persons is None:
        context = given("--persons", LEAST_PERSONS, MOST_ROWS)
        problems.append(Problem("bad_persons", ("--persons",), context))
    if seed is None:
        problems.append(Problem("bad_seed", ("--seed",), given("--seed")))
    if COLUMN not in file.name.casefold():
        context = {"found": file.name, "example": f"{file.stem}_{COLUMN}{file.suffix}"}
        problems.append(Problem("rows_unmarked", (), context))
    spec, found = _block(load(find(scenario), settings).scenario, block)
    problems += found
    if problems or persons is None or seed is None or spec is None:
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
