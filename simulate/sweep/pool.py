"""Who works: this process, some processes of their own, or a Dask cluster that is there already.

Each of them yields (task, figures) as they are ready. What is ready first differs; the figures of
a cell do not.
"""

from __future__ import annotations

import multiprocessing
import os
import pickle
import signal
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from multiprocessing import active_children, connection
from typing import TYPE_CHECKING, Any

from models.language import language, say, speaking
from simulate.errors import RunFailed
from simulate.interrupts import check

if TYPE_CHECKING:
    from multiprocessing.queues import SimpleQueue

    from simulate.sweep.work import Common, Task

# What works is slow to import, and is left to each process: they do so side by side.
Figures = list[dict[str, Any]]
type Workers = Callable[[Common, Sequence[Task]], Iterator[tuple[Task, Figures]]]

# Memory that arrays gave back is kept for the next ones instead of being asked for again: cells
# are worked out up to half as fast again.
_KEEP_MEMORY = {"MALLOC_TRIM_THRESHOLD_": "1000000000", "MALLOC_MMAP_THRESHOLD_": "1000000000"}
_AHEAD = 4
# Items that a process makes at a time, at most; and how many such parts there are for each of them.
_PART, _PARTS = 16, 4
# So many times in a row they are ended from outside, with no cell ready, before one gives up.
_TRIES = 3


def here(common: Common, tasks: Sequence[Task]) -> Iterator[tuple[Task, Figures]]:
    """Work in this process."""
    from simulate.sweep.work import work

    for task in tasks:
        check()
        yield task, work(common, task)


class Processes:
    """Some processes of their own, started at once: they are ready when there is work.

    What this process has worked out that they would have to work out again, they are told.

    Attributes:
        count: how many.
        ended: how many times one of them was ended from outside, and all were started anew.
    """

    def __init__(self, count: int) -> None:
        self.count, self.ended = count, 0
        self._start()

    def _start(self) -> None:
        count = self.count
        context = multiprocessing.get_context("spawn")
        self._told = context.SimpleQueue()
        self._pool = ProcessPoolExecutor(count, context, _begin, (self._told,))
        others = active_children()
        with _memory_kept():
            self._started = [self._pool.submit(_ready) for _ in range(count)]
        self._children = [one for one in active_children() if one not in others]

    def __enter__(self) -> Processes:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        """End the processes; after an interrupt or an error at once, whatever they are doing."""
        for one in self._children if kind is not None else ():
            one.kill()
        self._pool.shutdown(wait=True, cancel_futures=True)

    def __call__(self, common: Common, tasks: Sequence[Task]) -> Iterator[tuple[Task, Figures]]:
        """Work out cells; a process that is ended from outside costs those it is at.

        Raises:
            RunFailed: that happened again and again, and no cell was ready in between.
        """
        from simulate.sweep.work import begun

        data = pickle.dumps(begun(common), pickle.HIGHEST_PROTOCOL)
        left, stuck = {task.key: task for task in tasks}, 0
        with _all_there():
            while left:
                there = len(left)
                try:
                    for task, figures in self._worked(data, tuple(left.values())):
                        del left[task.key]
                        yield task, figures
                except BrokenProcessPool:
                    stuck = stuck + 1 if len(left) == there else 1
                    if stuck == _TRIES:
                        raise
                    self._start_anew()

    def _worked(self, data: bytes, tasks: Sequence[Task]) -> Iterator[tuple[Task, Figures]]:
        threading.Thread(target=_tell, args=(self._told, data, self.count), daemon=True).start()
        yield from _a_few_ahead(self._pool, tasks, _AHEAD * self.count)

    def _start_anew(self) -> None:
        """Start all of them again: the one that was ended has taken the others with it."""
        self._pool.shutdown(wait=True, cancel_futures=True)
        self.ended += 1
        self._start()

    def each[Item, Made](
        self, make: Callable[[Item], Made], items: Sequence[Item]
    ) -> Iterator[Made]:
        """Yield ``make`` of each item, in order; this process helps until all are taken.

        It makes what is left where another is ended from outside.
        """
        done = 0
        try:
            for one in self._each(make, items):
                done += 1
                yield one
        except BrokenProcessPool:
            self._start_anew()
            for item in items[done:]:
                check()
                yield make(item)

    def _each[Item, Made](
        self, make: Callable[[Item], Made], items: Sequence[Item]
    ) -> Iterator[Made]:
        size = max(1, min(_PART, len(items) // (_PARTS * self.count)))
        parts = [items[place : place + size] for place in range(0, len(items), size)]
        asked = [self._pool.submit(_made, language(), make, one) for one in parts]
        here: dict[int, list[Made]] = {}
        for place in reversed(range(len(parts))):
            check()
            if not asked[place].cancel():
                break
            here[place] = [make(one) for one in parts[place]]
        for place, one in enumerate(asked):
            check()
            yield from here[place] if place in here else one.result()


def _tell(told: SimpleQueue[bytes], data: bytes, count: int) -> None:
    for _ in range(count):
        told.put(data)


@contextmanager
def _all_there() -> Iterator[None]:
    """Say in words that a process is gone: mostly the system ended it when memory ran out."""
    try:
        yield
    except BrokenProcessPool:
        raise RunFailed(
            say("en av processerna avslutades utifrån, kanske därför att minnet tog slut"),
            say(
                "kör samma kommando igen, med färre --workers om minnet är litet; det som är "
                "räknat räknas inte om"
            ),
        ) from None


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


_told: SimpleQueue[bytes] | None = None
_common: Common | None = None


def _begin(told: SimpleQueue[bytes]) -> None:
    """Import what cells need, and end with the process that asked, however that ends."""
    global _told  # noqa: PLW0603  # a process of a pool has no other place for it
    _told = told
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # whoever asked is interrupted, and says so
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_end_with, args=(parent.sentinel,), daemon=True).start()
    import scipy.stats  # noqa: F401

    import simulate.sweep.work  # noqa: F401  # both slow; later nobody has time to wait


def _ready() -> None:
    """Nothing: a process is started for whoever asks first."""


def _made[Item, Made](
    spoken: str, make: Callable[[Item], Made], items: Sequence[Item]
) -> list[Made]:
    with speaking(spoken):
        return [make(one) for one in items]


def _end_with(sentinel: int) -> None:
    connection.wait([sentinel])
    os._exit(1)


def _work(task: Task) -> Figures:
    global _common  # noqa: PLW0603  # as above
    from simulate.sweep.work import go_on, work

    if _common is None:
        assert _told is not None
        _common = go_on(pickle.loads(_told.get()))  # from the process that asked
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
