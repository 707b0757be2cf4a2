"""Amounts as people write them."""

from __future__ import annotations

import pytest

from models import quantity as q
from models.quantity import Dimension, QuantityError
from models.units import UNITS, known_units, parse_quantity


@pytest.mark.parametrize(
    ("raw", "dimension", "value"),
    [
        ("7.5 mkr", q.SEK, 7_500_000.0),
        ("7.5 Mkr", q.SEK, 7_500_000.0),
        ("1 254 tkr", q.SEK, 1_254_000.0),
        ("20 507 393 kr", q.SEK, 20_507_393.0),
        ("20\u00a0507\u202f393 kr", q.SEK, 20_507_393.0),
        ("109.1 mnkr", q.SEK, 109_100_000.0),
        ("-7.5 mkr", q.SIGNED_SEK, -7_500_000.0),
        ("\u22127.5 mkr", q.SIGNED_SEK, -7_500_000.0),
        ("2 500 kr/dygn", q.SEK_PER_DAY, 2_500.0),
        ("70 tkr/år", q.SEK_PER_YEAR, 70_000.0),
        ("1 000 kr/månad", q.SEK_PER_YEAR, 12_000.0),
        ("40 %", q.SHARE, 0.4),
        ("1.75 %", q.RATE, 0.0175),
        (0.0175, q.RATE, 0.0175),
        ("60 personer", q.COUNT, 60.0),
        (60, q.COUNT, 60.0),
        ("18 månader", q.YEARS, 1.5),
        ("200 dygn", q.DAYS, 200.0),
        ("+18 poäng", q.POINTS, 18.0),
        (-0.1, q.LOG_RATIO, -0.1),
    ],
)
def test_read(raw: object, dimension: Dimension, value: float) -> None:
    """What is written becomes the exact number in the canonical unit."""
    assert parse_quantity(raw, dimension) == value


def test_unit_beside_the_number() -> None:
    """A unit that stands beside bare numbers counts for them."""
    assert parse_quantity(2.5, q.SEK, "mkr") == 2_500_000.0
    assert parse_quantity("2.5 mkr", q.SEK, "mkr") == 2_500_000.0


@pytest.mark.parametrize(
    ("raw", "dimension", "unit", "code"),
    [
        ("sju", q.SEK, None, "not_a_number"),
        ("1.5.2 kr", q.SEK, None, "unit_unknown"),
        ("12 34 kr", q.SEK, None, "unit_unknown"),
        ("", q.SEK, None, "not_a_number"),
        (True, q.COUNT, None, "not_a_number"),
        (None, q.COUNT, None, "not_a_number"),
        ("7,5 mkr", q.SEK, None, "decimal_comma"),
        ("1,254 mkr", q.SEK, None, "decimal_comma"),
        (7_500_000, q.SEK, None, "unit_missing"),
        ("7.5", q.SEK, None, "unit_missing"),
        ("7.5 msek", q.SEK, None, "unit_unknown"),
        ("7.5 dygn", q.SEK, None, "unit_kind"),
        ("7.5 kr", q.SEK_PER_DAY, None, "unit_kind"),
        ("7.5 mkr", q.SEK, "tkr", "unit_twice"),
    ],
)
def test_refused(raw: object, dimension: Dimension, unit: str | None, code: str) -> None:
    """What is not clearly an amount of the right kind is refused, each way with its code."""
    with pytest.raises(QuantityError) as caught:
        parse_quantity(raw, dimension, unit)
    assert caught.value.code == code


def test_decimal_comma_is_shown_with_a_point() -> None:
    """The remedy shows the number as it should be written."""
    with pytest.raises(QuantityError) as caught:
        parse_quantity("7,5 mkr", q.SEK)
    assert caught.value.context["example"] == "7.5 mkr"


@pytest.mark.parametrize("dimension", q.DIMENSIONS.values(), ids=str)
def test_examples_can_be_read(dimension: Dimension) -> None:
    """The example of every dimension is itself accepted, each way it is written."""
    for text in dimension.example.split(" eller "):
        raw: object = text.strip('"') if '"' in text else float(text)
        value = parse_quantity(raw, dimension)
        assert dimension.check(value, raw) == value


def test_every_unit_belongs_to_a_dimension() -> None:
    """The table of units names known dimensions only, and every unit is offered somewhere."""
    offered = {unit for dimension in q.DIMENSIONS.values() for unit in known_units(dimension)}
    assert offered == set(UNITS)
    assert {name for kinds in UNITS.values() for name in kinds} <= set(q.DIMENSIONS)
