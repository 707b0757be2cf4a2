"""Each kind of row, from its line: what its cells hold, and how they must fit together."""

from __future__ import annotations

from decimal import Decimal

from models.language import say
from simulate.sheets import cells
from simulate.sheets.cells import Price
from simulate.sheets.form import DAYS, DIRECTIONS, KRONOR, PIECES
from simulate.sheets.grid import Cell, Raw
from simulate.sheets.rows import CostRow, EffectRow, GainRow, Given, NamndRow, ReturnRow
from simulate.sheets.take import ZERO, Take


def namnd_row(take: Take) -> NamndRow:
    """Return a nämnd."""
    return NamndRow(take.text("name"), take.text("office"), take.kr("frame"), take.source())


def cost_row(take: Take) -> CostRow:
    """Return a cost in a year."""
    investment, post, party = take.text("investment"), take.text("post"), take.text("party")
    return CostRow(investment, post, party, take.year(), take.kr(), take.source())


_UNITS = {
    **dict.fromkeys((DAYS, "dag", "dagar"), DAYS),
    **dict.fromkeys((PIECES, "st.", "styck", "stycken"), PIECES),
    **dict.fromkeys((KRONOR, "kronor"), KRONOR),
}


def effect_row(take: Take) -> EffectRow:
    """Return an effect in a year."""
    investment, title, namnd = take.text("investment"), take.text("title"), take.text("namnd")
    year = take.year()
    unit = take.needed("unit", lambda raw: cells.choice(raw, _UNITS), "")

    def amount(raw: Raw) -> Decimal:
        return cells.amount(raw, unit.value)

    count = take.needed("count", amount, ZERO) if unit.value else None
    low, high = (take.optional(key, amount) if unit.value else None for key in ("low", "high"))
    price = take.optional("price", cells.price)
    cashable = take.share("cashable")
    direction = take.optional("direction", lambda raw: cells.choice(raw, DIRECTIONS))
    row = EffectRow(
        investment,
        title,
        namnd,
        year,
        count or Given(ZERO, unit.cell),
        unit,
        price,
        low,
        high,
        cashable,
        direction.value if direction else "less",
        take.source(),
    )
    if not take.failed:
        _priced(take, row)
        _interval(take, row)
    return row


_PER = {DAYS: ("", *cells.PER_DAY), PIECES: ("", *cells.PER_PIECE)}


def _priced(take: Take, row: EffectRow) -> None:
    """What is counted has a price a unit; what is money has none."""
    unit, price = row.unit.value, row.price
    if unit == KRONOR:
        if price is not None:
            take.refuse(price.cell, "price_superfluous")
        return
    if price is None:
        take.refuse(take.line.get("price", row.unit.cell), "price_missing", found=unit)
    elif price.value.per not in _PER[unit] or (price.value.id and _per_day(price) != unit == DAYS):
        take.refuse(price.cell, "price_unit", unit=f"kr/{price.value.per or 'st'}", allowed=unit)


def _per_day(price: Given[Price]) -> str:
    return DAYS if price.value.per in _PER[DAYS][1:] else PIECES


def _interval(take: Take, row: EffectRow) -> None:
    """Low and high come together, with the best guess between them."""
    low, high = row.low, row.high
    if (low is None) != (high is None):
        there, lacking = (low, "high") if low is not None else (high, "low")
        assert there is not None
        take.refuse(take.line.get(lacking, there.cell), "interval_half")
    elif low is not None and high is not None and low.value > high.value:
        _crossed(take, low, high, f"{low.value:f}", f"{high.value:f}")
    elif low is not None and high is not None and not low.value <= row.count.value <= high.value:
        order = f"{row.low.value if row.low else 0:f} ≤ {row.count.value:f} ≤ {high.value:f}"
        allowed = say("lågt ≤ antal ≤ högt")
        take.refuse(row.count.cell, "interval_order", order=order, allowed=allowed)


def _crossed(take: Take, low: Given[Decimal], high: Given[Decimal], *shown: str) -> None:
    """Point at both ends of a span that lie the wrong way."""
    both = f"{low.cell.place}, {high.cell.place.rpartition('!')[2]}"
    said = [text.replace(".", ",") for text in shown]
    take.refuse(Cell(low.cell.value, both), "interval_crossed", low=said[0], high=said[1])


def return_row(take: Take) -> ReturnRow:
    """Return a planned återföring in a year."""
    investment, namnd = take.text("investment"), take.text("namnd")
    return ReturnRow(investment, namnd, take.year(), take.kr(), take.source())


def gain_row(take: Take) -> GainRow:
    """Return a human gain."""
    row = GainRow(
        take.text("title"),
        take.needed("persons", cells.count, 0),
        take.optional("target", cells.count),
        take.share("without"),
        take.optional("low", cells.share),
        take.optional("high", cells.share),
        take.source(),
    )
    if not take.failed:
        _gain(take, row)
    return row


def _gain(take: Take, row: GainRow) -> None:
    if row.persons.value < 1:
        allowed = say("minst en person")
        take.refuse(row.persons.cell, "cell_out_of_range", allowed=allowed, example="30")
    if row.target and row.target.value > row.persons.value:
        take.refuse(row.target.cell, "gain_target", allowed=row.persons.value)
    if (row.low is None) != (row.high is None):
        there, lacking = (row.low, "high") if row.low is not None else (row.high, "low")
        assert there is not None
        take.refuse(take.line.get(lacking, there.cell), "interval_half")
    elif row.low is not None and row.high is not None and row.low.value >= row.high.value:
        low, high = (f"{end.value * 100:g} %" for end in (row.low, row.high))
        if row.low.value > row.high.value:
            _crossed(take, row.low, row.high, low, high)
            return
        order = f"{low} < {high}"
        take.refuse(row.low.cell, "interval_order", order=order, allowed=say("lågt < högt"))
    for share in (row.without, row.low, row.high):
        if share is not None and not 0 < share.value < 1:
            allowed, example = say("mer än 0 och mindre än 100 %"), say("1 % eller 99 %")
            take.refuse(share.cell, "cell_out_of_range", allowed=allowed, example=example)
