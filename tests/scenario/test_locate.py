"""Where keys stand in a file."""

from __future__ import annotations

import tomllib
from typing import Any

import pytest

from simulate.errors import Path
from simulate.scenario.locate import line_of, lines_of, real_path
from simulate.scenario.shipped import shipped

TEXT = '''\
top = 1 # [not a table]
# [neither = this]
[first] # = [comment]
"quoted key".inner = 1
'literal.key' = "[[not]] = a table"
text = """
[nor] = this
key = 'or this'
""" # = end
quotes = """a "" b\\""" c"""""
raw = \'\'\'
fake = 1
\'\'\'
table = { a = 1, b.c = [1, 2], "d e" = { f = "}" } }
items = [ # = [
  1,
  # ] comment
  { id = "x", deep = [
    2,
  ] }, "]",
]

[[list]]
id = "one"
[[list.inner]]
value = 1
[[list.inner]]
value = 2
[list.table]
value = 3

[[list]]
id = "two"
[[list.inner]]
value = 4

[deep.deeper.deepest]
value = 5
'''

LINES: list[tuple[Path, int]] = [
    (("top",), 1),
    (("first",), 3),
    (("first", "quoted key", "inner"), 4),
    (("first", "literal.key"), 5),
    (("first", "text"), 6),
    (("first", "quotes"), 10),
    (("first", "raw"), 11),
    (("first", "table"), 14),
    (("first", "table", "b", "c", 1), 14),
    (("first", "table", "d e", "f"), 14),
    (("first", "items"), 15),
    (("first", "items", 0), 16),
    (("first", "items", 1), 18),
    (("first", "items", 1, "deep", 0), 19),
    (("first", "items", "x", "deep"), 18),
    (("first", "items", 2), 20),
    (("list", 0), 23),
    (("list", 0, "inner", 0, "value"), 26),
    (("list", 0, "inner", 1, "value"), 28),
    (("list", "one", "table", "value"), 30),
    (("list", "two"), 32),
    (("list", "two", "inner", 0, "value"), 35),
    (("deep",), 37),
    (("deep", "deeper", "deepest", "value"), 38),
]


@pytest.mark.parametrize(("path", "line"), LINES, ids=str)
def test_line(path: Path, line: int) -> None:
    """Each key, list item and table is on the line where it begins."""
    assert line_of(path, lines_of(TEXT), tomllib.loads(TEXT)) == line


@pytest.mark.parametrize(
    ("path", "line"),
    [
        (("first", "missing"), 3),
        (("list", "two", "missing"), 32),
        (("list", 0, "inner", 1, "value", "deeper"), 28),
        (("missing",), 0),
        ((), 0),
    ],
)
def test_line_of_what_is_missing(path: Path, line: int) -> None:
    """What is not there is on the line of the table that lacks it, if that has one."""
    assert line_of(path, lines_of(TEXT), tomllib.loads(TEXT)) == line


def test_only_line_feeds_count() -> None:
    """Characters that Python calls line breaks but editors do not leave the count alone."""
    text = 'a = "\u2028\x85"\nb = 1\n'
    assert lines_of(text)[("b",)] == 2


def paths(node: Any, path: Path = ()) -> list[Path]:
    """Return the path of everything below ``node``."""
    parts = node.items() if isinstance(node, dict) else enumerate(node)
    found: list[Path] = []
    for key, value in parts:
        found.append((*path, key))
        if isinstance(value, dict | list):
            found += paths(value, (*path, key))
    return found


@pytest.mark.parametrize("name", list(shipped()))
def test_every_key_of_the_shipped_scenarios_is_found(name: str) -> None:
    """The walk and the real parser agree on what keys there are, and the line names the key."""
    text = shipped()[name].read_text(encoding="utf-8")
    places, lines = lines_of(text), text.split("\n")
    expected = set(paths(tomllib.loads(text)))
    lists = {path[:-1] for path in expected if isinstance(path[-1], int)}
    assert set(places) | lists == expected
    for path, line in places.items():
        if isinstance(path[-1], str):
            assert path[-1] in lines[line - 1], path


def test_ids_become_indices() -> None:
    """A list item that is named by its id is found at its index; unknown ids stay."""
    raw = {"a": [{"id": "x"}, {"id": "y", "b": 1}]}
    assert real_path(("a", "y", "b"), raw) == ("a", 1, "b")
    assert real_path(("a", "z", "b"), raw) == ("a", "z", "b")
