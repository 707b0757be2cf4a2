"""Whose money is looked at: each party, the municipality's purses together, and all of society."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from simulate.discount import party_factors, society_factors
from simulate.draws.draw import Draws
from simulate.draws.values import Floats
from simulate.ledger import Ledger
from simulate.scenario.tree.party import (
    MUNICIPAL,
    MUNICIPALITY,
    PUBLIC,
    PUBLIC_TYPES,
    SOCIETY,
    PartyType,
)
from simulate.scenario.tree.scenario import FundScenario, Scenario
from simulate.value.npv import npv
from simulate.value.payback import exposure, payback_year


@dataclass(frozen=True)
class View:
    """Some parties whose flows are added, and the rate at which they are valued.

    Attributes:
        name: in results.
        members: the parties.
        rate_of: the party whose rate is used; ``None`` for society's real rate.
    """

    name: str
    members: tuple[str, ...]
    rate_of: str | None


def views(scenario: Scenario) -> tuple[View, ...]:
    """Return each party, with a fund the municipality's and all public purses, and society.

    The municipality together is valued at the fund's rate, which is the municipality's own, and so
    is the public sector: it is asked what the same money is worth where more purses count. Where
    no purse but the municipality's is public it has no view of its own.
    """
    found = [View(key, (key,), key) for key in scenario.parties]
    if isinstance(scenario, FundScenario):
        own, public = (_of(scenario, types) for types in (MUNICIPAL, PUBLIC_TYPES))
        found.append(View(MUNICIPALITY, own, scenario.fund.party))
        if public != own:
            found.append(View(PUBLIC, public, scenario.fund.party))
    found.append(View(SOCIETY, tuple(scenario.parties), None))
    return tuple(found)


def _of(scenario: Scenario, types: tuple[PartyType, ...]) -> tuple[str, ...]:
    return tuple(key for key, one in scenario.parties.items() if one.type in types)


def flows(scenario: Scenario, ledger: Ledger) -> Floats:
    """Return all cash of each view, SEK, dims (draw, year, view)."""
    net = ledger.net()
    place = {party: index for index, party in enumerate(ledger.parties)}
    columns = [
        net[:, :, [place[party] for party in view.members]].sum(axis=2) for view in views(scenario)
    ]
    return np.stack(columns, axis=2)


def values(scenario: Scenario, cash: Floats, draws: Draws) -> dict[str, Floats]:
    """Return what the cash is worth to each view, each with dims (draw, view)."""
    found: dict[str, list[Floats]] = {}
    for number, view in enumerate(views(scenario)):
        own = cash[:, :, number]
        factors = _factors(view, scenario, draws)
        largest, when = exposure(own, scenario.years)
        each = {
            "npv": npv(own, factors),
            "payback_year": payback_year(own, scenario.years),
            "payback_year_discounted": payback_year(own * factors, scenario.years),
            "exposure": largest,
            "exposure_year": when,
        }
        for name, value in each.items():
            found.setdefault(name, []).append(value)
    return {name: np.stack(columns, axis=1) for name, columns in found.items()}


def _factors(view: View, scenario: Scenario, draws: Draws) -> Floats:
    if view.rate_of is None:
        return society_factors(scenario.society, scenario, draws)
    return party_factors(scenario.parties[view.rate_of], scenario, draws)
