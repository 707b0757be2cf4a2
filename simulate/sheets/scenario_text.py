"""A plan as a scenario in TOML: commented, and every number with the cell that it comes from."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from simulate.sheets import toml
from simulate.sheets.form import DAYS, KRONOR
from simulate.sheets.grid import Cell
from simulate.sheets.level import DEFAULT, certain, level
from simulate.sheets.plan import FUND, EffectLine, Investment, Party, Plan, plain, unique
from simulate.sheets.rows import CostRow, GainRow, ReturnRow
from simulate.sheets.sources import ASSUMED, Sources
from simulate.sheets.toml import Table

_HEAD = """\
# Skrivet av `simulate new --from` ur {origin}. Varje tal har en källa som säger ur vilken cell
# det kommer; ändras arket skrivs filen om med --force. Tal vars källa börjar med {default}
# står inte i arket: byt dem mot egna bedömningar här i filen.
"""
_COUNTED = {DAYS: ("days", "dygn"), KRONOR: ("amounts", "kr")}
_TYPES = {DAYS: "days", KRONOR: "amount"}


def scenario_text(plan: Plan, name: str, origin: str) -> str:
    """Return the scenario.

    Args:
        plan: what the form says.
        name: id of the scenario.
        origin: name of the file that the form is, for sources.
    """
    sources = Sources(origin)
    lines = [
        _HEAD.format(origin=origin, default=DEFAULT),
        *_top(plan, name),
        *_society(),
        *toml.section("Fonden och nämnderna"),
        *_fund_party(plan, sources),
        *(line for party in plan.parties for line in _party(party, plan, sources)),
        *_fund(plan, sources),
        *toml.section("Investeringarna"),
        *(line for one in plan.investments for line in _investment(one, plan, sources)),
        *_gains(plan.gains, sources),
    ]
    return "\n".join(lines).rstrip() + "\n"


def _top(plan: Plan, name: str) -> list[str]:
    said = plan.settings
    return [
        "schema = 1",
        f"id = {toml.quoted(name)}",
        f"title = {toml.quoted(f'{said.municipality.value}: {said.title.value}')}",
        f"signed = {said.signed.value.isoformat()}",
        f"first_year = {said.first_year.value}",
        f"last_year = {said.last_year.value}",
        f"fit_seed = {said.signed.value:%Y%m%d}",
        "",
    ]


def _society() -> list[str]:
    rate = toml.number("3.5 %", "HM Treasury Green Book; samma tal i ASEK", "published")
    inflation = toml.number("2 %", "Riksbankens inflationsmål", "published")
    return toml.table("society", {"discount_rate": rate, "inflation": inflation})


def _rate(plan: Plan, sources: Sources) -> str:
    said = plan.settings
    source, kind = sources.of([said.rate.cell], said.rate_source)
    return toml.number(toml.percent(said.rate.value), source, kind)


def _fund_party(plan: Plan, sources: Sources) -> list[str]:
    pairs = {
        "name": toml.quoted("Sociala investeringsfonden"),
        "type": '"fund"',
        "roles": '["fund"]',
        "discount_rate": _rate(plan, sources),
    }
    return toml.table(f"parties.{FUND}", pairs)


def _party(party: Party, plan: Plan, sources: Sources) -> list[str]:
    pairs = {
        "name": toml.quoted(party.name),
        "type": toml.quoted(party.type),
        "roles": '["provider"]' if party.type in ("namnd", "provider") else '["outcome_payer"]',
    }
    if party.row is not None:
        frame, source = party.row.frame, party.row.source
        pairs["forvaltning"] = toml.quoted(party.row.office.value)
        value = f"{toml.digits(frame.value)} kr/år"
        pairs["budget_frame"] = toml.number(value, *sources.of([frame.cell], source))
    pairs["discount_rate"] = _rate(plan, sources)
    return toml.table(f"parties.{party.id}", pairs)


def _fund(plan: Plan, sources: Sources) -> list[str]:
    said = plan.settings
    source = sources.of([said.capital.cell], said.capital_source)
    capital = toml.number(f"{toml.digits(said.capital.value)} kr", *source)
    common = toml.stated(
        {"lognormal": "{ median = 1.0, sigma = 0.3 }"},
        f"{DEFAULT}: vad alla effekter delar, som placeringspolitik, arbetsmarknad och om "
        "budgetramar verkligen hålls",
        "assumption",
    )
    return [
        *toml.table("fund", {"party": toml.quoted(FUND), "common_factor": common}),
        *toml.table("fund.capital", {str(said.capital_year.value): capital}),
        *toml.table("fund.aterforing", {"rule": toml.quoted(said.rule.value)}),
    ]


def _investment(one: Investment, plan: Plan, sources: Sources) -> Iterator[str]:
    name = f"investments.{one.id}"
    yield from toml.table(
        name,
        {
            "title": toml.quoted(one.title),
            "granted": plan.settings.signed.value.isoformat(),
            "provider": toml.quoted(one.provider),
        },
    )
    yield from toml.comment(
        f"{cost.year.value}: {cost.post.value}, {toml.digits(cost.amount.value)} kr "
        f"({cost.amount.cell.place})"
        for cost in sorted(one.costs, key=lambda cost: cost.year.value)
    )
    yield from toml.table(f"{name}.costs", _by_year(one.costs, sources))
    if one.returns:
        yield from toml.table(f"{name}.aterforing", _by_year(one.returns, sources))
        yield from _split(name, one.returns, plan, sources)
    for effect in one.effects:
        yield from _effect(name, effect, sources)


def _by_year(rows: Sequence[CostRow] | Sequence[ReturnRow], sources: Sources) -> Table:
    """Sums of the rows of each year."""
    years: dict[int, list[CostRow | ReturnRow]] = {}
    for row in rows:
        years.setdefault(row.year.value, []).append(row)
    found = {}
    for year, own in sorted(years.items()):
        total = sum((row.amount.value for row in own), Decimal(0))
        source = sources.of([row.amount.cell for row in own], *(row.source for row in own))
        found[str(year)] = toml.number(f"{toml.digits(total)} kr", *source)
    return found


def _split(name: str, returns: Sequence[ReturnRow], plan: Plan, sources: Sources) -> Iterator[str]:
    """Each nämnd's part of the whole plan."""
    ids = {plain(party.name): party.id for party in plan.parties}
    parts: dict[str, list[ReturnRow]] = {}
    for row in returns:
        parts.setdefault(ids[plain(row.namnd.value)], []).append(row)
    whole = sum((row.amount.value for row in returns), Decimal(0))
    shares = {}
    for namnd, own in parts.items():
        total = sum((row.amount.value for row in own), Decimal(0))
        share = total / whole if whole else Decimal(1) / len(parts)
        source, kind = sources.of([row.amount.cell for row in own], *(row.source for row in own))
        value = f"{share:.15f}".rstrip("0").rstrip(".")
        source = f"nämndens del av summan, {source}"
        shares[namnd] = toml.stated({"value": value}, source, kind)
    if len(parts) > 1:
        yield from toml.comment(["Fördelningen mellan nämnder är densamma alla år."])
    yield from toml.table(f"{name}.split", shares)


