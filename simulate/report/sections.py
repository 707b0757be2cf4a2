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


@dataclass(frozen=True)
class Told:
    """What a chapter of a report says, in the language that is spoken.

    Attributes:
        about: how it was worked out: on which futures, and what is held.
        sections: its questions, whose keys are unique within the chapter.
        answers: what whoever reads nothing else should know; may be empty.
        failed: whether it rests on evidence that did not pass its diagnosis.
    """

    about: str
    sections: tuple[Section, ...]
    answers: tuple[str, ...] = ()
    failed: bool = False


@dataclass(frozen=True)
class Chapter:
    """A chapter of a report.

    Attributes:
        key: stable name, unique on the page.
        title: in the language that is spoken.
        told: what it says.
    """

    key: str
    title: str
    told: Told


# Paragraphs, tables and pictures.
Answer = tuple[tuple[str, ...], tuple[Table, ...], tuple[Picture, ...]]
