"""The scenario file as JSON Schema (draft 2020-12), from which editors complete and underline.

Made from the tables themselves: their keys, bounds and choices, described by the ``Attributes``
of their docstrings. What it lets through may still be refused when the file is read, for it knows
nothing of what must hold between the parts.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator, Mapping
from typing import Any

from pydantic import TypeAdapter
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core import core_schema

from models.number_schema import SHARED, has
from models.table import Table
from simulate.scenario.compose import FROM
from simulate.scenario.prices import KEY, prices
from simulate.scenario.tree.investment import Investment
from simulate.scenario.tree.scenario import FUND_KEYS, ContractScenario, FundScenario

Json = dict[str, Any]

# Marks what one key says of a schema that it shares with others.
_SAID = "x-said"
DIALECT = "https://json-schema.org/draft/2020-12/schema"
_ENTRY = re.compile(r"^    (?P<names>[\w, ]+): (?P<text>.+)$")
_MORE = re.compile(r"^ {8}(?P<text>\S.*)$")


def schema() -> Json:
    """Return the schema of a scenario of any kind; equal programs give equal schemas."""
    kinds: Any = ContractScenario | FundScenario
    made = TypeAdapter(kinds).json_schema(schema_generator=_Generator)
    shared: Json = {}
    parts = {name: _shared(part, shared) for name, part in made["$defs"].items()}
    contract, fund = parts[ContractScenario.__name__], parts[FundScenario.__name__]
    _composable(fund["properties"]["investments"], parts)
    return {
        "$schema": DIALECT,
        "title": "Scenario of a social investment",
        "type": "object",
        # For completion; what is right follows from the kind, and errors are told where they are.
        "properties": _either(contract["properties"], fund["properties"]),
        "additionalProperties": True,
        "if": {"anyOf": [has(key) for key in FUND_KEYS], "additionalProperties": True},
        "then": {"$ref": f"#/$defs/{FundScenario.__name__}"},
        "else": {"$ref": f"#/$defs/{ContractScenario.__name__}"},
        "$defs": {**parts, **shared},
    }


def _composable(investments: Json, parts: Json) -> None:
    """Let an investment be taken from another scenario, with any of its keys written beside."""
    own = parts[Investment.__name__]
    taken = {
        "description": "the scenario that it is taken from: a shipped one, or a file below this.",
        "minLength": 1,
        "type": "string",
    }
    parts["Part"] = {
        **own,
        "description": "An investment out of another scenario; keys beside `from` override.",
        "properties": {FROM: taken, **own["properties"]},
        "required": [FROM],
    }
    ways = {"then": {"$ref": "#/$defs/Part"}, "else": {"$ref": f"#/$defs/{Investment.__name__}"}}
    names = investments["patternProperties"]
    for name in names:
        names[name] = {"if": {**has(FROM), "additionalProperties": True}, **ways}


def _either(one: Json, other: Json) -> Json:
    """Return the keys of both kinds, with what both say of a key that they share."""
    both = {**other, **one}
    return {
        name: {said: what for said, what in key.items() if other.get(name, key).get(said) == what}
        for name, key in both.items()
    }


class _Generator(GenerateJsonSchema):
    """Pydantic's generator, with what the docstrings say and without what TOML does not have."""

    # A number that is left out is no default that could be written.
    ignored_warning_kinds = {"skipped-choice", "non-serializable-default"}  # noqa: RUF012

    def field_title_should_be_set(self, schema: Any) -> bool:
        """A key needs no title: it is its own name."""
        return False

    def model_schema(self, schema: core_schema.ModelSchema) -> JsonSchemaValue:
        """Describe a table and its keys."""
        made = super().model_schema(schema)
        cls = schema["cls"]
        made.pop("title", None)
        made["description"] = _plain((cls.__doc__ or "").partition("\n\n")[0])
        said = descriptions(cls)
        for name, key in made.get("properties", {}).items():
            if name in said:
                key[_SAID if SHARED in key else "description"] = said[name]
        return made

    def nullable_schema(self, schema: core_schema.NullableSchema) -> JsonSchemaValue:
        """Leave out nothing as a value: in TOML the key is left out."""
        return self.generate_inner(schema["schema"])

    def default_schema(self, schema: core_schema.WithDefaultSchema) -> JsonSchemaValue:
        """Keep only defaults that a person could write."""
        made = super().default_schema(schema)
        if not isinstance(made.get("default"), str | int | float):
            made.pop("default", None)
        return made

    def dict_schema(self, schema: core_schema.DictSchema) -> JsonSchemaValue:
        """Refuse names that do not have the shape of a name."""
        made = super().dict_schema(schema)
        return {**made, "additionalProperties": False} if "patternProperties" in made else made


def descriptions(cls: type[Any]) -> dict[str, str]:
    """Return what the docstrings of a table and its bases say of its keys, by name in the file.

    Example:
        >>> from simulate.scenario.tree.party import Party
        >>> descriptions(Party)["roles"]
        'what the party does in the contract; one party may have several.'
    """
    found: dict[str, str] = {}
    for base in reversed(cls.__mro__):
        if issubclass(base, Table):
            found |= dict(_attributes(base.__doc__ or ""))
    aliases = {name: field.alias or name for name, field in cls.model_fields.items()}
    return {aliases.get(name, name): text for name, text in found.items()}


def _attributes(doc: str) -> Iterator[tuple[str, str]]:
    """Yield each name under ``Attributes:`` with its text, joined to one line."""
    names: list[str] = []
    text = ""
    for line in inspect.cleandoc(doc).partition("Attributes:\n")[2].split("\n"):
        entry, more = _ENTRY.match(line), _MORE.match(line)
        if entry:
            yield from ((name, _plain(text)) for name in names)
            names, text = entry["names"].split(", "), entry["text"]
        elif more:
            text += " " + more["text"]
        else:
            break
    yield from ((name, _plain(text)) for name in names)


def _plain(text: str) -> str:
    """Return a piece of a docstring without its markup, on one line."""
    return re.sub(r":\w+:`~?([^`]*)`", r"\1", " ".join(text.split())).replace("``", "`")


def _shared(node: Any, shared: Json) -> Any:
    """Return a schema with what is marked as shared moved to ``shared`` and referred to."""
    if isinstance(node, list):
        return [_shared(item, shared) for item in node]
    if not isinstance(node, Mapping):
        return node
    marks = (SHARED, _SAID)
    made = {key: _shared(value, shared) for key, value in node.items() if key not in marks}
    if KEY in made and "properties" not in made and isinstance(made[KEY], dict):
        made[KEY] = {**made[KEY], "enum": list(prices())}
    if SHARED not in node:
        return made
    shared.setdefault(node[SHARED], made)
    own = {"description": node[_SAID]} if _SAID in node else {}
    return {"$ref": f"#/$defs/{node[SHARED]}", **own}
