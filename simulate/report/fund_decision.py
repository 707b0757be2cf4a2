"""What is to be decided about a fund, for whom it pays, and what is to be followed up."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np

from models.language import named, say, say_count
from models.spoken import listed
from simulate.language.numbers import million, percent
from simulate.report.fund_sentences import rule_in_words
from simulate.report.phrases import party_name, payback, sek, share
from simulate.report.reading import error_of
from simulate.risk.estimate import mean, probability
from simulate.run import Result
from simulate.scenario.tree.aterforing import names_of
from simulate.scenario.tree.investment import Effect, Investment, Priced
from simulate.scenario.tree.outcomes import gains_of
from simulate.scenario.tree.party import MUNICIPALITY, PUBLIC, SOCIETY

_NAMED = 6  # investments that are named in a sentence


def proposal(result: Result) -> tuple[str, ...]:
    """Return the points that a decision is about, as a tjänsteskrivelse would put them."""
    scenario = result.with_fund
    granted = np.asarray(
        (result.futures["investment_cost_ore"] - result.futures["investment_overrun_ore"])
        .sum(dim="investment")
        .values
        / 100.0
    )
    found = mean(granted)
    error = 0.0 if found.influence is None else error_of(result, found.influence)
    years = sorted({int(year) for one in scenario.investments.values() for year in one.costs})
    grant = say(
        "Att {fund} betalar {amount} {years} till {what}.",
        fund=named(scenario.parties[scenario.fund.party].name),
        amount=million(found.value or 0.0, error, 2),
        years=_span(years),
        what=_what(scenario.investments.values()),
    )
    rule = say("Att återföringen följer regeln: {rule}", rule=rule_in_words(result))
    follow = say(
        "Att beslutet följs upp år för år mot tabellen under Uppföljning, och räknas om när "
        "utfallet är känt."
    )
    return grant, rule, follow


def _what(every: Iterable[Investment]) -> str:
    titles = [named(one.title) for one in every]
    if len(titles) <= _NAMED:
        return listed(titles)
    return say_count("{count} investering", "{count} investeringar", len(titles))


def _span(years: list[int]) -> str:
    return str(years[0]) if years[0] == years[-1] else f"{years[0]}–{years[-1]}"


@dataclass(frozen=True)
class Background:
    """One investment: when it was granted, who runs it and with whom, and who says so."""

    title: str
    granted: str
    provider: str
    partners: str
    source: str


def background(result: Result) -> tuple[Background, ...]:
    """Return what each investment is, as the scenario has it."""
    return tuple(
        Background(
            named(one.title),
            one.granted.isoformat(),
            party_name(result, one.provider),
            ", ".join(map(named, one.partners)),
            named(one.source) if one.source else "",
        )
        for one in result.with_fund.investments.values()
    )


@dataclass(frozen=True)
class Purse:
    """Whose money is counted, and what the investments are worth to them.

    Attributes:
        key: what ``risk.json`` calls it.
        name, what: the name, and whose purses these are.
        npv: the mean net present value.
        positive: how likely it is positive.
        back: the year by which the money is back, with how likely it is never.
    """

    key: str
    name: str
    what: str
    npv: str
    positive: str
    back: str


def perspectives(result: Result) -> tuple[Purse, ...]:
    """Return the municipality, the public sector and society side by side."""
    whose = {
        MUNICIPALITY: say("fonden, nämnderna och kommunens övriga kassor; nominellt"),
        PUBLIC: say("kommunen, regionen och staten; nominellt"),
        SOCIETY: say("alla parter, hushåll och utförare också; fasta priser, real ränta"),
    }
    known = {figure.party for figure in result.figures}
    return tuple(
        Purse(
            key,
            party_name(result, key),
            what,
            sek(result.figure("npv_mean", key)),
            share(result.figure("p_npv_positive", key)),
            _back(result, key),
        )
        for key, what in whose.items()
        if key in known
    )


def _back(result: Result, key: str) -> str:
    """The year of payback with how likely it is never, said once."""
    year, note = payback(result, key)
    return note if year == say("aldrig") else "; ".join(part for part in (year, note) if part)


def one_purse(result: Result) -> str:
    """Return why the public sector is not a row of its own; empty where it is."""
    if any(figure.party == PUBLIC for figure in result.figures):
        return ""
    return say(
        "Det offentliga som helhet är här detsamma som kommunen: ingen rad faller på region eller "
        "stat."
    )


@dataclass(frozen=True)
class FollowUp:
    """One line to follow up: where and when it should show, and in what."""

    investment: str
    line: str
    years: str
    purse: str
    measured: str


def follow_up(result: Result) -> tuple[FollowUp, ...]:
    """Return every effect line as something to look for."""
    found = []
    for one in result.with_fund.investments.values():
        for line in one.effects:
            years = _years(line, one)
            purse = (
                party_name(result, line.falls_on)
                if isinstance(line, Priced)
                else listed([party_name(result, key) for key in names_of(one.split or {})])
            )
            measured = named(line.measured_by) if line.measured_by else say("inte angivet")
            found.append(FollowUp(named(one.title), named(line.title), years, purse, measured))
    return tuple(found)


def _years(line: Effect, one: Investment) -> str:
    counted = one.replaced(line).counted if isinstance(line, Priced) else one.aterforing or {}
    return _span(sorted(map(int, counted)))


def first_sign(result: Result) -> str:
    """Return when the first saving should show, and what can be said before."""
    years = [
        int(year)
        for one in result.with_fund.investments.values()
        for line in one.effects
        for year in (
            one.replaced(line).counted if isinstance(line, Priced) else one.aterforing or ()
        )
    ]
    unmeasured = sum(row.measured == say("inte angivet") for row in follow_up(result))
    said = say(
        "Den första besparingen ska synas {year}; innan dess kan uppföljningen bara visa att "
        "insatsen genomförs.",
        year=min(years),
    )
    if not unmeasured:
        return said
    return f"{said} " + say_count(
        "För {count} rad är det inte angivet hur den mäts: då går den inte att följa upp.",
        "För {count} rader är det inte angivet hur de mäts: då går de inte att följa upp.",
        unmeasured,
    )


def targets(result: Result) -> tuple[str, ...]:
    """Return the human gains that have a target, as something to count."""
    return tuple(_targets(result))


def _targets(result: Result) -> Iterator[str]:
    for key, one in gains_of(result.scenario.outcomes).items():
        met = result.figure("p_target_met", key)
        if met.value is not None:
            yield say(
                "{title}: målet nås i {share} av framtiderna.",
                title=named(one.title),
                share=share(met),
            )


@dataclass(frozen=True, eq=False)
class Curve:
    """How likely the municipality has its money back from one investment, by year.

    Attributes:
        title: of the investment.
        years: dims (year,).
        shares: P(paid back by the end of the year), dims (year,).
        said: the last of them in words, with its error.
    """

    title: str
    years: tuple[int, ...]
    shares: tuple[float, ...]
    said: str

    def alt(self) -> str:
        """Return the picture in words."""
        return say(
            "{title}: till och med {last} har kommunen fått igen pengarna i {share} av "
            "framtiderna.",
            title=self.title,
            last=self.years[-1],
            share=self.said,
        )


MOST_CURVES = 12


def curves(result: Result) -> tuple[Curve, ...]:
    """Return the payback curve of each investment; of the costliest where they are many."""
    scenario, data = result.with_fund, result.futures
    cost = data["investment_cost_ore"].mean(dim="draw")
    keys = sorted(scenario.investments, key=lambda key: -float(cost.sel(investment=key)))
    shown = set(keys[:MOST_CURVES])
    found = []
    for key, one in scenario.investments.items():
        if key not in shown:
            continue
        back = data["investment_payback_year"].sel(investment=key).values
        shares = tuple(float(np.mean(back <= year)) for year in scenario.years)
        last = probability(back <= scenario.last_year)
        error = 0.0 if last.influence is None else error_of(result, last.influence)
        said = percent(last.value or 0.0, max(error, last.least))
        found.append(Curve(named(one.title), scenario.years, shares, said))
    return tuple(found)
