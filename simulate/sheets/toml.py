"""Pieces of TOML, written to be read by people."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from decimal import Decimal

Table = Mapping[str, str]  # key → value in TOML


def quoted(text: str) -> str:
    r"""Return a text as a basic string of TOML.

    Example:
        >>> print(quoted('5 "st" i C:\\x'))
        "5 \"st\" i C:\\x"
    """
    return json.dumps(text, ensure_ascii=False)


def digits(number: Decimal) -> str:
    """Return a number with a space between thousands and a decimal point.

    Example:
        >>> digits(Decimal("1254500.50")), digits(Decimal("1E+3")), digits(Decimal("0.8"))
        ('1 254 500.5', '1 000', '0.8')
    """
    whole, point, rest = f"{number:,f}".partition(".")
    rest = rest.rstrip("0")
    return whole.replace(",", " ") + (point + rest if rest else "")


def percent(share: Decimal) -> str:
    """Return a share as per cent.

    Example:
        >>> percent(Decimal("0.025"))
        '2.5 %'
    """
    return f"{digits(share * 100)} %"


def inline(pairs: Table) -> str:
    """Return an inline table.

    Example:
        >>> inline({"value": "1", "kind": quoted("expert")})
        '{ value = 1, kind = "expert" }'
    """
    return "{ " + ", ".join(f"{key} = {value}" for key, value in pairs.items()) + " }"


def number(value: str, source: str, kind: str) -> str:
    """Return a number with its value as text, source and kind.

    Example:
        >>> number("2 st", "Effekter!E7", "own_data")
        '{ value = "2 st", source = "Effekter!E7", kind = "own_data" }'
    """
    return stated({"value": quoted(value)}, source, kind)


def stated(form: Table, source: str, kind: str) -> str:
    """Return a number of any form with source and kind."""
    return inline({**form, "source": quoted(source), "kind": quoted(kind)})


def section(title: str) -> list[str]:
    """Return a heading as a comment."""
    return [f"# ---- {title} ".ljust(100, "-"), ""]


def table(name: str, pairs: Table, double: bool = False) -> list[str]:
    """Return the lines of a table, with an empty one after it."""
    head = f"[[{name}]]" if double else f"[{name}]"
    return [head, *(f"{key} = {value}" for key, value in pairs.items()), ""]


def comment(lines: Iterable[str]) -> list[str]:
    """Return lines as comments."""
    return [f"# {line}".rstrip() for line in lines]
