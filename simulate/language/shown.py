"""Values as a person reads them in a message: in TOML's spelling, short, and harmless to print."""

from __future__ import annotations

import datetime as dt
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice

LONGEST = 120
# Marks that turn the direction of text, so that a line can show something else than it says.
_DIRECTIONS = frozenset(
    map(chr, (0x61C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A)))
)


def cut(text: str, longest: int = LONGEST) -> str:
    """Return a text that is not longer than a message can bear."""
    return text if len(text) <= longest else text[: longest - 1] + "…"


def shown(value: object, depth: int = 3) -> str:
    """Return a value as TOML spells it; a text stands without quotes unless it is in a table.

    Example:
        >>> shown([1, True, "a"]), shown({"value": 0.4}), shown("7.5 mkr")
        ('[1, true, "a"]', '{ value = 0.4 }', '7.5 mkr')
    """
    if value is None:
        return "–"
    if isinstance(value, str):
        return clean(value) or '""'
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, dt.date | dt.time):
        return value.isoformat()
    if isinstance(value, list | tuple | Mapping):
        return _collection(value, depth)
    return str(value)


def _collection(value: list[object] | tuple[object, ...] | Mapping[str, object], depth: int) -> str:
    if depth == 0:
        return "…"
    if isinstance(value, Mapping):
        pairs = [
            f"{clean(str(key))} = {_inner(item, depth)}" for key, item in _first(value.items())
        ]
        return "{ " + ", ".join(pairs) + " }" if pairs else "{}"
    return "[" + ", ".join(_inner(item, depth) for item in _first(value)) + "]"


def _first[T](items: Iterable[T]) -> Iterator[T]:
    """No message needs more of a collection than this."""
    return islice(items, LONGEST)


def _inner(value: object, depth: int) -> str:
    return f'"{clean(value)}"' if isinstance(value, str) else shown(value, depth - 1)


def invisible(character: str) -> bool:
    """Whether a character steers a terminal, or the direction of text, rather than being read.

    Example:
        >>> invisible(chr(27)), invisible("å"), invisible(chr(10))
        (True, False, False)
    """
    if character in "\n\t":
        return False
    return unicodedata.category(character) in ("Cc", "Cs") or character in _DIRECTIONS


def clean(text: str) -> str:
    """Return a text on one line that cannot steer the terminal it is printed in.

    Example:
        >>> clean("a" + chr(27) + "[31m" + chr(10) + "b")
        'a\ufffd[31m b'
    """
    return "".join("\ufffd" if invisible(c) else c for c in " ".join(text[:2000].splitlines()))
