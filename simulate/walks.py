"""One walk for each kind of scenario: from a batch of draws to what is kept of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from simulate.characteristics import Intervention, break_even, interventions
from simulate.draws.draw import Draws
from simulate.futures import Batch, contract, fund
from simulate.pipeline import live, live_fund
from simulate.programme import recruit, spend
from simulate.scenario.tree.scenario import ContractScenario, FundScenario, Scenario


class Walk(Protocol):
    """Takes batches of one scenario through every stage."""

    @property
    def break_even_distance(self) -> float | None:
        """The effect at which the expected true saving in the contract's window equals E(drawn).

        As a distance from zero; ``None`` if out of reach, or if there is no contract.
        """
        ...

    def take(self, draws: Draws) -> Batch:
        """Return what is kept of one batch."""
        ...

    def coordinates(self) -> Mapping[str, list[str]]:
        """Return the coordinates of the kind."""
        ...


@dataclass(frozen=True)
class ContractWalk:
    """A scenario with a contract, and the questions that are put to it."""

    scenario: ContractScenario
    asked: tuple[Intervention, ...]
    break_even_distance: float | None

    def take(self, draws: Draws) -> Batch:
        """Return what is kept of one batch."""
        return contract.batch_of(self.scenario, live(self.scenario, draws, self.asked))

    def coordinates(self) -> Mapping[str, list[str]]:
        """Return clauses, measures, interventions and gains."""
        return contract.coordinates(self.scenario, tuple(one.name for one in self.asked))


@dataclass(frozen=True)
class FundWalk:
    """A scenario with a fund."""

    scenario: FundScenario
    break_even_distance: None = None

    def take(self, draws: Draws) -> Batch:
        """Return what is kept of one batch."""
        return fund.batch_of(self.scenario, live_fund(self.scenario, draws))

    def coordinates(self) -> Mapping[str, list[str]]:
        """Return nämnder, investments and gains."""
        return fund.coordinates(self.scenario)


def walk_of(scenario: Scenario, first: Draws) -> Walk:
    """Return the walk of a scenario.

    Args:
        scenario: of any kind.
        first: the first batch, on which the break-even effect is found, so that it does not
            depend on how many are drawn.

    Raises:
        TypeError: there is no walk for scenarios of that kind.
    """
    if isinstance(scenario, FundScenario):
        return FundWalk(scenario)
    if not isinstance(scenario, ContractScenario):
        raise TypeError(type(scenario).__name__)
    intake = recruit(scenario.programme, first)
    spending = spend(scenario.programme, scenario.contract, first)
    distance = break_even(scenario, first, intake, spending)
    return ContractWalk(scenario, interventions(scenario, distance), distance)
