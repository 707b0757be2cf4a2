"""What a cell says: text, amounts, shares, years and dates, as Swedes write them in Excel.

Strict on purpose: what can be read in two ways is refused with both, and nothing is guessed.
"""

from __future__ import annotations

import datetime as dt
import difflib
import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from models.language import say
from models.quantity import COUNT, DAYS, SEK, Dimension, QuantityError
from models.rows.scan import Flaw
from models.rows.secrecy import personal
from simulate.language.shown import invisible
from simulate.scenario.prices import prices
from simulate.sheets.grid import Raw

LONGEST = 300
MONEY = {"kr": 1, "sek": 1, "kronor": 1, ":-": 1, "tkr": 1_000, "mkr": 10**6, "mnkr": 10**6}
LEAST = 1_000  # kronor: fewer without a unit were probably meant in mkr or tkr
_SPACES = re.compile("[ \t\r\n\u00a0\u2007\u2009\u202f]+")
_NUMBER = re.compile(
    r"(?P<sign>[-+\u2212]?) ?(?P<whole>\d{1,3}(?: \d{3})+|\d+)"
    r"(?P<rest>(?:[.,]\d+)*) ?(?P<unit>\D[^\d]*)?",
    re.ASCII,
)
_ERRORS = {
    "#REF!": "#REFERENS!",
    "#VALUE!": "#VÄRDEFEL!",
    "#DIV/0!": "#DIVISION/0!",
    "#N/A": "#SAKNAS!",
    "#NAME?": "#NAMN?",
    "#NUM!": "#OGILTIGT!",
    "#NULL!": "#SKÄRNING!",
}
_SHOWS_ERROR = frozenset(text for pair in _ERRORS.items() for text in pair)
# Days since this day are what Excel stores as a date.
_EXCEL_EPOCH = dt.date(1899, 12, 30)
_EXCEL_DATES = range(36_526, 73_051)  # the years 2000–2099


class Wrong(ValueError):
    """A cell that cannot be read as what is asked for.

    Attributes:
        code: a key of :data:`simulate.language.problems.PROBLEMS`.
        context: what its sentence needs besides the cell.
    """

    def __init__(self, code: str, **context: object) -> None:
        super().__init__(code)
        self.code = code
        self.context = context


@dataclass(frozen=True)
class Quantity:
    """A number and the unit beside it, if there is any."""

    number: Decimal
    unit: str = ""


@dataclass(frozen=True)
class Price:
    """Kronor a unit, or the id of a price in the list."""

    kr: Decimal
    per: str = ""
    id: str = ""


def sound(value: Raw) -> Raw:
    """Return a value, or refuse a cell that shows an error or a formula not worked out."""
    if isinstance(value, Flaw):
        found = _ERRORS.get(value.found, value.found)
        raise Wrong(value.code, found=found) if found else Wrong(value.code)
    if isinstance(value, str) and value.strip().upper() in _SHOWS_ERROR:
        raise Wrong("cell_error", found=value.strip())
    return value


def text(value: Raw) -> str:
    r"""Return a text on one line.

    Raises:
        Wrong: it is no text, too long, holds control characters or a personnummer.

    Example:
        >>> text("  Färre dygn\n på HVB ")
        'Färre dygn på HVB'
    """
    value = sound(value)
    if isinstance(value, float | int) and not isinstance(value, bool):
        value = f"{value:.15g}"
    if not isinstance(value, str):
        raise Wrong("cell_not_text")
    line = " ".join(_SPACES.sub(" ", value).split())
    steering = next((mark for mark in line if invisible(mark)), None)
    if steering is not None:
        raise Wrong("control_character", character=f"U+{ord(steering):04X}")
    if personal(line):
        raise Wrong("cell_person_number", found="")
    if len(line) > LONGEST:
        raise Wrong("cell_too_long", allowed=LONGEST)
    return line


def quantity(value: Raw, example: str = "1 254,5") -> Quantity:
    """Return a number with the unit that stands beside it in the cell.

    Raises:
        Wrong: it is no number, or one that can be read in several ways.

    Example:
        >>> quantity("1 254,5 tkr"), quantity(0.1 + 0.2).number
        (Quantity(number=Decimal('1254.5'), unit='tkr'), Decimal('0.3'))
    """
    value = sound(value)
    if isinstance(value, dt.date | dt.time | dt.timedelta):
        raise Wrong("cell_is_date", example=example)
    if isinstance(value, bool):
        raise Wrong("cell_not_a_number", example=example)
    if isinstance(value, str):
        return _written(value, example)
    if isinstance(value, Flaw) or not math.isfinite(value):
        raise Wrong("cell_not_a_number", example=example)
    # Fifteen digits are what Excel keeps; further ones are noise of its sums.
    return Quantity(Decimal(f"{value:.15g}"))


