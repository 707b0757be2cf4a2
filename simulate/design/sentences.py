"""What other measurements change, in sentences: the same on the page and in the terminal."""

from __future__ import annotations

from collections.abc import Iterator

from models.language import named, say
from models.spoken import listed
from simulate.design.curve import AS_IT_IS, CALM, IDLE, IDLE_CALM, Curve, Point, drift_removed
from simulate.design.designs import Design, differing
from simulate.design.figures import size, thousands, tkr, told_apart
from simulate.design.study import JOINT, Study, Valued
from simulate.language.measures import MISSING
from simulate.language.numbers import number
from simulate.language.quantities import in_words
from simulate.report.cells import cell
from simulate.report.phrases import name_in
from simulate.risk.risk import Figure
from simulate.scenario.tree.measurements import direct
from simulate.scenario.tree.party import CONTRACT
from simulate.sensitivity.told.names import leaf_name


def design_name(study: Study, design: Design) -> str:
    """Return what a measurement is called; of which measure, where there are several."""
    if design.title:
        return named(design.title)
    if design.persons is not None:
        (key,) = differing(study.scenario, design.scenario)
        return _of(study, key, group_name(design.persons))
    return ", ".join(
        _of(study, key.split(".")[1], f"{leaf_name(key.split('.')[-1])}: {_value(study, key, one)}")
        for key, one in design.settings
    )


def group_name(persons: float) -> str:
    """Return what a comparison group of some size is called."""
    return say("jämförelsegrupp på {persons} personer", persons=number(persons))


def _of(study: Study, key: str, text: str) -> str:
    """Say of which measure something is, unless there is only one that it can be of."""
    keys = {k for one in study.designs for k in differing(study.scenario, one.design.scenario)}
    if len(keys | {one.key for one in study.curves}) < 2:
        return text
    return f"{named(study.scenario.measurements[key].title)}: {text}"


def _value(study: Study, key: str, value: str) -> str:
    """Return a value as a person wrote it, a rule for the missing in words."""
    kind = str(getattr(study.scenario.measurements[key.split(".")[1]], "type", ""))
    return say(MISSING[kind, value]).lower() if (kind, value) in MISSING else value


def answers(study: Study) -> tuple[str, ...]:
    """Return the answer for each measurement: what is paid, and who gains by it."""
    return tuple(f"{paid(study, one)} {gains(study, one)}" for one in study.designs)


def paid(study: Study, valued: Valued) -> str:
    """Return what another measurement does to the expected payment."""
    found = valued.changes[CONTRACT, "repayment_mean"]
    words = {
        "way": design_name(study, valued.design),
        "size": size(found.change),
        "before": cell(found.agreed).value,
    }
    if found.change.value == 0.0 and not found.change.mcse:
        return say("«{way}» hade inte ändrat betalningen i någon framtid.", **words)
    if not told_apart(found.change):
        return say(
            "«{way}» hade inte ändrat den väntade återbetalningen, {before}, mer än "
            "simuleringsfelet: {size}.",
            **words,
        )
    if (found.change.value or 0.0) > 0.0:
        return say("«{way}» hade höjt den väntade återbetalningen, {before}, med {size}.", **words)
    return say("«{way}» hade sänkt den väntade återbetalningen, {before}, med {size}.", **words)


def gains(study: Study, valued: Valued) -> str:
    """Return who gains and who loses, in expected net present value."""
    by = {party: valued.change(party, "npv_mean") for party in study.sides}
    each = [_gain(study, party, one) for party, one in by.items() if told_apart(one)]
    if not each:
        return say("Ingen sida vinner eller förlorar på det så att det syns.")
    joint = valued.change(JOINT, "npv_mean")
    together = tkr(joint) if told_apart(joint) else say("ingenting som syns")
    return say(
        "I väntat nuvärde hade {each}; tillsammans {together}.",
        each=listed(each),
        together=together,
    )


def _gain(study: Study, party: str, change: Figure) -> str:
    """Return that a party gains or loses, which a sign alone leaves to be guessed."""
    words = {"party": name_in(study.scenario, party), "size": size(change)}
    if (change.value or 0.0) > 0.0:
        return say("{party} vunnit {size}", **words)
    return say("{party} förlorat {size}", **words)


def same(study: Study) -> str:
    """Return what is the same under every measurement; less of it where a rule reads them."""
    if study.scenario.contract.stops:
        return say(
            "Framtiderna är desamma, men kontraktets regel för när finansieringen upphör läser det "
            "som mäts: en annan mätning stoppar andra framtider, och då ändras också insatsen, vad "
            "den kostar och vad den åstadkommer."
        )
    return say(
        "Framtiderna är desamma och så är insatsen, dess effekt och vad den kostar; bara mätningen "
        "är en annan."
    )


def transfer(study: Study) -> str:
    """Return why a change of what is paid is nearly nothing to all sides together, or is not."""
    if study.scenario.contract.stops:
        return say(
            "Betalningen byter bara ägare, men insatsen stoppas i andra framtider. Vad den då "
            "kostar och sparar, mer eller mindre, är vinst eller förlust också för sidorna "
            "tillsammans."
        )
    return say(
        "Betalningen byter bara ägare: det som en sida vinner förlorar en annan, krona för krona. "
        "Det som blir kvar tillsammans är att sidorna räknar med olika kalkylränta, att "
        "betalningen flyttas i tiden, och vad mätningen kostar. Insatsen och vad den åstadkommer "
        "är desamma."
    )


