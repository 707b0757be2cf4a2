"""Pydantic's errors as our problems: its stable codes are translated, never its English."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pydantic import ValidationError

from simulate.errors import Path, Problem
from simulate.language.problems import PROBLEMS

_CODES = {
    "missing": "missing_key",
    "literal_error": "not_one_of",
    "enum": "not_one_of",
    "string_type": "not_text",
    "string_too_short": "empty_text",
    "string_pattern_mismatch": "bad_identifier",
    "int_type": "not_an_integer",
    "int_from_float": "not_an_integer",
    "bool_type": "not_true_or_false",
    "date_type": "not_a_date",
    "date_from_datetime_inexact": "not_a_date",
    "tuple_type": "not_a_list",
    "list_type": "not_a_list",
    "dict_type": "not_a_table",
    "model_type": "not_a_table",
    "mapping_type": "not_a_table",
    "too_short": "too_few",
    "greater_than": "out_of_range",
    "greater_than_equal": "out_of_range",
    "less_than": "out_of_range",
    "less_than_equal": "out_of_range",
}
_LIMITS = (("ge", "≥ "), ("gt", "> "), ("le", "≤ "), ("lt", "< "))


def problems_of(error: ValidationError) -> list[Problem]:
    """Return every problem in ``error``, in file order of the keys' appearance in the model."""
    errors = error.errors(include_url=False)
    places = [found["loc"] for found in errors]
    # A list whose items are wrong is also called too short: only the items are worth saying.
    return [
        _problem(found)
        for found in errors
        if found["type"] != "too_short"
        or not any(len(place) > len(found["loc"]) and place[: len(found["loc"])] == found["loc"]
                   for place in places)
    ]


def _problem(found: Mapping[str, Any]) -> Problem:
    code = _CODES.get(found["type"], found["type"])
    path: Path = tuple(part for part in found["loc"] if part != "[key]")
    context: dict[str, object] = {"found": found["input"], **(found.get("ctx") or {})}
    if path == ("schema",):
        code = "wrong_schema" if found["type"] != "missing" else code
    if code == "missing_key":
        context["found"] = path[-1]
    elif code == "not_one_of" and "expected" in context:
        context["allowed"] = str(context["expected"]).replace("'", "").replace(" or ", ", ")
    elif code == "out_of_range" and "allowed" not in context:
        limits = [sign + f"{context[key]:,}".replace(",", " ") for key, sign in _LIMITS if key in context]
        context |= {"allowed": " och ".join(limits), "example": "ett tal inom gränserna"}
    if at := context.get("at"):
        path = (*path, str(at))
    if code not in PROBLEMS:
        raise AssertionError(f"untranslated validation code {code}") from None
    return Problem(code, path, context)
