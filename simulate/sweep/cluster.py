"""Cells on a Dask cluster that is there already; the same figures as in processes of our own."""

from __future__ import annotations

import re
import socket
from collections.abc import Iterator, Sequence
from concurrent.futures import CancelledError
from typing import Any

from models.language import say
from simulate.errors import BadInput, Problem, RunFailed
from simulate.interrupts import check
from simulate.provenance import code_hash, versions
from simulate.sweep.pool import Figures, Workers
from simulate.sweep.work import Common, Task, work

_PATIENCE = 10.0  # seconds
_ADDRESS = re.compile(r"(?:tcp|tls)://(\[[0-9a-fA-F:]+\]|[^:/\s]+):(\d{1,5})")


def cluster(address: str) -> Workers:
    """Return what works on the cluster of a scheduler.

    A worker that is lost has its cells worked out by another.

    Args:
        address: of the scheduler, ``tcp://host:port``.

    Raises:
        BadInput: no scheduler answers.
        RunFailed: Dask is not installed, or the cluster has no workers, or they have other versions
            than this program, or its scheduler stops answering.
    """
    client = _client(address)
    _refuse_others(client)

    def workers(common: Common, tasks: Sequence[Task]) -> Iterator[tuple[Task, Figures]]:
        from distributed import as_completed  # an optional dependency

        with client:
            shared = client.scatter(common, broadcast=True)
            asked = {
                client.submit(work, shared, task, key=f"cell-{task.key}", pure=True): task
                for task in tasks
            }
            for one in as_completed(list(asked), loop=client.loop):
                check()
                yield asked.pop(one), _result(one)
                one.release()

    return workers


def _result(one: Any) -> Figures:
    """Return the figures of a cell.

    Raises:
        RunFailed: the scheduler is gone, or does not answer for too long.
    """
    try:
        found: Figures = one.result()
    except CancelledError:  # nobody here cancels anything
        raise RunFailed(
            say("klustrets schemaläggare svarar inte längre"),
            say("kör samma kommando igen när den är igång; det som är räknat räknas inte om"),
        ) from None
    return found


def _client(address: str) -> Any:
    """Connect, after a plain connection has shown that somebody answers there."""
    found = _ADDRESS.fullmatch(address)
    try:
        if found is None:
            raise OSError
        socket.create_connection((found[1].strip("[]"), int(found[2])), _PATIENCE).close()
    except (OSError, OverflowError):
        context = {"found": address, "example": "--scheduler tcp://127.0.0.1:8786"}
        raise BadInput([Problem("no_scheduler", ("--scheduler",), context)]) from None
    try:
        from distributed import Client  # an optional dependency
    except ImportError:
        raise RunFailed(
            say("dask.distributed är inte installerat"),
            say("installera med `uv sync --extra cluster`, eller utelämna --scheduler"),
        ) from None
    try:
        return Client(address, timeout=_PATIENCE, set_as_default=False)
    except OSError:  # somebody answers, and is no scheduler
        context = {"found": address, "example": "--scheduler tcp://127.0.0.1:8786"}
        raise BadInput([Problem("no_scheduler", ("--scheduler",), context)]) from None


def _refuse_others(client: Any) -> None:
    """Refuse a cluster whose workers would not give the same bytes."""
    try:
        theirs = client.run(made_with)
    except Exception as error:  # whatever a worker that lacks the program raises
        theirs = {"": type(error).__name__}
    if theirs and all(one == made_with() for one in theirs.values()):
        return
    client.close()
    if not theirs:
        raise RunFailed(
            say("klustret har inga arbetare"),
            say("starta minst en `dask worker` mot samma adress"),
        )
    raise RunFailed(
        say("klustrets arbetare har inte samma program eller bibliotek som den här datorn"),
        say("installera samma version överallt, och starta om arbetarna"),
    )


def made_with() -> tuple[str, tuple[tuple[str, str], ...]]:
    """Return what the figures of this process are made with."""
    return code_hash(), tuple(versions().items())
