"""The tables of the page as rows of text; the template only lays them out."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from models.diagnosis import Figures
from models.distributions import FromEvidence
from models.evidence import load_model
from models.explained import explained
from models.language import named, say
from models.number import Number
from models.posterior import Learning, Posterior
from models.quantity import DIMENSIONS, Dimension
from models.spec import Evidence
from simulate.language.measures import ENTRIES, KINDS, VERDICTS
from simulate.language.numbers import million, number, percent, significant
from simulate.language.quantities import MONEY, in_words, quantity, unit_of
from simulate.ledger import MEMO
from simulate.report.cells import Cell, cell
from simulate.report.made_up import with_warning
from simulate.report.phrases import party_name, sek
from simulate.report.reading import error_of
from simulate.risk.risk import Figure
from simulate.run import Result
from simulate.scenario.register import register
from simulate.scenario.settings import BY_HAND
from simulate.scenario.tree.outcomes import gains_of
from simulate.scenario.tree.party import CONTRACT, SOCIETY
from simulate.scenario.tree.scenario import Scenario


@dataclass(frozen=True)
class Line:
    """A figure with what it is called.

    Attributes:
        label: what is read.
        measure, party: which figure it is, as in ``risk.json``.
        cell: the figure.
    """

    label: str
    measure: str
    party: str
    cell: Cell


Tables = tuple[tuple[str, tuple[Line, ...]], ...]


@dataclass(frozen=True)
class Block:
    """What an evidence block learned, and whether it can be trusted."""

    title: str
    source: str
    statement: str
    learning: tuple[tuple[str, ...], ...]
    verdict: str
    reasons: tuple[str, ...]
    figures: str
    checks: tuple[str, ...]


def investor(result: Result) -> tuple[Line, ...]:
    """Return the measures that only the investor has."""
    own, whom = _per_party(result), result.with_contract.investor
    return _lines(result, lambda f: f.measure not in own and f.party == whom)


def contract(result: Result) -> tuple[Line, ...]:
    """Return how the contract behaves."""
    return _lines(result, lambda f: f.party == CONTRACT)


def parties(result: Result) -> Tables:
    """Return the measures that every party has, and society, one table a party."""
    own = _per_party(result)
    whom = dict.fromkeys(f.party for f in result.figures if f.measure in own)

    def of(party: str) -> Callable[[Figure], bool]:
        return lambda f: f.measure in own and f.party == party

    return tuple((party_name(result, party), _lines(result, of(party))) for party in whom)


def everything(result: Result) -> Tables:
    """Return all measures of each party and of society, one table a party."""
    gains = gains_of(result.scenario.outcomes)
    whom = dict.fromkeys(f.party for f in result.figures if f.party not in gains)
    return tuple((party_name(result, party), _of(result, party)) for party in whom)


def gains(result: Result) -> Tables:
    """Return all measures of each human gain, one table a gain."""
    whom = gains_of(result.scenario.outcomes)
    return tuple((party_name(result, gain), _of(result, gain)) for gain in whom)


def _of(result: Result, whom: str) -> tuple[Line, ...]:
    """All figures of one, but for the chance of a target where there is none."""
    aimless = ("p_target_met", "undefined")
    return _lines(result, lambda f: f.party == whom and (f.measure, f.status) != aimless)


def _per_party(result: Result) -> set[str]:
    return {f.measure for f in result.figures if f.party == SOCIETY}


def _lines(result: Result, wanted: Callable[[Figure], bool]) -> tuple[Line, ...]:
    return tuple(
        Line(say(f.title), f.measure, f.party, cell(f)) for f in result.figures if wanted(f)
    )


def clauses(result: Result) -> tuple[tuple[str, str, str], ...]:
    """Return each clause with what it pays on average and how often it pays."""
    paid = result.futures["clause_ore"]
    rows = []
    for clause in result.with_contract.contract.clauses:
        ore = np.asarray(paid.sel(clause=clause.id).values, dtype=np.float64)
        mean, often = float(ore.mean()), float(np.mean(ore > 0))
        rows.append(
            (
                named(clause.title),
                million(mean / 100.0, error_of(result, ore - mean) / 100.0),
                percent(often, error_of(result, np.asarray((ore > 0) - often))),
            )
        )
    return tuple(rows)


def evidence(result: Result) -> tuple[Block, ...]:
    """Return every evidence block."""
    return tuple(block(result.scenario, name, one) for name, one in result.posteriors.items())


def block(scenario: Scenario, name: str, fitted: Posterior) -> Block:
    """Return what one evidence block learned."""
    spec = scenario.evidence[name]
    priors = load_model(spec).parameters(spec)
    dimensions = {key: one.dimension for key, one in priors.items()} | dict(spec.quantities)
    moved_by = load_model(spec).learned_from(spec, fitted.sizes)
    diagnosis = fitted.diagnosis
    return Block(
        title=named(spec.title or name),
        source=named(spec.source or ""),
        statement=_statement(spec, fitted),
        learning=tuple(
            _lesson(say(spec.titles[key]), one, moved_by[key], dimensions.get(key))
            for key, one in fitted.learning.items()
        ),
        verdict=say(VERDICTS[diagnosis.verdict]),
        reasons=tuple(reason.text for reason in explained(fitted, spec)),
        figures=_sampling(diagnosis.figures),
        checks=tuple(
            say(
                "{statistic}: sannolikheten för ett minst lika ytterligt utfall är {posterior} "
                "enligt modellen (före data {prior})",
                statistic=spec.statistic(key),
                posterior=number(check.posterior, 2),
                prior=number(check.prior, 2),
            )
            for key, check in fitted.checks.items()
        ),
    )


def _sampling(figures: Figures) -> str:
    return say(
        "R-hat {rhat}; effektivt antal dragningar {middle} i mitten och {tails} i svansarna; "
        "{divergences} divergenta steg; E-BFMI {ebfmi}",
        rhat=number(figures.rhat, 3),
        middle=number(figures.ess_bulk),
        tails=number(figures.ess_tail),
        divergences=figures.divergences,
        ebfmi=number(figures.ebfmi, 2),
    )


def _statement(spec: Evidence, fitted: Posterior) -> str:
    samples = {str(key): fitted.quantity(str(key)) for key in fitted.samples.data_vars}
    return with_warning(load_model(spec).statement(samples, spec, fitted.sizes), spec)


def _lesson(
    title: str, one: Learning, moved_by: str, dimension: Dimension | None
) -> tuple[str, ...]:
    if one.prior_sd == 0.0:
        return title, "–", "–", "–", say("inget: talet är angivet utan osäkerhet"), say("antagande")
    assumed = "" if one.learned else say("antagande")
    before, after = (_sd(sd, dimension) for sd in (one.prior_sd, one.posterior_sd))
    return title, before, after, number(one.ratio, 2), moved_by, assumed


def _sd(value: float, dimension: Dimension | None) -> str:
    if dimension is not None and dimension in (DIMENSIONS["sek"], DIMENSIONS["signed_sek"]):
        return quantity(value, dimension, 3)
    return significant(value)


def assumptions(result: Result) -> tuple[tuple[str, ...], ...]:
    """Return every number of the scenario: key, value in words, unit, kind, learned, source.

    The unit is empty where the value has said it.
    """
    rows, priors = [], _priors(result)
    for one in register(result.scenario):
        value, kind = in_words(one), say(KINDS.get(one.kind or "", "–"))
        unit, learned = _unit_beside(value, one.dimension), _learned(result, one, priors)
        rows.append((one.key, value, unit, kind, learned, _source(one)))
    return tuple(rows)


def _unit_beside(value: str, dimension: Dimension) -> str:
    unit = unit_of(dimension)
    said = dimension.name in MONEY or unit == "–" or unit.split()[0] in value
    return "" if said else unit


def _priors(result: Result) -> dict[str, tuple[str, str]]:
    """Return (block, parameter) of the key of each prior; of two with one key, the first."""
    found: dict[str, tuple[str, str]] = {}
    for block, spec in result.scenario.evidence.items():
        for name, prior in load_model(spec).parameters(spec).items():
            found.setdefault(prior.key, (block, name))
    return found


def _learned(result: Result, one: Number, priors: Mapping[str, tuple[str, str]]) -> str:
    """Whether data moved a number: a prior that they could move, or what a fit hands on."""
    if isinstance(one.distribution, FromEvidence):
        block, name = one.distribution.block, one.distribution.quantity
    else:
        block, name = priors.get(one.key, ("", ""))
    fitted = result.posteriors.get(block)
    learning = fitted.learning.get(name) if fitted is not None else None
    if learning is None or learning.prior_sd == 0.0:
        return "–"
    return say("ja") if learning.learned else say("nej: antagande")


def _source(one: Number) -> str:
    said = say if one.source == BY_HAND else named
    source = said(one.source or "–")
    if not one.hindsight:
        return source
    reason = named(one.reason or "")
    return say("{source} (efterklokhet: {reason})", source=source, reason=reason)


@dataclass(frozen=True)
class Accounts:
    """One party's mean flows: a row a year, in mkr."""

    name: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def ledger(result: Result) -> Iterator[Accounts]:
    """Yield the yearly mean flows of each party, and of society."""
    futures = result.futures
    names = [str(name) for name in futures.data_vars if str(name).startswith("yearly_")]
    cash = [name for name in names if name.removeprefix("yearly_") not in MEMO]
    for party in futures["party"].values:
        flows = {name: futures[name].sel(party=party).values / 1e6 for name in names}
        kept = [name for name in names if np.any(np.abs(flows[name]) >= 5e-4)]
        net = sum((flows[name] for name in cash), start=np.zeros(futures.sizes["year"]))
        memo = [name for name in kept if name not in cash]
        own = [name for name in kept if name in cash]
        table = [*(flows[name] for name in own), net, *(flows[name] for name in memo)]
        labels = [
            *(_entry(name) for name in own),
            say("Kassaflöde netto"),
            *(say("{entry} (ej kassa)", entry=_entry(name)) for name in memo),
        ]
        years = [*(str(int(year)) for year in futures["year"].values), say("Summa")]
        rows = tuple(
            (
                year,
                *(
                    number(float(one.sum() if place == len(years) - 1 else one[place]), 1)
                    for one in table
                ),
            )
            for place, year in enumerate(years)
        )
        yield Accounts(party_name(result, str(party)), tuple(labels), rows)


def _entry(name: str) -> str:
    key = name.removeprefix("yearly_")
    return say(ENTRIES.get(key, key))


def exposure(result: Result) -> tuple[tuple[str, str, str], ...]:
    """Return how far each party falls below zero at most, and when."""
    rows = []
    for party in map(str, result.futures["party"].values):
        amount, top, when = (
            result.figure(name, party)
            for name in ("exposure_mean", "exposure_p95", "exposure_year_p50")
        )
        if not top.value:
            continue
        year = "–" if when.value is None else str(round(when.value))
        rows.append((party_name(result, party), _deep(amount, top), year))
    return tuple(rows)


def _deep(mean: Figure, top: Figure) -> str:
    if top.atom is not None and top.atom >= 1.0:
        return say("{amount} i alla framtider", amount=sek(top))
    return say("{mean} i genomsnitt; minst {top} i ett fall av tjugo", mean=sek(mean), top=sek(top))
