"""Facts of a run's chapters, kept in its folder: another language or another page only draws.

A file lies in the folder of the run that it was worked out on and names that run's manifest, which
tells everything that decides a figure, the code of the program too. It says its own checksum. So it
is of just this run and whole, or it is worked out again.
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

from simulate.chapters.plain import from_plain, to_plain
from simulate.folder import MANIFEST, chapter_file, checksum
from simulate.scenario.read import AnyScenario

# What reading a file may raise that this program did not write as it is.
_NOT_OURS = (
    OSError, ValueError, TypeError, LookupError, AttributeError, ImportError, RecursionError,
)  # fmt: skip


def read(folder: Path, chapter: str, scenario: AnyScenario) -> Any:
    """Return the facts of a chapter, or ``None``: missing, damaged, or not of this run.

    Args:
        folder: of a run that was made with what runs now.
        chapter: its name.
        scenario: of the run.
    """
    try:
        held = json.loads((folder / chapter_file(chapter)).read_bytes())
        same = held["run"] == checksum(folder / MANIFEST) and held["chapter"] == chapter
        if not same or held["sha256"] != _sha256(held["facts"]):
            return None
        return from_plain(held["facts"], scenario)
    except _NOT_OURS:
        return None


def text(folder: Path, chapter: str, scenario: AnyScenario, facts: Any) -> str:
    """Return what the file of a chapter holds; equal facts of a run give equal text."""
    plain = to_plain(facts, scenario)
    run = checksum(folder / MANIFEST)
    held = {"chapter": chapter, "run": run, "sha256": _sha256(plain), "facts": plain}
    return json.dumps(held, ensure_ascii=False, allow_nan=False) + "\n"


def _sha256(plain: Any) -> str:
    return hashlib.sha256(json.dumps(plain, allow_nan=False).encode()).hexdigest()
