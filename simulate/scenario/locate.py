"""Where in a TOML file a key stands, because no TOML library tells.

Not a parser: it runs only on text that :mod:`tomllib` has already accepted, and it needs to know
no more than where each table header and each key begins.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from typing import Any

from simulate.errors import Path

_HEADER = re.compile(r"^\s*(\[\[?)\s*([^\[\]]+?)\s*\]\]?\s*(#.*)?$")
_KEY = re.compile(r"""^\s*((?:[A-Za-z0-9_-]+|"[^"]*"|'[^']*')(?:\s*\.\s*(?:[A-Za-z0-9_-]+|"[^"]*"|'[^']*'))*)\s*=""")


def lines_of(text: str) -> dict[Path, int]:
    """Return the line, counted from 1, on which each table and key of ``text`` begins.

    Example:
        >>> lines_of("[a]\\nb = 1\\n")
        {('a',): 1, ('a', 'b'): 2}
    """
    places: dict[Path, int] = {}
    counts: dict[Path, int] = {}
    table: Path = ()
    pending = ""
    key_path: Path = ()
    for number, line in enumerate(text.splitlines(), start=1):
        if pending:
            _inner_keys(line, number, key_path, places)
            pending += "\n" + line
            pending = "" if _complete(pending) else pending
            continue
        if header := _HEADER.match(line):
            path = _split(header[2])
            if header[1] == "[[":
                counts[path] = counts.get(path, -1) + 1
            table = _indexed(path, counts)
            places.setdefault(table, number)
        elif key := _KEY.match(line):
            key_path = table + _split(key[1])
            places.setdefault(key_path, number)
            rest = line[key.end() :]
            pending = "" if _complete("x =" + rest) else "x =" + rest
    return places


def _complete(assignment: str) -> bool:
    """Whether an assignment ends here, which only the real parser can tell."""
    try:
        tomllib.loads(assignment)
    except tomllib.TOMLDecodeError:
        return False
    return True


def _inner_keys(line: str, number: int, parent: Path, places: dict[Path, int]) -> None:
    """Note keys of an inline table that is spread over lines."""
    if key := _KEY.match(line):
        places.setdefault(parent + _split(key[1]), number)


def _split(dotted: str) -> tuple[str, ...]:
    parts = re.findall(r"\"[^\"]*\"|'[^']*'|[^.\s]+", dotted)
    return tuple(part.strip("\"'") for part in parts)


def _indexed(path: tuple[str, ...], counts: Mapping[Path, int]) -> Path:
    """Insert the current index after every part that is an array of tables."""
    place: Path = ()
    for end in range(1, len(path) + 1):
        place = (*place, path[end - 1])
        if path[:end] in counts:
            place = (*place, counts[path[:end]])
    return place


def line_of(path: Path, places: Mapping[Path, int], raw: Any) -> int:
    """Return the line of ``path``, or of the nearest enclosing place that has one; 0 for none.

    Args:
        path: keys and list indices; a list item may also be named by its ``id``.
        places: from :func:`lines_of`.
        raw: the parsed file, to turn ids into indices.
    """
    real: list[str | int] = []
    node = raw
    for part in path:
        if isinstance(node, list) and isinstance(part, str):
            ids = [item.get("id") if isinstance(item, Mapping) else None for item in node]
            part = ids.index(part) if part in ids else part
        real.append(part)
        try:
            node = node[part]
        except (KeyError, IndexError, TypeError):
            node = None
    for end in range(len(real), 0, -1):
        if tuple(real[:end]) in places:
            return places[tuple(real[:end])]
    return 0
