"""simulate new: the beginning of a scenario of one's own, or a form to fill in."""

from __future__ import annotations

from pathlib import Path

import click

from models.language import mark, say
from simulate.cli import options, swedish, writing
from simulate.cli.check_command import show
from simulate.scenario.read import find, load
from simulate.scenario.starter import RowsBeside, copy_of, rows_beside, starter

_FILE = click.Path(path_type=Path)


@click.command(
    name="new",
    cls=swedish.Command,
    help=mark(
        "Skapa ett eget scenario i FIL: en förklarad början, en kopia av ett scenario, eller ur en "
        "ifylld blankett."
    ),
)
@click.argument("file", metavar=mark("[FIL]"), required=False, type=_FILE)
@click.option("--like", metavar="SCENARIO", help=mark("Utgå från en kopia av ett scenario."))
@click.option(
    "--template",
    type=_FILE,
    metavar=mark("MALL"),
    help=mark("Skriv en blankett att fylla i, .xlsx eller .csv, i stället för ett scenario."),
)
@click.option(
    "--from",
    "form",
    type=_FILE,
    metavar=mark("BLANKETT"),
    help=mark(
        "Läs en ifylld blankett (.xlsx, .ods eller .csv) och skriv scenariot i FIL, eller bredvid "
        "blanketten."
    ),
)
@options.force
def command(
    file: Path | None, like: str | None, template: Path | None, form: Path | None, force: bool
) -> None:
    """Write one file, unless there is one of that name."""
    given = {"--like": like, "--template": template, "--from": form}
    chosen = [name for name, value in given.items() if value is not None]
    if len(chosen) > 1:
        one, other = chosen[:2]
        raise _usage(say("{one} och {other} går inte att förena", one=one, other=other))
    if template is not None:
        if file is not None:
            raise _usage(say("för många argument: {extra}", extra=str(file)))
        _template(template, force)
    elif form is not None:
        _form(form, file or beside(form), force)
    elif file is None:
        raise _usage(say("FIL saknas"))
    else:
        _scenario(file, like, force)


def beside(form: Path) -> Path:
    """Return the scenario that a form becomes when no name is given: it lies next to the form."""
    return form.parent / f"{form.stem or 'plan'}.toml"


def _usage(words: str) -> click.UsageError:
    return click.UsageError(words, click.get_current_context())


def _scenario(file: Path, like: str | None, force: bool) -> None:
    writing.refuse(file, force, (".toml",))
    if like is None:
        text, rows = starter(file.stem), []
    else:
        loaded = load(find(like))  # nothing is copied that is not sound
        text, rows = copy_of(loaded, file.stem), rows_beside(loaded, file.parent)
        for one in rows:
            if one.copied and one.differs():
                writing.refuse(one.target, force, (one.target.suffix,))
    writing.write(file, text.encode("utf-8"))
    for one in rows:
        _rows(one)
    click.echo(
        say(
            "{file} är skriven. Ändra den i en textredigerare, kontrollera med `simulate check "
            "{file}` och kör med `simulate run {file}`.",
            file=file,
        )
    )


def _rows(one: RowsBeside) -> None:
    """Copy made-up rows; rows about people are never copied, only said to be missing."""
    if not one.copied:
        click.echo(
            say(
                "Scenariot läser rader om personer ur {file}. De kopieras inte: lägg filen i "
                "{folder}, eller kör med --data.",
                file=one.name,
                folder=one.target.parent,
            )
        )
        return
    if one.differs():
        writing.folder(one.target.parent)
        writing.write(one.target, one.source.read_bytes())
    click.echo(say("De påhittade raderna ligger i {file}.", file=one.target))


def _template(file: Path, force: bool) -> None:
    writing.refuse(file, force, (".xlsx", ".csv"))
    if file.suffix.lower() == ".csv":
        from simulate.sheets.flat import flat_template

        data = flat_template()
    else:
        from simulate.sheets.template import template  # slow to import

        data = template()
    writing.write(file, data)
    click.echo(
        say(
            "{file} är skriven. Fyll i den, spara, och kör `simulate new --from {file}`: då skrivs "
            "scenariot {scenario}.",
            file=file,
            scenario=beside(file),
        )
    )


def _form(form: Path, file: Path, force: bool) -> None:
    writing.refuse(file, force, (".toml",))
    from simulate.sheets.read_form import read_form  # slow to import

    written = read_form(form, file.stem)
    writing.write(file, written.text.encode("utf-8"))
    click.echo(
        say("{file} är skriven ur {form}. Kör den med `simulate run {file}`.", file=file, form=form)
    )
    for note in written.notes:
        click.echo("  " + say("obs: {note}", note=note))
    click.echo(f"  {written.short}")
    show(written.loaded.scenario)
