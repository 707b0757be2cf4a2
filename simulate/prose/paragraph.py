"""Paragraphs with their numbers, as in an agreement."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass


@dataclass(frozen=True)
class Paragraph:
    """A paragraph, or a heading with paragraphs under it.

    Attributes:
        text: one or several sentences.
        under: what stands below it.
        key: place in the scenario that it describes; empty where it gathers several.
    """

    text: str
    under: tuple[Paragraph, ...] = ()
    key: str = ""


def numbered(paragraphs: Iterable[Paragraph], prefix: str = "") -> Iterator[tuple[str, Paragraph]]:
    """Yield each paragraph with its number, in reading order.

    Example:
        >>> [n for n, _ in numbered([Paragraph("a", (Paragraph("b"),)), Paragraph("c")])]
        ['1', '1.1', '2']
    """
    for place, one in enumerate(paragraphs, start=1):
        number = f"{prefix}{place}"
        yield number, one
        yield from numbered(one.under, f"{number}.")
