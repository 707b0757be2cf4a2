"""Which chapters are asked for, by name."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from simulate.chapters import CHAPTERS
from simulate.chapters.entry import Entry
from simulate.errors import Problem

if TYPE_CHECKING:
    from simulate.scenario.read import AnyScenario

ALL = "all"
NAMES = tuple(entry.name for entry in CHAPTERS)


def read(text: str | None, problems: list[Problem]) -> tuple[str, ...]:
    """Return the names in a list with commas, each once; unknown ones are added to ``problems``.

    Example:
        >>> problems = []
        >>> read("sensitivity, characteristics,sensitivity", problems), read(None, problems)
        (('sensitivity', 'characteristics'), ())
        >>> read("tornado", problems), problems[0].code
        ((), 'unknown_chapter')
    """
    if text is None:
        return ()
    names = tuple(dict.fromkeys(name.strip() for name in text.split(",")))
    unknown = [name for name in names if name not in (*NAMES, ALL)]
    for name in unknown:
        context = {"found": name or '""', "allowed": ", ".join((*NAMES, ALL))}
        problems.append(Problem("unknown_chapter", ("--chapters",), context))
    return tuple(name for name in names if name not in unknown)


def chosen(
    names: Sequence[str], scenario: AnyScenario, problems: list[Problem]
) -> tuple[Entry, ...]:
    """Return the chapters that are meant, in the order of the report.

    ``all`` means all that the scenario has. One that is named and that the scenario does not have
    adds to ``problems`` why not.

    Args:
        names: as :func:`read` returns them.
        scenario: of the run.
        problems: what is wrong so far.
    """
    found = []
    for entry in CHAPTERS:
        if entry.name not in names and ALL not in names:
            continue
        reasons = list(entry.builder.refused(scenario))
        if not reasons:
            found.append(entry)
        elif entry.name in names:
            problems += [one for one in reasons if one not in problems]
    return tuple(found)
