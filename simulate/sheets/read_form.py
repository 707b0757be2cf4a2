"""From a filled-in form to a scenario, or to everything that is wrong with the form at once."""

from __future__ import annotations

import tempfile
from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from models.language import say
from simulate.errors import BadInput, Problem
from simulate.language.shown import clean
from simulate.scenario.read import Loaded, load, read_bytes
from simulate.scenario.starter import identifier
from simulate.sheets.level import DEFAULT
from simulate.sheets.open_book import LARGEST_FILE, REFUSED, SCANS, open_book
from simulate.sheets.open_table import open_table
from simulate.sheets.plan import Investment, Plan, is_example, plain, plan
from simulate.sheets.scenario_text import scenario_text
from simulate.sheets.sources import NO_SOURCE
from simulate.sheets.tables import Filled, of_book, of_table

TEXT = (".csv", ".txt", ".tsv")


@dataclass(frozen=True)
class Written:
    """A scenario out of a form.

    Attributes:
        text: in TOML.
        loaded: the same, read and checked.
        notes: what a person should know before using it.
    """

    text: str
    loaded: Loaded
    notes: tuple[str, ...]


def read_form(path: Path, name: str) -> Written:
    """Return the scenario that a form states.

    Args:
        path: an ``.xlsx``, ``.ods`` or ``.csv`` file.
        name: what the scenario is called; its id is made of it.

    Raises:
        BadInput: with every problem of the form, each with its cell.
    """
    try:
        filled = _filled(path)
        found = plan(filled)
        if found is None:
            raise BadInput(filled.problems)
    except BadInput as error:
        raise BadInput(error.problems, str(path)) from None
    text = scenario_text(found, identifier(name), clean(path.name))
    return Written(text, _checked(text, path), tuple(_notes(found, filled, text)))


def _filled(path: Path) -> Filled:
    suffix = path.suffix.lower()
    if suffix in REFUSED:
        raise BadInput([Problem(REFUSED[suffix], (), {"found": suffix})])
    if suffix not in SCANS and suffix not in TEXT:
        raise BadInput([Problem("book_suffix", (), {"found": path.name})])
    data, problem = read_bytes(path, LARGEST_FILE)
    if problem is not None:
        raise BadInput([problem])
    if suffix in TEXT:
        return of_table(open_table(data))
    return of_book(open_book(data, suffix))


def _checked(text: str, path: Path) -> Loaded:
    """Read the scenario as any other; a problem here is one that the form's own checks let by."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "scenario.toml"
        file.write_text(text, encoding="utf-8", newline="\n")
        try:
            return load(file)
        except BadInput as error:
            raise BadInput(error.problems, str(path)) from None


def _notes(found: Plan, filled: Filled, text: str) -> list[str]:
    notes = list(dict.fromkeys(filled.notes))
    if is_example(found.settings.title.value):
        notes.append(say("det här är mallens exempel: byt det mot egna uppgifter"))
    default = text.count(DEFAULT) - 1  # the head of the file names it too
    unsourced = text.count(NO_SOURCE)
    if default:
        notes.append(
            say(
                "{count} tal är programmets förval: sök efter {words} i filen",
                count=default,
                words=DEFAULT,
            )
        )
    if unsourced:
        notes.append(
            say(
                "{count} tal saknar källa i arket: sök efter {words} i filen",
                count=unsourced,
                words=NO_SOURCE,
            )
        )
    uneven = [one.title for one in found.investments if _uneven(one)]
    return notes + [
        say(
            "{title}: nämnderna delar inte lika alla år i arket, men programmet delar varje års "
            "återföring som planens summa",
            title=title,
        )
        for title in uneven
    ]


def _uneven(investment: Investment) -> bool:
    """Whether some year of the plan is split otherwise than the whole of it."""
    whole = sum((row.amount.value for row in investment.returns), Decimal(0))
    of_year: defaultdict[int, Decimal] = defaultdict(Decimal)
    of_namnd: defaultdict[str, Decimal] = defaultdict(Decimal)
    of_both: defaultdict[tuple[int, str], Decimal] = defaultdict(Decimal)
    for row in investment.returns:
        year, namnd, amount = row.year.value, plain(row.namnd.value), row.amount.value
        of_year[year] += amount
        of_namnd[namnd] += amount
        of_both[year, namnd] += amount
    return any(
        of_both[year, namnd] * whole != of_year[year] * of_namnd[namnd]
        for year in of_year
        for namnd in of_namnd
    )
