"""Prices by name: ``{ unit_cost = "hvb_dygn_sbu_2018" }`` becomes what the price list says.

The list is ``scenarios/data/unit_costs.csv``. A scenario is filled in when it is read, before it
is validated, so that what a run stores holds the values and stands on its own.
"""

from __future__ import annotations

import calendar
import csv
import datetime as dt
import difflib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from models.language import say
from models.number import FORMS
from simulate.scenario.shipped import folder

KEY = "unit_cost"
BASES = {"average": "genomsnittskostnad", "marginal": "marginalkostnad"}
PAYERS = {
    "namnd": "nämnden",
    "kommun": "kommunen",
    "region": "regionen",
    "stat": "staten",
    "flera": "flera",
}


@dataclass(frozen=True)
class UnitCost:
    """A row of the price list.

    Attributes:
        id: what a scenario calls it.
        kr: the price, as digits.
        unit: ``kr``, ``kr/dygn`` or ``kr/år``.
        price_year: the year whose prices it is in; empty when that is not printed.
        payer: a key of :data:`PAYERS`.
        basis: a key of :data:`BASES`.
        source: where it is printed.
        vintage: year, month or day from which it was known; empty when that is not known.
        note: what it is a price of, and what to beware of.
    """

    id: str
    kr: str
    unit: str
    price_year: str
    payer: str
    basis: str
    source: str
    vintage: str
    note: str

    @property
    def citation(self) -> str:
        """Source, basis, price year and payer in one Swedish text."""
        year = f"{self.price_year} års priser" if self.price_year else "prisåret är inte tryckt"
        facts = f"{BASES[self.basis]}, {year}, bärs av {PAYERS[self.payer]}"
        return f"prislistan, {self.id}: {self.source}; {facts}; {self.note}"

    @property
    def known_from(self) -> dt.date | None:
        """The day on which it was known at the latest: the last day of its vintage.

        Example:
            >>> prices()["hvb_dygn_sbu_2018"].known_from
            datetime.date(2018, 12, 31)
        """
        if not self.vintage:
            return None
        year, month, day = (*map(int, self.vintage.split("-")), 0, 0)[:3]
        month = month or 12
        return dt.date(year, month, day or calendar.monthrange(year, month)[1])


@cache
def prices() -> Mapping[str, UnitCost]:
    """Return the price list by id, in its own order."""
    with (folder() / "data" / "unit_costs.csv").open(encoding="utf-8", newline="") as file:
        return {row["id"]: UnitCost(**row) for row in csv.DictReader(file)}


def apply_prices(raw: dict[str, Any]) -> None:
    """Fill in every price that is named in ``raw``, in place.

    A number may state its own ``kind``, ``known_from`` and ``unit``; its own ``source`` is added
    to that of the list. A name that is not in the list is left, and refused by the number itself.

    Example:
        >>> raw = {"price": {"unit_cost": "hvb_dygn_sbu_2018"}}
        >>> apply_prices(raw)
        >>> raw["price"]["value"], raw["price"]["kind"]
        ('4000 kr/dygn', 'published')
    """
    for node in _tables(raw):
        name = node.get(KEY)
        alone = [form for form in FORMS if form in node] == [KEY]
        if alone and isinstance(name, str) and name in prices():
            own = {key: value for key, value in node.items() if key != KEY}
            node.clear()
            node.update(_filled(prices()[name], own))


def _filled(price: UnitCost, own: dict[str, Any]) -> dict[str, Any]:
    known = {"known_from": price.known_from} if price.known_from else {}
    filled = {
        "value": f"{price.kr} {price.unit}",
        "source": price.citation,
        "kind": "published",
        **known,
        **own,
    }
    if isinstance(own.get("source"), str) and own["source"].strip():
        filled["source"] = f"{price.citation}; {own['source']}"
    return filled


def _tables(raw: dict[str, Any]) -> Iterator[dict[str, Any]]:
    waiting: list[Any] = [raw]
    while waiting:
        node = waiting.pop()
        if isinstance(node, dict):
            waiting += node.values()
            yield node
        elif isinstance(node, list):
            waiting += node


def closest(found: object) -> dict[str, object]:
    """Return what a message about an unknown price needs: which there are, which was meant."""
    close = difflib.get_close_matches(found, prices(), n=1) if isinstance(found, str) else []
    return {"allowed": say("ett id ur prislistan"), "close": "".join(close)}
