"""Gather every message into the catalogues: extract, keep the translations, compile.

Swedish is the language of the code, so `en` is a translation of the program and of the scenarios
that come with it, and `sv` one of click's own words. Nothing that is written has a date or a place
in it: equal messages give equal bytes. A message whose Swedish changes loses its English, which
`git diff` still shows; what lacks a translation is listed, and fails the tests.
"""

import ast
import io
import sys
import tomllib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from jinja2 import Environment
from jinja2.ext import extract_from_ast

from simulate.scenario.prices import prices

ROOT = Path(__file__).resolve().parent.parent
# Keys of a scenario whose values are read by people.
TEXTS = frozenset(
    {
        "title",
        "act",
        "abstain",
        "name",
        "source",
        "reason",
        "unstated",
        "reservations",
        "partners",
        "measured_by",
        "forvaltning",
        "short_run_name",
        "long_run_name",
    }
)

Id = str | tuple[str, str]  # one, or one and many


class Words(Catalog):
    """A catalogue whose header says no more than gettext needs."""

    @property
    def mime_headers(self) -> list[tuple[str, str]]:
        """The lines of the header."""
        return [
            ("Language", str(self.locale)),
            ("Content-Type", "text/plain; charset=utf-8"),
            ("Plural-Forms", self.plural_forms),
        ]


@dataclass(frozen=True)
class Book:
    """One catalogue in one language.

    Attributes:
        domain, folder, language: where it lies.
        messages: yields what it must translate.
        about: the first line of the file.
    """

    domain: str
    folder: str
    language: str
    messages: Callable[[], Iterator[Id]]
    about: str

    def path(self, suffix: str) -> Path:
        """Return the file with the translations (`.po`), or the compiled one (`.mo`)."""
        place = ROOT / self.folder / self.language / "LC_MESSAGES"
        return place / f"{self.domain}{suffix}"

    def catalog(self) -> Words:
        """Return the messages of today with the translations that are there."""
        there = self.path(".po")
        old = read_po(io.BytesIO(there.read_bytes()) if there.exists() else io.BytesIO())
        known = {message.id: message.string for message in old if message.id}
        made = Words(self.language, header_comment=f"# {self.about}", fuzzy=False)
        for one in self.messages():
            empty = "" if isinstance(one, str) else ("", "")
            made.add(one, known.get(one, empty))
        return made


def po(catalog: Catalog) -> bytes:
    """Return the catalogue as people edit it."""
    out = io.BytesIO()
    write_po(out, catalog, width=96, no_location=True, sort_output=True)
    return out.getvalue()


def mo(catalog: Catalog) -> bytes:
    """Return the catalogue as the program reads it."""
    out = io.BytesIO()
    write_mo(out, catalog)
    return out.getvalue()


def lacking(catalog: Catalog) -> list[Id]:
    """Return the messages that have no translation."""
    return [one.id for one in catalog if one.id and not all(strings(one))]


def strings(message: Any) -> tuple[str, ...]:
    """Return the translations of a message: one, or one and many."""
    return message.string if isinstance(message.string, tuple) else (message.string,)


def of_program() -> Iterator[Id]:
    """Yield what the program says: its code, and its pages."""
    for package in ("models", "simulate"):
        for path in sorted((ROOT / package).rglob("*.py")):
            yield from in_python(path.read_text(encoding="utf-8"), OURS)
        for path in sorted((ROOT / package).rglob("*.html")):
            yield from in_page(path.read_text(encoding="utf-8"))


def of_scenarios() -> Iterator[Id]:
    """Yield the texts of the scenarios that come with the program, and of the price list."""
    for path in sorted((ROOT / "scenarios").glob("*.toml")):
        yield from in_scenario(tomllib.loads(path.read_text(encoding="utf-8")))
    for price in prices().values():
        yield from price.citation.split("; ")


def of_click() -> Iterator[Id]:
    """Yield what click says by itself."""
    for path in sorted(Path(click.__file__).parent.glob("*.py")):
        yield from in_python(path.read_text(encoding="utf-8"), CLICKS)


# Function → how many of its first arguments are a message; two are one and many, three are three.
OURS = {"say": 1, "mark": 1, "say_count": 2, "Words": 3}
CLICKS = {"_": 1, "ngettext": 2}


def in_python(text: str, functions: dict[str, int]) -> Iterator[Id]:
    """Yield the messages of a module: the literals that the functions are called with.

    Raises:
        ValueError: an f-string, which no catalogue can hold.
    """
    for node in ast.walk(ast.parse(text)):
        if not isinstance(node, ast.Call):
            continue
        name = getattr(node.func, "id", "")
        given = node.args[: functions.get(name, 0)]
        if any(isinstance(one, ast.JoinedStr) for one in given):
            raise ValueError(f"{name}(f…) on line {node.lineno}: name the parts in braces instead")
        found = [one.value for one in given if isinstance(one, ast.Constant)]
        if len(found) == 2 and functions[name] == 2:
            yield found[0], found[1]
        else:
            yield from found


def in_page(text: str) -> Iterator[Id]:
    """Yield the messages of a template: the literals that `say` is called with."""
    for _, _, found in extract_from_ast(Environment().parse(text), ("say",), babel_style=False):
        yield next(one for one in found if one is not None)


def in_scenario(node: object, key: str = "") -> Iterator[Id]:
    """Yield the texts in a scenario that are read by people."""
    if isinstance(node, dict):
        for name, value in node.items():
            yield from in_scenario(value, name)
    elif isinstance(node, list):
        for value in node:
            yield from in_scenario(value, key)
    elif isinstance(node, str) and key in TEXTS:
        yield node


BOOKS = (
    Book("socialrisk", "models/locale", "en", of_program, "What the program says."),
    Book("scenarios", "scenarios/locale", "en", of_scenarios, "Texts of the shipped scenarios."),
    Book("click", "models/locale", "sv", of_click, "What click says by itself."),
)


def main(books: Iterable[Book] = BOOKS) -> int:
    """Write every catalogue; return 1 when a message lacks its translation."""
    missing = 0
    for book in books:
        catalog = book.catalog()
        book.path(".po").parent.mkdir(parents=True, exist_ok=True)
        book.path(".po").write_bytes(po(catalog))
        book.path(".mo").write_bytes(mo(catalog))
        without = lacking(catalog)
        missing += len(without)
        print(f"{book.domain} {book.language}: {len(catalog)} messages, {len(without)} lack words")
        for one in without:
            print(f"  {one}")
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main())
