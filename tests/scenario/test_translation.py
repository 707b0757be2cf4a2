"""Every way in which pydantic can refuse a scenario has words of our own."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from models.evidence import EVIDENCE
from simulate.contract.clauses import CLAUSES
from simulate.language.problems import PROBLEMS
from simulate.scenario.problems import CODES
from simulate.scenario.tree.measurements import COMPARISONS, MEASUREMENTS
from simulate.scenario.tree.outcomes import OUTCOMES
from simulate.scenario.tree.scenario import ContractScenario

ROOT = Path(__file__).resolve().parents[2]

# What pydantic documents that each kind of schema can refuse, for values that TOML can hold and
# that `limits` has let through. Constraints are added where they are stated.
REFUSES: dict[str, set[str]] = {
    "literal": {"literal_error"},
    "str": {"string_type"},
    "int": {"int_type"},
    "float": {"float_type", "float_parsing"},
    "bool": {"bool_type"},
    "date": {"date_type"},
    "tuple": {"tuple_type"},
    "dict": {"dict_type"},
    "model": {"model_type"},
    "model-field": {"missing"},
    # These refuse nothing of their own, or are reached only by what our validators return.
    "is-instance": set(), "nullable": set(), "default": set(), "definitions": set(),
    "definition-ref": set(), "model-fields": set(), "any": set(), "json-or-python": set(),
    "function-before": set(), "function-after": set(), "function-wrap": set(),
}  # fmt: skip
CONSTRAINTS = {
    "ge": "greater_than_equal", "gt": "greater_than", "le": "less_than_equal", "lt": "less_than",
    "pattern": "string_pattern_mismatch",
}  # fmt: skip
# Parts that are not a schema, or that TOML never meets.
NOT_SCHEMAS = {
    "metadata", "serialization", "config", "cls", "expected", "function", "default",
}  # fmt: skip


def refusals(schema: Any) -> Iterator[str]:
    """Yield the error types of a schema and all below it."""
    if isinstance(schema, dict):
        kind = schema.get("type")
        if kind == "dataclass":  # a Number, which is only ever asked whether it is one
            return
        if isinstance(kind, str):
            yield from REFUSES[kind]
            yield from (error for key, error in CONSTRAINTS.items() if key in schema)
            if schema.get("min_length"):
                yield "string_too_short" if kind == "str" else "too_short"
            # What is not strict would also be parsed from text, and refused in further ways.
            assert kind not in ("int", "bool", "date") or schema["strict"]
        for key, value in schema.items():
            if key not in NOT_SCHEMAS:
                yield from refusals(value)
    elif isinstance(schema, list | tuple):
        for item in schema:
            yield from refusals(item)


TABLES = [ContractScenario]
for registry in (EVIDENCE, CLAUSES, MEASUREMENTS, COMPARISONS, OUTCOMES):
    TABLES += registry.values()


def schema_of(table: type[ContractScenario]) -> Any:
    """Return the schema of a table, which is not made until it is needed."""
    table.model_rebuild()
    return table.__pydantic_core_schema__


@pytest.mark.parametrize("table", TABLES, ids=lambda table: str(table.__name__))
def test_every_refusal_is_translated(table: type[ContractScenario]) -> None:
    """No table of a scenario can be refused by pydantic in a way that has no code."""
    found = set(refusals(schema_of(table)))
    assert found <= set(CODES)
    assert {CODES[one] for one in found} <= set(PROBLEMS)


def test_no_translation_is_idle() -> None:
    """Every translation is of something that some table can refuse."""
    found = {one for table in TABLES for one in refusals(schema_of(table))}
    assert found == set(CODES)


def test_every_code_that_is_raised_has_words() -> None:
    """Whatever a validator or check calls a problem, there are words for it."""
    raised = re.compile(
        r'(?:QuantityError|refuse|Problem|_unknown|PydanticCustomError)\(\s*"([a-z_]+)"'
    )
    sources = [path for top in ("models", "simulate") for path in (ROOT / top).rglob("*.py")]
    found = {code for path in sources for code in raised.findall(path.read_text(encoding="utf-8"))}
    assert len(found) > 50
    assert found <= set(PROBLEMS)
