"""Figures as the words of a sentence: how many futures, what share, how much money."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from models.language import named, noun, say
from models.spoken import listed
from simulate.aterforing.cases import case_lines
from simulate.aterforing.implementation import implementations
from simulate.language.numbers import frequency, million, percent
from simulate.risk.risk import Figure
from simulate.run import Result
from simulate.scenario.read import AnyScenario
from simulate.scenario.tree.outcomes import gains_of
from simulate.scenario.tree.party import CONTRACT, MUNICIPALITY, PUBLIC, SOCIETY
from simulate.scenario.tree.scenario import ContractScenario, FundScenario

_ABOUT_HALF = 0.03


@dataclass(frozen=True)
class Fact:
    """One of the few figures that stand under the answer.

    Attributes:
        key: name of the measure, where the value is one; empty for words.
        name, value, note: what is read.
        party: whose measure it is.
    """

    key: str
    name: str
    value: str
    note: str
    party: str = ""


class OfScenario(Protocol):
    """Whatever is about one scenario: a run, a sweep of it."""

    @property
    def scenario(self) -> ContractScenario | FundScenario:
        """The scenario."""
        ...


def party_name(result: OfScenario, party: str) -> str:
    """Return what the page calls a party, a view of several, or anything else with figures.

    A human gain, an effect line, an insats in ordinary operations, a tranche.
    """
    return name_in(result.scenario, party)


def paying(scenario: ContractScenario) -> str:
    """Return the names of all who pay the contract."""
    parties = scenario.parties
    return listed([named(parties[party].name) for party in scenario.contract.paid_by])


def name_in(scenario: AnyScenario, party: str) -> str:
    """Return what anything with figures of its own is called, as :func:`party_name`."""
    views = {
        SOCIETY: noun(say("Samhället")),
        CONTRACT: noun(say("Kontraktet")),
        MUNICIPALITY: noun(say("Kommunen som helhet")),
        PUBLIC: noun(say("Det offentliga som helhet")),
    }
    if party in views:
        return views[party]
    titles = {key: one.title for key, one in gains_of(scenario.outcomes).items()}
    if isinstance(scenario, FundScenario):
        titles |= {key: line.title for key, (line, _) in case_lines(scenario).items()}
        if party in implementations(scenario):
            title = named(scenario.investments[party.partition(".")[0]].title)
            return say("{title} i ordinarie drift", title=title)
    else:
        titles |= {one.id: one.title for one in scenario.contract.tranches}
    return named(titles[party] if party in titles else scenario.parties[party].name)


def payback(result: Result, party: str) -> tuple[str, str]:
    """Return a party's återbetalningstid: its median, and how likely it is never."""
    middle, never, free = (
        result.figure(name, party)
        for name in ("payback_year_p50", "p_never_payback", "p_never_exposed")
    )
    last = result.scenario.last_year
    if middle.status == "never_exposed":
        return say("ligger aldrig ute med pengar"), futures(free)
    within = say("aldrig till och med {last}: {futures}", last=last, futures=futures(never))
    if middle.value is None:
        return say("aldrig"), within
    if middle.atom == 1.0:
        return str(round(middle.value)), say("i alla framtider")
    year = say("{year} i median", year=round(middle.value))
    return year, "" if never.value == 0.0 else within


def about(figure: Figure) -> str:
    """Return «ungefär hälften av fallen» where it is, else in how many futures."""
    if figure.value is not None and abs(figure.value - 0.5) <= _ABOUT_HALF:
        return say("ungefär hälften av fallen")
    return futures(figure)


def futures(figure: Figure) -> str:
    """Return a probability as «3 av 10 framtider»."""
    if figure.value is None:
        return say("okänt antal framtider")
    return say("{times} framtider", times=frequency(figure.value, figure.mcse or 0.0))


def share(figure: Figure) -> str:
    """Return a probability in per cent, to the digits that are supported."""
    if figure.value is None:
        return say("odefinierat")
    return percent(figure.value, figure.mcse or 0.0)


def sek(figure: Figure) -> str:
    """Return an amount in mkr, to the digits that are supported."""
    if figure.value is None:
        return say("odefinierat")
    return million(figure.value, figure.mcse or 0.0)
