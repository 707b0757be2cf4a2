"""What a filled-in form says, put together: who, what, when, and what does not fit together."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from models.language import say
from simulate.errors import Problem
from simulate.scenario.prices import prices
from simulate.scenario.starter import identifier
from simulate.scenario.tree.party import RESERVED
from simulate.sheets import lines
from simulate.sheets.form import BY_KEY, EXAMPLE, OUTSIDE
from simulate.sheets.grid import Cell
from simulate.sheets.rows import CostRow, EffectRow, GainRow, Given, NamndRow, ReturnRow, Settings
from simulate.sheets.settings import settings
from simulate.sheets.tables import Filled
from simulate.sheets.take import rows

FUND = "fonden"
_SIMILAR = 0.8
WIDEST = 5  # how many times the best guess a high count may be


@dataclass(frozen=True)
class EffectLine:
    """Rows of one effect: the same thing at the same price, year by year."""

    id: str
    title: str
    falls_on: str
    rows: tuple[EffectRow, ...]


@dataclass(frozen=True)
class Investment:
    """One investment of the form."""

    id: str
    title: str
    provider: str
    costs: tuple[CostRow, ...]
    returns: tuple[ReturnRow, ...]
    effects: tuple[EffectLine, ...]


@dataclass(frozen=True)
class Party:
    """A party of the form: its type as in a scenario, and its nämnd's row if it is one."""

    id: str
    name: str
    type: str
    row: NamndRow | None = None


@dataclass(frozen=True)
class Plan:
    """All that a form says."""

    settings: Settings
    parties: tuple[Party, ...]
    investments: tuple[Investment, ...]
    gains: tuple[GainRow, ...]


def plain(name: str) -> str:
    """Return a name without regard to case and spacing, as names are compared.

    Example:
        >>> plain(" Social  nämnden")
        'social nämnden'
    """
    return " ".join(name.casefold().split())


def plan(filled: Filled) -> Plan | None:
    """Return the plan in a form, if nothing is wrong; the problems are added to ``filled``."""
    said = settings(filled)
    namnder = rows(filled, "namnder", lines.namnd_row)
    costs = rows(filled, "costs", lines.cost_row)
    effects = rows(filled, "effects", lines.effect_row)
    returns = rows(filled, "returns", lines.return_row)
    gains = rows(filled, "gains", lines.gain_row)
    names = Names(filled)
    costs = [_by_namnd(cost, names, filled) for cost in costs]
    problems = filled.problems
    problems += _left_out(filled)
    problems += _examples(filled, said)
    problems += names.problems(costs, effects, returns)
    problems += _twice(namnder, effects, returns)
    problems += _wide(effects)
    if said is not None:
        problems += _years(said, costs, effects, returns)
        problems += _late(said, effects)
    if problems or said is None:
        return None
    parties = names.parties(namnder, costs, effects)
    ids = {plain(party.name): party.id for party in parties}
    return Plan(said, parties, tuple(_investments(ids, costs, effects, returns)), tuple(gains))


def _by_namnd(cost: CostRow, names: Names, filled: Filled) -> CostRow:
    """The cost of a förvaltning is that of its nämnd."""
    namnd = names.over(cost.party.value)
    if not namnd:
        return cost
    filled.notes.append(
        say("{office} läses som {namnd} i kostnaderna", office=cost.party.value, namnd=namnd)
    )
    return replace(cost, party=Given(namnd, cost.party.cell))


def _left_out(filled: Filled) -> Iterator[Problem]:
    """Whatever has to be filled in somewhere."""
    for key, form in BY_KEY.items():
        told = any(form.title in str(one.context.get("found", "")) for one in filled.problems)
        if form.needed and not filled.lines[key] and not told:
            yield Problem("sheet_empty", (), {"found": form.title})


def _examples(filled: Filled, said: Settings | None) -> Iterator[Problem]:
    """The example is a whole of its own: it does not stay among other rows, or under a new name."""
    marked: list[Cell] = []
    own = 0 if said is None else int(not is_example(said.title.value))
    for found in filled.lines.values():
        for line in found:
            shown = next((cell for cell in line.values() if is_example(cell.value)), None)
            if shown is not None:
                marked.append(shown)
            elif "label" not in line:
                own += 1
    if own:
        yield from (cell.problem("example_left") for cell in marked)


def is_example(value: object) -> bool:
    """Return whether a text is marked as an example, in the very way that the template does.

    Example:
        >>> is_example("EXEMPEL Årsbudget"), is_example("Exempelstad"), is_example("exempelvis så")
        (True, False, False)
    """
    return isinstance(value, str) and value.lstrip().startswith(f"{EXAMPLE} ")


