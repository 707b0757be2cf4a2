"""Ctrl-C, or being told to end, that stops although something underneath swallows it.

Python loses an interrupt that is raised inside a finaliser or a callback from C: it prints it and
goes on. Whoever works in steps therefore asks between them.
"""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

# What ends the program in words, where the system has it: Ctrl-C, a plain kill, a closed terminal.
_SIGNALS = [getattr(signal, one) for one in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, one)]
_asked: list[int] = []


@contextmanager
def heeded() -> Iterator[None]:
    """Remember an interrupt inside a ``with`` block, so that :func:`check` can raise it again.

    Outside the main thread, where no interrupt arrives, it does nothing.
    """
    _asked.clear()
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = {one: signal.signal(one, _note) for one in _SIGNALS if _ours(one)}
    try:
        yield
    finally:
        for one, handler in before.items():
            signal.signal(one, handler)


def check() -> None:
    """Raise an interrupt that was asked for and has been swallowed.

    Raises:
        KeyboardInterrupt: the program was interrupted.
    """
    if _asked:
        raise KeyboardInterrupt


def exit_code() -> int:
    """Return what an interrupted program ends with, as shells have it: 130 after Ctrl-C."""
    return 128 + (_asked[0] if _asked else signal.SIGINT)


def _ours(one: int) -> bool:
    """Whether a signal is ours to heed: a hang-up that ``nohup`` has switched off is not."""
    return one == signal.SIGINT or signal.getsignal(one) is not signal.SIG_IGN


def _note(number: int, frame: FrameType | None) -> None:
    _asked.append(number)
    raise KeyboardInterrupt
