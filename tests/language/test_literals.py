"""No Swedish stands in the code without being a message."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from jinja2 import Environment

from tests.language.gathered import ROOT, words

LETTERS = re.compile("[åäöÅÄÖ]")
# Words that no Swedish sentence is long without; a word alone is a key.
WORDS = re.compile(
    r"\b(att|av|den|det|eller|ej|en|ett|inga|inget|inte|kan|kr|med|mkr|och|om|per|saknas|som|till"
    r"|tkr|utan|varje)\b"
)

# What is no message though it has Swedish letters, by file.
ALLOWED = {
    "models/units.py": "units, as scenario files write them",
    "models/quantity.py": "examples of values, as scenario files write them",
    "models/number_schema.py": "the word between two examples of values",
    "simulate/contract/clauses/ladder.py": "an example, as scenario files write it",
    "simulate/contract/clauses/rate_card.py": "an example, as scenario files write it",
    "simulate/contract/clauses/linear_share.py": "an example, as scenario files write it",
    "simulate/contract/clauses/tiers.py": "an example, as scenario files write it",
    "simulate/scenario/checks/common.py": "an example, as scenario files write it",
    "simulate/scenario/prices.py": "sources, which are stored and translated as texts of scenarios",
    "simulate/scenario/syntax.py": "a pattern of letters",
    "simulate/sheets/cells.py": "units, and errors as a Swedish Excel shows them",
    "simulate/sheets/example.py": "the form is a file in Swedish",
    "simulate/sheets/flat.py": "the form is a file in Swedish",
    "simulate/sheets/form.py": "the form is a file in Swedish",
    "simulate/sheets/instructions.py": "the form is a file in Swedish",
    "simulate/sheets/level.py": "sources, which are stored",
    "simulate/sheets/scenario_text.py": "sources and comments, which are stored",
    "simulate/sheets/sources.py": "sources, which are stored",
    "simulate/sheets/template.py": "the form is a file in Swedish",
}
# The form in Excel is Swedish: what it says is also what is read back from it.
FORM = "simulate/sheets/"


def swedish(text: str) -> bool:
    """Whether a text looks Swedish."""
    return bool(LETTERS.search(text) or (" " in text and WORDS.search(text)))


def docstrings(tree: ast.AST) -> Iterator[ast.AST]:
    """Yield the strings that describe the code to its readers."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef) and node.body:
            first = node.body[0]
            if isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant):
                yield first.value


def unmarked(text: str) -> list[str]:
    """Return the string literals with Swedish letters that no catalogue can translate."""
    tree = ast.parse(text)
    said = {id(node) for node in docstrings(tree)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") in words.OURS:
            said |= {id(part) for given in node.args for part in ast.walk(given)}
    return [
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and id(node) not in said
        and swedish(node.value)
    ]


def sources(suffix: str) -> Iterator[tuple[str, str]]:
    """Yield the name and text of the program's files."""
    for package in ("models", "simulate"):
        for path in sorted((ROOT / package).rglob(f"*{suffix}")):
            yield path.relative_to(ROOT).as_posix(), path.read_text(encoding="utf-8")


def test_no_swedish_outside_messages() -> None:
    """What a person reads goes through `say`, or is marked for it."""
    found = {name: unmarked(text) for name, text in sources(".py")}
    said = {
        name: strings
        for name, strings in found.items()
        if strings and name not in ALLOWED and not name.startswith(FORM)
    }
    assert said == {}
    assert all(found[name] for name in ALLOWED), "a file needs its exception no longer"


def test_an_unmarked_sentence_is_found() -> None:
    """Negative control: a sentence that nobody looks up, also in an f-string or a default."""
    assert unmarked('"""På svenska."""\nsay("ä")\nmark("ö")\n') == []
    assert unmarked('print("är")\n') == ["är"]
    assert set(unmarked('print(f"{x} år")\ndef f(x="å"): "ö"\n')) == {" år", "å"}
    assert unmarked('print(f"{x} mkr")\n') == [" mkr"]


def letters(page: str) -> str:
    """Return the letters of a template that are neither markup nor in braces."""
    kinds = ("data",)
    shown = "".join(text for _, kind, text in Environment().lex(page) if kind in kinds)
    shown = re.sub(r"<style>.*?</style>|<!--.*?-->|<[^>]*>", " ", shown, flags=re.DOTALL)
    return re.sub(r"&\w+;|[^\w]", "", shown)


def test_no_words_outside_messages_on_a_page() -> None:
    """A template holds markup and messages, and no words of its own."""
    pages = dict(sources(".html"))
    assert pages
    assert {name: letters(text) for name, text in pages.items() if letters(text)} == {}


def test_a_word_on_a_page_is_found() -> None:
    """Negative control."""
    assert letters('<p class="a">{{ say("b") }}</p>') == ""
    assert letters("<p>{{ x }} mkr</p>") == "mkr"


def test_every_path_is_read() -> None:
    """The files that are allowed exceptions exist."""
    assert all(Path(ROOT, name).is_file() for name in ALLOWED)
