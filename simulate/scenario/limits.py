"""What any file must keep to before it is worth reading as a scenario.

Nothing here knows what a scenario is. It stands between the file and everything that is recursive,
prints to a terminal, or holds integers in 64 bits.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from simulate.errors import Path, Problem
from simulate.language.shown import invisible

LARGEST_FILE = 1_000_000
DEEPEST = 30
_LONG_KEY = re.compile(rf"(?:[A-Za-z0-9_\"'-]+[ \t]*\.[ \t]*){{{DEEPEST},}}")


def long_key(text: str) -> Iterator[Problem]:
    """Yield the first dotted key with so many parts that the parser would choke on it."""
    if found := _LONG_KEY.search(text):
        line = text.count("\n", 0, found.start()) + 1
        yield Problem("too_deep", (), {"allowed": DEEPEST}, line)


def limits(raw: Mapping[str, Any]) -> Iterator[Problem]:
    """Yield what is too deep, too large or unprintable anywhere in ``raw``, in file order."""
    waiting: list[tuple[Path, Any]] = [((), raw)]
    while waiting:
        path, node = waiting.pop()
        if isinstance(node, Mapping | list):
            if len(path) > DEEPEST:
                yield Problem("too_deep", path[:DEEPEST], {"allowed": DEEPEST})
                continue
            parts = node.items() if isinstance(node, Mapping) else enumerate(node)
            waiting += reversed([((*path, part), item) for part, item in parts])
            for key in node if isinstance(node, Mapping) else ():
                yield from _unprintable((*path, key), key)
        elif isinstance(node, str):
            yield from _unprintable(path, node)
        elif isinstance(node, int) and not -(2**63) <= node < 2**63:
            yield Problem("integer_too_large", path)


def _unprintable(path: Path, text: str) -> Iterator[Problem]:
    if text.isprintable():  # then none of its characters is invisible, and most texts are
        return
    steering = next((c for c in text if invisible(c)), None)
    if steering is not None:
        context = {"found": text, "character": f"U+{ord(steering):04X}"}
        yield Problem("control_character", path, context)