class Names:
    """Who and what is named in a form, also in rows that have something else wrong with them."""

    def __init__(self, filled: Filled) -> None:
        self.namnder = _written(filled, "namnder", "name")
        self.offices = _offices(filled)
        self.investments = _written(filled, "costs", "investment")
        self.with_effects = {plain(name) for name in _written(filled, "effects", "investment")}

    def problems(
        self, costs: list[CostRow], effects: list[EffectRow], returns: list[ReturnRow]
    ) -> Iterator[Problem]:
        """Yield every name that is not what it refers to; what is missing altogether is told."""
        yield from self._of_namnder(costs, effects, returns) if self.namnder else ()
        named: list[EffectRow | ReturnRow] = [*effects, *returns]
        for row in named if self.investments else ():
            if plain(row.investment.value) not in map(plain, self.investments):
                yield self._unknown(row.investment, "investment_unknown", self.investments)
        yield from self._of_investments(costs)

    def _of_namnder(
        self, costs: list[CostRow], effects: list[EffectRow], returns: list[ReturnRow]
    ) -> Iterator[Problem]:
        for cost in costs:
            if self._misspelt(cost.party.value):
                yield self._unknown(cost.party, "namnd_unknown", self.namnder)
        for effect in effects:
            if plain(effect.namnd.value) not in {*map(plain, self.namnder), *OUTSIDE}:
                yield self._no_namnd(effect.namnd)
        for back in returns:
            if plain(back.namnd.value) not in map(plain, self.namnder):
                yield self._no_namnd(back.namnd)

    def _of_investments(self, costs: list[CostRow]) -> Iterator[Problem]:
        first: dict[str, CostRow] = {}
        for cost in costs:
            name = plain(cost.investment.value)
            if name not in first and name not in self.with_effects and self.with_effects:
                yield cost.investment.cell.problem("investment_without_effect")
            one = first.setdefault(name, cost)
            if plain(one.party.value) != plain(cost.party.value):
                yield cost.party.cell.problem("two_providers", allowed=one.party.value)

    def over(self, office: str) -> str:
        """Return the nämnd over a förvaltning, or nothing where the name is that of a nämnd."""
        name = plain(office)
        return "" if name in map(plain, self.namnder) else self.offices.get(name, "")

    def _misspelt(self, name: str) -> bool:
        known = list(map(plain, self.namnder))
        close = difflib.get_close_matches(plain(name), known, n=1, cutoff=_SIMILAR)
        return plain(name) not in known and bool(close)

    def _no_namnd(self, given: Given[str]) -> Problem:
        namnd = self.over(given.value)
        if not namnd:
            return self._unknown(given, "namnd_unknown", self.namnder)
        allowed = ", ".join(self.namnder)
        return given.cell.problem("namnd_is_office", namnd=namnd, allowed=allowed)

    @staticmethod
    def _unknown(given: Given[str], code: str, known: Iterable[str]) -> Problem:
        names = {plain(name): name for name in known}
        close = difflib.get_close_matches(plain(given.value), names, n=1)
        outside = ", ".join(name for _, name in OUTSIDE.values())
        meant = names[close[0]] if close else ""
        allowed = ", ".join(names.values())
        return given.cell.problem(code, allowed=allowed, close=meant, outside=outside)

    def parties(
        self, namnder: list[NamndRow], costs: list[CostRow], effects: list[EffectRow]
    ) -> tuple[Party, ...]:
        """Return the nämnder, other providers, and those outside who are named."""
        found: dict[str, Party] = {}
        taken = {FUND, *RESERVED}
        for row in namnder:
            name = row.name.value
            found[plain(name)] = Party(unique(name, taken), name, "namnd", row)
        for given in (*(row.party for row in costs), *(row.namnd for row in effects)):
            key = plain(given.value)
            if key not in found:
                kind, name = OUTSIDE.get(key, ("provider", given.value))
                found[key] = Party(unique(name, taken), name, kind)
        return tuple(found.values())


def _written(filled: Filled, form: str, key: str) -> list[str]:
    texts = (line[key].value for line in filled.lines[form] if key in line)
    names = {plain(text): " ".join(text.split()) for text in texts if isinstance(text, str)}
    return [name for key, name in names.items() if key]


def _offices(filled: Filled) -> dict[str, str]:
    """Each förvaltning that is under one nämnd only, and its nämnd."""
    found: dict[str, set[str]] = {}
    for line in filled.lines["namnder"]:
        office, namnd = (line[key].value if key in line else "" for key in ("office", "name"))
        if isinstance(office, str) and isinstance(namnd, str) and plain(office) and plain(namnd):
            found.setdefault(plain(office), set()).add(" ".join(namnd.split()))
    return {office: min(over) for office, over in found.items() if len(over) == 1}


