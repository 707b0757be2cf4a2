"""Writing a file that a person asked for: never over another one, and never half of it."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

from models.language import say
from simulate.errors import BadInput, Problem, RunFailed
from simulate.language.numbers import either


def refuse(path: Path, force: bool, suffixes: Iterable[str]) -> None:
    """Refuse a file that must not be written.

    Args:
        path: the file.
        force: whether it may exist.
        suffixes: what its name may end with.

    Raises:
        BadInput: its name ends wrongly, or it exists.
    """
    allowed = tuple(suffixes)
    if path.suffix.lower() not in allowed:
        context = {
            "found": path.name,
            "allowed": either(allowed),
            "example": f"{path.stem or 'plan'}{allowed[0]}",
        }
        raise BadInput([Problem("wrong_suffix", (), context)], str(path))
    if path.exists() and not force:
        raise BadInput([Problem("file_exists")], str(path))


def write(path: Path, data: bytes) -> None:
    """Write a file whole, or not at all.

    Raises:
        BadInput: it cannot be written.
    """
    temporary = path.with_name(f".{path.name[:100]}.{os.getpid()}")
    try:
        try:
            temporary.write_bytes(data)
            temporary.replace(path)
        finally:
            temporary.unlink(missing_ok=True)
    except (OSError, ValueError) as error:
        raise BadInput(
            [Problem("unwritable_file", (), {"found": _reason(error)})], str(path)
        ) from None


def folder(path: Path) -> None:
    """Make a folder, and those it lies in, unless they are there.

    Raises:
        BadInput: it cannot be made.
    """
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise BadInput(
            [Problem("unwritable_file", (), {"found": _reason(error)})], str(path)
        ) from None


def _reason(error: Exception) -> str:
    if isinstance(error, FileNotFoundError | NotADirectoryError):
        return say("mappen finns inte")
    if isinstance(error, PermissionError):
        return say("åtkomst nekas")
    return type(error).__name__


def make(output: Path) -> None:
    """Make the folder of runs: find out before the long run, not after it, that it cannot be.

    Raises:
        RunFailed: the folder does not exist and cannot be made.
    """
    try:
        output.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        kind = type(error).__name__
        raise RunFailed(
            say("{folder}: mappen kan inte skapas ({error})", folder=output, error=kind),
            say("välj en annan mapp med --output"),
        ) from None
