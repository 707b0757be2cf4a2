"""Human gains as rows: what has no price, beside the money and never turned into it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from models.language import named, say
from models.spec import value_of
from simulate.draws.values import Central
from simulate.language.numbers import decimals_supported, number
from simulate.language.quantities import quantity, unit_of
from simulate.report.phrases import Fact, share
from simulate.report.reading import error_of
from simulate.risk.estimate import probability, quantile
from simulate.risk.risk import Figure
from simulate.run import Result
from simulate.scenario.tree.measurements import SchoolPoints
from simulate.scenario.tree.outcomes import PersonsOutcome, gains_of
from simulate.scenario.tree.scenario import ContractScenario


@dataclass(frozen=True)
class Row:
    """One human gain.

    Attributes:
        title: of the outcome.
        group: how many persons it is about; empty where the measure says.
        expected: median and the interval that nine futures of ten lie in, with unit.
        caused: of these, thanks to the insats, on average; empty where it cannot be said.
        target: as printed; empty without one.
        met: how likely the target is met; empty without one.
        key: whose measures in ``risk.json`` these are; empty where they are not there.
    """

    title: str
    group: str
    expected: str
    caused: str
    target: str
    met: str
    key: str = ""


def rows(result: Result) -> tuple[Row, ...]:
    """Return every human gain, then school results where they are measured."""
    found = [_persons(result, key, one) for key, one in gains_of(result.scenario.outcomes).items()]
    if isinstance(result.scenario, ContractScenario):
        for key, measure in result.scenario.measurements.items():
            if isinstance(measure, SchoolPoints):
                found.append(_points(result, key, measure))
    return tuple(found)


def facts(result: Result) -> tuple[Fact, ...]:
    """Return how likely each printed target is met, to stand beside the money."""
    return tuple(
        Fact(
            "p_target_met" if row.key else "",
            say("Chans att målet nås"),
            row.met,
            f"{row.title}: {row.target}",
            row.key,
        )
        for row in rows(result)
        if row.met
    )


def _persons(result: Result, key: str, one: PersonsOutcome) -> Row:
    low, middle, high = (
        result.figure(f"gain_reached_p{p}", key).value or 0.0 for p in ("05", "50", "95")
    )
    caused, met = (result.figure(name, key) for name in ("gain_caused_mean", "p_target_met"))
    return Row(
        named(one.title),
        _group(result, one),
        say(
            "{middle} personer ({low} till {high})",
            middle=number(middle),
            low=number(low),
            high=number(high),
        ),
        _people(caused),
        _target(one),
        "" if met.value is None else share(met),
        key,
    )


def _group(result: Result, one: PersonsOutcome) -> str:
    group = say("deltagarna")
    if one.persons is not None:
        group = quantity(float(Central().of(one.persons)), one.persons.dimension)
    if one.answers is None:
        return group
    known = one.answers
    return say(
        "{group}; {reached} av {answered} är kända",
        group=group,
        reached=number(value_of(known.reached)),
        answered=number(value_of(known.persons)),
    )


def _people(figure: Figure) -> str:
    value, mcse = figure.value or 0.0, figure.mcse or 0.0
    return number(value, decimals_supported(value, mcse, 1))


def _target(one: PersonsOutcome) -> str:
    if one.target is not None:
        return say("minst {persons}", persons=number(float(Central().of(one.target))))
    if one.target_share is not None:
        aim = quantity(float(Central().of(one.target_share)), one.target_share.dimension)
        return say("minst {persons}", persons=aim)
    return ""


def _points(result: Result, key: str, measure: SchoolPoints) -> Row:
    reading = np.asarray(result.futures["reading"].sel(measure=key).values, dtype=np.float64)
    levels = [
        clause.gate.above
        for clause in result.with_contract.contract.clauses
        if clause.gate is not None and clause.gate.measure == key
    ]
    target = met = ""
    if levels:
        level = float(Central().of(levels[0]))
        over = probability(reading > level)
        error = 0.0 if over.influence is None else error_of(result, over.influence)
        figure = Figure(key, "p_target_met", over.value, max(error, over.least), "share", None)
        target, met = say("över {level}", level=quantity(level, measure.dimension)), share(figure)
    low, middle, high = (number(quantile(reading, p).value or 0.0) for p in (0.05, 0.5, 0.95))
    unit = unit_of(measure.dimension)
    expected = (
        say("{points} {unit}, redan känt", points=middle, unit=unit)
        if np.ptp(reading) == 0.0
        else say(
            "{middle} {unit} ({low} till {high})", middle=middle, unit=unit, low=low, high=high
        )
    )
    return Row(named(measure.title), "", expected, "", target, met)
