"""Studies that could be made before the decision: worth, cost, net benefit and size."""

from __future__ import annotations

from collections.abc import Iterator

from models.language import named, say
from simulate.language.measures import KINDS
from simulate.language.numbers import number, percent
from simulate.report.phrases import name_in
from simulate.report.sections import Answer, Table
from simulate.scenario.tree.outcomes import Outcome, Priced
from simulate.scenario.tree.study import MoreRows, Pilot, Sample
from simulate.sensitivity.sampling import Offer, Size
from simulate.sensitivity.study import Sensitivity
from simulate.sensitivity.told import draw_studies
from simulate.sensitivity.told.figures import cost, money
from simulate.sensitivity.told.names import factor_name

# What is less than so many standard errors from nothing cannot be told from it.
_ERRORS = 2.0


def studies(study: Sensitivity, pictures: bool) -> Answer:
    """Return a sentence on each study, a table of them, and on a page their sizes."""
    if not study.offers:
        return (), (), ()
    paragraphs = [
        say(
            "En undersökning är värd det som valet blir bättre av att man har sett den (EVSI), "
            "aldrig mer än att veta det som den gäller, hur stor den än är. Nettot är det "
            "värdet efter väntan, minus det som en beslutsfattare som väntar går miste om, minus "
            "kostnaden."
        ),
        *(_said(study, one) for one in study.offers),
    ]
    tables = [_table(study)]
    drawn = []
    if pictures:
        sized = [one for one in study.offers if len(one.sizes) > 1 and _matters(one)]
        tables += [_sizes(one) for one in sized]
        drawn = [draw_studies.sizes(one, counted(one)) for one in sized]
    return tuple(paragraphs), tuple(tables), tuple(drawn)


def _matters(offer: Offer) -> bool:
    """Whether what a study is about is worth anything at all: else all its sizes are alike."""
    return bool(offer.factors) and offer.limit.value > _ERRORS * offer.limit.error


def counted(offer: Offer) -> str:
    """Return what the size of a study is counted in."""
    if isinstance(offer.study, MoreRows):
        return say("fler personer")
    return say("observationer") if isinstance(offer.study, Sample) else say("personer")


def _said(study: Sensitivity, offer: Offer) -> str:
    title = named(offer.study.title)
    told = [_worth(study, title, offer), _paid(study, offer)]
    if offer.kept < 1.0:
        told.append(_waiting(offer))
    if offer.missed >= 0.5:
        told.append(_missed(offer))
    told.append(_verdict(_party(study), offer.stated))
    if offer.study.cost_per_person is not None and len(offer.sizes) > 1 and offer.factors:
        told.append(_best(offer))
    return " ".join([*told, _stated(study, offer)])


def _stated(study: Sensitivity, offer: Offer) -> str:
    decision = study.scenario.decision
    kind = offer.study.kind or (decision and decision.kind) or "assumption"
    source = offer.study.source or (decision and decision.source) or study.scenario.id
    return say("({kind}: {source}.)", kind=say(KINDS[kind]), source=named(source))


def _party(study: Sensitivity) -> str:
    decision = study.scenario.decision
    return "" if decision is None else name_in(study.scenario, decision.party)


def _worth(study: Sensitivity, title: str, offer: Offer) -> str:
    if not offer.factors:
        nothing = say(
            "«{title}» säger inget om det som flyttar svaren, och är värd 0 kr för {party} före "
            "beslutet.",
            title=title,
            party=_party(study),
        )
        return " ".join([nothing, *_without_price(study, offer)])
    return say(
        "«{title}» är värd {worth} för {party} före beslutet, och högst {limit} hur stor den än "
        "vore; den säger något om {factors}.",
        title=title,
        worth=money(offer.stated.worth.value, offer.stated.worth.error),
        party=_party(study),
        limit=money(max(offer.limit.value, 0.0), offer.limit.error),
        factors=", ".join(
            say("«{title}»", title=factor_name(study.scenario, one)) for one in offer.factors
        ),
    )