def _written(value: str, example: str) -> Quantity:
    line = _SPACES.sub(" ", value).strip()
    match = _NUMBER.fullmatch(line) if len(line) <= 60 else None
    if match is None:
        raise Wrong("cell_not_a_number", example=example)
    whole, rest = match["whole"], match["rest"]
    marks = re.findall("[.,]", rest)
    thousands = len(rest) == 4 and whole != "0" and " " not in whole and len(whole) <= 3
    if len(marks) > 1 or thousands:
        raise Wrong("cell_unclear", example=_readings(whole, rest))
    number = Decimal(f"{whole.replace(' ', '')}{rest.replace(',', '.')}")
    negative = match["sign"] in ("-", "\u2212")
    return Quantity(-number if negative else number, (match["unit"] or "").strip().casefold())


def _readings(whole: str, rest: str) -> str:
    """How to write what was probably meant."""
    groups = re.split("[.,]", rest)[1:]
    if len(groups) == 1:
        one, other = f"{whole} {groups[0]}", f"{whole},{groups[0]}0"
        return say("{one} eller {other}", one=one, other=other)
    if len(groups[-1]) == 3:
        return " ".join([whole, *groups])
    return f"{' '.join([whole, *groups[:-1]])},{groups[-1]}"


def kronor(value: Raw) -> Decimal:
    """Return kronor of a municipality, as :func:`kr`, with nothing that was meant in mkr.

    Raises:
        Wrong: it is no amount, or a few kronor without a unit.

    Example:
        >>> kronor("1,9 mkr"), kronor("1,9 kr"), kronor(0)
        (Decimal('1900000.0'), Decimal('1.9'), Decimal('0'))
    """
    found = kr(value)
    if 0 < found < LEAST and not quantity(value).unit.removesuffix("/år").strip():
        unit = "mkr" if found < 100 else "tkr"
        bare = _comma(found)
        whole = f"{found * MONEY[unit]:,.0f}".replace(",", " ")
        raise Wrong("cell_small", read=f"{bare} kr", meant_as=f"{bare} {unit}", whole=whole)
    return found


def _comma(number: Decimal) -> str:
    """A number as it is written in a cell."""
    text = f"{number:f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return text.replace(".", ",")


def kr(value: Raw) -> Decimal:
    """Return kronor, of ``"12 tkr"`` too.

    Example:
        >>> kr("1,2 mkr"), kr("12 000:-"), kr(850000000.0)
        (Decimal('1200000.0'), Decimal('12000'), Decimal('850000000'))
    """
    found = quantity(value, "12 500")
    unit = found.unit.removesuffix("/år").strip()
    if unit and unit not in MONEY:
        raise Wrong("cell_unit", allowed=_money(), example=say("12 500 eller 12,5 tkr"))
    return within(found.number * MONEY.get(unit, 1), SEK, "12 500")


def _money() -> str:
    return say("kr, tkr eller mkr")


def within(number: Decimal, dimension: Dimension, example: str) -> Decimal:
    """Return a number within the range of a dimension, never negative.

    Raises:
        Wrong: it is not.
    """
    try:
        dimension.check(float(number), number)
    except (QuantityError, OverflowError):
        highest = f"{dimension.highest:,.0f}".replace(",", " ")
        allowed = f"0–{highest} {dimension.unit}".strip()
        raise Wrong("cell_out_of_range", allowed=allowed, example=example) from None
    return number


def count(value: Raw) -> int:
    """Return a whole number of persons.

    Example:
        >>> count("30 barn"), count(18.0)
        (30, 18)
    """
    found = quantity(value, "30")
    if found.unit and found.unit not in PIECES:
        raise Wrong("cell_unit", allowed=say("ett antal personer"), example="30")
    if found.number != int(found.number):
        raise Wrong("cell_not_whole", example="30")
    return int(within(found.number, COUNT, "30"))


PIECES = ("st", "st.", "person", "personer", "barn", "elev", "elever", "hushåll", "unga")
PER_DAY, PER_PIECE = ("dygn", "dag"), ("år", *PIECES)
_DAYS = (*PER_DAY, "dagar")


