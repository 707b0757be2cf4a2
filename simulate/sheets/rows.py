"""Rows of the form as types, each value with its place."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from simulate.sheets.cells import Price
from simulate.sheets.grid import Cell


@dataclass(frozen=True)
class Given[T]:
    """A value and the cell it stands in."""

    value: T
    cell: Cell


@dataclass(frozen=True)
class Settings:
    """The first sheet."""

    title: Given[str]
    municipality: Given[str]
    signed: Given[dt.date]
    first_year: Given[int]
    last_year: Given[int]
    capital: Given[Decimal]
    capital_year: Given[int]
    rate: Given[Decimal]
    rule: Given[str]
    capital_source: str
    rate_source: str


@dataclass(frozen=True)
class NamndRow:
    """A nämnd."""

    name: Given[str]
    office: Given[str]
    frame: Given[Decimal]
    source: str


@dataclass(frozen=True)
class CostRow:
    """A cost in a year."""

    investment: Given[str]
    post: Given[str]
    party: Given[str]
    year: Given[int]
    amount: Given[Decimal]
    source: str


@dataclass(frozen=True)
class EffectRow:
    """An effect in a year."""

    investment: Given[str]
    title: Given[str]
    namnd: Given[str]
    year: Given[int]
    count: Given[Decimal]
    unit: Given[str]
    price: Given[Price] | None
    low: Given[Decimal] | None
    high: Given[Decimal] | None
    cashable: Given[Decimal]
    direction: str
    source: str


@dataclass(frozen=True)
class ReturnRow:
    """A planned återföring in a year."""

    investment: Given[str]
    namnd: Given[str]
    year: Given[int]
    amount: Given[Decimal]
    source: str


@dataclass(frozen=True)
class GainRow:
    """A human gain."""

    title: Given[str]
    persons: Given[int]
    target: Given[int] | None
    without: Given[Decimal]
    low: Given[Decimal] | None
    high: Given[Decimal] | None
    source: str
