"""The filled-in rows of the template. They are marked as an example, and run as they stand."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from simulate.sheets.form import EXAMPLE

Value = str | int | float | dt.date | None
Row = Mapping[str, Value]

_TITLE = f"{EXAMPLE} Skolstöd i familjehem"
_HVB, _CHANGE = "Färre dygn på HVB", "Färre som går om ett år i grundskolan"
_SOCIAL, _SCHOOL = "Socialnämnden", "Utbildningsnämnden"

SETTINGS: Mapping[str, tuple[Value, str | None]] = {
    "title": (f"{EXAMPLE} Kommunens sociala investeringsfond", None),
    "municipality": (f"{EXAMPLE} Exempelkommun", None),
    "signed": (dt.date(2026, 1, 15), None),
    "first_year": (2026, None),
    "last_year": (2032, None),
    "capital": (20_000_000, f"{EXAMPLE} Beslut i fullmäktige"),
    "capital_year": (2026, None),
    "rate": (0.025, f"{EXAMPLE} Kommunens finansavdelning"),
    "rule": ("det lägsta av plan och realiserat", None),
}


def _cost(post: str, year: int, amount: int) -> Row:
    return {
        "investment": _TITLE,
        "post": post,
        "party": _SOCIAL,
        "year": year,
        "amount": amount,
        "source": f"{EXAMPLE} Projektplan",
    }


def _days(year: int, count: int) -> Row:
    return {
        "investment": _TITLE,
        "title": _HVB,
        "namnd": _SOCIAL,
        "year": year,
        "count": count,
        "unit": "dygn",
        "price": "hvb_minus_familjehem_dygn_orebro_2016",
        "low": count // 5,
        "high": count * 7 // 5,
        "cashable": 0.8,
        "source": f"{EXAMPLE} Egen placeringsstatistik",
    }


def _pupils(year: int) -> Row:
    return {
        "investment": _TITLE,
        "title": _CHANGE,
        "namnd": _SCHOOL,
        "year": year,
        "count": 2,
        "unit": "st",
        "price": 70_000,
        "cashable": 0.3,
        "source": f"{EXAMPLE} Skolans bedömning",
    }


ROWS: Mapping[str, tuple[Row, ...]] = {
    "namnder": (
        {
            "name": _SOCIAL,
            "office": "Socialförvaltningen",
            "frame": 850_000_000,
            "source": f"{EXAMPLE} Årsbudget",
        },
        {
            "name": _SCHOOL,
            "office": "Utbildningsförvaltningen",
            "frame": 2_100_000_000,
            "source": f"{EXAMPLE} Årsbudget",
        },
    ),
    "costs": (
        *(_cost("Psykolog 100 %", year, 600_000) for year in (2026, 2027, 2028)),
        *(_cost("Specialpedagog 100 %", year, 500_000) for year in (2026, 2027, 2028)),
        _cost("Lokal och material", 2026, 150_000),
    ),
    "effects": (
        *(_days(year, count) for year, count in ((2028, 550), (2029, 750), (2030, 750))),
        *(_pupils(year) for year in (2029, 2030)),
    ),
    "returns": (
        *(
            {
                "investment": _TITLE,
                "namnd": namnd,
                "year": year,
                "amount": amount,
                "source": f"{EXAMPLE} Återföringsplan",
            }
            for namnd, amount in ((_SOCIAL, 1_640_000), (_SCHOOL, 85_000))
            for year in (2029, 2030)
        ),
    ),
    "gains": (
        {
            "title": f"{EXAMPLE} Elever behöriga till gymnasiet",
            "persons": 30,
            "target": 24,
            "without": 0.6,
            "low": 0.55,
            "high": 0.85,
            "source": f"{EXAMPLE} Skolans bedömning",
        },
    ),
}
