"""What is wrong with a text that is not TOML; the library only says it in English."""

from __future__ import annotations

import re

from models.language import mark, say
from simulate.errors import Problem
from simulate.language.shown import cut

_PLACE = re.compile(r" \(at (?:line (\d+), column (\d+)|end of document)\)$")
_COMMA = re.compile(r"= *\[? *([-+]?\d+,\d+)\b")
_UNIT = re.compile(r"= *\[? *([-+]?\d[\d _.]*(?:%|[A-Za-zåäöÅÄÖ/]+))")
_DIGITS = re.compile(r"[0-9_]{1000,}")

# The library's words → ours; the first that begins the message counts.
_SAID = (
    ("Cannot declare", mark("tabellen finns redan")),
    ("Cannot overwrite", mark("nyckeln finns redan")),
    ("Duplicate inline table key", mark("nyckeln finns redan")),
    ("Cannot mutate immutable", mark("tabellen är redan avslutad")),
    ("Cannot redefine", mark("namnet är redan något annat")),
    ("Expected '=' after a key", mark("likhetstecken saknas efter nyckeln")),
    ("Expected newline", mark("något står kvar efter värdet")),
    ("Expected ']", mark("hakparentesen om tabellens namn är inte stängd")),
    ("Unclosed array", mark("listan är inte stängd, eller ett komma saknas")),
    ("Unclosed inline table", mark("tabellen är inte stängd, eller ett komma saknas")),
    ("Unterminated string", mark("texten saknar avslutande citattecken")),
    ("Expected", mark("texten saknar avslutande citattecken")),
    ("Unescaped '\\'", mark("omvänt snedstreck i text skrivs dubbelt, eller texten inom ' '")),
    ("Invalid hex value", mark("felaktig teckenkod")),
    ("Escaped character is not", mark("felaktig teckenkod")),
    ("Illegal character '\\n'", mark("texten saknar avslutande citattecken")),
    ("Illegal character", mark("otillåtet tecken")),
    ("Found invalid character", mark("otillåtet tecken")),
    ("Invalid date", mark("datumet finns inte")),
    ("Invalid value", mark("värdet saknas eller saknar citattecken")),
    ("Invalid initial character", mark("nyckeln börjar med ett otillåtet tecken")),
    ("Invalid statement", mark("raden är varken nyckel, tabell eller kommentar")),
)


def broken(error: ValueError, text: str) -> Problem:
    """Return the problem with a text that the TOML library refused with ``error``.

    A decimal comma and a number with its unit outside quotation marks are told apart from other
    slips, for those are the two that everyone makes.
    """
    message = str(error)
    place = _PLACE.search(message)
    lines = text.split("\n")
    number = int(place[1] or len(lines)) if place else 0
    line = lines[number - 1] if number else ""
    if found := _COMMA.search(line):
        context = {"found": found[1], "example": found[1].replace(",", ".")}
        return Problem("decimal_comma", (), context, number)
    if (found := _UNIT.search(line)) and not _word(found[1]):
        return Problem("unquoted_unit", (), {"found": found[1]}, number)
    if "integer string conversion" in message:
        return Problem("integer_too_large", (), {}, _line(_DIGITS, text))
    known = (ours for theirs, ours in _SAID if message.startswith(theirs))
    said = say(next(known, mark("oläsbar")))
    where = f": `{cut(line.strip(), 60)}`" if line.strip() else ""
    return Problem("broken_toml", (), {"found": said + where}, number)


def _line(pattern: re.Pattern[str], text: str) -> int:
    found = pattern.search(text)
    return text.count("\n", 0, found.start()) + 1 if found else 0


def _word(text: str) -> bool:
    """Whether a number with letters is a number of TOML: 1e6, 0x1F, a date with its T."""
    return re.fullmatch(r"[-+]?[\d_.]+[eE]?|0[xob]\w*|[\d-]+T", text.strip()) is not None