def amount(value: Raw, unit: str) -> Decimal:
    """Return how many, in the unit that the row is in.

    Args:
        value: the cell.
        unit: ``dygn``, ``st`` or ``kr``.

    Example:
        >>> amount("300 dygn", "dygn"), amount("12 tkr", "kr"), amount(2.5, "st")
        (Decimal('300'), Decimal('12000'), Decimal('2.5'))
    """
    if unit == "kr":
        return kronor(value)
    found = quantity(value, "300")
    known, dimension = (_DAYS, DAYS) if unit == "dygn" else (PIECES, COUNT)
    if found.unit and found.unit not in known:
        allowed = say("{unit}, som i kolumnen Enhet", unit=unit)
        raise Wrong("cell_unit", allowed=allowed, example="300")
    return within(found.number, dimension, "300")


def share(value: Raw) -> Decimal:
    """Return a share between 0 and 1.

    Example:
        >>> share("80 %"), share(0.8), share(80)
        (Decimal('0.8'), Decimal('0.8'), Decimal('0.8'))
    """
    return _part(value, "0–100 %", Decimal(1), "80 %")


def rate(value: Raw) -> Decimal:
    """Return a yearly rate.

    Example:
        >>> rate("2,5 %")
        Decimal('0.025')
    """
    return _part(value, "0–20 %", Decimal("0.2"), "2,5 %")


def _part(value: Raw, allowed: str, highest: Decimal, example: str) -> Decimal:
    found = quantity(value, example)
    if found.unit not in ("", "%", "procent"):
        raise Wrong("cell_unit", allowed=allowed, example=example)
    # The column is headed (%): a plain 60 is 60 %, and 0.6 is what Excel stores for it.
    hundredths = found.unit or 1 < found.number <= 100
    number = found.number / 100 if hundredths else found.number
    if not 0 <= number <= highest:
        if found.unit or found.number < 0:
            raise Wrong("cell_out_of_range", allowed=allowed, example=example)
        read = f"{_comma(number * 100)} %"
        if found.number <= highest * 100:
            example = f"{_comma(found.number)} %"
        raise Wrong("cell_per_cent", read=read, allowed=allowed, example=example)
    return number


def year(value: Raw) -> int:
    """Return a calendar year.

    Example:
        >>> year(2026.0), year("2026")
        (2026, 2026)
    """
    found = quantity(value, "2026")
    if found.unit or found.number != int(found.number) or not 1950 <= found.number <= 2200:
        raise Wrong("cell_not_a_year")
    return int(found.number)


def date(value: Raw) -> dt.date:
    """Return a date.

    Example:
        >>> date("2026-01-15")
        datetime.date(2026, 1, 15)
    """
    value = sound(value)
    if isinstance(value, dt.datetime):
        value = value.date()
    if isinstance(value, dt.date):
        return value
    if isinstance(value, float | int) and not isinstance(value, bool):
        day = int(value) if math.isfinite(value) else 0
        meant = _EXCEL_EPOCH + dt.timedelta(day) if day in _EXCEL_DATES else ""
        raise Wrong("cell_number_for_date", close=meant)
    found = re.fullmatch(r"(\d{4}-\d{2}-\d{2})(?:[ T]00:00(?::00)?)?", str(value).strip())
    try:
        return dt.date.fromisoformat(found[1] if found else "")
    except ValueError:
        raise Wrong("cell_not_a_date") from None


def choice(value: Raw, choices: Mapping[str, str]) -> str:
    """Return which of several is meant: the value of the choice that is written.

    Example:
        >>> choice("Dygn", {"dygn": "days", "st": "pieces"})
        'days'
    """
    written = text(value).casefold()
    if written not in choices:
        close = difflib.get_close_matches(written, choices, n=1)
        first: dict[str, str] = {}
        for name, meaning in choices.items():
            first.setdefault(meaning, name)
        raise Wrong("cell_choice", allowed=", ".join(first.values()), close="".join(close))
    return choices[written]


def price(value: Raw) -> Price:
    """Return a price a unit: kronor, or the id of a price in the list.

    Example:
        >>> price("2 500 kr/dygn"), price("hvb_dygn_sbu_2018").per
        (Price(kr=Decimal('2500'), per='dygn', id=''), 'dygn')
    """
    name = value.strip() if isinstance(value, str) else ""
    if name in prices():
        listed = prices()[name]
        return Price(Decimal(listed.kr), listed.unit.partition("/")[2], name)
    try:
        found = quantity(value, "2 500")
    except Wrong as error:
        if error.code != "cell_not_a_number" or not name:
            raise
        close = "".join(difflib.get_close_matches(name, prices(), n=1))
        raise Wrong("cell_price", close=close) from None
    money, _, per = (part.strip() for part in found.unit.partition("/"))
    if money and money not in MONEY:
        raise Wrong("cell_unit", allowed=_money(), example="2 500")
    return Price(within(found.number * MONEY.get(money, 1), SEK, "2 500"), per)
