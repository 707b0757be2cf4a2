"""Pydantic's errors as our problems: its stable codes are translated, never its English."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from typing import Any

from pydantic import ValidationError

from models.language import say
from models.spoken import listed
from simulate.errors import Path, Problem
from simulate.language.problems import PROBLEMS
from simulate.scenario.prices import closest
from simulate.scenario.tree.aterforing import YEAR

CODES = {
    "missing": "missing_key",
    "literal_error": "not_one_of",
    "string_type": "not_text",
    "string_too_short": "empty_text",
    "string_pattern_mismatch": "bad_identifier",
    "int_type": "not_an_integer",
    "float_type": "not_a_number",
    "float_parsing": "not_a_number",
    "bool_type": "not_true_or_false",
    "date_type": "not_a_date",
    "tuple_type": "not_a_list",
    "dict_type": "not_a_table",
    "model_type": "not_a_table",
    "too_short": "too_few",
    "greater_than_equal": "out_of_range",
    "less_than": "out_of_range",
    "less_than_equal": "out_of_range",
}
_LIMITS = (("ge", "≥ "), ("le", "≤ "), ("lt", "< "))


def problems_of(error: ValidationError) -> list[Problem]:
    """Return every problem in ``error``, in file order of the keys' appearance in the model."""
    errors = error.errors(include_url=False)
    # A list whose items are wrong is also called too short: only the items are worth saying.
    inside = {found["loc"][:end] for found in errors for end in range(len(found["loc"]))}
    return [
        _problem(found)
        for found in errors
        if found["type"] != "too_short" or found["loc"] not in inside
    ]


def _problem(found: Mapping[str, Any]) -> Problem:
    code = CODES.get(found["type"], found["type"])
    path: Path = tuple(part for part in found["loc"] if part != "[key]")
    context: dict[str, object] = {"found": found["input"], **(found.get("ctx") or {})}
    if path == ("schema",):
        code = "wrong_schema"
    if code == "bad_identifier" and context.get("pattern") == YEAR:
        code = "not_a_year"
    if code == "missing_key":
        context["found"] = path[-1]
    elif code == "not_one_of" and "expected" in context:
        context |= _choices(str(context["expected"]), found["input"])
    elif code == "not_a_number" and "example" not in context:
        context["example"] = "0.9"
    elif code == "unknown_price":
        context |= closest(context["found"])
    elif code == "out_of_range" and "allowed" not in context:
        limits = [f"{sign}{context[key]}" for key, sign in _LIMITS if key in context]
        context |= {"allowed": listed(limits), "example": say("ett tal inom gränserna")}
    if at := context.get("at"):
        path = (*path, str(at))
    if code not in PROBLEMS:
        raise AssertionError(f"untranslated validation code {code}") from None
    return Problem(code, path, context)


def _choices(expected: str, found: object) -> dict[str, object]:
    """Pydantic's ``'a', 'b' or 'c'`` as the names, and the one that was probably meant."""
    names = expected.replace("'", "").replace(" or ", ", ").split(", ")
    close = difflib.get_close_matches(found, names, n=1) if isinstance(found, str) else []
    return {"allowed": ", ".join(names), "close": "".join(close)}