def unique(name: str, taken: set[str], otherwise: str = "post") -> str:
    """Return an id that is not taken yet, and take it."""
    bare = identifier(name, otherwise)
    found, number = bare, 2
    while found in taken:
        found = f"{bare[:56]}_{number}"
        number += 1
    taken.add(found)
    return found


def _twice(
    namnder: list[NamndRow], effects: list[EffectRow], returns: list[ReturnRow]
) -> Iterator[Problem]:
    """What may be said once is not said again."""
    keyed: list[tuple[tuple[object, ...], Cell]] = [
        (("namnd", plain(row.name.value)), row.name.cell) for row in namnder
    ]
    keyed += [((*_line_of(row), row.year.value), row.title.cell) for row in effects]
    for row in returns:
        names = (plain(row.investment.value), plain(row.namnd.value))
        keyed.append(((*names, row.year.value), row.investment.cell))
    first: dict[tuple[object, ...], Cell] = {}
    for key, cell in keyed:
        if key in first:
            yield cell.problem("row_twice", place=first[key].place)
        first.setdefault(key, cell)


def _line_of(row: EffectRow) -> tuple[object, ...]:
    """What the rows of one effect have in common."""
    names = tuple(plain(given.value) for given in (row.investment, row.title, row.namnd))
    price = row.price.value if row.price else None
    return (*names, row.unit.value, price, row.cashable.value, row.direction)


def _grouped(effects: Iterable[EffectRow]) -> dict[tuple[object, ...], list[EffectRow]]:
    found: dict[tuple[object, ...], list[EffectRow]] = {}
    for row in effects:
        found.setdefault(_line_of(row), []).append(row)
    return found


def _wide(effects: list[EffectRow]) -> Iterator[Problem]:
    """An interval says something about the count it is of."""
    for found in _grouped(effects).values():
        stated = [row for row in found if row.high is not None]
        guess = sum((row.count.value for row in stated), Decimal(0))
        high = sum((row.high.value for row in stated if row.high), Decimal(0))
        if high > WIDEST * guess and stated[0].high is not None:
            allowed = say("{times} × antalet", times=WIDEST)
            yield stated[0].high.cell.problem("interval_wide", allowed=allowed)


def _years(
    said: Settings, costs: list[CostRow], effects: list[EffectRow], returns: list[ReturnRow]
) -> Iterator[Problem]:
    """Everything lies within the years, and nothing comes before the decision."""
    first, last = said.first_year.value, said.last_year.value
    if last < first:
        yield said.last_year.cell.problem("year_order", allowed=first)
        return
    allowed = f"{first}–{last}"
    if not first <= said.signed.value.year <= last:
        yield said.signed.cell.problem("year_outside", allowed=allowed)
    if not first <= said.capital_year.value <= last:
        yield said.capital_year.cell.problem("year_outside", allowed=allowed)
    dated: list[CostRow | EffectRow | ReturnRow] = [*costs, *effects, *returns]
    for row in dated:
        if not first <= row.year.value <= last:
            yield row.year.cell.problem("year_outside", allowed=allowed)
        elif row.year.value < said.signed.value.year:
            yield row.year.cell.problem("year_before", allowed=said.signed.value.year)


def _late(said: Settings, effects: list[EffectRow]) -> Iterator[Problem]:
    """No price was unknown on the day of the decision."""
    for row in effects:
        if row.price is not None and row.price.value.id:
            known = prices()[row.price.value.id].known_from
            if known is not None and known > said.signed.value:
                yield row.price.cell.problem("price_later", known=known, signed=said.signed.value)


def _investments(
    ids: dict[str, str],
    costs: list[CostRow],
    effects: list[EffectRow],
    returns: list[ReturnRow],
) -> Iterator[Investment]:
    taken: set[str] = set()
    by_name: dict[str, list[CostRow]] = {}
    for cost in costs:
        by_name.setdefault(plain(cost.investment.value), []).append(cost)
    for name, own in by_name.items():
        title = own[0].investment.value
        yield Investment(
            unique(title, taken, "investering"),
            title,
            ids[plain(own[0].party.value)],
            tuple(own),
            tuple(row for row in returns if plain(row.investment.value) == name),
            tuple(_effects(ids, [row for row in effects if plain(row.investment.value) == name])),
        )


def _effects(ids: dict[str, str], effects: list[EffectRow]) -> Iterator[EffectLine]:
    taken: set[str] = set()
    for found in _grouped(effects).values():
        title = found[0].title.value
        rows_by_year = tuple(sorted(found, key=lambda row: row.year.value))
        party = ids[plain(found[0].namnd.value)]
        yield EffectLine(unique(title, taken, "effekt"), title, party, rows_by_year)
