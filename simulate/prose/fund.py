"""A fund and its investments in words."""

from __future__ import annotations

from collections.abc import Iterator
from functools import singledispatch

from models.language import mark, named, say, say_count
from models.number import Number
from models.spoken import listed
from simulate.aterforing.cases import break_even, stated
from simulate.draws.values import Central
from simulate.language.numbers import one_of
from simulate.language.quantities import in_words
from simulate.prose.events import events
from simulate.prose.operations import both_pay
from simulate.prose.paragraph import Paragraph
from simulate.prose.terms import terms_in_words
from simulate.prose.words import by_year, number, party, yearly
from simulate.scenario.tree.aterforing import by_year as split_by_year
from simulate.scenario.tree.aterforing import split_in
from simulate.scenario.tree.fund import Grants
from simulate.scenario.tree.investment import (
    AmountEffect,
    CasesEffect,
    CostRatio,
    DaysEffect,
    Directed,
    Effect,
    Investment,
    Lines,
    PercentageEffect,
    PersonDays,
    PersonYears,
    PlanShare,
    Priced,
    Signed,
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
    place = f"investments.{key}"
    text = say(
        "{title} beviljades {day} och drivs av {provider}.",
        title=named(one.title),
        day=one.granted,
        provider=party(scenario.parties, one.provider),
    )
    under = [
        Paragraph(say("Kostnad: {years}.", years=by_year(one.costs)), key=f"{place}.costs"),
        *_overrun(place, one, scenario),
        *_paid_to(place, one, scenario),
        Paragraph(_returned(one, scenario), key=f"{place}.aterforing"),
    ]
    if one.terms is not None:
        words = " ".join([say("Egna villkor."), *terms_in_words(one.terms)])
        under.append(Paragraph(words, key=f"{place}.terms"))
    under += _lines(place, one, scenario)
    under += events(place, one)
    under += _after(place, one, scenario)
    if one.reservations:
        kept = tuple(Paragraph(named(text)) for text in one.reservations)
        under.append(Paragraph(say("Förbehåll:"), kept, f"{place}.reservations"))
    return Paragraph(text, tuple(under), place)


def _lines(place: str, one: Lines, scenario: FundScenario) -> Iterator[Paragraph]:
    for effect in one.effects:
        words = " ".join(_effect(effect, one, scenario))
        yield Paragraph(words, key=f"{place}.effects.{effect.id}")


def _after(place: str, one: Investment, scenario: FundScenario) -> Iterator[Paragraph]:
    """Yield how it goes on in ordinary operations, if that is an option."""
    after = one.implementation
    if after is None:
        return
    payer = party(scenario.parties, after.paid_by)
    text = (
        say("Efter anslaget drivs den vidare och betalas av {payer}.", payer=payer)
        if after.decided
        else say(
            "Efter anslaget kan den drivas vidare och betalas då av {payer}. Det är inte beslutat "
            "och räknas bredvid allt annat.",
            payer=payer,
        )
    )
    place, text = f"{place}.implementation", " ".join([text, *both_pay(after)])
    costs = Paragraph(say("Kostnad: {years}.", years=by_year(after.costs)), key=f"{place}.costs")
    yield Paragraph(text, (costs, *_lines(place, after, scenario)), place)


def _overrun(place: str, one: Investment, scenario: FundScenario) -> Iterator[Paragraph]:
    if one.overrun is not None:
        words = say(
            "Den kostar mer än det beviljade, och det bärs av {provider}. Överskridandet som andel "
            "av det beviljade: {overrun}.",
            overrun=number(one.overrun),
            provider=party(scenario.parties, one.provider),
        )
        yield Paragraph(words, key=f"{place}.overrun")


def _paid_to(place: str, one: Investment, scenario: FundScenario) -> Iterator[Paragraph]:
    for partner, share in (one.paid_to or {}).items():
        words = say(
            "Till {partner} betalas för arbete som utförs där, och som inte sparar något där. "
            "Andel av kostnaden: {share}.",
            partner=party(scenario.parties, partner),
            share=number(share),
        )
        yield Paragraph(words, key=f"{place}.paid_to.{partner}")


def _returned(one: Investment, scenario: FundScenario) -> str:
    if one.aterforing is None or one.split is None:
        return say(
            "Planerad återföring: antal × pris × hemtagbar andel för varje effekt, räknat med "
            "medianerna."
        )
    return say(
        "Planerad återföring: {years}. Den delas: {split}.",
        years=by_year(one.aterforing),
        split="; ".join(_split(one, scenario)),
    )


def _split(one: Investment, scenario: FundScenario) -> Iterator[str]:
    """How the plan is split, once or year by year."""
    if one.split is None:
        return
    for year in one.split if split_by_year(one.split) else ("",):
        each = split_in(one.split, year).items()
        said = listed([f"{party(scenario.parties, who)} {in_words(part)}" for who, part in each])
        yield f"{year}: {said}" if year else said


def _effect(one: Effect, investment: Lines, scenario: FundScenario) -> Iterator[str]:
    yield f"{named(one.title)}:"
    yield _counted(one, investment)
    if isinstance(one, Priced):
        yield from _leaves(one, party(scenario.parties, one.falls_on))
    if isinstance(one, Priced) and one.realised is not None:
        yield say(
            "Av det som räknas blir {realised} verklighet, lika i alla år.",
            realised=number(one.realised),
        )
    if isinstance(one, Priced) and one.occurs is not None:
        yield say(
            "Sannolikheten att effekten alls finns är {occurs}; i övriga framtider sparar raden "
            "ingenting.",
            occurs=number(one.occurs),
        )


def enough(one: CasesEffect, investment: Lines) -> str:
    """Return how few of the persons are enough for the insats to pay, whoever gains by it."""
    if not isinstance(investment, Investment) or not stated(one, investment):
        return ""
    return say(
        "Kostnaden är intjänad om en person av {among} slipper bli ett fall, räknat på vad alla "
        "slipper betala.",
        among=one_of(float(break_even(one, investment, Central()))),
    )


def _leaves(one: Priced, who: str) -> Iterator[str]:
    """Yield who bears it, and what share of it is really paid or taken home."""
    cashable = yearly(one.cashable)
    if isinstance(one, Directed) and one.direction == "more":
        yield say("Det faller på {party}, som betalar {paid} av det.", party=who, paid=cashable)
    elif not isinstance(one, Substitution):
        yield say(
            "Det faller på {party}, och {cashable} går att hämta hem.", party=who, cashable=cashable
        )
    if not isinstance(one, Signed):
        return
    paid = None if one.cashable_growth is None else yearly(one.cashable_growth)
    if isinstance(one, Substitution):
        if paid is None:
            yield say("Det faller på {party}, som betalar allt.", party=who)
        else:
            yield say("Det faller på {party}, som betalar {paid} av det.", party=who, paid=paid)
        yield say("Minskar det i stället går {cashable} att hämta hem.", cashable=cashable)
    elif paid is None:
        yield say("Växer kostnaden i stället betalas den fullt ut.")
    else:
        yield say("Växer kostnaden i stället betalas {paid} av den.", paid=paid)


_MORE = {"less": mark("färre"), "more": mark("fler")}


@singledispatch
def _counted(one: Effect, investment: Lines) -> str:
    raise NotImplementedError(type(one).__name__)


@_counted.register
def _(one: PlanShare, investment: Lines) -> str:
    return say("realiserat delat med plan är {share}, lika i alla år.", share=number(one.share))


@_counted.register
def _(one: DaysEffect, investment: Lines) -> str:
    return say(
        "{direction} dygn à {price}: {years}.",
        direction=say(_MORE[one.direction]),
        price=_net(one.price, one.instead),
        years=by_year(one.days),
    )


@_counted.register
def _(one: UnitsEffect, investment: Lines) -> str:
    if one.each is not None:
        return say(
            "{direction} fall à {each} enheter à {price}: {years}.",
            direction=say(_MORE[one.direction]),
            each=number(one.each),
            price=_net(one.price, one.instead),
            years=by_year(one.units),
        )
    return say(
        "{direction} enheter à {price}: {years}.",
        direction=say(_MORE[one.direction]),
        price=_net(one.price, one.instead),
        years=by_year(one.units),
    )


def _net(price: Number, instead: Number | None) -> str:
    """Return a price, and that of what comes in its place."""
    if instead is None:
        return number(price)
    return say("{price} minus {instead}", price=number(price), instead=number(instead))


@_counted.register
def _(one: PercentageEffect, investment: Lines) -> str:
    cost, years = number(one.cost), by_year(one.shares)
    if one.direction == "more":
        return say("högre kostnad, som en del av {cost}: {years}.", cost=cost, years=years)
    return say("lägre kostnad, som en del av {cost}: {years}.", cost=cost, years=years)


@_counted.register
def _(one: AmountEffect, investment: Lines) -> str:
    if one.direction == "more":
        return say("högre kostnad: {years}.", years=by_year(one.amounts))
    return say("lägre kostnad: {years}.", years=by_year(one.amounts))


@_counted.register
def _(one: PersonDays, investment: Lines) -> str:
    return say(
        "dygn som undviks per person under {window}, à {price}: {days}. Ett negativt antal är dygn "
        "som blir fler. Personer: {years}.",
        days=number(one.days_avoided),
        window=number(one.window),
        price=number(one.price),
        years=by_year(one.persons),
    )


@_counted.register
def _(one: PersonYears, investment: Lines) -> str:
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
def _(one: CostRatio, investment: Lines) -> str:
    return say(
        "kostnad per person under {per} utan insatsen: {cost}. Logaritmen av kostnad med genom "
        "utan: {effect}. Personer: {years}.",
        cost=number(one.cost_per_person),
        per=number(one.per),
        effect=number(one.effect),
        years=by_year(one.persons),
    )


@_counted.register
def _(one: CasesEffect, investment: Lines) -> str:
    return say(
        "personer: {persons}. Risk utan insatsen: {risk}. Relativ minskning: {reduction}. Ett fall "
        "kostar {price}, fördelat över åren: {years}. {enough}",
        persons=number(one.persons),
        risk=number(one.risk),
        reduction=number(one.reduction),
        price=number(one.price),
        years=by_year(one.spread),
        enough=enough(one, investment),
    )


@_counted.register
def _(one: Substitution, investment: Lines) -> str:
    return say(
        "en kostnad i stället för det som «{other}» sparar. Kronor för varje sparad krona: "
        "{share}.",
        share=yearly(one.share),
        other=named(investment.replaced(one).title),
    )
