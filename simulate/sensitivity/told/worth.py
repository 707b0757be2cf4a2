"""What it is worth to know more before the decision."""

from __future__ import annotations

from collections.abc import Sequence

from models.language import named, say
from simulate.language.measures import KINDS
from simulate.language.numbers import million, percent
from simulate.report.phrases import name_in
from simulate.report.sections import Answer, Table
from simulate.sensitivity.decide import Learned, Value
from simulate.sensitivity.study import Sensitivity
from simulate.sensitivity.told.figures import money
from simulate.sensitivity.told.names import factor_name, part_name
from simulate.sensitivity.told.studies import studies

_MOST = 8
# What is worth less than so many standard errors cannot be told from nothing.
_ERRORS = 2.0


def worth(study: Sensitivity, pictures: bool) -> Answer:
    """Return the decision, the most that information can be worth, and what each piece is.

    Last what could be found out first, and whether that pays.
    """
    value = study.value
    if value is None:
        text = say(
            "Scenariot anger inget beslut. Lägg till en tabell [decision] med vem som beslutar och "
            "vad som kan väljas, så räknas värdet av att veta mer."
        )
        return (text,), (), ()
    paragraphs = [_now(study, value), _most(value)]
    tables = []
    if seen(value.everything):
        columns = (say("Om detta vore känt"), say("Värt"), say("Ändrar beslutet"))
        single = value.single[:_MOST]
        rows = [(factor_name(study.scenario, one.factors[0]), *_cells(one)) for one in single]
        rows += [(part_name(study.scenario, one.key), *_cells(one)) for one in value.groups]
        tables.append(Table(say("Värdet av att veta före beslutet"), columns, tuple(rows)))
        if any(one.worth.value < 0.0 for one in (*single, *value.groups)):
            paragraphs.append(
                say("Ett värde under noll är simuleringsfel: den som vet mer kan alltid låta bli.")
            )
    paragraphs.append(_stated(study, value))
    said, listed, drawn = studies(study, pictures)
    return (*paragraphs, *said), (*tables, *listed), drawn


def seen(one: Learned) -> bool:
    """Return whether a value can be told from nothing."""
    return one.worth.value > _ERRORS * one.worth.error


def _now(study: Sensitivity, value: Value) -> str:
    decision = value.decision
    best, other = decision.act, decision.abstain
    if not value.goes_ahead:
        best, other = other, best
    party = name_in(study.scenario, decision.party)
    if decision.utility == "npv":
        sought = say("det väntade nuvärdet")
    else:
        sought = say("det säkra belopp som är lika bra")
    return say(
        "{party} väljer mellan att {act} och att {abstain}, som är värt noll. Att {act} är värt "
        "{utility}, räknat som {sought}. Som det ser ut nu är det bäst att {best}.",
        party=party[:1].upper() + party[1:],
        act=named(decision.act),
        abstain=named(decision.abstain),
        utility=money(*value.utility),
        sought=sought,
        best=named(best),
    )


def _most(value: Value) -> str:
    most = value.everything
    if not seen(most):
        return say(
            "Vad det är värt att veta allt osäkert före beslutet kan inte skiljas från noll "
            "(skattningen är {value}): inget som går att ta reda på skulle säkert ändra valet. "
            "Slumpen i små grupper kan ingen veta i förväg och räknas inte.",
            value=money(most.worth.value, most.worth.error),
        )
    return say(
        "Att veta allt osäkert före beslutet är värt {value}, med 95-procentsintervallet {low} "
        "till {high}: mer bör ingen betala för kunskap. Valet skulle ändras i {changes} av fallen. "
        "Slumpen i små grupper kan ingen veta i förväg och räknas inte.",
        value=money(most.worth.value, most.worth.error),
        low=million(most.worth.low, most.worth.error / 10.0),
        high=million(most.worth.high, most.worth.error / 10.0),
        changes=percent(most.worth.changes, 0.005),
    )


def _stated(study: Sensitivity, value: Value) -> str:
    decision = value.decision
    kind = say(KINDS[decision.kind or "assumption"])
    source = named(decision.source or study.scenario.id)
    return say("Beslutet ({kind}): {source}.", kind=kind, source=source)


def _cells(one: Learned) -> Sequence[str]:
    return money(one.worth.value, one.worth.error), percent(one.worth.changes, 0.005)
