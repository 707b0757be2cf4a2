"""The sections of the page on stage gates: the same in the terminal."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import batched

from models.language import mark, say
from simulate.gates import pictures
from simulate.gates.actual import Posterior
from simulate.gates.forecast import Value
from simulate.gates.sentences import amount, assumed, informed, name, rate
from simulate.gates.stopping import Policy, Right
from simulate.gates.study import Study
from simulate.language.numbers import million, number, percent, significant
from simulate.report.sections import Section, Table
from simulate.sensitivity.told.figures import money, share

HEADINGS = {
    "known": mark("Vad vet varje möte?"),
    "checked": mark("Stämmer det?"),
    "worth": mark("Vad är rätten att sluta värd?"),
    "drawn": mark("Hur mycket dras?"),
    "actual": mark("Och med det som verkligen var känt?"),
    "assumed": mark("Vad det bygger på"),
}

# So many parties stand beside each other in a table.
ABREAST = 4


def sections(study: Study, drawn: bool = True) -> tuple[Section, ...]:
    """Return every section that has an answer.

    Args:
        study: what was found.
        drawn: whether with pictures.
    """
    found = [_known(study, drawn)]
    if study.checked:
        found.append(_checked(study))
    found += [_worth(study), _drawn(study)]
    if study.actual:
        found.append(_actual(study))
    found.append(Section("assumed", say(HEADINGS["assumed"]), tuple(assumed(study))))
    return tuple(found)


def _known(study: Study, drawn: bool) -> Section:
    rows = [(say("innan"), "", "", "", _between(study.before.interval), _once(study))]
    for day, one in zip(study.gates.meetings, study.meetings, strict=True):
        rows.append(
            (
                str(day),
                number(one.persons.value, 0),
                rate(one.share),
                share(max(one.explained.value, 0.0), one.explained.error),
                _between(one.interval),
                f"{percent(one.losses[0], most=0)}–{percent(one.losses[1], most=0)}",
            )
        )
    columns = (
        say("Möte"),
        say("Personer"),
        say("Kända personmånader"),
        say("Förklarat"),
        say("Betalning, nio av tio"),
        say("Sannolikhet för förlust"),
    )
    said = say(
        "Förklarat är den del av betalningens varians som det kända förklarar, läst i framtider "
        "som "
        "inte användes i anpassningen. Intervallet är i genomsnitt det som rymmer nio av tio "
        "betalningar när det kända är känt. Sist står mellan vilka värden sannolikheten att få "
        "tillbaka mindre än det dragna ligger, nio gånger av tio, beroende på vad mötet får se."
    )
    table = Table(say("Vad varje möte vet"), columns, tuple(rows))
    shown = (pictures.narrowing(study),) if drawn else ()
    return Section("known", say(HEADINGS["known"]), (said,), (table,), shown)


def _between(interval: tuple[Value, Value]) -> str:
    """Return an interval with the digits of half its error: the ends are averages of many."""
    low, high = (number(one.value / 1e6, 1) for one in interval)
    return say("{low}–{high} mkr", low=low, high=high)


def _once(study: Study) -> str:
    return rate(study.before.loss)


def _checked(study: Study) -> Section:
    compared = study.gates.yardstick_known
    rows = tuple(
        (
            str(study.gates.meetings[one.meeting]),
            significant(one.index) if compared else million(one.index),
            million(one.regression),
            money(*one.weights.payment),
            _shape(one.weights),
        )
        for one in study.checked
    )
    columns = (
        say("Möte"),
        say("Kostnad mot väntad") if compared else say("Kostnad per personmånad"),
        say("Väntad betalning, regression"),
        say("Exakta vikter"),
        say("Pareto k"),
    )
    said = say(
        "Regressionen prövas i några framtider med låg, vanlig och hög kostnad hittills: andra "
        "framtider vägs efter hur troligt de gör just det som syns där. Vikterna bygger inte på "
        "någon anpassad kurva."
    )
    table = Table(say("Regressionen mot exakta vikter"), columns, rows)
    return Section("checked", say(HEADINGS["checked"]), (said,), (table,))


def _shape(one: Posterior) -> str:
    return number(one.k, 2) if one.holds else say("{k} (räcker inte)", k=number(one.k, 2))


def _worth(study: Study) -> Section:
    said = [
        say(
            "Varje sida för sig antas ensam få besluta vid varje möte, efter det som då är känt, "
            "och "
            "söka största nuvärde. Regeln lärs på halva antalet framtider och värderas på de "
            "andra: "
            "vinsten är en undre gräns för vad den bästa regeln ger. Den övre gränsen gäller varje "
            "regel som bara använder det som är känt: det som vinns av den som ser hela "
            "framtiden men får betala för allt den då vet mer än mötena. Allt mot att "
            "finansieringen alltid fortsätter."
        ),
        *(one for right in study.rights for one in _motive(study, right)),
    ]
    tables = tuple(_rights(study, some) for some in batched(study.concerned, ABREAST, strict=False))
    return Section("worth", say(HEADINGS["worth"]), tuple(said), tables)


def _rights(study: Study, some: tuple[str, ...]) -> Table:
    """Return what some parties win by what each side would decide."""
    columns = (
        say("Vem beslutar, och hur"),
        say("Slutar i"),
        *(say("{party} vinner", party=name(study, one)) for one in some),
    )
    rows = tuple(row for right in study.rights for row in _right_rows(study, right, some))
    return Table(say("Rätten att sluta"), columns, rows)


def _motive(study: Study, one: Right) -> Iterator[str]:
    """Yield when a side stops, where it uses what is known."""
    if one.cheap is None or not informed(one):
        return
    high = one.cheap < 0.5
    message = (
        mark(
            "{party} slutar mest när kostnaden är hög: i {share} av de framtider som stoppas "
            "ligger den då över medianen."
        )
        if high
        else mark(
            "{party} slutar mest när kostnaden är låg: i {share} av de framtider som stoppas "
            "ligger den då under medianen."
        )
    )
    yield say(
        message,
        party=name(study, one.side),
        share=percent(1.0 - one.cheap if high else one.cheap, most=0),
    )


def _right_rows(study: Study, one: Right, some: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    party = name(study, one.side)
    yield (
        say("{party}: efter det kända (undre gräns)", party=party),
        *_policy(one.policy, some),
    )
    once = int(one.beforehand.stops.max())
    when = say("aldrig") if not once else str(study.gates.meetings[once - 1])
    yield (
        say("{party}: en gång för alla ({when})", party=party, when=when),
        *_policy(one.beforehand, some),
    )
    if one.side not in some:
        return
    learned = (
        money(one.interim.value, one.interim.error) if two == one.side else "" for two in some
    )
    yield say("{party}: vad mötena får veta, skillnaden", party=party), "", *learned
    most = (money(one.most.value, one.most.error) if two == one.side else "" for two in some)
    yield say("{party}: mer vinner ingen regel (övre gräns)", party=party), "", *most


def _policy(one: Policy, some: tuple[str, ...]) -> tuple[str, ...]:
    gained = (one.gain[two] for two in some)
    return rate(one.stopped), *(money(gain.value, gain.error) for gain in gained)


def _drawn(study: Study) -> Section:
    rows: list[tuple[str, ...]] = []
    if study.rule is not None:
        rows.append(_amounts(say("kontraktets regel"), study.rule))
    rows += [_amounts(name(study, one.side), one.policy) for one in study.rights]
    columns = (
        say("Vem beslutar"),
        say("Slutar i"),
        say("Dras i genomsnitt"),
        say("Median"),
        say("Nio av tio"),
    )
    said = [
        say(
            "Möten mellan samma två utbetalningar leder till samma sak: nästa utbetalning görs "
            "inte. "
            "Efter den sista utbetalningen kan ett möte veta mer, men inte stoppa något."
        )
    ]
    if study.rule is None:
        said.append(say("Kontraktet har ingen regel: utan beslut fortsätter finansieringen."))
    else:
        said.append(_ruled(study, study.rule))
    table = Table(say("Det dragna beloppet"), columns, tuple(rows))
    return Section("drawn", say(HEADINGS["drawn"]), tuple(said), (table,))


def _ruled(study: Study, rule: Policy) -> str:
    """Return what the contract's own rule does to each side."""
    parts = "; ".join(
        say(
            "{party} {amount}",
            party=name(study, one),
            amount=_signed(rule.gain[one]),
        )
        for one in study.concerned
    )
    return say(
        "Kontraktets egen regel slutar i {share} av framtiderna. Mot att alltid fortsätta ändrar "
        "den "
        "nuvärdet med: {parts}.",
        share=rate(rule.stopped),
        parts=parts,
    )


