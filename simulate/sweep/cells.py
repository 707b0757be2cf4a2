"""Where cells are kept: one file each, named by everything that decides it, whole or not at all."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from models.language import say
from simulate.comparison.paired import Change
from simulate.errors import RunFailed
from simulate.language.system import reason
from simulate.risk.risk import Figure
from simulate.stored.read import Measured

FOLDER = ".cells"
# A figure, and its difference from the base.
Found = tuple[Figure, Change]


@dataclass(frozen=True)
class Cells:
    """The cells of all sweeps below one folder of runs.

    Attributes:
        outputs: folder of all runs.
    """

    outputs: Path

    def path(self, key: str) -> Path:
        """Return where a cell lies."""
        return self.outputs / FOLDER / key[:2] / f"{key}.json"

    def read(self, key: str) -> tuple[Found, ...] | None:
        """Return the figures of a cell, each with its difference from the base.

        Nothing if it is missing, cut short or damaged.
        """
        try:
            held = json.loads(self.path(key).read_bytes())
            whole = held["sha256"] == _checksum(held["measures"]) and held["key"] == key
            if not whole:
                return None
            return tuple(
                (
                    Measured.model_validate(one).figure(),
                    Change(one["difference"], one["difference_mcse"]),
                )
                for one in held["measures"]
            )
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def write(self, key: str, measures: Sequence[dict[str, Any]]) -> None:
        """Keep a cell.

        Raises:
            RunFailed: the folder cannot be written.
        """
        held = {"key": key, "sha256": _checksum(measures), "measures": list(measures)}
        text = json.dumps(held, ensure_ascii=False, allow_nan=False) + "\n"
        write_whole(self.path(key), text.encode())


def _checksum(measures: Sequence[dict[str, Any]]) -> str:
    return hashlib.sha256(json.dumps(measures, sort_keys=True).encode()).hexdigest()


def write_whole(path: Path, data: bytes) -> None:
    """Write a file whole, or not at all, whenever the program is killed.

    Raises:
        RunFailed: it cannot be written.
    """
    temporary = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            with temporary.open("wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            temporary.replace(path)
        finally:
            temporary.unlink(missing_ok=True)
    except OSError as error:
        raise RunFailed(
            say("{path}: kan inte skrivas ({reason})", path=path, reason=reason(error)),
            say("kontrollera att det finns plats och att mappen får ändras"),
        ) from error
