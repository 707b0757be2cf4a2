"""Where in a TOML file a key stands, because no TOML library tells.

Not a parser: it runs only on text that :mod:`tomllib` has already accepted, so it needs to know
no more than where keys, values and items begin and end.
"""

from __future__ import annotations

import re
import tomllib
from bisect import bisect_left
from collections.abc import Mapping
from typing import Any

from simulate.errors import Path

Places = dict[Path, int]

_SPACE = re.compile(r"(?:[ \t\r\n]|#[^\n]*)*")
_PART = re.compile(r"""[ \t]*([A-Za-z0-9_-]+|"(?:[^"\\\n]|\\.)*"|'[^'\n]*')[ \t]*""")
_TEXT = re.compile(
    r'"{3}(?:[^"\\]|\\[\s\S]|"{1,2}(?!"))*"{3,5}'
    r"|'{3}(?:[^']|'{1,2}(?!'))*'{3,5}"
    r'|"(?:[^"\\\n]|\\.)*"'
    r"|'[^'\n]*'"
)
_BARE = re.compile(r"[^,\]}\n#]*")


def lines_of(text: str) -> Places:
    r"""Return the line, counted from 1, of each table, key and list item of ``text``.

    Example:
        >>> lines_of("[a]\nb = [1,\n 2]\n")
        {('a',): 1, ('a', 'b'): 2, ('a', 'b', 0): 2, ('a', 'b', 1): 3}
    """
    return _Scan(text).places


class _Scan:
    """One walk through the text; ``at`` is how far it has come."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.places: Places = {}
        self.breaks = [found.start() for found in re.finditer("\n", text)]
        self.counts: dict[Path, int] = {}
        implied: Places = {}
        table: Path = ()
        while self.skip() < len(text):
            if text[self.at] == "[":
                begun = self.at
                table = self.header()
                for end in range(1, len(table)):
                    implied.setdefault(table[:end], bisect_left(self.breaks, begun) + 1)
            else:
                self.pair(table)
        # A table that is only named as part of another's name begins there.
        self.places = implied | self.places

    def skip(self) -> int:
        """Go past space, line breaks and comments."""
        found = _SPACE.match(self.text, self.at)
        self.at = found.end() if found else self.at
        return self.at

    def note(self, path: Path, at: int) -> None:
        """Remember the line of ``path``, unless it was seen before."""
        self.places.setdefault(path, bisect_left(self.breaks, at) + 1)

    def key(self) -> Path:
        """Go past a key; return its parts."""
        parts: list[str] = []
        while found := _PART.match(self.text, self.at):
            part = found[1]
            quoted = part[0] in "\"'"
            parts.append(tomllib.loads(f"k = {part}")["k"] if quoted else part)
            self.at = found.end()
            if self.text[self.at : self.at + 1] != ".":
                break
            self.at += 1
        return tuple(parts)

    def header(self) -> Path:
        """Go past ``[table]`` or ``[[list]]``; return the path of the table it opens."""
        begun = self.at
        double = self.text.startswith("[[", self.at)
        self.at += 2 if double else 1
        name = self.key()
        if double:
            self.counts[name] = self.counts.get(name, -1) + 1
            # Lists inside this item start anew.
            size = len(name)
            self.counts = {
                other: count
                for other, count in self.counts.items()
                if len(other) <= size or other[:size] != name
            }
        table = self.indexed(name)
        self.at += 2 if double else 1
        self.note(table, begun)
        return table

    def indexed(self, name: Path) -> Path:
        """Insert the current index after every part that is a list of tables."""
        place: Path = ()
        for end in range(1, len(name) + 1):
            place = (*place, name[end - 1])
            if name[:end] in self.counts:
                place = (*place, self.counts[name[:end]])
        return place

    def pair(self, table: Path) -> None:
        """Go past ``key = value``."""
        begun = self.at
        key = self.key()
        for end in range(1, len(key) + 1):
            self.note(table + key[:end], begun)
        self.at += 1
        self.value(table + key)

    def value(self, path: Path) -> None:
        """Go past a value, and note what stands inside it."""
        self.skip()
        opening = self.text[self.at : self.at + 1]
        if opening in ("[", "{"):
            self.inside(path, "]" if opening == "[" else "}")
        elif found := (_TEXT.match(self.text, self.at) or _BARE.match(self.text, self.at)):
            self.at = found.end()

    def inside(self, path: Path, closing: str) -> None:
        """Go past the items of a list, or the pairs of an inline table."""
        self.at += 1
        index = 0
        while self.skip() < len(self.text) and self.text[self.at] != closing:
            if self.text[self.at] == ",":
                self.at += 1
            elif closing == "}":
                self.pair(path)
            else:
                self.note((*path, index), self.at)
                self.value((*path, index))
                index += 1
        self.at += 1


def real_path(path: Path, raw: Any) -> Path:
    """Return ``path`` with list items by index, where they were named by ``id`` or by number."""
    real: list[str | int] = []
    node = raw
    for part in path:
        place = part
        if isinstance(node, list) and isinstance(part, str):
            ids = [
                item.get("id", str(index)) if isinstance(item, Mapping) else None
                for index, item in enumerate(node)
            ]
            place = ids.index(part) if part in ids else part
        real.append(place)
        try:
            node = node[place]
        except (KeyError, IndexError, TypeError):
            node = None
    return tuple(real)


def line_of(path: Path, places: Mapping[Path, int], raw: Any) -> int:
    """Return the line of ``path``, or of the nearest enclosing place that has one; 0 for none.

    Args:
        path: keys and list indices; a list item may also be named by its ``id``.
        places: from :func:`lines_of`.
        raw: the parsed file, to turn ids into indices.
    """
    real = real_path(path, raw)
    for end in range(len(real), 0, -1):
        if real[:end] in places:
            return places[real[:end]]
    return 0
