"""What is watched when an assumption moves, for each kind of scenario: the only such place."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

import numpy as np
import xarray as xr
from numpy.typing import NDArray

from models.spec import value_of
from simulate.aterforing.fund import namnder
from simulate.risk.measures import MEASURES
from simulate.risk.measures.base import Measure, View
from simulate.scenario.tree.party import MUNICIPALITY
from simulate.scenario.tree.scenario import ContractScenario, FundScenario, Scenario

Floats = NDArray[np.float64]
_KNOWN: Mapping[str, Measure] = {measure.name: measure for measure in MEASURES}


@dataclass(frozen=True)
class Target:
    """A figure that is watched: the mean of something over the futures.

    Attributes:
        measure: name of a measure whose law is a mean or a probability.
        party: whom it is about.
    """

    measure: str
    party: str

    @property
    def unit(self) -> str:
        """``share`` or ``sek``."""
        return _KNOWN[self.measure].unit

    @property
    def title(self) -> str:
        """What a person calls the figure; marked, to be said."""
        return _KNOWN[self.measure].title

    def values(self, futures: xr.Dataset) -> Floats:
        """Return what the figure is the mean of, dims (draw,).

        Raises:
            TypeError: the measure is no mean over all futures.
        """
        found = _KNOWN[self.measure].law(View(futures, self.party))
        if found.value is None or found.influence is None or found.given is not None:
            raise TypeError(f"{self.measure} is no mean over the futures")
        return found.value + found.influence


def _of_contract(scenario: ContractScenario) -> Iterator[Target]:
    for measure in ("p_loss", "repayment_mean"):
        yield Target(measure, scenario.investor)


def _of_fund(scenario: FundScenario) -> Iterator[Target]:
    yield Target("p_never_payback", MUNICIPALITY)
    yield Target("p_refilled_by_horizon", scenario.fund.party)
    for key in namnder(scenario):
        yield Target("gap_mean", key)


_KINDS: Mapping[type[Scenario], Callable[..., Iterator[Target]]] = {
    ContractScenario: _of_contract,
    FundScenario: _of_fund,
}


@dataclass(frozen=True)
class Answers:
    """What the decision hangs on, in kronor and as a probability.

    Attributes:
        amount: expected value to the party whose decision it is.
        event: probability of what that party fears.
        others: more probabilities that are watched.
    """

    amount: Target
    event: Target
    others: tuple[Target, ...] = ()

    @property
    def all(self) -> tuple[Target, ...]:
        """All of them, the amount and the event first."""
        return (self.amount, self.event, *self.others)


def answers(scenario: Scenario) -> Answers:
    """Return what the decision about a scenario hangs on.

    Raises:
        TypeError: nothing is known of scenarios of that kind.
    """
    if isinstance(scenario, ContractScenario):
        return Answers(Target("npv_mean", _lender(scenario)), Target("p_loss", scenario.investor))
    if not isinstance(scenario, FundScenario):
        raise TypeError(type(scenario).__name__)
    return Answers(
        Target("npv_mean", MUNICIPALITY),
        Target("p_never_payback", MUNICIPALITY),
        tuple(Target("p_gap", key) for key in namnder(scenario)),
    )


def _lender(scenario: ContractScenario) -> str:
    """Return whose value the decision hangs on: the investor, or who lends most to one between.

    An investor who passes everything on to those who lend has a value of zero in every future.
    """
    lent = dict.fromkeys((one.party for one in scenario.contract.tranches), 0.0)
    for one in scenario.contract.tranches:
        lent[one.party] += value_of(one.principal)
    return max(lent, key=lambda party: lent[party], default=scenario.investor)


def targets(scenario: Scenario) -> tuple[Target, ...]:
    """Return what is watched in a scenario, the first of them in its headline."""
    return tuple(
        one for kind, of in _KINDS.items() if isinstance(scenario, kind) for one in of(scenario)
    )
