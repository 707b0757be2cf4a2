"""The characteristics in words, the same on the page and in the terminal."""

from __future__ import annotations

from collections.abc import Iterator

from models.language import named, say
from models.spoken import listed
from simulate.language.numbers import significant
from simulate.operating.factors import KINDS
from simulate.operating.paid import guaranteed
from simulate.operating.study import Study
from simulate.report.phrases import about, futures, paying, sek, share


def answers(study: Study) -> tuple[str, str]:
    """Return the two sentences that a politician reads: paid for nothing, and not paid for it."""
    return paid_for_nothing(study), unpaid(study)


def paid_for_nothing(study: Study) -> str:
    """Return how often the whole amount is paid although the insats changes nothing."""
    full = study.without.figures["p_full"]
    return say(
        "Om insatsen inte förändrar något alls får {investor} ändå tillbaka allt som lånades ut i "
        "{futures} ({share}): då betalar {payer} för slumpen.",
        investor=_party(study, study.scenario.investor),
        payer=paying(study.scenario),
        futures=futures(full),
        share=share(full),
    )


def unpaid(study: Study) -> str:
    """Return how often nothing but the guarantee is paid although the insats breaks even."""
    investor = _party(study, study.scenario.investor)
    if study.reached is None:
        return say(
            "Ingen effekt är så stor att besparingen i uppföljningsfönstret motsvarar det som "
            "{investor} lånar ut: kontraktet kan aldrig fråga efter hela beloppet och få ett sant "
            "svar.",
            investor=investor,
        )
    only = study.reached.figures["p_only"]
    return say(
        "Om insatsen verkligen sparar lika mycket som lånades ut, {saving} i "
        "uppföljningsfönstret, får {investor} ändå {least} i {futures} ({share}).",
        least=least(study),
        investor=investor,
        saving=sek(study.reached.figures["true_saving"]),
        futures=futures(only),
        share=share(only),
    )


def more(study: Study) -> str:
    """Return what it is to be paid for an effect: more than the guarantee, where there is one."""
    return say("mer än garantin") if guaranteed(study.scenario) else say("något")


def least(study: Study) -> str:
    """Return what it is not to be: only the guarantee, or nothing."""
    return say("bara garantin") if guaranteed(study.scenario) else say("ingenting")


def half(study: Study) -> str:
    """Return what more than the guarantee without effect says, and what it does not."""
    found = study.without.figures["p_more"]
    calm = study.level("drift", 0.0)
    if calm is None:
        return say(
            "Utan effekt betalas {more} i {futures} ({share}).",
            more=more(study),
            futures=futures(found),
            share=share(found),
        )
    unbiased = calm.without.figures["p_more"]
    return say(
        "Utan effekt betalas {more} i {futures} ({share}); utan kostnadsdrift, alltså med en "
        "opartisk måttstock, i {calm} ({calm_share}). Att det då är omkring hälften är inget fel: "
        "en opartisk mätning av noll hamnar över noll i varannan framtid.",
        more=more(study),
        futures=futures(found),
        share=share(found),
        calm=about(unbiased),
        calm_share=share(unbiased),
    )


def held(study: Study) -> Iterator[str]:
    """Yield what is set, what is held, and what e_F is."""
    yield say(
        "Effekten är satt i alla framtider, på varje utfall med pris till samma avstånd från noll "
        "åt det goda hållet; effekten på det som inte har något pris är satt till noll. Allt annat "
        "behåller sin fördelning och samma slumptal vid varje effekt. Inga framtider sållas efter "
        "utfall, och vad man tror om effekten spelar ingen roll."
    )
    if study.even is not None:
        yield say(
            "e_F är den effekt vars väntade sanna besparing i kontraktets eget fönster är lika "
            "stor som det väntade dragna beloppet: avståndet {distance} från ingen effekt.",
            distance=significant(study.even),
        )
    else:
        yield say(
            "Ingen effekt når det dragna beloppet (e_F finns inte); kurvan är ritad i steg om "
            "{step} på effektens egen skala.",
            step=significant(study.unit / 4.0),
        )
    if study.scenario.contract.stops:
        yield say(
            "Kontraktets regel kan stoppa finansieringen på vägen. e_F gäller insatsen som den är "
            "planerad; sparat, draget och betalt är som det blir."
        )


def lacking(study: Study) -> str:
    """Return which factors the scenario does not have; empty when it has all."""
    if not study.lacking:
        return ""
    names = [say(KINDS[kind][0]).lower() for kind in study.lacking]
    return say("Det här finns inte i scenariot och flyttas inte: {names}.", names=listed(names))


def _party(study: Study, party: str) -> str:
    return named(study.scenario.parties[party].name)
