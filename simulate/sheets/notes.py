"""What a person should know before using a scenario out of a form."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from decimal import Decimal

from models.language import say
from simulate.language.numbers import number, significant
from simulate.sheets.level import DEFAULT, Spans, middle
from simulate.sheets.plan import EffectLine, Investment, Plan, is_example, plain
from simulate.sheets.rows import EffectRow
from simulate.sheets.sources import NO_SOURCE

_TOLD = 0.1  # a median that differs by more than this from the count is told
_WIDE = 3.0  # beyond so many times the count it is the low count that is to be changed


def notes(found: Plan, text: str) -> Iterator[str]:
    """Yield what is worth knowing of a plan.

    Args:
        found: the plan.
        text: the scenario that is made of it.
    """
    if is_example(found.settings.title.value):
        yield say("det här är mallens exempel: byt det mot egna uppgifter")
    default = text.count(DEFAULT) - 1  # the head of the file names it too
    unsourced = text.count(NO_SOURCE)
    if default:
        yield say(
            "{count} tal är programmets förval: sök efter {words} i filen",
            count=default,
            words=DEFAULT,
        )
    if unsourced:
        yield say(
            "{count} tal saknar källa i arket: sök efter {words} i filen",
            count=unsourced,
            words=NO_SOURCE,
        )
    for one in found.investments:
        for effect in one.effects:
            yield from _of_effect(effect)
    for one in found.investments:
        if _uneven(one):
            yield say(
                "{title}: nämnderna delar inte lika alla år i arket, men programmet delar varje "
                "års återföring som planens summa",
                title=one.title,
            )


def _of_effect(effect: EffectLine) -> Iterator[str]:
    """Where the program counts with something else than the count, and spans that are lent."""
    spans = Spans.of(effect.rows)
    where = f"{effect.title} ({effect.rows[0].count.cell.place})"
    ratio = middle(spans)
    if abs(ratio - 1.0) > _TOLD:
        yield _median(where, effect.rows, spans, ratio)
    lacking = [row for row in effect.rows if row.low is None]
    if spans.rows and lacking:
        yield say(
            "{where}: spannet är angivet för {years} men används i proportion även för {others}",
            where=where,
            years=_years(spans.rows),
            others=_years(lacking),
        )


def _median(where: str, rows: tuple[EffectRow, ...], spans: Spans, ratio: float) -> str:
    own = spans.rows or rows
    guess = float(sum((row.count.value for row in own), Decimal(0)))
    said = {
        "where": where,
        "median": _number(ratio * guess),
        "unit": own[0].unit.value,
        "years": _years(own),
        "count": _number(guess),
    }
    if not spans.rows:
        return say(
            "{where}: utan Lågt och Högt räknar programmet med {median} {unit} {years} i median, "
            "inte {count}; fyll i Lågt och Högt om du vet bättre",
            **said,
        )
    return say(
        "{where}: med spannet {low}–{high} räknar programmet med {median} {unit} {years} i median, "
        "inte {count}; {mend} om {count} ska ligga i mitten",
        low=_number(spans.low),
        high=_number(spans.high),
        mend=_mend(spans),
        **said,
    )


def _mend(spans: Spans) -> str:
    """What puts the count in the middle of a span: the ends are as many times off either way."""
    if not spans.low:
        return say("skriv ett Lågt över noll")
    top, bottom = spans.guess**2 / spans.low, spans.guess**2 / spans.high
    if top > _WIDE * spans.guess:
        return say("höj Lågt till ca {low}", low=_number(bottom))
    if top > spans.high:
        return say("vidga Högt till ca {high}", high=_number(top))
    return say("sänk Högt till ca {high}", high=_number(top))


def _number(value: float) -> str:
    return significant(value) if value < 1000 else number(value, 2 - len(f"{value:.0f}") + 1)


def _years(rows: Iterable[EffectRow]) -> str:
    """Years in words; several are summed."""
    years = sorted(row.year.value for row in rows)
    if len(years) == 1:
        return str(years[0])
    if years[-1] - years[0] == len(years) - 1:
        return say("{first}–{last} tillsammans", first=years[0], last=years[-1])
    return say("{years} tillsammans", years=", ".join(map(str, years)))


def _uneven(investment: Investment) -> bool:
    """Whether some year of the plan is split otherwise than the whole of it."""
    whole = sum((row.amount.value for row in investment.returns), Decimal(0))
    of_year: defaultdict[int, Decimal] = defaultdict(Decimal)
    of_namnd: defaultdict[str, Decimal] = defaultdict(Decimal)
    of_both: defaultdict[tuple[int, str], Decimal] = defaultdict(Decimal)
    for row in investment.returns:
        year, namnd, amount = row.year.value, plain(row.namnd.value), row.amount.value
        of_year[year] += amount
        of_namnd[namnd] += amount
        of_both[year, namnd] += amount
    return any(
        of_both[year, namnd] * whole != of_year[year] * of_namnd[namnd]
        for year in of_year
        for namnd in of_namnd
    )
