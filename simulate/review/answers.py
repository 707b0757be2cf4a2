"""The answers to the five questions, where there is evidence."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np

from models.diagnosis import Check, Loo, count_of
from models.distributions import Fixed
from models.evidence import load_model
from models.explained import noted
from models.language import mark, named, say
from models.posterior import Posterior
from models.psis import K_LIMIT
from models.spec import Evidence
from simulate.evidence import title_of
from simulate.evidence_sensitivity import Powered, Reach, powered
from simulate.language.numbers import HARD, number, significant
from simulate.language.quantities import in_words, quantity
from simulate.report.learned import moved, sentence, signed, watched
from simulate.report.style import Picture
from simulate.report.tables import Block, block
from simulate.review import pictures
from simulate.review.parts import Answer, Table
from simulate.review.study import CALIBRATION_LIMIT, Calibrated, Study


def _blocks(study: Study) -> Iterator[tuple[str, str, Posterior, Block]]:
    """Yield each block: its key, what a sentence calls it, its posterior and what it learned."""
    scenario = study.result.scenario
    for name, fitted in study.result.posteriors.items():
        yield name, title_of(scenario, name), fitted, block(scenario, name, fitted)


def learned(study: Study, drawn: bool) -> Answer:
    """Return what each block says, and the parameters that data moved."""
    paragraphs: list[str] = []
    tables: list[Table] = []
    found: list[Picture] = []
    for name, title, fitted, told in _blocks(study):
        source = say("Källa: {source}", source=told.source) if told.source else ""
        said = f"{title}: {told.statement}"
        rows = tuple(row[:5] for row in told.learning if not row[5])
        nothing = "" if rows else say("Inget av detta är lärt av data: det följer ur antagandena.")
        paragraphs.append(" ".join(filter(None, (said, nothing, source))))
        columns = (
            say("Lärt av data"),
            say("Sd före data"),
            say("Sd efter"),
            say("Kvot"),
            say("Flyttas av"),
        )
        tables.append(Table(told.title, columns, rows))
        if drawn:
            found.append(pictures.densities(study, name, fitted, told.title))
    if any(one.rows for one in tables):
        paragraphs.append(
            say("Sd står i talets enhet; är priorn lognormal är kvoten den mellan logaritmernas.")
        )
    return tuple(paragraphs), tuple(one for one in tables if one.rows), tuple(found)


def assumed(study: Study, _: bool) -> Answer:
    """Return what data did not move, and how far the priors decide the posterior."""
    first = sentence(study.result)
    paragraphs = [first] if first else []
    paragraphs += _noted(study, "prior_matters")
    paragraphs.append(
        say(
            "Priorns och datas inflytande är hur mycket fördelningen flyttas per fördubbling av "
            "priorns eller datas vikt; över 0,05 är det märkbart. En prior med stort inflytande är "
            "ett antagande att stå för. Krock är sannolikheten, före data, för en minst lika stor "
            "flytt: under 0,01 drar prior och data åt olika håll."
        )
    )
    tables = []
    for name, _title, fitted, told in _blocks(study):
        tables.append(_assumptions(study, name, fitted, told))
        tables.append(_influence(study, name, fitted, told))
    return tuple(paragraphs), tuple(one for one in tables if one.rows), ()


def _noted(study: Study, code: str) -> list[str]:
    """Return the notes of one kind, with the block where there are several."""
    several = len(study.result.posteriors) > 1
    return [f"{name}: {text}" if several else text for name, text in study.notes(code)]


def _assumptions(study: Study, name: str, fitted: Posterior, told: Block) -> Table:
    spec = study.result.scenario.evidence[name]
    why = dict(zip(fitted.learning, (row[4] for row in told.learning), strict=True))
    rows = []
    for key, prior in load_model(spec).parameters(spec).items():
        one = fitted.learning.get(key)
        if one is None or one.learned:
            continue
        certain = isinstance(prior.distribution, Fixed)
        ratio = "–" if certain else number(one.ratio, 2)
        source = named(prior.source or "–")
        rows.append((say(spec.titles[key]), in_words(prior), ratio, why[key], source))
    columns = (
        say("Antagande"),
        say("Prior"),
        say("Kvot"),
        say("Vad som kan flytta det"),
        say("Källa"),
    )
    return Table(told.title, columns, tuple(rows))


def _influence(study: Study, name: str, fitted: Posterior, told: Block) -> Table:
    titles = study.result.scenario.evidence[name].titles
    rows = tuple(
        (
            say(titles[key]),
            number(power.prior, 2),
            number(power.likelihood, 2),
            "–" if power.conflict is None else number(power.conflict, 2),
        )
        for key, power in fitted.diagnosis.powers.items()
    )
    columns = (
        say("Inflytande på"),
        say("Priorns"),
        say("Datas"),
        say("Krock"),
    )
    return Table(told.title, columns, rows)


def reproduced(study: Study, drawn: bool) -> Answer:
    """Return what was predicted of the published figures, and what leaving one out says."""
    paragraphs: list[str] = []
    tables: list[Table] = []
    found: list[Picture] = []
    for name, title, fitted, told in _blocks(study):
        if not fitted.checks:
            paragraphs.append(
                say(
                    "{block}: det finns inga data att pröva modellen mot; varje tal är ett "
                    "antagande.",
                    block=title,
                )
            )
            continue
        spec = study.result.scenario.evidence[name]
        tables.append(_predictions(spec, fitted, told.title))
        said = [*_leaving_out(fitted.diagnosis.loo)]
        said += [note.text for note in noted(fitted, spec) if note.code == "few_units"]
        paragraphs.append(" ".join((f"{title}:", *said)))
        if drawn:
            found += pictures.predictive(fitted, spec, told.title)
    first = say(
        "Sannolikheten är den för ett minst lika ytterligt utfall enligt modellen, efter och före "
        "data; under 0,01 återskapar modellen inte talet."
    )
    return (first, *paragraphs) if tables else tuple(paragraphs), tuple(tables), tuple(found)


def _predictions(spec: Evidence, fitted: Posterior, title: str) -> Table:
    columns = (
        say("Tal"),
        say("Observerat"),
        say("Förutsagt, median"),
        say("90 %-intervall"),
        say("Efter data"),
        say("Före data"),
    )
    return Table(title, columns, tuple(_predicted(spec, *one) for one in fitted.checks.items()))


def _predicted(spec: Evidence, key: str, check: Check) -> tuple[str, ...]:
    dimension = spec.dimension_of(key)

    def shown(value: float) -> str:
        return significant(value) if dimension is None else quantity(value, dimension, 3)

    middle, between = "–", "–"
    if check.after:
        low, half, high = (check.after[place] for place in (5, len(check.after) // 2, -6))
        middle = shown(half)
        between = say("{low} till {high}", low=shown(low), high=shown(high))
    return (
        spec.statistic(key),
        shown(check.observed),
        middle,
        between,
        number(check.posterior, 2),
        number(check.prior, 2),
    )


def _leaving_out(loo: Loo | None) -> Iterator[str]:
    if loo is None:
        yield say("Att utelämna en enhet i taget är inte uträknat.")
        return
    yield say(
        "Pareto-k är över {limit} för {told} av {units} enheter när en i taget utelämnas.",
        units=loo.units,
        told=count_of(loo, loo.high) if loo.high else say("ingen"),
        limit=number(loo.limit, 2),
    )
    if loo.elpd is not None:
        yield say(
            "Väntad log-täthet för nya enheter (elpd) {elpd} ± {error}, med {count} effektiva "
            "parametrar.",
            elpd=number(loo.elpd, 1),
            error=number(loo.elpd_se or 0.0, 1),
            count=number(loo.p_loo or 0.0, 1),
        )
    if loo.pit_p is None:
        yield say(
            "LOO-PIT är inte uträknat: enheterna är för få, eller så är de inte av samma slag."
        )
    else:
        yield say(
            "Sannolikheten för minst lika ojämna LOO-PIT-värden är {probability}.",
            probability=number(loo.pit_p, 2),
        )


def converged(study: Study, drawn: bool) -> Answer:
    """Return whether the chains agree, and whether the model finds its own values again."""
    paragraphs: list[str] = []
    tables: list[Table] = []
    found: list[Picture] = []
    for name, title, fitted, told in _blocks(study):
        paragraphs.append(
            say(
                "{block}: {verdict}. {figures}; {share} % av stegen nådde största träddjup.",
                block=title,
                verdict=told.verdict,
                figures=told.figures,
                share=number(100.0 * fitted.diagnosis.figures.at_max_depth, 1),
            )
        )
        tables.append(_agreement(study, name, told.title))
        found += pictures.chains(study, name, fitted, told.title) if drawn else ()
        if name in study.calibration:
            calibration = study.calibration[name]
            paragraphs.append(_calibrated(title, calibration, study.name_of(name)))
            tables.append(_rank_table(study, name, told.title))
            found += (pictures.calibration(calibration, told.title),) if drawn else ()
    if not study.calibration:
        paragraphs.append(say(_UNCALIBRATED))
    return tuple(paragraphs), tuple(tables), tuple(found)


def _agreement(study: Study, name: str, title: str) -> Table:
    called = study.name_of(name)
    rows = tuple(
        (called(key), number(one.rhat, 3), number(one.bulk), number(one.tail))
        for key, one in study.agreement[name].items()
    )
    columns = (
        say("Kedjorna om"),
        say("R-hat"),
        say("Effektiva i mitten"),
        say("Effektiva i svansarna"),
    )
    return Table(title, columns, rows)


_UNCALIBRATED = mark(
    "Om modellen återfinner sanna värden ur data som den själv har gjort är inte prövat här; "
    "«simulate diagnose --sbc 100» prövar det."
)


def _calibrated(title: str, one: Calibrated, called: Callable[[str], str]) -> str:
    message = _CALIBRATED[one.worst_p >= CALIBRATION_LIMIT]
    return say(
        message,
        block=title,
        count=one.simulations,
        probability=number(one.worst_p, 3),
        quantity=called(one.worst),
    )


_CALIBRATED = {
    True: mark(
        "{block}: ur {count} datamängder som modellen själv har gjort återfinner den de sanna "
        "värdena med rätt osäkerhet (ojämnast {quantity}; sannolikhet över alla storheter "
        "{probability})."
    ),
    False: mark(
        "{block}: ur {count} datamängder som modellen själv har gjort återfinner den inte de sanna "
        "värdena med rätt osäkerhet (ojämnast {quantity}; sannolikhet över alla storheter "
        "{probability})."
    ),
}


def _rank_table(study: Study, name: str, title: str) -> Table:
    called, found = study.name_of(name), study.calibration[name].p
    rows = tuple((called(key), number(p, 3)) for key, p in found.items())
    return Table(title, (say("Kalibrering av"), say("Sannolikhet för så ojämna rangtal")), rows)


def money(study: Study, drawn: bool) -> Answer:
    """Return how far the watched figures move with assumptions, and with the weight of the data."""
    first = sentence(study.result)
    paragraphs = [first] if first else []
    paragraphs.append(
        say(
            "Varje parameter som data inte har rört flyttas för sig mellan 10- och "
            "90-procentsgränsen i sin prior; allt annat i evidensen följer med så som det skulle "
            "göra om parametern vore känd. Efter ± står simuleringsfelet."
        )
    )
    tables, found = [], []
    for reach in study.sensitivity.reaches:
        name = watched(study.result, reach.target)
        title = name[:1].upper() + name[1:]
        if reach.alike:
            paragraphs.append(say("{what}: densamma i alla framtider.", what=title))
            continue
        columns = (
            say("Parameter"),
            say("Flyttas"),
            say("Vid den nedre"),
            say("Vid den övre"),
            say("Skillnad"),
        )
        rows = tuple(tuple(vars(row).values()) for row in moved(reach))
        tables.append(Table(title, columns, rows))
        tables.append(_powers(study, reach, title))
        if drawn and reach.moves:
            found.append(pictures.money(reach, title))
    return tuple(paragraphs), tuple(one for one in tables if one.rows), tuple(found)


def _powers(study: Study, reach: Reach, title: str) -> Table:
    rows = tuple(_power(study, reach, one) for one in powered(study.result, reach.target))
    columns = (say("Vikt"), say("Skillnad per fördubbling"), say("Pareto-k"))
    return Table(say("{what}: om priorn eller data vägde dubbelt", what=title), columns, rows)


def _power(study: Study, reach: Reach, one: Powered) -> tuple[str, ...]:
    spec = study.result.scenario.evidence[one.block]
    what = {"prior": say("alla priorer"), "likelihood": say("data")}
    name = what.get(one.what) or say(
        "priorn för «{parameter}»", parameter=say(spec.titles[one.what])
    )
    error = 100.0 * one.error if reach.target.unit == "share" else one.error / 1e6
    change = f"{signed(reach.target, one.change, one.error)} (±{HARD}{number(error, 2)})"
    shape = number(one.k, 2) if np.isfinite(one.k) else "–"
    doubtful = say(" (för stor att lita på)") if one.k > K_LIMIT else ""
    several = len(study.result.posteriors) > 1
    if several:
        name = f"{title_of(study.result.scenario, one.block)}: {name}"
    return name, change, shape + doubtful
