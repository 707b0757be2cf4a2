"""What is kept of every future of a fund: a few numbers per draw."""

from __future__ import annotations

import numpy as np

from simulate.aterforing.cases import break_even, case_lines, case_shares
from simulate.aterforing.fund import namnder
from simulate.aterforing.implementation import implementations
from simulate.aterforing.lines import occurs
from simulate.aterforing.returned import Returned
from simulate.contract import money
from simulate.contract.money import Ore
from simulate.draws.draw import full
from simulate.draws.values import Floats
from simulate.futures.collect import Arrays, Batch, gained, sampled, so_far
from simulate.pipeline.fund import FundLived
from simulate.scenario.tree.fund import RULES, Rule
from simulate.scenario.tree.outcomes import gains_of
from simulate.scenario.tree.party import MUNICIPAL
from simulate.scenario.tree.scenario import FundScenario
from simulate.value.payback import payback_year
from simulate.value.views import flows, values


def batch_of(scenario: FundScenario, lived: FundLived) -> Batch:
    """Return what is kept of one batch."""
    cash = flows(scenario, lived.ledger)
    arrays = kept(scenario, lived) | values(scenario, cash, lived.draws)
    return Batch(
        arrays, {**lived.ledger.entries, **lived.ledger.memo}, paths(scenario, lived, cash)
    )


def paths(scenario: FundScenario, lived: FundLived, cash: Floats) -> dict[str, Floats]:
    """Return what is kept year by year: cash of each view, what each nämnd owes and saves."""
    places = _namnder(scenario)
    owed = lived.totals.owed[scenario.fund.aterforing.rule][:, :, places]
    realised = lived.totals.realised[:, :, places]
    gap = np.maximum(owed - np.maximum(realised, 0), 0)
    own = {"owed": owed, "realised": realised, "gap": gap} | _running(scenario, lived)
    return so_far(cash) | {name: money.sek(ore) for name, ore in own.items()}


def _running(scenario: FundScenario, lived: FundLived) -> dict[str, Ore]:
    """What goes on after its grant costs and saves the municipality, dims (draw, year, running)."""
    if not lived.after:
        return {}
    purses = _purses(scenario)
    each = lived.after.values()
    return {
        "running_cost": np.stack([one.cost.sum(axis=2) for one in each], axis=2),
        "running_saved": np.stack([one.saved[:, :, purses].sum(axis=2) for one in each], axis=2),
    }


def _purses(scenario: FundScenario) -> list[int]:
    """The places of the municipality's own purses among the parties."""
    return [i for i, one in enumerate(scenario.parties.values()) if one.type in MUNICIPAL]


def _namnder(scenario: FundScenario) -> list[int]:
    """The places of the nämnder among the parties."""
    return [list(scenario.parties).index(key) for key in namnder(scenario)]


def coordinates(scenario: FundScenario) -> dict[str, list[str]]:
    """Return the coordinates that only a fund has."""
    return {
        "namnd": list(namnder(scenario)),
        "investment": list(scenario.investments),
        "gain": list(gains_of(scenario.outcomes)),
        "line": list(case_lines(scenario)),
        "running": list(implementations(scenario)),
    }


def kept(scenario: FundScenario, lived: FundLived) -> Arrays:
    """Return the variables of one batch but its values, each with dims (draw, …)."""
    rule = scenario.fund.aterforing.rule
    places = _namnder(scenario)
    purses = _purses(scenario)
    owed = lived.totals.owed[rule][:, :, places]
    realised = lived.totals.realised[:, :, places]
    # A cost that grows is no saving: it does not make what is returned too much.
    saved = np.maximum(realised, 0)
    own = lived.balances[rule]
    each = list(lived.investments.values())
    arrays: Arrays = {
        "balance_ore": own.path,
        "capital_ore": own.capital[:, -1],
        "insolvent": own.insolvent,
        "cut": owed > saved,
        "owed_ore": owed.sum(axis=1),
        "realised_ore": realised.sum(axis=1),
        "gap_ore": np.maximum(owed - saved, 0).sum(axis=1),
        "investment_cost_ore": np.stack(
            [(one.grant + one.overrun).sum(axis=1) for one in each], axis=1
        ),
        "investment_overrun_ore": np.stack([one.overrun.sum(axis=1) for one in each], axis=1),
        "investment_realised_ore": np.stack(
            [one.realised[:, :, purses].sum(axis=(1, 2)) for one in each], axis=1
        ),
        "investment_payback_year": np.stack([_back(one, purses, scenario) for one in each], axis=1),
    }
    rest = gained(lived.gains) | sampled(lived.draws) | _cases(scenario, lived)
    rest |= {f"{name}_ore": ore.sum(axis=1) for name, ore in _running(scenario, lived).items()}
    return arrays | _rules(scenario, lived, places) | rest


def _cases(scenario: FundScenario, lived: FundLived) -> Arrays:
    """How many cases are prevented, and how many are enough; dims (draw, line)."""
    found: list[tuple[Floats, Floats]] = []
    for name, (line, one) in case_lines(scenario).items():
        there = occurs(name.partition(".")[0], line, one, lived.draws)
        enough = break_even(line, one, lived.draws)
        found.append((full(enough), full(case_shares(line, there, lived.draws))))
    if not found:
        return {}
    enough_each, share_each = zip(*found, strict=True)
    return {
        "break_even_share": np.stack(enough_each, axis=1),
        "case_share": np.stack(share_each, axis=1),
    }


def _back(one: Returned, purses: list[int], scenario: FundScenario) -> Floats:
    """The year in which the municipality has its money back from one investment, dims (draw,)."""
    flow = one.realised[:, :, purses].sum(axis=2) - one.grant - one.overrun
    return payback_year(money.sek(flow), scenario.years)


def _rules(scenario: FundScenario, lived: FundLived, places: list[int]) -> Arrays:
    """What every rule would make of the same futures."""
    saved = np.maximum(lived.totals.realised[:, :, places], 0)
    back: list[Floats] = []
    returned: list[Ore] = []
    gaps: list[Ore] = []
    for rule in RULES:
        owed = lived.totals.owed[rule][:, :, places]
        back.append(_payback(scenario, lived, rule))
        returned.append(owed.sum(axis=(1, 2)))
        gaps.append(np.maximum(owed - saved, 0).sum(axis=(1, 2)))
    return {
        "rule_payback_year": np.stack(back, axis=1),
        "rule_returned_ore": np.stack(returned, axis=1),
        "rule_gap_ore": np.stack(gaps, axis=1),
        "rule_balance_ore": np.stack([lived.balances[rule].path for rule in RULES], axis=1),
        "rule_insolvent": np.stack([lived.balances[rule].insolvent for rule in RULES], axis=1),
    }


def _payback(scenario: FundScenario, lived: FundLived, rule: Rule) -> Floats:
    """The year in which the fund has its money back."""
    flow = lived.totals.owed[rule].sum(axis=2) - lived.totals.grants
    return payback_year(money.sek(flow), scenario.years)
