"""Texts as lines no wider than a terminal, in which no number is broken."""

from __future__ import annotations

import re
from textwrap import wrap

from simulate.language.numbers import HARD

# Of a terminal that does not say, and of what is written to a file.
WIDTH = 80
_PER_CENT = re.compile(r"(?<=\d) (?=%)")


def folded(text: str, width: int = WIDTH, first: str = "", then: str = "") -> list[str]:
    r"""Return a text as lines; no number is broken at a hard space, or before its per cent.

    Where a number and its unit are wider than a line, they part at their hard spaces.

    Args:
        text: on one line.
        width: of the lines, indent included.
        first, then: what the first line and each later one begin with.

    Example:
        >>> folded("hela\u00a0talet 1\u202f980 (90 %", 11)
        ['hela\xa0talet', '1\u202f980 (90 %']
        >>> folded("en kort text", 9, "- ", "  ")
        ['- en kort', '  text']
        >>> folded("−2\u00a0procentenheter", 14)
        ['−2', 'procentenheter']
    """
    held = " ".join(_parted(word) if len(word) > width else word for word in _held(text).split(" "))
    lines = wrap(held, width, initial_indent=first, subsequent_indent=then, break_on_hyphens=False)
    return [line.replace(f"{HARD}%", " %") for line in lines] or [first]


def words(text: str) -> list[str]:
    """Return the parts of a text between which a line may break."""
    return wrap(_held(text), 1, break_long_words=False, break_on_hyphens=False)


def numbers_in(text: str) -> list[str]:
    """Return the numbers in a text, each without its unit."""
    parts = (part for word in words(text) for part in _parted(word).split())
    return [part for part in parts if any(map(str.isdigit, part))]


def _parted(word: str) -> str:
    return word.replace(HARD, " ")


def _held(text: str) -> str:
    return _PER_CENT.sub(HARD, text)
