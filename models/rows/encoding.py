"""How the letters of a text file are stored: as UTF-8, or in the ways of a Swedish Excel."""

from __future__ import annotations

import codecs
from collections.abc import Iterable

_MARKS = {
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}


def encoding_of(chunks: Iterable[bytes]) -> str | None:
    r"""Return the encoding of a text, as Python names it; ``None`` when it is none of those known.

    UTF-8 with or without BOM, UTF-16 with BOM, else the code page 1252.

    Args:
        chunks: the text, piece by piece; it is gone through once.

    Example:
        >>> encoding_of([b"kr\xc3", b"\xa5k"]), encoding_of(["kråk".encode("cp1252")])
        ('utf-8', 'cp1252')
    """
    pieces = iter(chunks)
    first = next(pieces, b"")
    marked = next((name for mark, name in _MARKS.items() if first.startswith(mark)), None)
    tried = {name: codecs.getincrementaldecoder(name)() for name in _candidates(marked)}
    while True:
        for name, decoder in list(tried.items()):
            try:
                decoder.decode(first)
            except UnicodeDecodeError:
                del tried[name]
        piece = next(pieces, None)
        if piece is None:
            break
        first = piece
    return next((name for name, decoder in tried.items() if _ends(decoder)), None)


def _candidates(marked: str | None) -> tuple[str, ...]:
    return ("utf-8", "cp1252") if marked is None else (marked,)


def _ends(decoder: codecs.IncrementalDecoder) -> bool:
    """Whether the text does not stop in the middle of a letter."""
    try:
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True
