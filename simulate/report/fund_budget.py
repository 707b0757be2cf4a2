"""What an ekonom writes in the budget and in the accounts, year by year, with its uncertainty."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
import xarray as xr

from models.language import named, say
from models.spoken import listed
from simulate.aterforing.fund import namnder
from simulate.aterforing.implementation import implementations
from simulate.aterforing.returned import saving_years
from simulate.draws.values import Central, Floats
from simulate.language.numbers import decimals_supported, million, mkr, number, percent
from simulate.prose.operations import both_pay
from simulate.report.phrases import futures, party_name, sek, share
from simulate.report.reading import error_of
from simulate.risk.estimate import probability, quantile
from simulate.run import Result
from simulate.scenario.tree.investment import Implementation

_LEVELS = (0.05, 0.50, 0.95)
_NOTHING = 0.5  # SEK
_THOUSAND, _MILLION = 1e3, 1e6


@dataclass(frozen=True)
class Table:
    """One table of years.

    Attributes:
        name: above it.
        columns: heads beside that of the years.
        rows: year and a text for each column.
    """

    name: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, eq=False)
class Cell:
    """One amount in one nämnd and year, SEK.

    Attributes:
        middle, low, high: median, and the ends that nine futures of ten lie between.
        errors: Monte Carlo errors of low, middle and high.
    """

    low: float
    middle: float
    high: float
    errors: Floats

    @property
    def same(self) -> bool:
        """Whether it is the same amount in every future, but for less than half a krona."""
        return self.high - self.low < _NOTHING

    def tkr(self) -> str:
        """Return the amount in thousands of kronor, to the digits supported, no unit."""
        return self._said(_THOUSAND, 0)

    def mkr(self) -> str:
        """Return the amount in mkr, to the digits supported; the unit stands once."""
        return self._said(_MILLION, 2, mkr)

    def _said(self, unit: float, most: int, named: Callable[[str], str] = str) -> str:
        ends = zip((self.low, self.middle, self.high), self.errors, strict=True)
        low, middle, high = (_in(unit, value, float(error), most) for value, error in ends)
        if self.same:
            return named(middle)
        return say("{middle} ({low} till {high})", middle=named(middle), low=low, high=high)


def _in(unit: float, sek: float, error: float, most: int = 0) -> str:
    return number(sek / unit, decimals_supported(sek / unit, error / unit, most))


def amount(result: Result, name: str, namnd: str, year: int) -> Cell:
    """Return what a nämnd owes (``owed``) or saves (``realised``, ``matured``) in a year."""
    return _cell(result.futures.sel(namnd=namnd, year=year), name)


def _cell(data: xr.Dataset, name: str) -> Cell:
    low, middle, high = data[f"{name}_fan"].sel(level=list(_LEVELS)).values
    errors = data[f"{name}_fan_mcse"].sel(level=list(_LEVELS)).values
    return Cell(float(low), float(middle), float(high), np.asarray(errors))


def _risk(result: Result, namnd: str, year: int, name: str = "cut") -> str:
    """How likely the frame is cut for more than the nämnd saves that year."""
    cut = result.futures[name].sel(namnd=namnd, year=year).values.astype(bool)
    p = probability(cut)
    error = 0.0 if p.influence is None else error_of(result, p.influence)
    return percent(p.value or 0.0, max(error, p.least), 0)


def next_budget(result: Result) -> tuple[str, ...]:
    """Return what each nämnd writes in the first budget that can still be changed."""
    return tuple(_next(result, key) for key in namnder(result.with_fund))


def _next(result: Result, key: str) -> str:
    scenario, name = result.with_fund, party_name(result, key)
    after = scenario.known_until.year + 1
    means = result.futures["owed_mean"].sel(namnd=key)
    ever = [year for year in scenario.years if float(means.sel(year=year)) > _NOTHING]
    due = [year for year in ever if year >= after]
    if not ever:
        return say("{namnd}: ingen återföring att skriva in i någon budget.", namnd=name)
    if not due:
        return say(
            "{namnd}: all återföring ligger före {year}; inget är kvar att skriva in.",
            namnd=name,
            year=after,
        )
    year = due[0]
    # What is returned late is for the saving of earlier years, each investment's by its own lag.
    when = listed([str(one) for one in saving_years(scenario, key, year)])
    late = "matured_fan" in result.futures
    said = say(
        "{namnd}, budget {year}: minska ramen med {owed}. Besparingen {when} väntas bli {saved}, "
        "och i {risk} av framtiderna räcker den inte.",
        namnd=name,
        year=year,
        when=when,
        owed=amount(result, "owed", key, year).mkr(),
        saved=amount(result, "matured" if late else "realised", key, year).mkr(),
        risk=_risk(result, key, year, "cut_matured" if late else "cut"),
    )
    if year == after:
        return said
    return f"{said} " + say("I budgeten för {year} skrivs inget in.", year=_until(after, year - 1))


def _until(first: int, last: int) -> str:
    return str(first) if first == last else f"{first}–{last}"


def budgets(result: Result) -> Iterator[Table]:
    """Yield the ledger of each nämnd, tkr: what is planned, saved, owed and left of the frame."""
    columns = (
        say("Planerad återföring"),
        say("Realiserat"),
        say("Återför"),
        say("Återför för mycket"),
        say("Risk"),
        say("Ram efter återföring"),
    )
    for key in namnder(result.with_fund):
        rows = tuple(row for row in _rows(result, key) if row)
        if rows:
            yield Table(party_name(result, key), columns, rows)


def _rows(result: Result, key: str) -> Iterator[tuple[str, ...]]:
    """Yield a row for each year in which anything is planned, owed or saved."""
    scenario = result.with_fund
    frame = scenario.parties[key].budget_frame
    for year in scenario.years:
        plan = float(result.futures["yearly_planned_aterforing"].sel(party=key, year=year))
        here = result.futures.sel(namnd=key, year=year)
        owed, real = (float(here[f"{name}_mean"]) for name in ("owed", "realised"))
        if not plan and abs(owed) < _NOTHING and abs(real) < _NOTHING:
            continue
        left = "–" if frame is None else _left(float(Central().of(frame)), result, key, year)
        yield (
            str(year),
            _in(_THOUSAND, plan, 0.0),
            amount(result, "realised", key, year).tkr(),
            amount(result, "owed", key, year).tkr(),
            _in(_THOUSAND, float(here["gap_mean"]), float(here["gap_mean_mcse"])),
            _risk(result, key, year),
            left,
        )


def _left(frame: float, result: Result, key: str, year: int) -> str:
    owed = amount(result, "owed", key, year)
    return _in(_THOUSAND, frame - owed.middle, float(owed.errors[1]))


def accounts(result: Result) -> Table:
    """Return what the fund notes at the end of each year, mkr: used, returned, earmarked, bound.

    Granted but not drawn is what the investments that are decided on by then are to be paid later,
    on average.
    """
    scenario, data = result.with_fund, result.futures
    rows, out, back = [], 0.0, 0.0
    fund = scenario.fund.party
    for place, year in enumerate(scenario.years):
        here = data.sel(party=fund, year=year)
        paid, returned = -float(here["yearly_grant"]), float(here["yearly_aterforing"])
        out, back = out + paid, back + returned
        balance = data["balance_ore"].values[:, place] / 100.0
        low, middle, high = (quantile(balance, level).value or 0.0 for level in _LEVELS)
        errors = [_error(result, balance, level) for level in _LEVELS]
        rows.append(
            (
                str(year),
                million(paid, 0.0, 1),
                million(returned, 0.0, 1),
                Cell(low, middle, high, np.asarray(errors)).mkr(),
                million(float(here["yearly_granted_undrawn"]), 0.0, 1),
            )
        )
    columns = (
        say("Utbetalt under året"),
        say("Återfört under året"),
        say("Öronmärkt saldo"),
        say("Beviljat men inte utbetalt"),
    )
    return Table(named(scenario.parties[fund].name), columns, tuple(rows))


def _error(result: Result, values: Floats, level: float) -> float:
    found = quantile(values, level)
    return 0.0 if found.influence is None else error_of(result, found.influence)


@dataclass(frozen=True)
class Operation:
    """What goes on after its grant: who pays, year by year, and whether it pays.

    Attributes:
        name: of the insats.
        said: who pays, whether it is decided, and how likely it saves what it costs.
        table: cost and saving by year, tkr.
    """

    name: str
    said: str
    table: Table


def operations(result: Result) -> Iterator[Operation]:
    """Yield every insats that goes on, or may go on, in ordinary operations."""
    scenario = result.with_fund
    columns = (say("Kostar"), say("Sparar i kommunen"))
    for place, one in implementations(scenario).items():
        data = result.futures.sel(running=place)
        rows = []
        for year in scenario.years:
            cost, saved = (_cell(data.sel(year=year), f"running_{x}") for x in ("cost", "saved"))
            if cost.high > _NOTHING or abs(saved.high) > _NOTHING or abs(saved.low) > _NOTHING:
                rows.append((str(year), cost.tkr(), saved.tkr()))
        name = party_name(result, place)
        yield Operation(name, _said(result, place, one), Table(name, columns, tuple(rows)))


def _said(result: Result, place: str, one: Implementation) -> str:
    pays = result.figure("p_running_pays", place)
    payer = party_name(result, one.paid_by)
    told = (
        say("Driften är beslutad, betalas av {payer} och ingår i alla flöden.", payer=payer)
        if one.decided
        else say(
            "Driften är inte beslutad. Den skulle betalas av {payer} och ingår inte i något flöde "
            "ovan.",
            payer=payer,
        )
    )
    return (
        " ".join([told, *both_pay(one)])
        + " "
        + say(
            "Till och med {last} kostar den i genomsnitt {cost} och sparar i kommunen i genomsnitt "
            "{saved}; i {futures} ({share}) sparar den då minst vad den kostat.",
            last=result.with_fund.last_year,
            cost=sek(result.figure("running_cost_mean", place)),
            saved=sek(result.figure("running_saved_mean", place)),
            futures=futures(pays),
            share=share(pays),
        )
    )
