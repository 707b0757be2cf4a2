"""What stage gates know, in words: the same on the page and in the terminal."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Callable, Iterator

from models.language import named, say
from models.quantity import SEK
from simulate.gates.forecast import Value
from simulate.gates.stopping import Right
from simulate.gates.study import Study
from simulate.language.numbers import million, percent
from simulate.language.quantities import quantity

# So much of the variance must be explained for a meeting to be said to know something.
SOME = 0.25
# So small a part of what the right is worth is little beside it.
LITTLE = 0.05


def answers(study: Study) -> tuple[str, ...]:
    """Return the two sentences that a politician reads: what is known, and what a stop is worth."""
    return knows(study), worth(study)


def knows(study: Study) -> str:
    """Return what the middle meeting knows, and from when anything is."""
    at = len(study.meetings) // 2
    one, day = study.meetings[at], study.gates.meetings[at]
    low, high = one.interval
    first = say(
        "Vid mötet den {day} är kostnaden känd för {share} av personmånaderna, och betalningen kan "
        "ännu bli {low} till {high} (nio gånger av tio), mot {least} till {most} från början.",
        day=day,
        share=rate(one.share),
        low=million(low.value, most=1),
        high=million(high.value, most=1),
        least=million(study.before.interval[0].value, most=1),
        most=million(study.before.interval[1].value, most=1),
    )
    return f"{first} {since(study)}"


def since(study: Study) -> str:
    """Return from which meeting on something is known."""
    known = first_with(study, SOME)
    if known is None:
        return say(
            "Inget av mötena vet så mycket som en fjärdedel av det som avgör: nästan inget är "
            "känt medan det ännu går att besluta något."
        )
    if known == study.gates.meetings[0]:
        return say("Redan det första mötet vet mer än en fjärdedel av det som avgör.")
    return say("Före mötet den {day} är mindre än en fjärdedel av det som avgör känt.", day=known)


def first_with(study: Study, share: float) -> dt.date | None:
    """Return the first meeting that explains so much of the payment's variance."""
    for day, one in zip(study.gates.meetings, study.meetings, strict=True):
        if one.explained.value >= share:
            return day
    return None


def worth(study: Study) -> str:
    """Return what the right to stop is worth to each side, in one sentence each."""
    return " ".join(_worth(study, one) for one in study.rights)


def informed(one: Right) -> bool:
    """Return whether it is what the meetings know that makes the right worth something."""
    return one.interim.value > 2.0 * one.interim.error


def _worth(study: Study, one: Right) -> str:
    plain = one.beforehand.gain[one.side]
    party = name(study, one.side)
    if one.high < 1.0:
        return say("För {party} är rätten att sluta finansiera inte värd något.", party=party)
    if one.low < 1.0:
        return say(
            "För {party} är rätten att sluta finansiera inte säkert värd något, och högst {high}.",
            party=party,
            high=_rounded(one.high, math.ceil),
        )
    first = say(
        "För {party} är rätten att sluta finansiera värd mellan {low} och {high}.",
        party=party,
        low=_rounded(one.low, math.floor),
        high=_rounded(one.high, math.ceil),
    )
    if not informed(one) and one.beforehand.stops.any():
        rest = _at_once(study, one)
    elif plain.value <= 2.0 * plain.error:
        rest = say(
            "Allt av det kommer av vad mötena får veta: på förhand vore det bäst att fortsätta."
        )
    else:
        rest = say(
            "Av det skulle {plain} finnas kvar om beslutet togs en gång för alla på förhand.",
            plain=amount(plain),
        )
    return f"{first} {rest}"


def _at_once(study: Study, one: Right) -> str:
    """Return what is known of the meetings' knowledge where the rule that was learned uses none."""
    day = study.gates.meetings[int(one.beforehand.stops.max()) - 1]
    more = one.gap.value + 1.645 * one.gap.error
    if more <= LITTLE * one.low:
        return say(
            "Det beror inte på vad mötena får veta: det bästa är att sluta redan den {day}, och "
            "det säger mer om kontraktet än om mötena.",
            day=day,
        )
    return say(
        "Regeln som lärts slutar redan den {day}, vad mötena än får veta; en bättre kan vinna "
        "högst {more} till.",
        day=day,
        more=_rounded(more, math.ceil),
    )


def _rounded(sek: float, whole: Callable[[float], int]) -> str:
    """Return an amount rounded one way, never as nothing.

    In mkr with one decimal, or two where one is nothing; less than that to one digit.
    """
    for decimals in (1, 2):
        unit = 10.0 ** (6 - decimals)
        if sek >= unit:
            return million(whole(sek / unit) * unit, most=decimals)
    unit = 10.0 ** math.floor(math.log10(sek))
    return quantity(whole(sek / unit) * unit, SEK)


def name(study: Study, side: str) -> str:
    """Return the name of a party."""
    return named(study.scenario.parties[side].name)


def amount(one: Value) -> str:
    """Return an amount in mkr, to the digits that its error supports."""
    return million(one.value, one.error)


def rate(one: Value) -> str:
    """Return a share in per cent, to the digits that its error supports."""
    return percent(one.value, one.error)


def assumed(study: Study) -> Iterator[str]:
    """Yield what the figures rest on."""
    yield say(
        "Varje framtid slutar i just den kostnad som mäts till slut. Vad som syns på vägen är "
        "dragna "
        "mellanled: en stabil nivå för var och en, och det som kommer nytt varje månad. Mötena ser "
        "kostnaden hittills för dem som har tagits in, och hur många de är, men inte effekten, "
        "skolresultaten eller om aktiviteten genomförs."
    )
    if study.rule is not None:
        yield say(
            "Vad mötena vet om betalningen gäller den som blir om finansieringen fortsätter, också "
            "där kontraktets regel skulle stoppa den."
        )
    if study.gates.yardstick_known:
        yield say(
            "Kostnaden hittills jämförs med vad som var väntat för samma månader. Hur hög den "
            "väntade kostnaden själv är räknas inte som kunskap."
        )
    else:
        yield say("Den väntade kostnaden är inte känd vid mötena: de ser bara kostnaden per månad.")
    yield say(
        "Upphör finansieringen räcker det som är utbetalt till dagen för nästa utbetalning. Då tas "
        "ingen mer in, och insatsen slutar för alla: effekten krymper, på sin egen skala, till den "
        "del av insatsen som hann ges. Garantin räknas på det som dragits; den som stoppar anses "
        "inte "
        "ha brustit i genomförandet."
    )
