"""No person is to be known from what is read: what looks like a personnummer is refused."""

from __future__ import annotations

import re
from itertools import cycle

_SHAPE = re.compile(r"(?<!\d)(?:19|20)?(\d{2})(\d{2})(\d{2})[-+ ]?(\d{4})(?!\d)", re.ASCII)


def personal(text: str) -> bool:
    """Whether a text holds a personnummer or samordningsnummer: a date, and a right check digit.

    Example:
        >>> personal("barn 8112189876"), personal("2026-2030"), personal("1 254 500")
        (True, False, False)
    """
    return any(_right(*found.groups()) for found in _SHAPE.finditer(text))


def _right(year: str, month: str, day: str, number: str) -> bool:
    dated = 1 <= int(month) <= 12 and 1 <= int(day) % 60 <= 31
    digits = f"{year}{month}{day}{number}"
    products = (int(digit) * times for digit, times in zip(digits, cycle((2, 1)), strict=False))
    return dated and sum(sum(divmod(product, 10)) for product in products) % 10 == 0
