"""The five questions of a sensitivity study, with the same headings for every scenario."""

from __future__ import annotations

from collections.abc import Callable

from models.language import mark, say, say_count
from simulate.language.numbers import MINUS, number, significant
from simulate.report.sections import Answer, Section, Table
from simulate.sensitivity.moves import FURTHEST, NEAREST, Bar, Switch
from simulate.sensitivity.study import Answer as Found
from simulate.sensitivity.study import Sensitivity, Share
from simulate.sensitivity.told import draw
from simulate.sensitivity.told.figures import answer, change, index, interval, level, percentile
from simulate.sensitivity.told.names import answer_name, dimension_of, factor_name, idle_name
from simulate.sensitivity.told.region import region
from simulate.sensitivity.told.worth import worth

HEADINGS = {
    "tornado": mark("Vad flyttar svaret?"),
    "shares": mark("Hur mycket av osäkerheten är vars?"),
    "switches": mark("Hur långt måste ett tal gå för att svaret ska vända?"),
    "region": mark("När går det illa?"),
    "value": mark("Vad är det värt att veta mer före beslutet?"),
}
# So many rows are shown of a table whose rows become less and less; the page's pictures as well.
MOST = 8


def sections(study: Sensitivity, pictures: bool = True) -> tuple[Section, ...]:
    """Return the five sections.

    Args:
        study: what was found.
        pictures: whether to draw, which is of no use in a terminal.
    """
    return tuple(
        Section(key, say(heading), *_ANSWERS[key](study, pictures))
        for key, heading in HEADINGS.items()
    )


def _tornado(study: Sensitivity, pictures: bool) -> Answer:
    paragraphs = [
        say(
            "Varje tal flyttas för sig från sin 10- till sin 90-procentspunkt, medan allt annat är "
            "slumpmässigt och detsamma i båda fallen. Ett evidensblock flyttas efter sin "
            "viktigaste storhet. Slumpen i små grupper har inga percentiler och finns i nästa "
            "avsnitt. Efter ett tal på logskala står ändringen i procent: under noll är mindre."
        )
    ]
    tables, drawn = [], []
    for found in _shown(study, pictures):
        if not found.varies:
            paragraphs.append(_alike(study, found))
            continue
        if not found.moving:
            paragraphs.append(
                say(
                    "{answer} är {now}, och inget tal flyttar den för sig: osäkerheten är slump.",
                    answer=_begun(answer_name(study.scenario, found.target)),
                    now=answer(found.target, found.value),
                )
            )
            continue
        rows = tuple(_bar(study, found, bar) for bar in found.moving[:MOST])
        columns = (say("Tal"), say("Från och till"), say("Svar"), say("Ändring"))
        caption = say(
            "{answer}: nu {now}",
            answer=_begun(answer_name(study.scenario, found.target)),
            now=answer(found.target, found.value),
        )
        tables.append(Table(caption, columns, rows))
        if pictures and found.target in (study.answers.amount, study.answers.event):
            drawn.append(draw.tornado(study, found, MOST))
    if not pictures and len(study.found) > len(_shown(study, pictures)):
        paragraphs.append(say("Fler svar står på sidan med bilder och i JSON."))
    return tuple(paragraphs), tuple(tables), tuple(drawn)


def _shown(study: Sensitivity, all_of_them: bool) -> tuple[Found, ...]:
    """Return every answer on a page, and in a terminal the two that the decision hangs on."""
    return study.found if all_of_them else study.found[:2]


def _bar(study: Sensitivity, found: Found, bar: Bar) -> tuple[str, ...]:
    dimension = dimension_of(study.scenario, bar.factor)
    low, high = (level(end, dimension) for end in (bar.low, bar.high))
    return (
        factor_name(study.scenario, bar.factor),
        say("{low} till {high}", low=low, high=high),
        say(
            "{low} till {high}",
            low=answer(found.target, bar.at_low),
            high=answer(found.target, bar.at_high),
        ),
        change(found.target, bar.change),
    )


def _shares(study: Sensitivity, pictures: bool) -> Answer:
    varying = [found for found in _shown(study, pictures) if found.varies]
    tables = tuple(_indices(study, found) for found in varying)
    tables += tuple(_parts(study, found) for found in varying if found.parts)
    shown = (study.answers.amount, study.answers.event)
    drawn = tuple(draw.shares(study, f, MOST) for f in varying if pictures and f.target in shown)
    return tuple(_of_shares(study, varying)), tables, drawn


