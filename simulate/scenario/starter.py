"""The beginning of a scenario of one's own: a commented starter, or a copy of a shipped one."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from pathlib import Path

import tomli_w

from models.language import language
from simulate.scenario.read import Loaded
from simulate.scenario.shipped import folder

_ID = re.compile(r'^id = "[^"\n]*"$', re.MULTILINE)
_LONGEST = 60


def starter(name: str) -> str:
    """Return the starter in TOML in the language that is spoken, with ``name`` made its id."""
    path = folder() / "templates" / f"starter.{language()}.toml"
    return renamed(path.read_text(encoding="utf-8"), name)


def copy_of(loaded: Loaded, name: str) -> str:
    """Return a scenario as it is written, with ``name`` made its id.

    One that takes investments from files beside it is written with those in it: a copy in another
    folder would not find them.
    """
    if loaded.parts:
        return renamed(tomli_w.dumps(loaded.raw), name)
    return renamed(loaded.path.read_text(encoding="utf-8-sig"), name)


@dataclass(frozen=True)
class RowsBeside:
    """A file of rows that a copied scenario reads.

    Attributes:
        name: as the scenario names it.
        source: where it lies.
        target: where the copy of the scenario looks for it.
        copied: whether it may be copied: only where the rows are made up.
    """

    name: str
    source: Path
    target: Path
    copied: bool

    def differs(self) -> bool:
        """Whether the target is not already the same file."""
        if not self.target.is_file():
            return True
        return self.target.read_bytes() != self.source.read_bytes()


def rows_beside(loaded: Loaded, folder: Path) -> list[RowsBeside]:
    """Return the files of rows of a scenario, as a copy of it in ``folder`` would read them."""
    found: dict[str, RowsBeside] = {}
    for spec in loaded.scenario.evidence.values():
        rows = spec.source_of_rows
        if rows is not None:
            source, target = loaded.path.parent / rows.file, folder / rows.file
            there = rows.synthetic and source.is_file()
            found[rows.file] = RowsBeside(rows.file, source, target, there)
    return list(found.values())


def renamed(text: str, name: str) -> str:
    r"""Return the text of a scenario with ``name`` made its id.

    Example:
        >>> renamed('schema = 1\nid = "a"\n', "Vår plan")
        'schema = 1\nid = "var_plan"\n'
    """
    return _ID.sub(f'id = "{identifier(name)}"', text, count=1)


def identifier(text: str, otherwise: str = "eget_scenario") -> str:
    """Return what a machine calls the thing that people call ``text``.

    Args:
        text: any text.
        otherwise: what to return where nothing is left of it.

    Example:
        >>> identifier("Vård- och omsorgsnämnden"), identifier("2026 års plan"), identifier("?")
        ('vard_och_omsorgsnamnden', 'x2026_ars_plan', 'eget_scenario')
    """
    plain = unicodedata.normalize("NFKD", text.casefold().replace("ø", "o").replace("æ", "a"))
    bare = "".join(mark for mark in plain if not unicodedata.combining(mark))
    name = re.sub(r"[^a-z0-9]+", "_", bare).strip("_")
    name = f"x{name}" if name[:1].isdigit() else name
    return name[:_LONGEST].strip("_") or otherwise
