"""What a number may look like in a file, as JSON Schema, for editors that complete and underline.

It says less than :func:`models.number.parse_number` refuses: whether a range is right can depend
on a unit beside it.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from typing import Any

from pydantic import GetJsonSchemaHandler
from pydantic_core import CoreSchema

from models.distributions import INTERVAL_FAMILIES
from models.quantity import Dimension
from models.units import known_units

Json = dict[str, Any]

# Marks a schema that stands once, under this name, and is referred to everywhere else.
SHARED = "x-shared"
# How an amount is written, but for its unit; as in models/units.py.
_SPACE = "[ \u00a0\u202f]"
_DIGITS = f"[-+\u2212]?{_SPACE}?([0-9]{{1,3}}({_SPACE}[0-9]{{3}})+|[0-9]+)([.][0-9]+)?"
_TEXT: Json = {"type": "string", "minLength": 1}
_POSITIVE: Json = {"type": "number", "exclusiveMinimum": 0}


@dataclass(frozen=True)
class NumberSchema:
    """Says of an annotated type that it is written as a number in one of these dimensions."""

    dimensions: tuple[Dimension, ...]

    def __get_pydantic_json_schema__(self, _: CoreSchema, __: GetJsonSchemaHandler) -> Json:
        return number_schema(*self.dimensions)


def number_schema(*dimensions: Dimension) -> Json:
    """Return how a number in one of the dimensions is written: a value, or a table.

    Example:
        >>> from models.quantity import SHARE
        >>> number_schema(SHARE)["anyOf"][0]
        {'type': 'number', 'minimum': 0.0, 'maximum': 1.0}
    """
    if len(dimensions) > 1:
        return {"anyOf": [number_schema(one) for one in dimensions]}
    (dimension,) = dimensions
    bare = [_bounded(dimension)] if dimension.bare else []
    unit = f" ({dimension.unit})" if dimension.unit else ""
    return {
        SHARED: f"number_{dimension.name}",
        "title": f"{dimension.name}{unit}",
        "description": f"A value, e.g. {dimension.example.replace(' eller ', ' or ')}, or a table.",
        "anyOf": [*bare, written(dimension), _table(dimension)],
    }


def _bounded(dimension: Dimension) -> Json:
    low, high = dimension.lowest, dimension.highest
    return (
        {"type": "number"}
        | ({"minimum": low} if math.isfinite(low) else {})
        | ({"maximum": high} if math.isfinite(high) else {})
    )


def written(dimension: Dimension) -> Json:
    """Return how an amount is written as text: without a unit only where a number is clear.

    Example:
        >>> from models.quantity import SEK
        >>> bool(re.match(written(SEK)["pattern"], "1 254 tkr"))
        True
        >>> bool(re.match(written(SEK)["pattern"], "1254"))
        False
    """
    units = "|".join(map(_any_case, known_units(dimension)))
    unit = f"{_SPACE}*({units})" if units else ""
    optional = "?" if dimension.bare and unit else ""
    end = f"({unit}){optional}" if unit else ""
    return {"type": "string", "pattern": rf"^\s*{_DIGITS}{end}\s*$"}


def _any_case(unit: str) -> str:
    return "".join(
        f"[{one}{one.upper()}]" if one.isalpha() else re.escape(one).replace("\\/", "/")
        for one in unit
    )


def _table(dimension: Dimension) -> Json:
    units = known_units(dimension)
    notes: Json = {
        "unit": {"description": "unit of the values that have none", "enum": units},
        "source": {"description": "document and page, or who judged", **_TEXT},
        "kind": {
            "description": "what kind of source it is",
            "enum": ["published", "own_data", "expert", "assumption"],
        },
        "known_from": {
            "description": "first day on which the number was known",
            "type": "string",
            "format": "date",
        },
        "hindsight": {
            "description": "whether it is used although it became known too late; needs a reason",
            "type": "boolean",
        },
        "reason": {"description": "why hindsight is accepted", **_TEXT},
        "family": {"description": "of an interval", "enum": list(INTERVAL_FAMILIES)},
    }
    if not units:
        del notes["unit"]
    return {
        "type": "object",
        "properties": forms() | notes,
        "additionalProperties": False,
        "oneOf": [has(form) for form in forms()],
        "dependentRequired": {"interval": ["family"]},
        "if": {"properties": {"hindsight": {"const": True}}, **has("hindsight")},
        "then": has("reason"),
    }


def has(key: str) -> Json:
    """Return the condition that a table has a key; other keys are none of its business."""
    # That others are allowed goes without saying, but not to every editor.
    return {"required": [key], "additionalProperties": True}


def forms() -> Json:
    """Return what stands after each of the keys that give a number its value or distribution."""
    amount: Json = {"type": ["number", "string"]}

    def row(description: str, count: int) -> Json:
        items = {"items": amount, "minItems": count, "maxItems": count}
        return {"description": description, "type": "array", **items}

    def table(description: str, **parts: Json) -> Json:
        return {
            "description": description,
            "type": "object",
            "properties": parts,
            "required": list(parts),
            "additionalProperties": False,
        }

    some: Json = {"type": "array", "items": amount, "minItems": 1}
    weights = {"type": "array", "items": _POSITIVE, "minItems": 1}
    return {
        "value": {"description": "a known number", **amount},
        "normal": table("normal with mean and standard deviation", mean=amount, sd=amount),
        "lognormal": table("exp of normal(log median, sigma)", median=amount, sigma=_POSITIVE),
        "beta": table("on 0–1, mean a / (a + b)", a=_POSITIVE, b=_POSITIVE),
        "gamma": table("with mean and coefficient of variation", mean=amount, cv=_POSITIVE),
        "uniform": row("equally likely anywhere from low to high", 2),
        "triangular": row("low, most likely, high", 3),
        "pert": row("low, most likely, high, smoother than a triangle", 3),
        "interval": row("90 % interval, low and high; needs a family", 2),
        "discrete": table("values with weights", values=some, weights=weights),
        "empirical": {"description": "values that are equally likely", **some},
        "evidence": {
            "description": "what a fitted model hands on: block.quantity",
            "type": "string",
            "pattern": r"^[^.]+\..+$",
        },
        "unit_cost": {"description": "id of a price in the price list", **_TEXT},
    }