def _without_price(study: Sensitivity, offer: Offer) -> Iterator[str]:
    """Yield why a pilot of something that is not paid for is worth nothing in kronor."""
    one = offer.study
    subject = study.scenario.changed[one.outcome] if isinstance(one, Pilot) else None
    if isinstance(subject, Outcome) and not isinstance(subject, Priced):
        yield say(
            "Den mäter «{outcome}», som inte har något pris och som ingen betalning hänger på: "
            "vad den säger om det räknas inte i kronor.",
            outcome=named(subject.title),
        )


def _paid(study: Sensitivity, offer: Offer) -> str:
    stated, decision = offer.stated, study.scenario.decision
    total = cost(stated.cost)
    if stated.own == stated.cost or decision is None:
        return say("Den kostar {cost}.", cost=total)
    return say(
        "Den kostar {cost}, varav {party} betalar {own}.",
        cost=total,
        party=name_in(study.scenario, decision.party),
        own=cost(stated.own),
    )


def _waiting(offer: Offer) -> str:
    if offer.waiting == 0.0:
        return say(
            "Beslutet väntar på den, och en krona därefter är värd {kept} av en krona nu.",
            kept=percent(offer.kept, 0.005),
        )
    return say(
        "Beslutet väntar på den: en krona därefter är värd {kept} av en krona nu, och väntan "
        "kostar {waiting}.",
        kept=percent(offer.kept, 0.005),
        waiting=cost(offer.waiting),
    )


def _missed(offer: Offer) -> str:
    missed = number(offer.missed)
    if isinstance(offer.study, Pilot):
        return say(
            "Under väntan tas {missed} personer inte in som annars hade fått insatsen; piloten ger "
            "den till {persons}.",
            missed=missed,
            persons=number(offer.stated.persons),
        )
    return say(
        "Under väntan tas {missed} personer inte in som annars hade fått insatsen.", missed=missed
    )


def _verdict(party: str, size: Size) -> str:
    """Return whether it pays, for whom, in kronor."""
    net, error = size.net
    own = {"party": party, "net": money(net, error)}
    if size.worth.value <= _ERRORS * size.worth.error:
        return say(
            "Den ändrar inget val som går att skilja från slumpen, och nettot för {party} är "
            "{net}: gör den inte.",
            **own,
        )
    if net > _ERRORS * error:
        return say("Nettot för {party} är {net}: gör den.", **own)
    if net < -_ERRORS * error:
        return say("Nettot för {party} är {net}: gör den inte.", **own)
    return say(
        "Nettot för {party} är {net}, vilket inte kan skiljas från noll: om den är värd vad den "
        "kostar går inte att säga.",
        **own,
    )


def _best(offer: Offer) -> str:
    best = offer.best
    if best is None:
        return say("Ingen av de prövade storlekarna är säkert värd mer än vad den kostar.")
    return say(
        "Bäst av de prövade storlekarna är {persons} {counted}, netto {net}.",
        persons=number(best.persons),
        counted=counted(offer),
        net=money(*best.net),
    )


def _table(study: Sensitivity) -> Table:
    columns = (
        say("Undersökning"),
        say("Värd"),
        say("Egen kostnad"),
        say("Netto"),
        say("Netto, om allt betalas själv"),
    )
    rows = tuple(
        (
            named(one.study.title),
            money(one.stated.worth.value, one.stated.worth.error),
            cost(one.stated.own),
            money(*one.stated.net),
            money(*one.stated.net_of_all),
        )
        for one in study.offers
    )
    return Table(say("Undersökningar före beslutet"), columns, rows)


def _sizes(offer: Offer) -> Table:
    columns = (
        say("Storlek"),
        say("Värd"),
        say("Ändrar beslutet"),
        say("Egen kostnad"),
        say("Netto"),
    )
    rows = tuple(
        (
            say("{persons} {counted}", persons=number(one.persons), counted=counted(offer)),
            money(one.worth.value, one.worth.error),
            percent(one.worth.changes, 0.005),
            cost(one.own),
            money(*one.net),
        )
        for one in offer.sizes
    )
    return Table(named(offer.study.title), columns, rows)
