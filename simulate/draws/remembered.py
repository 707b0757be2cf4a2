"""Laws of arrays that are worked out once: equal numbers in, the same numbers out.

Scenarios that are run on the same uniform numbers ask for the same quantiles again and again: only
what differs between them is new. What is asked is known by its content, so nothing needs to say
which scenarios have what in common, and what comes out is the same bits with or without this.
"""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps

import numpy as np

from simulate.draws.values import Floats

# Arrays of one batch, 16 kB each.
_MOST = 8192
_store: dict[bytes, Floats] = {}
# What is remembered cannot be written to, so its name says its content. By identity: the array is
# held beside its name, so that no other has the same identity meanwhile.
_names: dict[int, tuple[Floats, bytes]] = {}
_lock = threading.Lock()
_asked = 0


@contextmanager
def remembering() -> Iterator[None]:
    """Remember inside a ``with`` block; what is remembered is there in the next one too."""
    global _asked  # noqa: PLW0603  # one memory for all threads of the process
    with _lock:
        _asked += 1
    try:
        yield
    finally:
        with _lock:
            _asked -= 1


def held() -> dict[bytes, Floats]:
    """Return what is remembered, for another process to begin with."""
    return dict(_store)


def hold(known: dict[bytes, Floats]) -> None:
    """Remember what another process found: the same content has the same name everywhere.

    Args:
        known: from :func:`held`.
    """
    for name, array in known.items():
        _keep(name, array)


def _keep(name: bytes, array: Floats) -> None:
    array.flags.writeable = False  # not kept on the way between processes
    _store[name] = array
    _names[id(array)] = array, name


def remembered[**P](law: Callable[P, Floats]) -> Callable[P, Floats]:
    """Return a pure law of arrays, and of what has a ``repr``, that remembers while it is asked to.

    What it returns cannot be written to then.

    Example:
        >>> @remembered
        ... def double(x):
        ...     return 2.0 * x
        >>> with remembering():
        ...     double(np.ones(3)) is double(np.ones(3))
        True
        >>> double(np.ones(3)) is double(np.ones(3))
        False
    """
    begun = hashlib.blake2b(f"{law.__module__}.{law.__qualname__}".encode(), digest_size=16)

    @wraps(law)
    def once(*given: P.args, **named: P.kwargs) -> Floats:
        if not _asked or named:
            return law(*given, **named)
        name = _name(begun.copy(), given)
        found = _store.get(name)
        if found is None:
            found = np.asarray(law(*given, **named))
            if len(_store) >= _MOST:
                _store.clear()
                _names.clear()
            _keep(name, found)
        return found

    return once


def _name(digest: hashlib.blake2b, given: tuple[object, ...]) -> bytes:
    for one in given:
        if isinstance(one, np.ndarray | np.generic):
            known = _names.get(id(one))
            if known is not None and known[0] is one:
                digest.update(known[1])
            else:
                digest.update(f"{one.dtype.str}{one.shape}".encode())
                digest.update(np.ascontiguousarray(one).data)
        else:
            digest.update(repr(one).encode())
    return digest.digest()
