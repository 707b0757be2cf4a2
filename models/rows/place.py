"""Where a file of rows lies: inside the folder it starts from, and nowhere else."""

from __future__ import annotations

import errno
import stat
from pathlib import Path, PureWindowsPath

from models.language import mark, say
from models.rows.frame import Refused, RowProblem

LARGEST_FILE = 100_000_000  # bytes
SUFFIXES = (".csv", ".txt", ".tsv", ".xlsx", ".parquet")

_REASONS = {
    errno.EACCES: mark("åtkomst nekas, eller så är filen öppen i ett annat program"),
    errno.EPERM: mark("åtkomst nekas, eller så är filen öppen i ett annat program"),
    errno.EBUSY: mark("filen är öppen i ett annat program"),
    errno.ENAMETOOLONG: mark("namnet är för långt"),
    errno.ENOTDIR: mark("en del av sökvägen är en fil"),
    errno.ELOOP: mark("sökvägen går i cirkel"),
}


def place_of(file: str, folder: Path) -> Path:
    """Return the path of a file, every link followed.

    Args:
        file: as a scenario names it; both kinds of slash part folders.
        folder: that it starts from and that it must lie in.

    Raises:
        Refused: the path leads out of the folder, or to nothing that can be read.
    """
    named = PureWindowsPath(file)
    if named.drive or named.root or ".." in named.parts or not named.parts or "\0" in file:
        raise Refused(RowProblem("rows_outside"))
    if named.suffix.lower() not in SUFFIXES:
        allowed = ", ".join(SUFFIXES)
        raise Refused(RowProblem("rows_suffix", context={"allowed": allowed}))
    try:
        base = folder.resolve(strict=True)
        path = base.joinpath(*named.parts).resolve(strict=True)
        if not path.is_relative_to(base):
            raise Refused(RowProblem("rows_outside"))
        found = path.stat()
    except FileNotFoundError:
        raise Refused(RowProblem("rows_missing_file")) from None
    except (OSError, RuntimeError) as error:  # a circle of links is a RuntimeError at times
        raise unreadable(error) from None
    if not stat.S_ISREG(found.st_mode):
        raise Refused(RowProblem("rows_no_file"))
    if found.st_size > LARGEST_FILE:
        raise too_large()
    return path


def unreadable(error: Exception) -> Refused:
    """Return the refusal of a file that the system does not let us read."""
    number = getattr(error, "errno", None) or 0
    known = _REASONS.get(number)
    reason = say(known) if known else say("systemets fel {number}", number=number)
    return Refused(RowProblem("rows_unreadable", context={"found": reason}))


def too_large() -> Refused:
    """Return the refusal of a file with more bytes than are read."""
    return Refused(RowProblem("rows_too_large", context={"allowed": f"{LARGEST_FILE // 10**6} MB"}))
