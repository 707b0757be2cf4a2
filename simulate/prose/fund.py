"""A fund and its investments in words."""

from __future__ import annotations

from collections.abc import Iterator
from functools import singledispatch

from models.language import mark, named, say, say_count
from simulate.language.numbers import listed
from simulate.language.quantities import in_words
from simulate.prose.paragraph import Paragraph
from simulate.prose.terms import terms_in_words
from simulate.prose.words import by_year, number, party
from simulate.scenario.tree.aterforing import by_year as split_by_year
from simulate.scenario.tree.aterforing import split_in
from simulate.scenario.tree.fund import Grants
from simulate.scenario.tree.investment import (
    AmountEffect,
    CostRatio,
    DaysEffect,
    Effect,
    Investment,
    PersonDays,
    PersonYears,
    PlanShare,
    Priced,
    Substitution,
    UnitsEffect,
)
from simulate.scenario.tree.scenario import FundScenario


def fund(scenario: FundScenario) -> Paragraph:
    """Return the fund, its capital and its rule in words."""
    own = scenario.fund
    under = [
        Paragraph(say("Kapitalet: {years}.", years=by_year(own.capital)), key="fund.capital"),
        Paragraph(" ".join(terms_in_words(own.aterforing)), key="fund.aterforing.rule"),
    ]
    for place, top_up in enumerate(own.top_ups):
        text = say(
            "Dessutom betalas {amount} in till fonden, år {year}.",
            amount=number(top_up.amount),
            year=number(top_up.year),
        )
        under.append(Paragraph(text, key=f"fund.top_ups.{place}"))
    if own.common_factor is not None:
        text = say(
            "Allt som realiseras multipliceras i varje framtid med en gemensam faktor: {factor}.",
            factor=number(own.common_factor),
        )
        under.append(Paragraph(text, key="fund.common_factor"))
    for key, one in own.common_factors.items():
        text = say(
            "Det som realiseras av {investments} multipliceras i varje framtid med en faktor som "
            "de delar: {factor}.",
            investments=listed([named(scenario.investments[who].title) for who in one.on]),
            factor=number(one.factor),
        )
        if one.loading is not None:
            text += " " + say("Den upphöjs till {loading}.", loading=number(one.loading))
        under.append(Paragraph(text, key=f"fund.common_factors.{key}"))
    if own.grants is not None:
        under.append(Paragraph(" ".join(_grants(own.grants, scenario)), key="fund.grants"))
    text = say("Fonden. {fund} beviljar investeringar.", fund=party(scenario.parties, own.party))
    return Paragraph(text, tuple(under), "fund")


def _grants(one: Grants, scenario: FundScenario) -> Iterator[str]:
    yield say(
        "Från {first} till {last} beviljar fonden varje år högst {count} investeringar till, så "
        "länge det som är fritt är minst {free}. Fritt är saldot vid årets början minus allt som "
        "ska betalas på det som redan är beviljat.",
        first=one.first_year,
        last=one.last_year,
        count=one.per_year,
        free=number(one.while_free),
    )
    if one.planned_ahead:
        yield say_count(
            "Som fritt räknas också den planerade återföringen det året.",
            "Som fritt räknas också den planerade återföringen de närmaste {count} åren, det "
            "pågående inräknat.",
            one.planned_ahead,
        )
    years = listed(
        [f"{after}: {in_words(part)}"
         for after, part in one.plan.items()]
    )  # fmt: skip
    yield say(
        "En sådan investering beviljas {size}, som betalas i lika delar under {count} år till "
        "{provider}. Planen återför så stor del av det från {namnd}, efter antal år: {years}.",
        size=number(one.size),
        count=one.paid_over,
        provider=party(scenario.parties, one.provider),
        namnd=party(scenario.parties, one.namnd),
        years=years,
    )
    yield say("Realiserat delat med plan är {share}.", share=number(one.realised))


def investments(scenario: FundScenario) -> Paragraph:
    """Return every investment in words."""
    under = (_investment(key, one, scenario) for key, one in scenario.investments.items())
    return Paragraph(say("Investeringarna."), tuple(under), "investments")