def _of_shares(study: Sensitivity, varying: list[Found]) -> list[str]:
    """What the shares are, and what must be known to read them."""
    paragraphs = [
        say(
            "Ensam: så stor del av svarets varians som talet står för självt. Med samspel: den del "
            "som vore kvar om allt annat vore känt. Andelarna ensamma är tillsammans högst 100 %; "
            "med samspel kan de bli mer, för ett samspel räknas hos alla som är med i det. Inom "
            "parentes står 95-procentsintervall för simuleringsfelet."
        ),
        say(
            "Andelarna kommer av två uppsättningar framtider där ett tal i taget byts mellan dem "
            "(pick-freeze); den ena uppsättningen är körningens egna första {draws} framtider. Tal "
            "i samma evidensblock hänger ihop och räknas som en grupp; så gör all slump.",
            draws=number(study.draws),
        ),
    ]
    if any(_negative(share) for found in varying for share in found.shares[:MOST]):
        paragraphs.append(
            say(
                "Ett minustecken är simuleringsfel: andelen är så nära noll att skattningen har "
                "hamnat under. Den är inte mindre än noll."
            )
        )
    if study.idle:
        paragraphs.append(
            say_count(
                "{count} osäkert tal flyttar inget av svaren: {keys}.",
                "{count} osäkra tal flyttar inget av svaren, de flesta för att de gäller mänskliga "
                "vinster utan pris eller år efter det som räknas.",
                len(study.idle),
                keys=", ".join(map(idle_name, study.idle)),
            )
        )
    return paragraphs


def _indices(study: Sensitivity, found: Found) -> Table:
    columns = (say("Tal"), say("Ensam"), say("Med samspel"))
    return Table(
        _begun(answer_name(study.scenario, found.target)),
        columns,
        tuple(
            (
                factor_name(study.scenario, share.factor),
                interval(share.indices.first),
                interval(share.indices.total),
            )
            for share in found.shares[:MOST]
            if share.indices.total.mcse > 0.0
        ),
    )


def _parts(study: Sensitivity, found: Found) -> Table:
    rows = []
    for part in found.parts[:MOST]:
        spec = study.scenario.evidence[part.factor.block]
        rows.append((spec.called(part.quantity), index(part.effect)))
    caption = say(
        "Inuti evidensen, {answer}: storheterna hänger ihop, så blockets andel delas mellan dem "
        "som ett medel över alla ordningar som de kan bli kända i (Shapleyeffekter)",
        answer=answer_name(study.scenario, found.target),
    )
    return Table(caption, (say("Storhet"), say("Del av variansen")), tuple(rows))


def _negative(share: Share) -> bool:
    return any(MINUS in index(one) for one in (share.indices.first, share.indices.total))


def _switches(study: Sensitivity, _: bool) -> Answer:
    paragraphs = [
        say(
            "Svaret vänder när ett väntat nuvärde byter tecken eller en sannolikhet passerar "
            "hälften. Ett tal i taget flyttas från sin {low}- till sin {high}-procentspunkt, med "
            "allt annat slumpmässigt.",
            low=significant(100.0 * NEAREST),
            high=significant(100.0 * FURTHEST),
        )
    ]
    tables = []
    columns = (say("Tal"), say("Svaret vänder vid"), say("Percentil"), say("Svaret i ändarna"))
    for found in study.found:
        if not found.switches:
            continue
        flips = [one for one in found.switches if one.percentile is not None]
        what = answer_name(study.scenario, found.target)
        if not flips:
            paragraphs.append(
                say("{answer} vänder inte hur långt ett enda tal än flyttas.", answer=_begun(what))
            )
            continue
        rows = tuple(_switch(study, found, one) for one in flips)
        tables.append(Table(_begun(what), columns, rows))
        rest = len(found.switches) - len(flips)
        if rest:
            paragraphs.append(
                say_count(
                    "{count} tal kan inte ensamt vända {answer}.",
                    "{count} tal kan inte vart för sig vända {answer}.",
                    rest,
                    answer=what,
                )
            )
    return tuple(paragraphs), tuple(tables), ()


def _switch(study: Sensitivity, found: Found, one: Switch) -> tuple[str, ...]:
    value = one.value if one.value is not None else 0.0
    at = one.percentile or (0.0, 0.0)
    low, high = (answer(found.target, end) for end in one.ends)
    return (
        factor_name(study.scenario, one.factor),
        level(value, dimension_of(study.scenario, one.factor)),
        percentile(*at),
        say("{low} till {high}", low=low, high=high),
    )


def _alike(study: Sensitivity, found: Found) -> str:
    return say(
        "{answer} är densamma i alla framtider, {value}: inget tal kan flytta den.",
        answer=_begun(answer_name(study.scenario, found.target)),
        value=answer(found.target, found.value),
    )


def _begun(text: str) -> str:
    return text[:1].upper() + text[1:]


_ANSWERS: dict[str, Callable[[Sensitivity, bool], Answer]] = {
    "tornado": _tornado,
    "shares": _shares,
    "switches": _switches,
    "region": lambda study, _: region(study),
    "value": worth,
}
