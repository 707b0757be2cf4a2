"""Amounts as people write them (``"7.5 mkr"``, ``"2 500 kr/dygn"``, ``"40 %"``) to plain numbers.

The only place that converts units. Strict on purpose: a decimal comma, a unit of another kind or
a missing unit is refused rather than guessed, because 1,254 is a thousand to one reader and a
little over one to another.
"""

from __future__ import annotations

import re
from decimal import Decimal

from models.language import say
from models.quantity import Dimension, QuantityError

MONEY = {"kr": "1", "sek": "1", "tkr": "1e3", "mkr": "1e6", "mnkr": "1e6"}
_PER_DAY = ("dygn", "dag", "day")
_PER_YEAR = {"år": "1", "year": "1", "månad": "12", "month": "12"}


def _table() -> dict[str, dict[str, Decimal]]:
    """Unit text → {dimension name: factor to the canonical unit}."""
    units: dict[str, dict[str, Decimal]] = {}
    for unit, factor in MONEY.items():
        units[unit] = {"sek": Decimal(factor), "signed_sek": Decimal(factor)}
        for day in _PER_DAY:
            units[f"{unit}/{day}"] = {"sek_per_day": Decimal(factor)}
        for period, times in _PER_YEAR.items():
            units[f"{unit}/{period}"] = {"sek_per_year": Decimal(factor) * Decimal(times)}
    percent = Decimal("0.01")
    units["%"] = {"share": percent, "signed_share": percent, "rate": percent}
    units["%/år"] = {"rate": percent}
    for person in ("personer", "person", "barn", "hushåll", "st"):
        units[person] = {"count": Decimal(1)}
        units[f"{person}/år"] = {"count_per_year": Decimal(1)}
    for year in ("år", "year", "years"):
        units[year] = {"years": Decimal(1), "signed_years": Decimal(1)}
    for month in ("månad", "månader", "months"):
        twelfth = Decimal(1) / Decimal(12)
        units[month] = {"years": twelfth, "signed_years": twelfth}
    for day in ("dygn", "dag", "dagar", "days"):
        units[day] = {"days": Decimal(1), "signed_days": Decimal(1)}
    for place in ("årsplatser", "årsplats"):  # a place in care that is filled all year
        units[place] = {"days": Decimal(365), "signed_days": Decimal(365)}
    for point in ("poäng", "points"):
        units[point] = {"points": Decimal(1)}
    return units


UNITS = _table()

_SPACE = "[ \u00a0\u202f]"
_NUMBER = re.compile(
    rf"(?P<sign>[-+\u2212]?){_SPACE}?"
    rf"(?P<digits>[0-9]{{1,3}}(?:{_SPACE}[0-9]{{3}})+|[0-9]+)"
    rf"(?P<fraction>[.][0-9]+)?(?P<comma>,[0-9]+)?{_SPACE}*(?P<unit>\S.*)?"
)


def known_units(dimension: Dimension) -> list[str]:
    """Return the units in which a value of ``dimension`` can be written."""
    return [unit for unit, kinds in UNITS.items() if dimension.name in kinds]


def parse_quantity(raw: object, dimension: Dimension, unit: str | None = None) -> float:
    """Return ``raw`` in the canonical unit of ``dimension``, whatever its size.

    Args:
        raw: an int, a float, or text such as ``"7.5 mkr"`` or ``"40 %"``.
        dimension: the kind of quantity that is asked for.
        unit: unit that is stated beside the number, for a ``raw`` without one.

    Raises:
        QuantityError: ``not_a_number``, ``decimal_comma``, ``unit_missing``, ``unit_unknown`` or
            ``unit_kind``. The range is checked by :meth:`Dimension.check`, not here.

    Example:
        >>> from models.quantity import SEK, SHARE
        >>> parse_quantity("1 254 tkr", SEK), parse_quantity("40 %", SHARE)
        (1254000.0, 0.4)
    """
    if isinstance(raw, bool) or not isinstance(raw, int | float | str):
        raise QuantityError("not_a_number", found=raw, example=dimension.example)
    if isinstance(raw, str):
        number, own_unit = _split(raw, dimension)
        if own_unit and unit and own_unit != unit:
            found = f"{own_unit}, {unit}"
            raise QuantityError("unit_twice", found=found, example=dimension.example)
        unit = own_unit or unit
    else:
        number = Decimal(repr(raw))
    if not unit:
        if not dimension.bare:
            raise QuantityError(
                "unit_missing",
                found=raw,
                allowed=", ".join(known_units(dimension)[:6]),
                example=dimension.example,
            )
        return float(number)
    return float(number * _factor(unit, dimension, raw))


def _split(raw: str, dimension: Dimension) -> tuple[Decimal, str]:
    match = _NUMBER.fullmatch(raw.strip())
    if match is None:
        raise QuantityError("not_a_number", found=raw, example=dimension.example)
    if match["comma"]:
        point = raw.replace(",", ".") if raw.count(",") == 1 else dimension.example
        raise QuantityError("decimal_comma", found=raw, example=point)
    digits = re.sub(_SPACE, "", match["digits"]) + (match["fraction"] or "")
    sign = "-" if match["sign"] in ("-", "\u2212") else ""
    return Decimal(sign + digits), (match["unit"] or "").strip()


def _factor(unit: str, dimension: Dimension, raw: object) -> Decimal:
    kinds = UNITS.get(unit) or UNITS.get(unit.lower())
    if kinds is not None and dimension.name in kinds:
        return kinds[dimension.name]
    raise QuantityError(
        "unit_unknown" if kinds is None else "unit_kind",
        found=raw,
        allowed=", ".join(known_units(dimension)[:6]) or say("tal utan enhet"),
        example=dimension.example,
    )
