"""The sections of the characteristics: the same in the terminal and on the page."""

from __future__ import annotations

from models.language import mark, named, say
from simulate.language.numbers import decimals_supported, number, per_cent, significant
from simulate.operating import pictures, ways
from simulate.operating.behaviour import Behaviour
from simulate.operating.sentences import half, held, lacking, least, more
from simulate.operating.study import NO_EFFECT, Moved, Study
from simulate.operating.ways import Dispute
from simulate.report.cells import cell
from simulate.report.phrases import futures, sek, share
from simulate.report.sections import Section, Table
from simulate.risk.risk import Figure

HEADINGS = {
    "curve": mark("Vad betalar kontraktet vid varje sann effekt?"),
    "wrong": mark("Hur ofta betalar det fel?"),
    "moves": mark("Vad flyttar felen?"),
    "disputes": mark("Vad skulle en annan mätning ha betalat?"),
    "persons": mark("Vad är en person värd?"),
}
# Where the table reads the curve; the pictures and the JSON have all of it.
_SHOWN = (-2.0, -1.0, -0.5, 0.0, 0.25, 0.5, 0.75, 1.0, 1.5, 2.0, 3.0)


def sections(study: Study, drawn: bool = True) -> tuple[Section, ...]:
    """Return the sections.

    Args:
        study: what was found.
        drawn: whether to draw, which takes a while and is of no use in a terminal.
    """
    found = [_curve(study, drawn), _wrong(study), _moves(study, drawn)]
    if study.disputes:
        found.append(_disputes(study))
    if study.persons:
        found.append(_persons(study))
    return tuple(found)


def _curve(study: Study, drawn: bool) -> Section:
    columns = (
        say("Effekt, i e_F") if study.even is not None else say("Effekt, avstånd från noll"),
        say("Sant sparat, mkr"),
        say("Betalas, mkr"),
        say("Nio av tio, mkr"),
        say("Hela det dragna"),
        _capital(more(study)),
        _capital(least(study)),
        say("Andel av det dragna"),
    )
    rows = tuple(_row(study, study.at(multiple)) for multiple in _SHOWN)
    table = Table(say("Betalning mot sann effekt"), columns, rows)
    shown = (pictures.payment(study), pictures.chances(study)) if drawn else ()
    return Section("curve", say(HEADINGS["curve"]), tuple(held(study)), (table,), shown)


def _row(study: Study, one: Behaviour) -> tuple[str, ...]:
    effect = one.multiple if study.even is not None else one.distance
    low, high = (_millions(one.figures[f"payment_p{end}"]) for end in ("05", "95"))
    return (
        significant(effect),
        _millions(one.figures["true_saving"]),
        _millions(one.figures["payment_mean"]),
        f"{low}–{high}",
        *(value(one.figures[name]) for name in ("p_full", "p_more", "p_only", "share")),
    )


def _millions(figure: Figure) -> str:
    """Return an amount in mkr, without its unit."""
    amount, error = (figure.value or 0.0) / 1e6, (figure.mcse or 0.0) / 1e6
    return number(amount, decimals_supported(amount, error, 2))


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def value(figure: Figure) -> str:
    """Return a figure to the digits that its error supports."""
    return cell(figure).value


def _wrong(study: Study) -> Section:
    without, reached = study.without.figures, study.reached
    rows = [
        (say("Falsk full betalning: hela det dragna utan effekt"), without["p_full"]),
        (say("Falsk betalning: {more} utan effekt", more=more(study)), without["p_more"]),
        (say("Betald andel av det dragna utan effekt"), without["share"]),
    ]
    if reached is not None:
        rows += [
            (
                say("Falsk utebliven betalning: {least} vid e_F", least=least(study)),
                reached.figures["p_only"],
            ),
            (say("Hela det dragna vid e_F"), reached.figures["p_full"]),
            (say("Betald andel av det dragna vid e_F"), reached.figures["share"]),
        ]
    table = Table(
        say("Fel i kontraktet"),
        (say("Fel"), say("Hur ofta"), say("Simuleringsfel")),
        tuple((name, value(figure), cell(figure).error) for name, figure in rows),
    )
    return Section("wrong", say(HEADINGS["wrong"]), (half(study),), (table,))


def _moves(study: Study, drawn: bool) -> Section:
    about = say(
        "En sak i taget ändras, allt annat står kvar och slumptalen är desamma; e_F räknas om för "
        "varje rad. Ett tal som är säkert halveras och dubblas, ett osäkert sätts till sina egna "
        "10- och 90-procentsgränser. Ändringen är mot scenariot som det står, och räknad innan "
        "talen avrundas."
    )
    said = tuple(one for one in (about, lacking(study)) if one)
    shown = (pictures.moves(study),) if drawn and study.moves else ()
    tables = tuple(
        Table(
            factor.title, _columns(study), (_as_it_stands(study), *(_moved(one) for one in levels))
        )
        for factor, levels in study.moves
    )
    return Section("moves", say(HEADINGS["moves"]), said, tables, shown)


