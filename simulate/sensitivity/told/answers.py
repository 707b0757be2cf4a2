"""The answers of a sensitivity study: what would change the choice, and what knowing is worth."""

from __future__ import annotations

from collections.abc import Iterator

from models.language import mark, named, say, say_count
from models.spoken import listed
from simulate.evidence_sensitivity.targets import Target
from simulate.language.numbers import number, percent
from simulate.report.learned import figure
from simulate.report.phrases import name_in
from simulate.sensitivity.decide import Value
from simulate.sensitivity.moves import Switch
from simulate.sensitivity.study import Answer, Sensitivity
from simulate.sensitivity.told.figures import level, money, percentile
from simulate.sensitivity.told.names import answer_name, dimension_of, factor_name
from simulate.sensitivity.told.studies import counted
from simulate.sensitivity.told.worth import seen

# So many numbers are named in a sentence.
_NAMED = 3
# What is less than so many standard errors from nothing cannot be told from it.
_ERRORS = 2.0
_ALONE = {
    "sek": mark(
        "«{number}» kan ensamt byta tecken på {answer}: det sker vid {value}, percentil "
        "{percentile}."
    ),
    "share": mark(
        "«{number}» kan ensamt få {answer} att passera hälften: det sker vid {value}, percentil "
        "{percentile}."
    ),
}
_NONE = {
    "sek": mark("Inget tal kan ensamt byta tecken på {answer}."),
    "share": mark("Inget tal kan ensamt få {answer} att passera hälften."),
}


def answers(study: Sensitivity) -> tuple[str, ...]:
    """Return the answers: the choice and what knowing is worth, what flips it, what moves it."""
    two = study.found[:2]
    flips = [_flips(study, found) for found in reversed(two) if found.switches]
    moved = [_moved(study, found) for found in reversed(two) if found.moving]
    chosen = [_chosen(study, study.value)] if study.value is not None else []
    return (*chosen, *([" ".join(flips)] if flips else []), *moved, *_chance(study))


def _chosen(study: Sensitivity, value: Value) -> str:
    """Return what is best as things are known, and what it is worth to find out more first."""
    decision = value.decision
    best = say(
        "Som det ser ut nu är det bäst för {party} att {best}.",
        party=name_in(study.scenario, decision.party),
        best=named(decision.act if value.goes_ahead else decision.abstain),
    )
    return " ".join([best, _knowing(study, value), *_studies(study)])


def _knowing(study: Sensitivity, value: Value) -> str:
    most = value.everything.worth
    if not seen(value.everything):
        return say(
            "Inget som går att ta reda på före beslutet skulle säkert ändra det: vad det är värt "
            "att veta allt kan inte skiljas från noll."
        )
    first = value.single[:1]
    said = say(
        "Att få veta allt osäkert före beslutet är värt {value} och skulle ändra det i {changes} "
        "av fallen.",
        value=money(most.value, most.error),
        changes=percent(most.changes, 0.005),
    )
    if not first or not seen(first[0]):
        return said
    return f"{said} " + say(
        "Mest värt är att veta «{number}»: {value}.",
        number=factor_name(study.scenario, first[0].factors[0]),
        value=money(first[0].worth.value, first[0].worth.error),
    )


def _studies(study: Sensitivity) -> Iterator[str]:
    """Yield which of the studies pays best, at the size that is stated or at another."""
    if not study.offers:
        return
    sizes = [(offer, size) for offer in study.offers for size in (offer.stated, offer.best) if size]
    paying = [one for one in sizes if one[1].net[0] > _ERRORS * one[1].net[1]]
    if paying:
        offer, size = max(paying, key=lambda one: one[1].net[0])
        yield say(
            "Av undersökningarna som kan göras först ger «{title}» mest: med {persons} {counted} "
            "netto {net}.",
            title=named(offer.study.title),
            persons=number(size.persons),
            counted=counted(offer),
            net=money(*size.net),
        )
        return
    yield say_count(
        "Den undersökning som kan göras först är inte säkert värd vad den kostar, i någon av "
        "storlekarna som prövas.",
        "Ingen av de {count} undersökningar som kan göras först är säkert värd vad den kostar, i "
        "någon av storlekarna som prövas.",
        len(study.offers),
    )


def _flips(study: Sensitivity, found: Answer) -> str:
    """Return the number that flips an answer nearest to its middle."""
    what = answer_name(study.scenario, found.target)
    flips = [(one, one.percentile) for one in found.switches if one.percentile is not None]
    if not flips:
        return say(_NONE[_kind(found.target)], answer=what)
    one, at = min(flips, key=lambda flip: abs(flip[1][0] - 0.5))
    return say(
        _ALONE[_kind(found.target)],
        number=factor_name(study.scenario, one.factor),
        answer=what,
        value=_there(study, one),
        percentile=percentile(*at),
    )


def _there(study: Sensitivity, one: Switch) -> str:
    return level(one.value or 0.0, dimension_of(study.scenario, one.factor))


def _kind(target: Target) -> str:
    return "share" if target.unit == "share" else "sek"


def _moved(study: Sensitivity, found: Answer) -> str:
    first, *others = found.moving[:_NAMED]
    low, high = (figure(found.target, *end) for end in (first.at_low, first.at_high))
    said = say(
        "Av de osäkra talen är det «{number}» som mest flyttar {answer}: från {low} till {high} "
        "när talet går från sin 10- till sin 90-procentspunkt.",
        answer=answer_name(study.scenario, found.target),
        number=factor_name(study.scenario, first.factor),
        low=low,
        high=high,
    )
    if not others:
        return said
    names = [say("«{title}»", title=factor_name(study.scenario, bar.factor)) for bar in others]
    return f"{said} " + say("Därnäst kommer {numbers}.", numbers=listed(names))


def _chance(study: Sensitivity) -> Iterator[str]:
    """Yield how much of the amount's variance is chance alone."""
    amount = study.found[0]
    for share in amount.shares:
        first = share.indices.first
        if share.factor.kind == "chance" and first.low > 0.0:
            yield say(
                "Slumpen i små grupper står ensam för {share} av osäkerheten i {answer}; den kan "
                "ingen ta reda på i förväg.",
                share=percent(first.value, first.mcse),
                answer=answer_name(study.scenario, amount.target),
            )
