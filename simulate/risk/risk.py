"""All measures of a run, each with its Monte Carlo standard error."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import xarray as xr

from simulate.aterforing.cases import case_lines
from simulate.aterforing.fund import namnder
from simulate.aterforing.implementation import implementations
from simulate.risk.error import Used, mcse, used_by
from simulate.risk.estimate import Estimate
from simulate.risk.measures import MEASURES
from simulate.risk.measures.base import Measure, View
from simulate.scenario.tree.outcomes import gains_of
from simulate.scenario.tree.party import CONTRACT
from simulate.scenario.tree.scenario import ContractScenario, FundScenario, Scenario
from simulate.value.views import views


@dataclass(frozen=True)
class Figure:
    """One reported figure.

    Attributes:
        party, measure, unit, title: what it is; the title is what a person calls it.
        key: whether it is among the few that a terminal shows.
        value: ``None`` when it is infinite or undefined; then ``status`` says which.
        mcse: Monte Carlo standard error; 0 at an atom and for figures the terms fix.
        status: ``never``, ``never_exposed``, ``undefined``, ``at_atom`` or ``None``.
        given: probability of the condition of a conditional figure.
        atom: probability of the value at which a quantile lies.
    """

    party: str
    measure: str
    value: float | None
    mcse: float | None
    unit: str
    status: str | None
    title: str = ""
    key: bool = False
    given: float | None = None
    atom: float | None = None


def assess(
    scenario: Scenario, futures: xr.Dataset, shapes: Mapping[str, tuple[int, int]]
) -> tuple[Figure, ...]:
    """Return every figure, in the order of the registry.

    Args:
        scenario: for the parties.
        futures: from :mod:`simulate.futures`.
        shapes: (chains, draws a chain) of each evidence block's posterior.
    """
    used = used_by(futures, shapes)
    return tuple(estimated(what, found, used) for what, found in estimates(scenario, futures))


def reported(scenario: Scenario) -> tuple[str, ...]:
    """Return the names of the measures that a scenario has any figure of, before any is drawn."""
    return tuple(measure.name for measure in MEASURES if _whom(measure, scenario))


def estimates(scenario: Scenario, futures: xr.Dataset) -> Iterator[tuple[Figure, Estimate]]:
    """Yield what names each figure, and its estimate, in the order of the registry."""
    for measure in MEASURES:
        for party in _whom(measure, scenario):
            what = Figure(
                party, measure.name, None, None, measure.unit, None, measure.title, measure.key
            )
            yield what, measure.law(View(futures, party))


def estimated(what: Figure, found: Estimate, used: Iterable[Used] = ()) -> Figure:
    """Return a figure with its estimate and its Monte Carlo standard error.

    Args:
        what: names the figure.
        found: the estimate.
        used: the posterior samples that the draws used, of each evidence block.
    """
    error = None if found.value is None else 0.0
    if found.value is not None and found.influence is not None:
        error = max(mcse(found.influence, used), found.least)
    return replace(
        what,
        value=found.value,
        mcse=error,
        status=found.status,
        given=found.given,
        atom=found.atom,
    )


def _whom(measure: Measure, scenario: Scenario) -> Sequence[str]:
    """Return whom the figures of a measure are about; nobody in a scenario of another kind."""
    whom: dict[str, Sequence[str]] = {"party": [view.name for view in views(scenario)]}
    if isinstance(scenario, ContractScenario):
        whom |= {
            "investor": [scenario.investor],
            "contract": [CONTRACT],
            "gates": [CONTRACT] if scenario.contract.stops else [],
            "tranche": [one.id for one in scenario.contract.tranches],
            "gain": list(gains_of(scenario.outcomes)),
        }
    if isinstance(scenario, FundScenario):
        whom |= {
            "fund": [scenario.fund.party],
            "grants": [] if scenario.fund.grants is None else [scenario.fund.party],
            "namnd": namnder(scenario),
            "gain": list(gains_of(scenario.outcomes)),
            "line": list(case_lines(scenario)),
            "running": list(implementations(scenario)),
        }
    return whom.get(measure.scope, ())
