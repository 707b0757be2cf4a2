"""Chapters worked out on a run, and pages that have them, in any language."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from models.language import LANGUAGES, SWEDISH, say, speaking
from simulate.chapters import CHAPTERS, kept
from simulate.chapters.asked import chosen
from simulate.chapters.entry import Entry
from simulate.folder import chapter_file, chapters_in, report_file
from simulate.report.page import render
from simulate.report.sections import Chapter
from simulate.run import Progress, Result
from simulate.store import add

# Name of a chapter → its facts, in no language.
Facts = Mapping[str, Any]


def studied(
    entries: Iterable[Entry], result: Result, progress: Progress | None = None
) -> dict[str, Any]:
    """Return the facts of each chapter; equal runs give equal facts, whatever is spoken.

    Args:
        entries: chapters that the run's scenario has.
        result: of the run, made now or read back.
        progress: told of (stage, share done).
    """
    with speaking(SWEDISH):
        return {entry.name: entry.builder.study(result, progress) for entry in entries}


def _known(
    folder: Path, entries: Iterable[Entry], result: Result, progress: Progress | None
) -> Facts:
    """Return the facts of each chapter as the run folder holds them; what it lacks is added."""
    facts: dict[str, Any] = {}
    for entry in entries:
        name = entry.name
        facts[name] = kept.read(folder, name, result.scenario)
        if facts[name] is None:
            facts |= studied([entry], result, progress)
            text = kept.text(folder, name, result.scenario, facts[name])
            add(folder, chapter_file(name), text)
    return facts


def told(facts: Facts, names: Sequence[str]) -> tuple[Chapter, ...]:
    """Return chapters in the language that is spoken, in the order of the report."""
    return tuple(
        Chapter(entry.name, say(entry.title), entry.builder.told(facts[entry.name]))
        for entry in CHAPTERS
        if entry.name in names
    )


def page(
    result: Result,
    run: tuple[Path, str],
    entries: Sequence[Entry],
    progress: Progress | None = None,
) -> str:
    """Return the report with chapters, in the language that is spoken.

    Args:
        result: of a run that was made with what runs now.
        run: its folder, where the facts of its chapters are kept, and its id.
        entries: chapters that its scenario has.
        progress: told of (stage, share done).
    """
    folder, run_id = run
    facts = _known(folder, entries, result, progress)
    return render(result, run_id, chapters=told(facts, list(facts)))


def again(
    result: Result, run_id: str, folder: Path, progress: Progress | None = None
) -> dict[str, str]:
    """Return the reports with chapters of a run folder, and their facts, all worked out anew.

    What looks like such a report, but has a chapter that the scenario does not have, is left out.

    Args:
        result: of the run, made again.
        run_id: of the run.
        folder: of the run; only the names in it and its manifest are read.
        progress: told of (stage, share done).
    """
    wanted: dict[str, tuple[str, tuple[Entry, ...]]] = {}
    names = sorted(path.name for path in folder.iterdir())
    for name in names:
        language, within = chapters_in(name) or ("", ())
        entries = chosen(within, result.scenario, [])
        whole = report_file(language, [entry.name for entry in entries])
        if entries and language in LANGUAGES and whole == name:
            wanted[name] = language, entries
    files = {
        chapter_file(entry.name): entry
        for entry in CHAPTERS
        if chapter_file(entry.name) in names and chosen([entry.name], result.scenario, [])
    }
    every = {entry.name: entry for _, entries in wanted.values() for entry in entries}
    every |= {entry.name: entry for entry in files.values()}
    facts = studied(every.values(), result, progress)
    made = {
        name: kept.text(folder, entry.name, result.scenario, facts[entry.name])
        for name, entry in files.items()
    }
    for name, (language, entries) in wanted.items():
        with speaking(language):
            chapters = told(facts, [entry.name for entry in entries])
            made[name] = render(result, run_id, chapters=chapters)
    return made
