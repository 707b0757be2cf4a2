"""Writing a file that a person asked for: never over another one, and never half of it."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable
from pathlib import Path

from simulate.errors import BadInput, Problem
from simulate.language.numbers import either
from simulate.language.system import reason


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
        raise _unwritable(path, error) from None


def folder(path: Path) -> None:
    """Make a folder, and those it lies in, unless they are there.

    Raises:
        BadInput: it cannot be made.
    """
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise _unwritable(path, error) from None


def make(output: Path) -> None:
    """Make the folder of runs, and write in it: find out before the long run that it cannot be.

    Raises:
        BadInput: it cannot be made, or nothing can be written there.
    """
    try:
        output.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=output):
            pass
    except OSError as error:
        context = {"found": reason(error)}
        raise BadInput(
            [Problem("unwritable_folder", ("--output",), context)], str(output)
        ) from None


def _unwritable(path: Path, error: Exception) -> BadInput:
    return BadInput([Problem("unwritable_file", (), {"found": reason(error)})], str(path))