def _effect(name: str, effect: EffectLine, sources: Sources) -> Iterator[str]:
    rows = effect.rows
    first = rows[0]
    unit = first.unit.value
    pairs = {
        "id": toml.quoted(effect.id),
        "title": toml.quoted(effect.title),
        "type": toml.quoted(_TYPES.get(unit, "units")),
        "falls_on": toml.quoted(effect.falls_on),
    }
    if first.direction == "more":
        pairs["direction"] = '"more"'
    if first.price is not None:
        pairs["price"] = _price(effect, sources)
    cells = [row.cashable.cell for row in rows]
    source = sources.of(cells, *(row.source for row in rows))
    pairs["cashable"] = toml.number(toml.percent(first.cashable.value), *source)
    form, why = level(rows)
    source = sources.of(_interval_cells(effect), *(row.source for row in rows))
    kind = source[1] if certain(rows) else ASSUMED  # its shape is the program's
    pairs["realised"] = toml.stated(form, f"{why} ({source[0]})", kind)
    yield from toml.table(f"{name}.effects", pairs, double=True)
    key, word = _COUNTED.get(unit, ("units", "st"))
    counted = {
        str(row.year.value): toml.number(
            f"{toml.digits(row.count.value)} {word}", *sources.of([row.count.cell], row.source)
        )
        for row in rows
    }
    yield from toml.table(f"{name}.effects.{key}", counted)


def _interval_cells(effect: EffectLine) -> Iterable[Cell]:
    for row in effect.rows:
        if row.low is not None and row.high is not None:
            yield from (row.low.cell, row.high.cell)
        else:
            yield row.count.cell


def _price(effect: EffectLine, sources: Sources) -> str:
    rows = [row for row in effect.rows if row.price is not None]
    price = rows[0].price
    assert price is not None
    cells = [row.price.cell for row in rows if row.price is not None]
    if price.value.id:
        listed = {"unit_cost": toml.quoted(price.value.id)}
        return toml.inline({**listed, "source": toml.quoted(sources.cells(cells))})
    per = "kr/dygn" if rows[0].unit.value == DAYS else "kr"
    source = sources.of(cells, *(row.source for row in rows))
    return toml.number(f"{toml.digits(price.value.kr)} {per}", *source)


def _gains(gains: Sequence[GainRow], sources: Sources) -> Iterator[str]:
    if gains:
        yield from toml.section("Mänskliga vinster: utan pris, vid sidan av pengarna")
    taken: set[str] = set()
    for gain in gains:
        yield from _gain(gain, taken, sources)


def _gain(gain: GainRow, taken: set[str], sources: Sources) -> list[str]:
    def stated(value: str, cell: Cell) -> str:
        return toml.number(value, *sources.of([cell], gain.source))

    pairs = {
        "type": '"persons"',
        "title": toml.quoted(gain.title.value),
        "persons": stated(f"{gain.persons.value} personer", gain.persons.cell),
    }
    if gain.target is not None:
        pairs["target"] = stated(f"{gain.target.value} personer", gain.target.cell)
    pairs["without"] = stated(toml.percent(gain.without.value), gain.without.cell)
    pairs["effect"] = _odds(gain, sources)
    return toml.table(f"outcomes.{unique(gain.title.value, taken, 'vinst')}", pairs)


def _odds(gain: GainRow, sources: Sources) -> str:
    """The effect as a difference in log odds, which is what a scenario holds."""
    if gain.low is None or gain.high is None:
        source = f"{DEFAULT}: andelen med insatsen är inte angiven; skillnad i log-odds, lika ofta "
        where = sources.cells([gain.without.cell])
        form = {"normal": "{ mean = 0.0, sd = 0.5 }"}
        return toml.stated(form, f"{source}sämre som bättre ({where})", "assumption")
    base = _logit(gain.without.value)
    ends = [round(_logit(share.value) - base, 4) for share in (gain.low, gain.high)]
    source, kind = sources.of([gain.low.cell, gain.high.cell], gain.source)
    note = "skillnad i log-odds mellan andelen med insatsen, lågt och högt, och utan"
    form = {"interval": f"[{ends[0]}, {ends[1]}]", "family": '"normal"'}
    return toml.stated(form, f"{source}; {note}", kind)


def _logit(share: Decimal) -> float:
    return math.log(float(share) / (1.0 - float(share)))