def notes(study: Study) -> Iterator[str]:
    """Yield when a measurement is paid on another day, and what it costs."""
    scenario = study.scenario
    agreed = scenario.contract.pays_on
    read = set(direct(scenario.measurements, scenario.contract.measures()))
    for valued in study.designs:
        design = valued.design
        day = design.scenario.contract.pays_on
        if day != agreed:
            yield say(
                "«{way}» blir klar senare: kontraktet betalar {day} i stället för {agreed}.",
                way=design_name(study, design),
                day=day,
                agreed=agreed,
            )
        if design.cost is not None and design.paid_by is not None:
            yield say(
                "«{way}» kostar {cost} mer än den avtalade mätningen, som {party} betalar samma "
                "dag; det ingår i nuvärdena.",
                way=design_name(study, design),
                cost=in_words(design.cost),
                party=name_in(study.scenario, design.paid_by),
            )
        if not set(differing(study.scenario, design.scenario)) & read:
            yield say(
                "«{way}» gäller ett mått som kontraktet inte betalar på.",
                way=design_name(study, design),
            )


def risk(study: Study) -> Iterator[str]:
    """Yield what a measurement is worth to who dislikes risk, where that is stated or tried."""
    yield say(
        "Säkerhetsekvivalenten är det säkra belopp som är lika bra som det osäkra nuvärdet: "
        "−R log E exp(−nuvärde/R), där R är partens risktolerans. Ju mindre R, desto mer väger de "
        "dåliga framtiderna."
    )
    for valued in study.designs:
        if (JOINT, "npv_certain") in valued.changes:
            each = [
                say(
                    "{party} {change}",
                    party=name_in(study.scenario, party),
                    change=tkr(valued.change(party, "npv_certain")),
                )
                for party in study.sides
            ]
            yield say(
                "«{way}» ändrar säkerhetsekvivalenten: {each}; tillsammans {together}.",
                way=design_name(study, valued.design),
                each=listed(each),
                together=tkr(valued.change(JOINT, "npv_certain")),
            )
    lacking = [name_in(study.scenario, p) for p in study.sides if p not in study.tolerances]
    if lacking:
        yield say(
            "Scenariot anger ingen risktolerans (risk_tolerance) för {parties}. Därför prövas "
            "några, som andelar av ramen; vilken som gäller avgör parten själv.",
            parties=listed(lacking),
        )
    if any(one.value is None for valued in study.designs for one in _certain(valued)):
        yield say("Ett streck: så få framtider avgör beloppet att det inte går att räkna.")


def _certain(valued: Valued) -> Iterator[Figure]:
    """Yield every change of a certainty equivalent."""
    yield from valued.tried.values()
    yield from (c.change for (_, name), c in valued.changes.items() if name == "npv_certain")


def group(study: Study, curve: Curve) -> Iterator[str]:
    """Yield what twice as many to compare with changes, with the drift, without, and why."""
    with_drift = curve.twice(AS_IT_IS)
    if with_drift is None:
        return
    yield _twice(study, curve, with_drift)
    calm = curve.twice(CALM)
    if calm is not None:
        yield _drift(with_drift.payment, calm.payment)
    elif drift_removed(study.scenario, curve.key):
        yield say(
            "I måttet «{measure}» tar kontraktets index bort hela driften. Utan den hade talen "
            "varit desamma, så de visas en gång.",
            measure=named(study.scenario.measurements[curve.key].title),
        )
    idle, idle_calm = curve.twice(IDLE), curve.twice(IDLE_CALM)
    if idle is not None and idle_calm is not None:
        yield say(
            "Är effekten i stället satt till noll i alla framtider ändras den väntade "
            "återbetalningen med {with_drift}, och utan drift med {calm}.",
            with_drift=tkr(idle.payment),
            calm=tkr(idle_calm.payment),
        )


def crooked(study: Study) -> str:
    """Return why the size of a comparison group changes what is expected at all."""
    why = say(
        "En större jämförelsegrupp visar i genomsnitt detsamma som en mindre, bara mindre ojämnt. "
        "Väntad betalning ändras därför bara där betalningen är krökt: ojämnhet lyfter den vid ett "
        "golv, en garanti eller där delningen börjar, och sänker den vid ett tak. Ligger det "
        "uppmätta mitt emellan tar de ut varandra."
    )
    if not any(CALM in curve.lines for curve in study.curves):
        return why
    return f"{why} {say('Driften flyttar det uppmätta, och därmed vad som väger mest.')}"


def _twice(study: Study, curve: Curve, point: Point) -> str:
    each = [
        say("{party} {change}", party=name_in(study.scenario, party), change=tkr(change))
        for party, change in point.npv.items()
    ]
    return say(
        "Med dubbelt så många att jämföra med ({twice} i stället för {agreed}, måttet «{measure}») "
        "hade den väntade återbetalningen ändrats med {payment}: i väntat nuvärde {each}.",
        twice=number(point.persons),
        agreed=number(curve.agreed),
        measure=named(study.scenario.measurements[curve.key].title),
        payment=tkr(point.payment),
        each=listed(each),
    )


def _drift(drifting: Figure, calm: Figure) -> str:
    """Return whether the drift makes the size of the group matter more or less."""
    words = {"drifting": thousands(drifting), "calm": tkr(calm)}
    gap = abs(calm.value or 0.0) - abs(drifting.value or 0.0)
    error = ((calm.mcse or 0.0) ** 2 + (drifting.mcse or 0.0) ** 2) ** 0.5
    if gap > 2.0 * error:
        return say("Driften gör att det betyder mindre: {drifting} mot {calm} utan drift.", **words)
    if gap < -2.0 * error:
        return say("Driften gör att det betyder mer: {drifting} mot {calm} utan drift.", **words)
    return say("Med drift är det {drifting}, mot {calm} utan drift.", **words)
