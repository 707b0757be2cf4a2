"""Who works: this process, some processes of their own, or a Dask cluster that is there already.

Each of them yields (task, figures) as they are ready. What is ready first differs; the figures of
a cell do not.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from contextlib import contextmanager
from multiprocessing import connection
from typing import Any

from simulate.interrupts import check
from simulate.sweep.work import Common, Task, work

Figures = list[dict[str, Any]]
Workers = Callable[[Common, Sequence[Task]], Iterator[tuple[Task, Figures]]]

# Memory that arrays gave back is kept for the next ones instead of being asked for again: cells
# are worked out up to half as fast again.
_KEEP_MEMORY = {"MALLOC_TRIM_THRESHOLD_": "1000000000", "MALLOC_MMAP_THRESHOLD_": "1000000000"}
_AHEAD = 4


def here(common: Common, tasks: Sequence[Task]) -> Iterator[tuple[Task, Figures]]:
    """Work in this process."""
    for task in tasks:
        check()
        yield task, work(common, task)


def processes(count: int) -> Workers:
    """Return what works in so many processes of their own."""

    def workers(common: Common, tasks: Sequence[Task]) -> Iterator[tuple[Task, Figures]]:
        with _memory_kept():
            context = multiprocessing.get_context("spawn")
            pool = ProcessPoolExecutor(count, context, _begin, (common,))
            try:
                yield from _a_few_ahead(pool, tasks, _AHEAD * count)
            finally:
                pool.shutdown(wait=True, cancel_futures=True)

    return workers


def _a_few_ahead(
    pool: ProcessPoolExecutor, tasks: Sequence[Task], most: int
) -> Iterator[tuple[Task, Figures]]:
    left = iter(tasks)
    asked: dict[Future[Figures], Task] = {}
    while True:
        while len(asked) < most and (task := next(left, None)) is not None:
            asked[pool.submit(_work, task)] = task
        if not asked:
            return
        check()
        for one in wait(asked, return_when=FIRST_COMPLETED).done:
            yield asked.pop(one), one.result()


_common: Common | None = None


def _begin(common: Common) -> None:
    """Take what all cells share, and end with the process that asked, however that ends."""
    global _common  # noqa: PLW0603  # a process of a pool has no other place for it
    _common = common
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # whoever asked is interrupted, and says so
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_end_with, args=(parent.sentinel,), daemon=True).start()


def _end_with(sentinel: int) -> None:
    connection.wait([sentinel])
    os._exit(1)


def _work(task: Task) -> Figures:
    assert _common is not None
    return work(_common, task)


@contextmanager
def _memory_kept() -> Iterator[None]:
    before = {name: os.environ.get(name) for name in _KEEP_MEMORY}
    os.environ.update({name: value for name, value in _KEEP_MEMORY.items() if not before[name]})
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
