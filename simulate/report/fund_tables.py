"""The tables of a fund's page as rows of text; the template only lays them out."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from models.language import named, say
from simulate.aterforing.arithmetic import perhaps_twice
from simulate.aterforing.fund import namnder
from simulate.aterforing.plan import planned
from simulate.contract import money
from simulate.draws.values import Central
from simulate.language.numbers import million, number, percent, significant
from simulate.language.quantities import quantity
from simulate.report.phrases import party_name, sek, share
from simulate.report.reading import error_of
from simulate.risk.estimate import mean, probability, quantile
from simulate.run import Result


@dataclass(frozen=True)
class NamndRow:
    """One nämnd over the whole horizon; ``key`` is what ``risk.json`` calls it."""

    key: str
    name: str
    office: str
    frame: str
    owed: str
    realised: str
    gap: str
    risk: str


def by_namnd(result: Result) -> tuple[NamndRow, ...]:
    """Return each nämnd: what it owes, what it saves, and how likely it is cut for more."""
    found = []
    for key in namnder(result.with_fund):
        party = result.with_fund.parties[key]
        real = result.futures["realised_ore"].sel(namnd=key).values / 1e8
        low, middle, high = (number(quantile(real, p).value or 0.0, 1) for p in (0.05, 0.5, 0.95))
        frame = party.budget_frame
        found.append(
            NamndRow(
                key,
                named(party.name),
                named(party.forvaltning or ""),
                "" if frame is None else quantity(float(Central().of(frame)), frame.dimension),
                sek(result.figure("owed_mean", key)),
                say("{middle} mkr ({low} till {high})", middle=middle, low=low, high=high),
                sek(result.figure("gap_mean", key)),
                share(result.figure("p_gap", key)),
            )
        )
    return tuple(found)


@dataclass(frozen=True)
class Heat:
    """P(a nämnd is cut for more than it saves), by year.

    Attributes:
        years: column heads.
        rows: name and (text, shade 0–4) a year; nothing is owed where the text is a dash.
    """

    years: tuple[str, ...]
    rows: tuple[tuple[str, tuple[tuple[str, int], ...]], ...]


def heat(result: Result) -> Heat:
    """Return the heat map of nämnd and year, the years in which anything is owed."""
    cut = result.futures["cut"]
    owed = _owed_by_year(result)
    keys = namnder(result.with_fund)
    years = [int(y) for y in cut["year"].values if any(owed[key][int(y)] for key in keys)]
    rows = []
    for key in keys:
        cells = []
        for year in years:
            if not owed[key][year]:
                cells.append(("–", 0))
                continue
            event = cut.sel(namnd=key, year=year).values.astype(bool)
            p = probability(event)
            error = 0.0 if p.influence is None else error_of(result, np.asarray(p.influence))
            text = percent(p.value or 0.0, max(error, p.least), 0)
            cells.append((text, min(4, int((p.value or 0.0) * 5))))
        rows.append((party_name(result, key), tuple(cells)))
    return Heat(tuple(map(str, years)), tuple(rows))


def _owed_by_year(result: Result) -> dict[str, dict[int, bool]]:
    """Whether anything is planned to be returned, or returned in vain, by nämnd and year."""
    plan, cut = result.futures["yearly_planned_aterforing"], result.futures["cut"]
    return {
        key: {
            int(y): float(plan.sel(party=key, year=y)) > 0.0
            or bool(cut.sel(namnd=key, year=y).any())
            for y in plan["year"].values
        }
        for key in namnder(result.with_fund)
    }


@dataclass(frozen=True)
class InvestmentRow:
    """One investment: plan against forecast."""

    title: str
    partners: str
    years: str
    cost: str
    planned: str
    realised: str
    reached: str


def by_investment(result: Result) -> tuple[InvestmentRow, ...]:
    """Return each investment, and last all of them together where there are several."""
    scenario, found = result.with_fund, []
    costs = result.futures["investment_cost_ore"]
    reals = result.futures["investment_realised_ore"]
    total = 0.0
    for key, one in scenario.investments.items():
        plan = float(money.sek(planned(one, scenario)).sum())
        total += plan
        years = sorted(one.aterforing or {})
        found.append(
            _investment(
                result,
                (named(one.title), ", ".join(map(named, one.partners))),
                f"{years[0]}–{years[-1]}" if years else "",
                plan,
                (costs.sel(investment=key).values, reals.sel(investment=key).values),
            )
        )
    if len(found) > 1:
        all_of = (costs.values.sum(axis=1), reals.values.sum(axis=1))
        found.append(_investment(result, (say("Alla investeringar"), ""), "", total, all_of))
    return tuple(found)


def _investment(
    result: Result,
    names: tuple[str, str],
    years: str,
    plan: float,
    ore: tuple[np.ndarray, np.ndarray],
) -> InvestmentRow:
    cost, real = (one / 100.0 for one in ore)
    low, middle, high = (number((quantile(real, p).value or 0.0) / 1e6, 1) for p in _LEVELS)
    spent = mean(cost)
    reached = probability(np.round(real * 100) >= np.round(plan * 100))
    errors = [
        0.0 if one.influence is None else error_of(result, np.asarray(one.influence))
        for one in (spent, reached)
    ]
    return InvestmentRow(
        *names,
        years,
        million(spent.value or 0.0, errors[0], 1),
        million(plan, 0.0, 1),
        say("{middle} mkr ({low} till {high})", middle=middle, low=low, high=high),
        percent(reached.value or 0.0, max(errors[1], reached.least)) if plan > 0.0 else "–",
    )


@dataclass(frozen=True)
class Provisos:
    """What a reader must know of one investment, and no number says."""

    title: str
    texts: tuple[str, ...]


def provisos(result: Result) -> tuple[Provisos, ...]:
    """Return the reservations of each investment that has any, and those of all together."""
    every = result.with_fund.investments.values()
    found = [
        Provisos(named(one.title), tuple(map(named, one.reservations)))
        for one in every
        if one.reservations
    ]
    if twice := tuple(perhaps_twice(result.with_fund)):
        found.append(Provisos(say("Effektraderna tillsammans"), twice))
    return tuple(found)


_LEVELS = (0.05, 0.50, 0.95)


def frames(result: Result) -> str:
    """Return how large a part of its frame the nämnd most cut returns in its worst year."""
    scenario = result.with_fund
    worst: tuple[float, str, int] = (0.0, "", 0)
    for key in namnder(scenario):
        frame = scenario.parties[key].budget_frame
        if frame is None:
            continue
        yearly = result.futures["yearly_aterforing"].sel(party=key)
        for year in scenario.years:
            part = -float(yearly.sel(year=year)) / float(Central().of(frame))
            worst = max(worst, (part, key, year))
    part, key, year = worst
    if not key:
        return ""
    return say(
        "Som mest minskas en ram i genomsnitt med {part} procent: {namnd} {year}.",
        part=significant(part * 100.0, 2),
        namnd=party_name(result, key),
        year=year,
    )


def interest(result: Result) -> tuple[tuple[str, str], ...]:
    """Return rates, and what the fund then loses in present value on average, for no interest."""
    rows = []
    for rate in result.futures["rate"].values:
        lost = mean(result.futures["loss_at_rate"].sel(rate=rate).values)
        error = 0.0 if lost.influence is None else error_of(result, np.asarray(lost.influence))
        rows.append((percent(float(rate), 0.0, 0), million(lost.value or 0.0, error, 1)))
    return tuple(rows)
