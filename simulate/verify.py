"""A stored run made again from what is stored of it, and compared byte by byte."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from pathlib import Path

from models.language import LANGUAGES, say, speaking
from simulate.chapters.work import again
from simulate.errors import BadInput, Problem, RunFailed
from simulate.folder import MANIFEST, SCENARIO, TIMINGS, checksum, report_file
from simulate.report.page import render
from simulate.run import Progress, Result, run
from simulate.scenario.read import Loaded, load, with_rows
from simulate.scenario.rows import digests as row_digests
from simulate.store import compared, identity, save
from simulate.stored.facts import Facts
from simulate.stored.read import readable


@dataclass(frozen=True)
class Verification:
    """What came of making a run again.

    Attributes:
        equal, differing: files that were made again, by whether their bytes are those stored.
        apart: files in the folder that no run makes, and that are not compared.
    """

    equal: tuple[str, ...]
    differing: tuple[str, ...]
    apart: tuple[str, ...]


def verify(
    folder: Path,
    facts: Facts,
    cache: Path | None = None,
    progress: Progress | None = None,
    data: Path | None = None,
) -> Verification:
    """Make the run in ``folder`` again and compare all files; how long it took may differ.

    Args:
        folder: of the run; nothing is written there.
        facts: its manifest: how many draws, and with which seed.
        cache: earlier fits to trust; everything is fitted anew if left out.
        progress: told of (stage, share done).
        data: folder that files of rows about persons start from; they never lie in a run.

    Raises:
        RunFailed: the scenario in the folder is not the one that was run.
        BadInput: another version made the run, and this one cannot read its scenario; or the rows
            are not given, or not those of the run.
    """
    _unchanged(folder, facts)
    with readable(folder, facts):
        loaded = load(folder / SCENARIO)
    loaded = _with_same_rows(loaded, facts, data)
    with tempfile.TemporaryDirectory(prefix="simulate-") as work:
        fits = cache or Path(work) / "fits"
        result = run(loaded.scenario, facts.draws, facts.seed, fits, progress)
        pages = _pages(result, loaded.raw, folder, progress)
        made = save(result, loaded.raw, Path(work) / "runs", pages)
        found = compared(made.folder, folder)
    there = (path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())
    return Verification(
        tuple(name for name, same in found.items() if same),
        tuple(name for name, same in found.items() if not same),
        tuple(sorted(set(there) - found.keys() - {TIMINGS})),
    )


def _with_same_rows(loaded: Loaded, facts: Facts, data: Path | None) -> Loaded:
    sources = {block: spec.source_of_rows for block, spec in loaded.scenario.evidence.items()}
    files = {block: source.file for block, source in sources.items() if source is not None}
    if not files:
        return loaded
    if data is None:
        context = {"found": ", ".join(files.values())}
        raise BadInput([Problem("run_without_rows", ("--data",), context)])
    loaded = with_rows(loaded, data)
    found = row_digests(loaded.scenario)
    changed = [block for block in files if found[block] != facts.rows_sha256.get(block)]
    if changed:
        problems = [
            Problem("run_other_rows", ("evidence", block, "rows", "file"), {"found": files[block]})
            for block in changed
        ]
        raise BadInput(problems, str(data))
    return loaded


def _unchanged(folder: Path, facts: Facts) -> None:
    path = folder / SCENARIO
    if path.is_file() and checksum(path) == facts.files.get(SCENARIO):
        return
    raise RunFailed(
        say("{path} är inte den fil som {manifest} talar om", path=path, manifest=MANIFEST),
        say("hämta filen från en kopia av körningen; utan den kan inget göras om"),
    )


def _pages(
    result: Result, raw: dict[str, object], folder: Path, progress: Progress | None
) -> dict[str, str]:
    """Return the pages in the languages, and with the chapters, in which the folder has them."""
    _, name = identity(result, raw)
    pages = again(result, name, folder, progress)
    for language in LANGUAGES:
        if (folder / report_file(language)).exists():
            with speaking(language):
                pages[report_file(language)] = render(result, name)
    return pages
