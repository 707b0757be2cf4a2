"""Each clause of a contract in words: what it pays, of what, between which limits."""

from __future__ import annotations

from collections.abc import Mapping
from functools import singledispatch

from models.language import named, say
from models.number import Number
from simulate.contract.bound import Limit
from simulate.contract.clauses.base import Clause
from simulate.contract.clauses.guarantee import Guarantee
from simulate.contract.clauses.linear_share import LinearShare
from simulate.contract.clauses.tiers import Tiers
from simulate.language.quantities import in_words
from simulate.prose.words import limit

Titles = Mapping[str, str]


def clause(one: Clause, titles: Titles) -> str:
    """Return a clause in words, its condition last.

    Args:
        one: the clause.
        titles: of the measures, by id.
    """
    text = _pays(one, titles)
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
    text = say(
        "{share} av den del av «{measure}» som ligger över {above} {up_to} betalas.",
        share=in_words(one.share),
        measure=titles[one.measure],
        above=limit(one.above),
        up_to=_up_to(one.up_to),
    )
    if one.cap.unlimited:
        return text
    return f"{text} {say('Som mest betalas {cap}.', cap=limit(one.cap))}"


def _up_to(bound: Limit) -> str:
    if bound.unlimited:
        return say("utan övre gräns")
    return say("och upp till {limit}", limit=limit(bound))


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
