"""From a filled-in form to a scenario, or to everything that is wrong with the form at once."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from pathlib import Path

from models.language import say
from simulate.aterforing.arithmetic import in_short, perhaps_twice, unfinished, without_effect
from simulate.errors import BadInput, Problem
from simulate.language.shown import clean
from simulate.scenario.read import Loaded, load, read_bytes
from simulate.scenario.starter import identifier
from simulate.scenario.tree.scenario import FundScenario
from simulate.sheets.notes import notes
from simulate.sheets.open_book import LARGEST_FILE, REFUSED, SCANS, open_book
from simulate.sheets.open_table import open_table
from simulate.sheets.plan import plan
from simulate.sheets.scenario_text import scenario_text
from simulate.sheets.tables import Filled, of_book, of_table, order

TEXT = (".csv", ".txt", ".tsv")


@dataclass(frozen=True)
class Written:
    """A scenario out of a form.

    Attributes:
        text: in TOML.
        loaded: the same, read and checked.
        notes: what a person should know before using it.
        short: what the plan adds up to, in one line.
    """

    text: str
    loaded: Loaded
    notes: tuple[str, ...]
    short: str


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
            more = say("fler fel kan synas när de här är rättade") if filled.waiting else ""
            raise BadInput(sorted(filled.problems, key=order), note=more)
    except BadInput as error:
        raise BadInput(error.problems, str(path), error.note) from None
    text = scenario_text(found, identifier(name), clean(path.name))
    loaded = _checked(text, path)
    scenario = loaded.scenario
    assert isinstance(scenario, FundScenario)  # a form has no contract
    said = (
        *filled.notes,
        *notes(found, text),
        *unfinished(scenario),
        *without_effect(scenario),
        *perhaps_twice(scenario),
    )
    return Written(text, loaded, tuple(dict.fromkeys(said)), in_short(scenario))


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
