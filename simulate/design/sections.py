"""The sections of the design value: the same in the terminal, on its page and in a report."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import batched

from models.language import mark, say
from simulate.design import pictures
from simulate.design.curve import Point
from simulate.design.figures import hundredths, thousands
from simulate.design.sentences import crooked, design_name, group, notes, risk, same, transfer
from simulate.design.study import JOINT, Changed, Study, Valued
from simulate.language.numbers import number
from simulate.language.quantities import quantity
from simulate.report.cells import cell
from simulate.report.phrases import name_in
from simulate.report.sections import Section, Table
from simulate.scenario.tree.party import CONTRACT

HEADINGS = {
    "paid": mark("Vad hade kontraktet betalat på en annan mätning?"),
    "sides": mark("Vem hade vunnit på den, och vem förlorat?"),
    "risk": mark("Vad är den värd för den som ogillar risk?"),
    "size": mark("Vad är en större jämförelsegrupp värd?"),
}

# So many parties stand beside each other in a table.
ABREAST = 3


def sections(study: Study, drawn: bool = True) -> tuple[Section, ...]:
    """Return the sections.

    Args:
        study: what was found.
        drawn: whether to draw, which takes a while and is of no use in a terminal.
    """
    found = [_paid(study), _sides(study), _risk(study)]
    if study.curves:
        found.append(_size(study, drawn))
    return tuple(found)


def _paid(study: Study) -> Section:
    rest = say(
        "Effekten är dragen, inte satt. En större jämförelsegrupp innehåller den avtalade. Felet "
        "inom parentes är skillnadens eget, och spridningen är standardavvikelsen mellan framtider."
    )
    about = f"{same(study)} {rest}"
    said = (about, *notes(study))
    columns = (
        say("Mätning"),
        say("Återbetalning"),
        say("Ändring, tkr"),
        say("Ändrad spridning, tkr"),
        say("Ändrad risk för förlust, procentenheter"),
    )
    agreed = study.designs[0].changes
    first = (
        say("så som kontraktet mäter"),
        cell(agreed[CONTRACT, "repayment_mean"].agreed).value,
        "",
        _now(agreed[CONTRACT, "repayment_spread"]),
        _now(agreed[CONTRACT, "p_loss"]),
    )
    rows = (first, *(_payment(study, one) for one in study.designs))
    return Section(
        "paid", say(HEADINGS["paid"]), said, (Table(say("Vad som betalas"), columns, rows),)
    )


def _now(found: Changed) -> str:
    """Return what stands in a column of changes as the contract measures."""
    return say("nu {value}", value=cell(found.agreed).value)


def _payment(study: Study, valued: Valued) -> tuple[str, ...]:
    found = valued.changes[CONTRACT, "repayment_mean"]
    return (
        design_name(study, valued.design),
        cell(found.other).value,
        thousands(found.change),
        thousands(valued.change(CONTRACT, "repayment_spread")),
        hundredths(valued.change(CONTRACT, "p_loss")),
    )


def _sides(study: Study) -> Section:
    columns = (
        say("Part"),
        say("Ändrat väntat nuvärde, tkr"),
        say("Ändrad spridning, tkr"),
        say("Ändrad risk för nuvärde under noll, procentenheter"),
    )
    tables = [
        Table(design_name(study, one.design), columns, tuple(_rows(study, one)))
        for one in study.designs
    ]
    if study.scenario.contract.tranches:
        tables += [_tranches(study, one) for one in study.designs]
    return Section("sides", say(HEADINGS["sides"]), (transfer(study),), tuple(tables))


def _rows(study: Study, valued: Valued) -> list[tuple[str, ...]]:
    rows: list[tuple[str, ...]] = [
        (
            name_in(study.scenario, party),
            thousands(valued.change(party, "npv_mean")),
            thousands(valued.change(party, "npv_spread")),
            hundredths(valued.change(party, "p_npv_negative")),
        )
        for party in study.sides
    ]
    return [*rows, (say("Tillsammans"), thousands(valued.change(JOINT, "npv_mean")), "", "")]


def _tranches(study: Study, valued: Valued) -> Table:
    columns = (
        say("Tranche"),
        say("Ändrad betalning, tkr"),
        say("Ändrad risk för förlust, procentenheter"),
    )
    rows = tuple(
        (
            name_in(study.scenario, one.id),
            thousands(valued.change(one.id, "tranche_paid_mean")),
            hundredths(valued.change(one.id, "p_tranche_loss")),
        )
        for one in study.scenario.contract.tranches
    )
    title = say("Trancherna: {way}", way=design_name(study, valued.design))
    return Table(title, columns, rows)


def _risk(study: Study) -> Section:
    tables = []
    if study.tolerances:
        tables.append(_stated(study))
    tables += [_tried(study, party) for party in study.sides if party not in study.tolerances]
    return Section("risk", say(HEADINGS["risk"]), tuple(risk(study)), tuple(tables))


def _stated(study: Study) -> Table:
    parties = list(study.tolerances)
    names = [
        say(
            "{party}, R\u00a0=\u00a0{tolerance}",
            party=name_in(study.scenario, party),
            tolerance=quantity(
                study.tolerances[party], study.scenario.contract.committed.dimension
            ),
        )
        for party in parties
    ]
    both = (JOINT, "npv_certain") in study.designs[0].changes
    columns = (say("Mätning"), *names, *((say("Tillsammans"),) if both else ()))
    rows = tuple(
        (
            design_name(study, one.design),
            *(thousands(one.change(party, "npv_certain")) for party in parties),
            *((thousands(one.change(JOINT, "npv_certain")),) if both else ()),
        )
        for one in study.designs
    )
    return Table(say("Ändring av säkerhetsekvivalenten, tkr"), columns, rows)


def _tried(study: Study, party: str) -> Table:
    money = study.scenario.contract.committed.dimension
    columns = (
        say("Mätning"),
        *(f"R\u00a0=\u00a0{quantity(one, money)}" for one in study.ladder),
        say("Bara medel"),
    )
    rows = tuple(
        (
            design_name(study, one.design),
            *(thousands(one.tried[party, tolerance]) for tolerance in study.ladder),
            thousands(one.change(party, "npv_mean")),
        )
        for one in study.designs
    )
    title = say(
        "{party}: ändring av säkerhetsekvivalenten, tkr", party=name_in(study.scenario, party)
    )
    return Table(title, columns, rows)


def _size(study: Study, drawn: bool) -> Section:
    said = [*(text for curve in study.curves for text in group(study, curve)), crooked(study)]
    shown = tuple(pictures.sizes(study, curve) for curve in study.curves) if drawn else ()
    tables = tuple(
        table
        for curve in study.curves
        for line, points in curve.lines.items()
        if len(points) > 1
        for table in _lines(study, pictures.line_name(study, curve, line), points)
    )
    return Section("size", say(HEADINGS["size"]), tuple(said), tables, shown)


def _lines(study: Study, name: str, points: tuple[Point, ...]) -> Iterator[Table]:
    """Yield the payment and the first parties, and a table for every few parties beyond."""
    yield _points(study, name, points, study.sides[:ABREAST])
    for some in batched(study.sides[ABREAST:], ABREAST, strict=False):
        yield _points(study, name, points, some, paid=False)


def _points(
    study: Study, name: str, points: tuple[Point, ...], some: tuple[str, ...], paid: bool = True
) -> Table:
    payment = (say("Ändrad återbetalning, tkr"), say("Ändrad spridning, tkr")) if paid else ()
    parties = (
        say("{party}: ändrat nuvärde, tkr", party=name_in(study.scenario, party)) for party in some
    )
    rows = tuple(
        (
            number(one.persons),
            *((thousands(one.payment), thousands(one.uneven)) if paid else ()),
            *(thousands(one.npv[party]) for party in some),
        )
        for one in points
    )
    return Table(name, (say("Personer"), *payment, *parties), rows)
