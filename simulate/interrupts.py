"""Ctrl-C that stops although something underneath swallows it.

Python loses an interrupt that is raised inside a finaliser or a callback from C: it prints it and
goes on. Whoever works in steps therefore asks between them.
"""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

_asked = threading.Event()


@contextmanager
def heeded() -> Iterator[None]:
    """Remember an interrupt inside a ``with`` block, so that :func:`check` can raise it again.

    Outside the main thread, where no interrupt arrives, it does nothing.
    """
    _asked.clear()
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGINT, _note)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def check() -> None:
    """Raise an interrupt that was asked for and has been swallowed.

    Raises:
        KeyboardInterrupt: the program was interrupted.
    """
    if _asked.is_set():
        raise KeyboardInterrupt


def _note(number: int, frame: FrameType | None) -> None:
    _asked.set()
    raise KeyboardInterrupt
