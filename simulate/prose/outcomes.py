"""What the insats changes and what is measured, in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import singledispatch

import numpy as np
from scipy import special

from models.distributions import FromEvidence
from models.language import inside, named, say
from models.number import Number
from models.quantile import quantile
from simulate.draws.values import Central
from simulate.language.measures import MISSING
from simulate.language.numbers import per_cent
from simulate.language.quantities import in_words
from simulate.prose.paragraph import Paragraph
from simulate.prose.words import number, party
from simulate.scenario.tree.measurements import (
    Blend,
    Claims,
    CostSaving,
    Direct,
    Measurement,
    Observed,
    RelativeReduction,
    Windowed,
)
from simulate.scenario.tree.outcomes import (
    CostOutcome,
    GradesOutcome,
    Outcome,
    PersonsOutcome,
    Priced,
    SuccessOutcome,
)
from simulate.scenario.tree.party import Party


def outcome(key: str, one: Outcome, parties: Mapping[str, Party]) -> Paragraph:
    """Return an outcome in words."""
    sentences = [named(one.title) + ".", *_changes(one)]
    if isinstance(one, Priced):
        shares = ", ".join(
            f"{inside(party(parties, who))} {in_words(part)}" for who, part in one.falls_on.items()
        )
        sentences += [
            say("Besparingen faller på: {shares}.", shares=shares),
            say(
                "Hemtagbar andel på kort sikt: {short}; efter {ramp}: {long}.",
                short=number(one.cashable.short_run),
                long=number(one.cashable.long_run),
                ramp=in_words(one.cashable.ramp),
            ),
            say(
                "Andel av effekten under insatsen: {during}; därefter halveras den på {half}.",
                during=number(one.course.during),
                half=number(one.course.half_life),
            ),
        ]
    else:
        sentences.append(say("Den har inget pris."))
    return Paragraph(" ".join(sentences), key=f"outcomes.{key}")


@singledispatch
def _changes(one: Outcome) -> Iterator[str]:
    """What an outcome says of its own when no words are written for its kind: nothing."""
    yield from ()


@_changes.register
def _(one: CostOutcome) -> Iterator[str]:
    yield say(
        "Kostnad per person utan insats på {per}: {cost}; variationskoefficient mellan personer: "
        "{cv}. Effekt, logaritmen av kostnaden med insats delad med kostnaden utan: {effect}.",
        cost=number(one.cost_per_person),
        per=in_words(one.per),
        cv=number(one.cv),
        effect=number(one.effect),
    )


@_changes.register
def _(one: SuccessOutcome) -> Iterator[str]:
    yield say(
        "Andel som når dit utan insats: {without}. Effekt på log-odds: {effect}. En som når dit "
        "tack vare insatsen är värd {value}.",
        without=number(one.without),
        effect=number(one.effect),
        value=number(one.value),
    )


@_changes.register
def _(one: GradesOutcome) -> Iterator[str]:
    yield say(
        "I standardavvikelser: förskjutning utan insats: {trend}; förskjutning som insatsen "
        "orsakar: {effect}; största rörelse som räknas som oförändrad: {width}. Sannolikhet att "
        "ett steg är mer än en poäng: {extra}.",
        trend=number(one.trend),
        effect=number(one.effect),
        width=number(one.half_width),
        extra=number(one.extra_step),
    )


@_changes.register
def _(one: PersonsOutcome) -> Iterator[str]:
    if one.persons is not None:
        yield say("Gruppen är {persons} personer.", persons=in_words(one.persons))
    if one.answers is not None:
        yield say(
            "Av dem är det känt för {answered}, varav {reached} har nått dit; bara de övriga "
            "lottas.",
            answered=in_words(one.answers.persons),
            reached=in_words(one.answers.reached),
        )
    if one.effect is None:
        yield say("Andel som når dit utan insats: {without}.", without=number(one.without))
    else:
        yield say(
            "Andel som når dit utan insats: {without}. Effekt på log-odds: {effect}.",
            without=number(one.without),
            effect=number(one.effect),
        )
    if one.share is not None:
        yield say("Med insatsen: {share}.", share=number(one.share))
    elif one.effect is not None and not isinstance(one.effect.distribution, FromEvidence):
        low, middle, high = _reached(one.without, one.effect)
        yield say(
            "Med insatsen, om andelen utan är den i mitten: {middle} ({low} till {high}).",
            middle=middle,
            low=low,
            high=high,
        )
    if one.target is not None:
        yield say("Målet är minst {persons} personer.", persons=in_words(one.target))
    if one.target_share is not None:
        yield say("Målet är minst {share} av gruppen.", share=in_words(one.target_share))


def _reached(without: Number, effect: Number) -> tuple[str, str, str]:
    """The share with the insats at the 5, 50 and 95 per cent quantiles of the effect."""
    odds = float(special.logit(Central().of(without)))
    effects = (float(quantile(effect.distribution, np.asarray(p))) for p in (0.05, 0.5, 0.95))
    low, middle, high = (per_cent(f"{100 * special.expit(odds + e):.0f}") for e in effects)
    return low, middle, high


def measurement(
    key: str, one: Measurement, outcomes: Mapping[str, Outcome], titles: Mapping[str, str]
) -> Paragraph:
    """Return a measure in words.

    Args:
        key: of the measure.
        one: the measure.
        outcomes: that it may be of.
        titles: of all measures, by id.
    """
    sentences = []
    if isinstance(one, Direct):
        sentences.append(
            say(
                "«{measure}» mäter utfallet «{outcome}».",
                measure=named(one.title),
                outcome=named(outcomes[one.outcome].title),
            )
        )
    if isinstance(one, Windowed):
        since = (
            say("från den dag personen togs in")
            if one.window_from == "inclusion"
            else say("från den dag insatsen slutade för personen")
        )
        sentences.append(
            say("Varje person följs i {window}, {since}.", window=in_words(one.window), since=since)
        )
    return Paragraph(" ".join([*sentences, *_kind(one, titles)]), key=f"measurements.{key}")


def _kind(one: Measurement, titles: Mapping[str, str]) -> Iterator[str]:
    """Yield what is special about a kind of measure."""
    if isinstance(one, CostSaving):
        yield from _yardstick(one)
        yield from _alternatives(one)
    if isinstance(one, Blend):
        parts = [f"{in_words(weight)} × «{titles[part]}»" for part, weight in one.weights.items()]
        yield say("«{measure}» är {parts}.", measure=named(one.title), parts=" + ".join(parts))
    if isinstance(one, Claims):
        yield say(
            "Antalet gånger räknas, högst {most} för en och samma person.",
            most=one.most_per_person,
        )
    if isinstance(one, RelativeReduction):
        yield say(
            "Det är hur mycket lägre andelen som inte når målet är, räknat på {cohort} av "
            "deltagarna, än i en jämförelsegrupp på {persons} personer.",
            cohort=in_words(one.cohort),
            persons=in_words(one.comparison.persons),
        )
    yield from _missing(one)


def _missing(one: Measurement) -> Iterator[str]:
    """How many cannot be assessed, and what the contract makes of them."""
    number_of = getattr(one, "followed", None) or getattr(one, "assessable", None)
    if number_of is None:
        return
    kind, rule = str(getattr(one, "type", "")), str(getattr(one, "missing", ""))
    yield say(
        "Andel av deltagarna som går att följa upp: {share}. {rule}",
        share=number(number_of),
        rule=say(MISSING[kind, rule]) + ".",
    )


def _alternatives(one: CostSaving) -> Iterator[str]:
    """Other measurements, which are compared with the agreed one and never paid for."""
    if one.alternatives:
        ways = (
            say("«{way}» (vikt {weight})", way=named(way.title), weight=in_words(way.weight))
            for way in one.alternatives
        )
        yield say(
            "Andra sätt att mäta, som jämförs men inte betalas: {ways}.", ways="; ".join(ways)
        )
    for way in one.alternatives:
        if way.cost is not None:
            yield say(
                "«{way}» skulle kosta {cost} mer.", way=named(way.title), cost=in_words(way.cost)
            )
        if way.pays_on is not None:
            yield say(
                "Med «{way}» skulle det betalas {day}.", way=named(way.title), day=way.pays_on
            )


def _yardstick(one: CostSaving) -> Iterator[str]:
    persons = in_words(one.comparison.persons)
    if isinstance(one.comparison, Observed):
        yield say(
            "Besparingen är väntad kostnad minus faktisk. Den väntade är redan bestämd, "
            "{expected}, ur en jämförelsegrupp på {persons} personer.",
            expected=in_words(one.comparison.expected),
            persons=persons,
        )
    else:
        yield say(
            "Besparingen är väntad kostnad minus faktisk. Den väntade kommer ur en jämförelsegrupp "
            "på {persons} personer, som ännu inte är känd.",
            persons=persons,
        )
    yield say(
        "Kostnadsdrift sedan jämförelsegruppen mättes (log): {drift}; avtalets index tar bort "
        "{indexation} av den.",
        drift=number(one.drift),
        indexation=in_words(one.indexation),
    )
    if one.actual is not None:
        yield say("Den faktiska kostnaden är redan känd: {actual}.", actual=in_words(one.actual))
