"""Headings that are missing or stand twice, and rows that do not fit below them."""

from __future__ import annotations

import difflib
from collections.abc import Iterator

from models.rows.frame import RowProblem
from models.rows.source import RowSource
from models.rows.table import Table


def heading_problems(source: RowSource, table: Table) -> Iterator[RowProblem]:
    """Yield what is wrong with the headings of a file."""
    lacking = [name for name in source.headings if name not in table.headings]
    if lacking and len(lacking) == len(source.headings):
        # None of them: the first line is as likely a child as a line of headings.
        yield RowProblem("rows_no_headings", context={"allowed": ", ".join(source.headings)})
    else:
        for name in lacking:
            context = {"found": name, "close": _meant(name, source, table)}
            yield RowProblem("rows_heading_missing", name, context=context)
    for name in table.twice:
        yield RowProblem("rows_heading_twice", name, context={"found": name})
    if table.ragged:
        yield RowProblem("rows_ragged", rows=tuple(table.ragged))


def _meant(name: str, source: RowSource, table: Table) -> str:
    """The heading that was probably meant, if it is safe to show.

    A heading that holds a digit may be a value or a person, unless its digits are those of the
    name that is looked for; so may any text where the line holds numbers by themselves.
    """
    if any(_digits(one) and not one.strip("0123456789.,- ") for one in table.headings):
        return ""
    free = [
        one
        for one in table.headings
        if one not in source.headings and _digits(one) in ("", _digits(name))
    ]
    by_fold = {one.casefold(): one for one in free}
    close = difflib.get_close_matches(name.casefold(), by_fold, n=1)
    return by_fold[close[0]] if close else ""


def _digits(text: str) -> str:
    return "".join(filter(str.isdigit, text))
