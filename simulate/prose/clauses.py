"""Each clause of a contract in words: what it pays, of what, between which limits."""

from __future__ import annotations

from collections.abc import Mapping
from functools import singledispatch
from itertools import pairwise

from models.language import named, say
from models.number import Number
from models.spoken import listed
from simulate.contract.bound import Limit
from simulate.contract.clauses.base import Clause
from simulate.contract.clauses.coupon import Coupon
from simulate.contract.clauses.guarantee import Guarantee
from simulate.contract.clauses.ladder import Ladder
from simulate.contract.clauses.linear_share import LinearShare
from simulate.contract.clauses.rate_card import CardLine, RateCard
from simulate.contract.clauses.tiers import Tiers
from simulate.contract.clauses.trigger import Trigger
from simulate.language.quantities import in_words
from simulate.prose.slopes import slope
from simulate.prose.words import at_most, limit, quoted

Titles = Mapping[str, str]


def clause(one: Clause, titles: Titles) -> str:
    """Return a clause in words, its condition last.

    Args:
        one: the clause.
        titles: of the measures, by id.
    """
    text = _pays(one, titles)
    if one.pays_on is not None:
        text += " " + say("Det betalas den {day}.", day=one.pays_on)
    if one.gate is None:
        return text
    condition = say(
        "Villkor: «{measure}» är över {level}.",
        measure=titles[one.gate.measure],
        level=in_words(one.gate.above),
    )
    return f"{text} {condition}"


@singledispatch
def _pays(one: Clause, titles: Titles) -> str:
    """What a clause says of itself when no words are written for its kind: its title."""
    return named(one.title)


@_pays.register
def _(one: Guarantee, titles: Titles) -> str:
    share = in_words(one.share)
    if one.requires_delivery:
        return say(
            "Garanti: {share} av det dragna beloppet betalas om aktiviteten genomförs enligt "
            "avtalet, vad mätningen än visar.",
            share=share,
        )
    return say(
        "Garanti: {share} av det dragna beloppet betalas i alla lägen, vad mätningen än visar.",
        share=share,
    )


@_pays.register
def _(one: LinearShare, titles: Titles) -> str:
    said = {"share": in_words(one.share), "measure": titles[one.measure], "above": limit(one.above)}
    if one.up_to.unlimited:
        text = say("{share} av den del av «{measure}» som ligger över {above} betalas.", **said)
    else:
        text = say(
            "{share} av den del av «{measure}» som ligger över {above} och upp till {limit} "
            "betalas.",
            **said,
            limit=limit(one.up_to),
        )
    if one.cap.unlimited:
        return text
    return f"{text} {say('Som mest betalas {cap}.', cap=limit(one.cap))}"


@_pays.register
def _(one: Tiers, titles: Titles) -> str:
    steps = "; ".join(_step(tier.at, tier.pays) for tier in one.tiers)
    return say(
        "Trappa på «{measure}», där bara det högsta uppnådda steget betalas och inget under det "
        "första: {steps}.",
        measure=titles[one.measure],
        steps=steps,
    )


def _step(at: Number, pays: Limit) -> str:
    return say("från {level} betalas {amount}", level=in_words(at), amount=limit(pays))


@_pays.register
def _(one: Ladder, titles: Titles) -> str:
    rungs = [
        say("vid {level} betalas {amount}", level=in_words(rung.at), amount=limit(rung.pays))
        for rung in one.rungs
    ]
    for place, pair in enumerate(pairwise(one.rungs)):
        if rises := slope(*pair):
            rungs[place] += say(", därefter {slope}", slope=rises)
    return say(
        "Räta linjer på «{measure}»: {rungs}. Under den lägsta nivån och över den högsta betalas "
        "samma belopp som där.",
        measure=titles[one.measure],
        rungs="; ".join(rungs),
    )


@_pays.register
def _(one: RateCard, titles: Titles) -> str:
    lines = "; ".join(_line(line, titles) for line in one.lines)
    text = say(
        "Prislista: {lines}. Rabatten på hela listan är {discount}. Hela listan: {cap}.",
        lines=lines,
        discount=in_words(one.discount),
        cap=at_most(one.cap),
    )
    if one.per_person is None:
        return text
    persons = say(
        "I genomsnitt betalas som mest {amount} för varje person i «{measure}».",
        amount=in_words(one.per_person.amount),
        measure=titles[one.per_person.measure],
    )
    return f"{text} {persons}"


def _line(line: CardLine, titles: Titles) -> str:
    most = say("utan tak")
    if line.most_claims is not None:
        most = say("högst {limit}", limit=in_words(line.most_claims))
    text = say(
        "{price} för var och en av «{measure}» (antalet: {most}; raden: {cap})",
        price=in_words(line.price),
        measure=titles[line.measure],
        most=most,
        cap=at_most(line.cap),
    )
    if line.pays_on is None:
        return text
    return say("{line}, som betalas den {day}", line=text, day=line.pays_on)


@_pays.register
def _(one: Trigger, titles: Titles) -> str:
    return say(
        "Om minst en av {cohorts} når {at}, eller annars om «{pooled}» når {pooled_at}, betalas "
        "{pays}; annars ingenting.",
        pays=limit(one.pays),
        cohorts=listed([quoted(titles[name]) for name in one.cohorts]),
        at=in_words(one.at),
        pooled=titles[one.pooled],
        pooled_at=in_words(one.pooled_at),
    )


@_pays.register
def _(one: Coupon, titles: Titles) -> str:
    steps = "; ".join(
        say("från {level} är räntan {rate}", level=in_words(step.at), rate=in_words(step.rate))
        for step in one.steps
    )
    years = "; ".join(
        say(
            "den {day} efter «{measure}» (lägst {floor}; återbetalning {repays})",
            day=period.pays_on,
            measure=titles[period.measure],
            floor=in_words(period.floor),
            repays=in_words(period.repays),
        )
        for period in one.periods
    )
    return say(
        "Årlig ränta på den del av lånet som återstår: {otherwise} under det första steget; "
        "{steps}. Den betalas, med den del av lånet som återbetalas samma dag: {years}.",
        otherwise=in_words(one.otherwise),
        steps=steps,
        years=years,
    )