def _investment(key: str, one: Investment, scenario: FundScenario) -> Paragraph:
    text = say(
        "{title} beviljades {day} och drivs av {provider}.",
        title=named(one.title),
        day=one.granted,
        provider=party(scenario.parties, one.provider),
    )
    under = [
        Paragraph(
            say("Kostnad: {years}.", years=by_year(one.costs)), key=f"investments.{key}.costs"
        )
    ]
    if one.overrun is not None:
        words = say(
            "Den kostar mer än det beviljade, och det bärs av {provider}. Överskridandet som andel "
            "av det beviljade: {overrun}.",
            overrun=number(one.overrun),
            provider=party(scenario.parties, one.provider),
        )
        under.append(Paragraph(words, key=f"investments.{key}.overrun"))
    place = f"investments.{key}.aterforing"
    if one.aterforing is None or one.split is None:
        words = say(
            "Planerad återföring: antal × pris × hemtagbar andel för varje effekt, räknat med "
            "medianerna."
        )
        under.append(Paragraph(words, key=place))
    else:
        split = "; ".join(_split(one, scenario))
        words = say(
            "Planerad återföring: {years}. Den delas: {split}.",
            years=by_year(one.aterforing),
            split=split,
        )
        under.append(Paragraph(words, key=place))
    if one.terms is not None:
        words = " ".join([say("Egna villkor."), *terms_in_words(one.terms)])
        under.append(Paragraph(words, key=f"investments.{key}.terms"))
    for effect in one.effects:
        words = " ".join(_effect(effect, one, scenario))
        under.append(Paragraph(words, key=f"investments.{key}.effects.{effect.id}"))
    if one.reservations:
        kept = tuple(Paragraph(named(text)) for text in one.reservations)
        under.append(Paragraph(say("Förbehåll:"), kept, f"investments.{key}.reservations"))
    return Paragraph(text, tuple(under), f"investments.{key}")


def _split(one: Investment, scenario: FundScenario) -> Iterator[str]:
    """How the plan is split, once or year by year."""
    if one.split is None:
        return
    for year in one.split if split_by_year(one.split) else ("",):
        each = split_in(one.split, year).items()
        said = listed([f"{party(scenario.parties, who)} {in_words(part)}" for who, part in each])
        yield f"{year}: {said}" if year else said


def _effect(one: Effect, investment: Investment, scenario: FundScenario) -> Iterator[str]:
    yield f"{named(one.title)}:"
    yield _counted(one, investment)
    if isinstance(one, Substitution):
        yield say(
            "Det faller på {party}, som betalar {cashable} av det.",
            party=party(scenario.parties, one.falls_on),
            cashable=number(one.cashable),
        )
    elif isinstance(one, Priced):
        yield say(
            "Det faller på {party}, och {cashable} går att hämta hem.",
            party=party(scenario.parties, one.falls_on),
            cashable=number(one.cashable),
        )
    if isinstance(one, Priced) and one.realised is not None:
        yield say(
            "Av det som räknas blir {realised} verklighet, lika i alla år.",
            realised=number(one.realised),
        )


_MORE = {"less": mark("färre"), "more": mark("fler")}


@singledispatch
def _counted(one: Effect, investment: Investment) -> str:
    raise NotImplementedError(type(one).__name__)


@_counted.register
def _(one: PlanShare, investment: Investment) -> str:
    return say("realiserat delat med plan är {share}, lika i alla år.", share=number(one.share))


@_counted.register
def _(one: DaysEffect, investment: Investment) -> str:
    return say(
        "{direction} dygn à {price}: {years}.",
        direction=say(_MORE[one.direction]),
        price=number(one.price),
        years=by_year(one.days),
    )


@_counted.register
def _(one: UnitsEffect, investment: Investment) -> str:
    return say(
        "{direction} enheter à {price}: {years}.",
        direction=say(_MORE[one.direction]),
        price=number(one.price),
        years=by_year(one.units),
    )


@_counted.register
def _(one: AmountEffect, investment: Investment) -> str:
    if one.direction == "more":
        return say("högre kostnad: {years}.", years=by_year(one.amounts))
    return say("lägre kostnad: {years}.", years=by_year(one.amounts))


@_counted.register
def _(one: PersonDays, investment: Investment) -> str:
    return say(
        "dygn som undviks per person under {window}, à {price}: {days}. Ett negativt antal är dygn "
        "som blir fler. Personer: {years}.",
        days=number(one.days_avoided),
        window=number(one.window),
        price=number(one.price),
        years=by_year(one.persons),
    )


@_counted.register
def _(one: PersonYears, investment: Investment) -> str:
    said = say(
        "den andel av året som undviks, à {price}: {avoided}. Antal: {years}.",
        price=number(one.price),
        avoided=by_year(one.avoided),
        years=by_year(one.persons),
    )
    if one.part is None:
        return said
    more = say("Räknad del av priset: {part}.", part=number(one.part))
    return f"{said} {more}"


@_counted.register
def _(one: CostRatio, investment: Investment) -> str:
    return say(
        "kostnad per person under {per} utan insatsen: {cost}. Logaritmen av kostnad med genom "
        "utan: {effect}. Personer: {years}.",
        cost=number(one.cost_per_person),
        per=number(one.per),
        effect=number(one.effect),
        years=by_year(one.persons),
    )


@_counted.register
def _(one: Substitution, investment: Investment) -> str:
    return say(
        "en kostnad i stället för det som «{other}» sparar. Kronor för varje sparad krona: "
        "{share}.",
        share=number(one.share),
        other=named(investment.replaced(one).title),
    )
