"""A page that answers questions one by one: heading, paragraphs, tables, pictures."""

from __future__ import annotations

from dataclasses import dataclass

from simulate.report.style import Picture


@dataclass(frozen=True)
class Table:
    """A table of text.

    Attributes:
        caption: what it shows.
        columns: their names; the first names the rows.
        rows: as wide as the columns.
    """

    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Section:
    """One question and its answer.

    Attributes:
        key: stable name of the question.
        heading: the question, in the language that is spoken.
        paragraphs, tables: the answer.
        pictures: for the page.
    """

    key: str
    heading: str
    paragraphs: tuple[str, ...]
    tables: tuple[Table, ...] = ()
    pictures: tuple[Picture, ...] = ()


# Paragraphs, tables and pictures.
Answer = tuple[tuple[str, ...], tuple[Table, ...], tuple[Picture, ...]]
