"""Chapters worked out on a run, and pages that have them, in any language."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from models.language import LANGUAGES, say, speaking
from simulate.chapters import CHAPTERS
from simulate.chapters.asked import chosen
from simulate.chapters.entry import Entry
from simulate.folder import chapters_in, report_file
from simulate.report.page import render
from simulate.report.sections import Chapter
from simulate.run import Progress, Result

# Name of a chapter → its facts, in no language.
Facts = Mapping[str, Any]


def studied(
    entries: Iterable[Entry], result: Result, progress: Progress | None = None
) -> dict[str, Any]:
    """Return the facts of each chapter; equal runs give equal facts.

    Args:
        entries: chapters that the run's scenario has.
        result: of the run, made now or read back.
        progress: told of (stage, share done).
    """
    return {entry.name: entry.builder.study(result, progress) for entry in entries}


def told(facts: Facts, names: Sequence[str]) -> tuple[Chapter, ...]:
    """Return chapters in the language that is spoken, in the order of the report."""
    return tuple(
        Chapter(entry.name, say(entry.title), entry.builder.told(facts[entry.name]))
        for entry in CHAPTERS
        if entry.name in names
    )


def page(
    result: Result, run_id: str, entries: Sequence[Entry], progress: Progress | None = None
) -> str:
    """Return the report with chapters, in the language that is spoken.

    Args:
        result: of a run that was made with what runs now.
        run_id: of the run.
        entries: chapters that its scenario has.
        progress: told of (stage, share done).
    """
    facts = studied(entries, result, progress)
    return render(result, run_id, chapters=told(facts, list(facts)))


def again(
    result: Result, run_id: str, names: Iterable[str], progress: Progress | None = None
) -> dict[str, str]:
    """Return reports with chapters by file name; each chapter is worked out once.

    Args:
        result: of the run.
        run_id: of the run.
        names: of files, such as those in a run folder. What is no such report, or has a chapter
            that the scenario does not have, is left out.
        progress: told of (stage, share done).
    """
    wanted: dict[str, tuple[str, tuple[Entry, ...]]] = {}
    for name in sorted(names):
        language, within = chapters_in(name) or ("", ())
        entries = chosen(within, result.scenario, [])
        whole = report_file(language, [entry.name for entry in entries])
        if entries and language in LANGUAGES and whole == name:
            wanted[name] = language, entries
    every = {entry.name: entry for _, entries in wanted.values() for entry in entries}
    facts = studied(every.values(), result, progress)
    made = {}
    for name, (language, entries) in wanted.items():
        with speaking(language):
            chapters = told(facts, [entry.name for entry in entries])
            made[name] = render(result, run_id, chapters=chapters)
    return made
