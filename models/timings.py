"""How long fits took on this machine, and how long the next one will take.

Kept in the cache folder, never in anything that is hashed or stored with a run: a clock may differ
between two runs of the same thing, a posterior may not.
"""

from __future__ import annotations

import contextlib
import json
import os
import statistics
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

from models.fit import STEPS, Progress
from models.spec import Evidence

TIMINGS = "timings.json"
# Where no fit has been timed: compiling, and each thousand moves of all chains together.
_COMPILE, _THOUSAND = 12.0, 0.5
_KEPT = 200


@dataclass(frozen=True)
class Timing:
    """How long one fit took.

    Attributes:
        model: name of the evidence model.
        moves: of all chains, while adapting too.
        compile, sample: seconds before and after the sampler could start.
    """

    model: str
    moves: int
    compile: float
    sample: float


def moves(spec: Evidence) -> int:
    """Return the number of moves that a fit makes."""
    own = spec.sampling
    return own.chains * (own.draws + own.tune)


def about(spec: Evidence, cache_dir: Path) -> tuple[float, int]:
    """Return about how many seconds a fit will take, and how many earlier fits say so.

    By the medians of this machine's earlier fits of the same model, else of any model, else by a
    rule of thumb.
    """
    every = read(cache_dir)
    known = [one for one in every if one.model == spec.model] or every
    if not known:
        return _COMPILE + _THOUSAND * moves(spec) / 1000.0, 0
    each = statistics.median(one.sample / max(one.moves, 1) for one in known)
    return statistics.median(one.compile for one in known) + each * moves(spec), len(known)


def read(cache_dir: Path) -> list[Timing]:
    """Return what is known of earlier fits; nothing where the file is missing or damaged."""
    try:
        plain = json.loads((cache_dir / TIMINGS).read_text(encoding="utf-8"))
        return [Timing(**one) for one in plain]
    except (OSError, ValueError, TypeError):
        return []


@contextmanager
def timed(spec: Evidence, cache_dir: Path, progress: Progress | None) -> Iterator[Progress]:
    """Time a fit: pass its progress on, and write down how long it took once it is done."""
    marks: dict[int, float] = {}

    def told(done: int, of: int) -> None:
        marks.setdefault(done, time.perf_counter())
        if progress is not None:
            progress(done, of)

    yield told
    if {0, 1, STEPS} <= set(marks):
        took = Timing(spec.model, moves(spec), marks[1] - marks[0], marks[STEPS] - marks[1])
        _add(cache_dir, took)


def _add(cache_dir: Path, took: Timing) -> None:
    kept = [asdict(one) for one in (*read(cache_dir), took)][-_KEPT:]
    temporary = cache_dir / f".{TIMINGS}.{os.getpid()}.part"
    # What is lost is an estimate: not worth ending a fit for.
    with contextlib.suppress(OSError):
        temporary.write_text(json.dumps(kept, indent=1) + "\n", encoding="utf-8")
        temporary.replace(cache_dir / TIMINGS)