def _columns(study: Study) -> tuple[str, ...]:
    return (
        say("Till"),
        say("Full betalning utan effekt"),
        say("Ändring, procentenheter"),
        _capital(say("{least} vid e_F", least=least(study))),
        say("Ändring, procentenheter"),
        say("e_F"),
    )


def _as_it_stands(study: Study) -> tuple[str, ...]:
    reached = study.reached
    return (
        say("som i scenariot"),
        value(study.without.figures["p_full"]),
        "",
        value(reached.figures["p_only"]) if reached is not None else "–",
        "",
        significant(study.even) if study.even is not None else "–",
    )


def _moved(moved: Moved) -> tuple[str, ...]:
    return (
        moved.level.label,
        value(moved.without.figures["p_full"]),
        change(moved.changes["p_full"]),
        value(moved.reached.figures["p_only"]) if moved.reached is not None else "–",
        change(moved.changes["p_only"]) if "p_only" in moved.changes else "–",
        significant(moved.even) if moved.even is not None else "–",
    )


def change(figure: Figure) -> str:
    """Return a difference between probabilities in percentage points, with its sign.

    Example:
        >>> change(Figure("contract", "change", 0.0231, 0.0004, "share", None))
        '+2,3'
    """
    points, error = 100.0 * (figure.value or 0.0), 100.0 * (figure.mcse or 0.0)
    text = number(points, decimals_supported(points, error, 1))
    return f"+{text}" if points > 0.0 and text.strip("0.,") else text


def _disputes(study: Study) -> Section:
    tables: list[Table] = []
    said: list[str] = []
    for one in study.disputes:
        for multiple, disagree in one.disagree.items():
            tables.append(_ways(study, one, multiple))
            said.append(
                say(
                    "{place} är sätten att mäta «{measure}» oense om hela beloppet i {futures} "
                    "({share}). Mellan det högsta och det lägsta ligger i genomsnitt {stake}; vägt "
                    "betalas {weighted}.",
                    place=_place(multiple),
                    measure=named(one.title),
                    futures=futures(disagree),
                    share=share(disagree),
                    stake=sek(one.stake[multiple]),
                    weighted=sek(one.weighted[multiple]),
                )
            )
    return Section("disputes", say(HEADINGS["disputes"]), tuple(said), tuple(tables))


def _place(multiple: float) -> str:
    return say("Utan effekt") if multiple == NO_EFFECT else say("Vid e_F")


def _ways(study: Study, one: Dispute, multiple: float) -> Table:
    columns = (
        _place(multiple),
        say("Vikt"),
        say("Betalas, mkr"),
        say("Hela det dragna"),
        _capital(least(study)),
    )
    rows = tuple(
        (
            named(way.title) if way.title else ways.agreed(),
            per_cent(significant(100.0 * way.weight)),
            _millions(way.at[multiple].figures["payment_mean"]),
            value(way.at[multiple].figures["p_full"]),
            value(way.at[multiple].figures["p_only"]),
        )
        for way in one.ways
    )
    return Table(named(one.title), columns, rows)


def _persons(study: Study) -> Section:
    said = say(
        "En person som bedöms annorlunda är en skolpoäng, eller en av gruppen som når målet. "
        "I de flesta framtider ändras betalningen inte av en person; i genomsnitt är hon värd det "
        "som står först."
    )
    columns = (
        say("Mått"),
        say("En person"),
        say("Effekt"),
        say("I genomsnitt, tkr"),
        say("Ändras i"),
        say("Och då med, tkr"),
    )
    rows = tuple(
        (
            named(one.title),
            say("fler") if one.persons > 0 else say("färre"),
            _place(multiple),
            _thousands(change),
            value(one.matters[multiple]),
            _thousands(one.then[multiple]),
        )
        for one in study.persons
        for multiple, change in one.change.items()
    )
    table = Table(say("En person fler eller färre"), columns, rows)
    return Section("persons", say(HEADINGS["persons"]), (said,), (table,))


def _thousands(figure: Figure) -> str:
    if figure.value is None:
        return "–"
    amount, error = (figure.value or 0.0) / 1e3, (figure.mcse or 0.0) / 1e3
    text = number(amount, decimals_supported(amount, error, 1))
    return f"+{text}" if amount > 0.0 and text.strip("0.,") else text
