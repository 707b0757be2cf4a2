"""Which run folder a person means: a folder, the id of a run, or a scenario that has been run."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from models.language import say
from simulate.errors import BadInput, Problem
from simulate.folder import MANIFEST

SHORTEST_PREFIX = 4
_PREFIX = re.compile(rf"[0-9a-f]{{{SHORTEST_PREFIX},12}}")
_MOST_NAMED = 8


def runs(outputs: Path) -> Iterator[Path]:
    """Yield every run folder below ``outputs``, scenario by scenario in order of name."""
    for manifest in sorted(outputs.glob(f"*/*/{MANIFEST}")):
        folder = manifest.parent
        # Folders that begin with a dot are the cache, and what killed runs leave behind.
        if not folder.name.startswith(".") and not folder.parent.name.startswith("."):
            yield folder


def find_run(name: str, outputs: Path) -> Path:
    """Return the run folder that ``name`` means.

    With a slash it is a folder. Otherwise a scenario, which means its newest run by the time at
    which it was stored; else the id of a run or how it begins; else a folder after all.

    Args:
        name: as a person wrote it.
        outputs: folder of all runs.

    Raises:
        BadInput: there is no such run, or several begin so.
    """
    if "/" in name or "\\" in name:
        return _folder(Path(name), name)
    known = list(runs(outputs))
    if of_scenario := [one for one in known if one.parent.name == name]:
        return max(of_scenario, key=lambda one: ((one / MANIFEST).stat().st_mtime_ns, one.name))
    alike = [one for one in known if _PREFIX.fullmatch(name) and one.name.startswith(name)]
    if len(alike) == 1:
        return alike[0]
    if alike:
        context = {"found": name, "allowed": ", ".join(one.name for one in alike)}
        raise BadInput([Problem("run_ambiguous", (), context)], name)
    if (Path(name) / MANIFEST).is_file():
        return Path(name)
    raise _unknown(name, outputs, known)


def _folder(path: Path, name: str) -> Path:
    if not path.is_dir():
        found = say("sökvägen är en fil") if path.exists() else say("mappen finns inte")
    elif not (path / MANIFEST).is_file():
        found = say("{file} saknas i mappen", file=MANIFEST)
    else:
        return path
    raise BadInput([Problem("not_a_run", (), {"found": found})], name)


def _unknown(name: str, outputs: Path, known: list[Path]) -> BadInput:
    names = [f"{one.parent.name} {one.name}" for one in known]
    more = len(names) - _MOST_NAMED
    shown = ", ".join(names[:_MOST_NAMED]) or say("ingen körning")
    if more > 0:
        shown = say("{names} och {count} till", names=shown, count=more)
    context = {"found": name, "place": str(outputs), "allowed": shown}
    return BadInput([Problem("run_unknown", (), context)], name)