def _signed(gain: Value) -> str:
    """Return a change with its sign: without one nobody knows which way it goes."""
    text = amount(gain)
    return f"+{text}" if gain.value > 0.0 and any(digit in text for digit in "123456789") else text


def _amounts(who: str, one: Policy) -> tuple[str, ...]:
    mean, low, middle, high = one.drawn
    return (
        who,
        rate(one.stopped),
        money(mean.value, mean.error),
        million(middle, most=1),
        say("{low}–{high} mkr", low=number(low / 1e6, 1), high=number(high / 1e6, 1)),
    )


def _actual(study: Study) -> Section:
    said = []
    for one in study.actual:
        if one.holds:
            low, high = one.interval
            said.append(
                say(
                    "Med det som var känt den {day} blir betalningen i genomsnitt {mean}, nio "
                    "gånger "
                    "av tio {low} till {high}, och sannolikheten för förlust {loss} (före mötena "
                    "{before}). Pareto k är {k}, och vikterna motsvarar {size} framtider.",
                    day=one.data.day,
                    mean=million(*one.payment),
                    low=million(low, one.payment[1]),
                    high=million(high, one.payment[1]),
                    loss=percent(*one.loss),
                    before=rate(study.before.loss),
                    k=number(one.k, 2),
                    size=number(one.effective),
                )
            )
        else:
            said.append(
                say(
                    "För det som var känt den {day} räcker framtiderna inte (Pareto k {k}, "
                    "motsvarande {size} framtider): evidensen måste anpassas till de nya "
                    "uppgifterna, "
                    "eller fler framtider dras.",
                    day=one.data.day,
                    k=number(one.k, 2) if one.k < 100.0 else "∞",
                    size=number(one.effective),
                )
            )
    return Section("actual", say(HEADINGS["actual"]), tuple(said))
