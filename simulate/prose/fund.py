"""A fund and its investments in words."""

from __future__ import annotations

from collections.abc import Iterator
from functools import singledispatch

from models.language import mark, named, say
from simulate.language.numbers import listed
from simulate.language.quantities import in_words
from simulate.prose.paragraph import Paragraph
from simulate.prose.words import by_year, number, party
from simulate.scenario.tree.fund import RULE_WORDS
from simulate.scenario.tree.investment import (
    AmountEffect,
    DaysEffect,
    Effect,
    Investment,
    PlanShare,
    Priced,
    UnitsEffect,
)
from simulate.scenario.tree.scenario import FundScenario


def fund(scenario: FundScenario) -> Paragraph:
    """Return the fund, its capital and its rule in words."""
    own = scenario.fund
    under = [
        Paragraph(say("Kapitalet: {years}.", years=by_year(own.capital)), key="fund.capital"),
        Paragraph(say(RULE_WORDS[own.aterforing.rule]), key="fund.aterforing.rule"),
    ]
    if own.common_factor is not None:
        text = say(
            "Allt som realiseras multipliceras i varje framtid med en gemensam faktor: {factor}.",
            factor=number(own.common_factor),
        )
        under.append(Paragraph(text, key="fund.common_factor"))
    text = say("Fonden. {fund} beviljar investeringar.", fund=party(scenario.parties, own.party))
    return Paragraph(text, tuple(under), "fund")


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
    place = f"investments.{key}.aterforing"
    if one.aterforing is None or one.split is None:
        words = say(
            "Planerad återföring: antal × pris × hemtagbar andel för varje effekt, räknat med "
            "medianerna."
        )
        under.append(Paragraph(words, key=place))
    else:
        split = listed(
            [f"{party(scenario.parties, who)} {in_words(part)}" for who, part in one.split.items()]
        )
        words = say(
            "Planerad återföring: {years}. Den delas: {split}.",
            years=by_year(one.aterforing),
            split=split,
        )
        under.append(Paragraph(words, key=place))
    for effect in one.effects:
        words = " ".join(_effect(effect, scenario))
        under.append(Paragraph(words, key=f"investments.{key}.effects.{effect.id}"))
    return Paragraph(text, tuple(under), f"investments.{key}")


def _effect(one: Effect, scenario: FundScenario) -> Iterator[str]:
    yield f"{named(one.title)}:"
    yield _counted(one)
    if isinstance(one, Priced):
        yield say(
            "Det faller på {party}, och {cashable} går att hämta hem.",
            party=party(scenario.parties, one.falls_on),
            cashable=number(one.cashable),
        )
        if one.realised is not None:
            yield say(
                "Av det som räknas blir {realised} verklighet, lika i alla år.",
                realised=number(one.realised),
            )


_MORE = {"less": mark("färre"), "more": mark("fler")}


@singledispatch
def _counted(one: Effect) -> str:
    raise NotImplementedError(type(one).__name__)


@_counted.register
def _(one: PlanShare) -> str:
    return say("realiserat delat med plan är {share}, lika i alla år.", share=number(one.share))


@_counted.register
def _(one: DaysEffect) -> str:
    return say(
        "{direction} dygn à {price}: {years}.",
        direction=say(_MORE[one.direction]),
        price=number(one.price),
        years=by_year(one.days),
    )


@_counted.register
def _(one: UnitsEffect) -> str:
    return say(
        "{direction} enheter à {price}: {years}.",
        direction=say(_MORE[one.direction]),
        price=number(one.price),
        years=by_year(one.units),
    )


@_counted.register
def _(one: AmountEffect) -> str:
    if one.direction == "more":
        return say("högre kostnad: {years}.", years=by_year(one.amounts))
    return say("lägre kostnad: {years}.", years=by_year(one.amounts))
