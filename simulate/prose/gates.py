"""Stage gates in words: when they meet, what they know, and what ends the funding."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from models.language import say, say_count
from models.spoken import listed
from simulate.language.quantities import in_words
from simulate.prose.paragraph import Paragraph
from simulate.scenario.tree.contract import Contract
from simulate.scenario.tree.gates import StageGates, StopRule


def stage_gates(contract: Contract, titles: Mapping[str, str]) -> Iterator[Paragraph]:
    """Yield what the contract says of its stage gates, if it has any.

    Args:
        contract: with or without.
        titles: of the measures.
    """
    gates = contract.stage_gates
    if gates is None:
        return
    days = [str(day) for day in gates.meetings]
    text = say_count(
        "Ett insatsråd möts {count} gång, den {days}, och beslutar om fortsatt finansiering.",
        "Ett insatsråd möts {count} gånger, den {days}, och beslutar varje gång om fortsatt "
        "finansiering.",
        len(days),
        days=listed(days),
    )
    under = (
        Paragraph(_known(gates, titles), key="contract.stage_gates.measure"),
        Paragraph(_ends(gates.rule), key="contract.stage_gates.rule"),
    )
    yield Paragraph(text, under, "contract.stage_gates")


def _known(gates: StageGates, titles: Mapping[str, str]) -> str:
    """Return what a meeting sees."""
    text = say(
        "Vid mötet är kostnaden i «{measure}» känd för personmånader som är äldre än {lag}. Den "
        "del "
        "av skillnaden mellan personer som är en stabil nivå: {stable}. De första månadernas "
        "kostnad "
        "mot den väntade profilen (log): {early}.",
        measure=titles[gates.measure],
        lag=in_words(gates.reporting_lag),
        stable=in_words(gates.stable),
        early=in_words(gates.front_load),
    )
    if gates.yardstick_known:
        return (
            text
            + " "
            + say("Den väntade kostnaden är känd, och kostnaden hittills jämförs med den.")
        )
    return text + " " + say("Den väntade kostnaden är inte känd vid mötena.")


def _ends(rule: StopRule | None) -> str:
    """Return when the funding ends, and what that means."""
    if rule is None:
        return say(
            "Ingen regel är avtalad: i framtiderna fortsätter finansieringen vid varje möte."
        )
    return say(
        "Finansieringen upphör vid det första möte då minst {months} personmånader är kända och "
        "kostnaden hittills är mer än {index} gånger den väntade, om något är kvar att betala ut. "
        "Nästa utbetalning görs då inte. Den dag den skulle ha gjorts tas ingen mer in, och "
        "insatsen "
        "slutar för alla; garantin räknas på det som har dragits.",
        months=in_words(rule.person_months),
        index=in_words(rule.index_above),
    )
