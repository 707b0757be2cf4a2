"""The schema that editors complete from: good scenarios are taken, slips of shape refused."""

from __future__ import annotations

import datetime as dt
import json
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator, FormatChecker

from models import number_schema
from models.evidence import EVIDENCE
from models.number import FORMS, KINDS, parse_number
from models.quantity import DIMENSIONS, QuantityError
from models.units import known_units
from simulate.contract.clauses import CLAUSES
from simulate.scenario.prices import prices
from simulate.scenario.schema import DIALECT, descriptions, schema
from simulate.scenario.shipped import shipped
from simulate.scenario.tree.measurements import COMPARISONS, MEASUREMENTS
from simulate.scenario.tree.outcomes import OUTCOMES

BAD = Path(__file__).parents[1] / "bad"
# Files of tests/bad/ whose fault is one of shape.
SHAPE = (
    "bad_identifier", "bound_blank", "cashable_not_a_year", "cashable_year_above_one",
    "decimal_comma", "empty_file", "empty_text", "growth_above_one", "growth_of_a_stated_line",
    "hindsight_without_reason", "interval_family", "missing_choice", "missing_key",
    "missing_key_at_the_top", "not_a_list", "not_a_number", "not_a_table", "not_an_integer",
    "not_one_of", "not_one_of_clause", "not_text", "not_true_or_false", "number_with_two_values",
    "number_without_value", "out_of_range_year", "share_out_of_range", "too_few", "unit_kind",
    "unit_missing", "unit_unknown", "unknown_key", "unknown_key_in_a_number", "unknown_price",
    "wrong_evidence", "wrong_parameters", "wrong_schema",
)  # fmt: skip


@pytest.fixture(scope="module")
def made() -> dict[str, Any]:
    """The schema."""
    return schema()


@pytest.fixture(scope="module")
def judge(made: dict[str, Any]) -> Draft202012Validator:
    """A validator by the schema, which is itself held to its dialect."""
    Draft202012Validator.check_schema(made)
    return Draft202012Validator(made, format_checker=FormatChecker())


def plain(node: Any) -> Any:
    """Return TOML as editors see it: days and times as text."""
    if isinstance(node, Mapping):
        return {key: plain(value) for key, value in node.items()}
    if isinstance(node, list):
        return [plain(value) for value in node]
    return node.isoformat() if isinstance(node, dt.date | dt.time) else node


def loaded(path: Path) -> Any:
    """Return a TOML file as editors see it."""
    return plain(tomllib.loads(path.read_text(encoding="utf-8")))


GRANTING = Path(__file__).parents[1] / "support" / "granting_fund.toml"
GOOD = [*shipped().values(), *sorted(BAD.glob("_*.toml")), GRANTING]


@pytest.mark.parametrize("path", GOOD, ids=lambda path: str(path.stem))
def test_good_scenarios_are_taken(judge: Draft202012Validator, path: Path) -> None:
    """Everything that is shipped, and what the bad files are variants of."""
    assert not list(judge.iter_errors(loaded(path)))


@pytest.mark.parametrize("name", SHAPE)
def test_slips_of_shape_are_refused(judge: Draft202012Validator, name: str) -> None:
    """What the reader refuses for its shape, an editor underlines."""
    assert list(judge.iter_errors(loaded(BAD / f"{name}.toml")))


def test_starters_are_taken(judge: Draft202012Validator) -> None:
    """Clauses as the tests write them are taken inside a scenario, one at a time."""
    scenario = loaded(shipped()["team_nystart"])
    for name, clause in CLAUSES.items():
        scenario["contract"]["clauses"] = [plain(clause.EXAMPLE)]
        assert not list(judge.iter_errors(scenario)), name


def test_its_dialect(made: dict[str, Any]) -> None:
    """Draft 2020-12, without nothing as a value, and the same every time."""
    assert made["$schema"] == DIALECT
    text = json.dumps(made)
    assert text == json.dumps(schema())
    assert "null" not in text and "x-shared" not in text and "x-said" not in text


def test_tables_are_closed_and_described(made: dict[str, Any]) -> None:
    """No table takes an unknown key, and every key says what it is, or what stands there does."""
    tables = {name: one for name, one in made["$defs"].items() if "properties" in one}
    assert len(tables) > 30
    for name, table in tables.items():
        assert table["additionalProperties"] is False, name
        assert table["description"], name
        for key, value in table["properties"].items():
            if key not in ("type", "model", "name"):
                assert value.get("description"), f"{name}.{key}"


@pytest.mark.parametrize(
    ("key", "registry"),
    [
        ("type", OUTCOMES), ("type", MEASUREMENTS), ("type", COMPARISONS), ("type", CLAUSES),
        ("model", EVIDENCE),
    ],
)  # fmt: skip
def test_unions_are_told_apart(made: dict[str, Any], key: str, registry: dict[str, type]) -> None:
    """Each class of a registry is one of several, by a constant."""
    known = made["$defs"].values()
    for name in registry:
        found = [
            one for one in known if one.get("properties", {}).get(key, {}).get("const") == name
        ]
        assert found, name
        assert key in found[0]["required"]
    assert '"oneOf"' in json.dumps(made)


def test_descriptions_come_from_docstrings() -> None:
    """A key that shares its line with another, one that takes two lines, one of a base."""
    found = descriptions(CLAUSES["linear_share"])
    assert found["above"] == found["up_to"]
    assert found["id"] == "name of the clause in results."
    contract = descriptions(type("Own", (CLAUSES["tiers"],), {"__doc__": None}))
    assert contract["tiers"] == "in rising order."


def test_every_form_and_kind_of_a_number() -> None:
    """A form that is added to the reader is added here."""
    assert tuple(number_schema.forms()) == FORMS
    table = number_schema.number_schema(DIMENSIONS["sek"])["anyOf"][-1]
    assert table["properties"]["kind"]["enum"] == list(KINDS)
    assert {"unit", "source", "known_from", "hindsight", "reason"} <= set(table["properties"])


def test_prices_are_completed(made: dict[str, Any]) -> None:
    """The ids of the price list are choices."""
    table = made["$defs"]["number_sek"]["anyOf"][-1]
    assert table["properties"]["unit_cost"]["enum"] == list(prices())


TEXTS = (
    "1", "1.5", "-3", "\u22123", "1 254", "1\u00a0254 000", "12 54", "1,5", "1e3", ".5", "5.", "",
    " 7 ", "7.5 mkr", "7.5mkr", "7.5 MKR", "7.5 mkr/år", "40 %", "40%", "2 år", "2 500 kr/dygn",
    "18 poäng", "60 personer", "75 personer/år", "x", "mkr",
)  # fmt: skip


@pytest.mark.parametrize("name", list(DIMENSIONS))
def test_texts_are_taken_as_the_reader_takes_them(name: str) -> None:
    """The pattern and the parser agree on every way to write an amount, ranges apart."""
    dimension = DIMENSIONS[name]
    judge = Draft202012Validator(number_schema.written(dimension))
    texts = [*TEXTS, *(f"1 {unit}" for unit in known_units(dimension))]
    for text in texts:
        try:
            parse_number(text, dimension)
            read = True
        except QuantityError as error:
            read = error.code in ("out_of_range", "share_out_of_range")
        assert judge.is_valid(text) == read, text
