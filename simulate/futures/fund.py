"""What is kept of every future of a fund: a few numbers per draw."""

from __future__ import annotations

import numpy as np

from simulate.aterforing.books import Totals
from simulate.aterforing.cases import break_even, case_lines, case_shares
from simulate.aterforing.fund import gap, namnder
from simulate.aterforing.further import SHARES
from simulate.aterforing.implementation import implementations
from simulate.aterforing.lines import occurs
from simulate.aterforing.returned import compared, own_rule
from simulate.contract import money
from simulate.contract.money import Ore
from simulate.discount import times
from simulate.draws.draw import full
from simulate.draws.values import Floats
from simulate.futures.collect import Arrays, Batch, gained, sampled, so_far
from simulate.pipeline.fund import FundLived, purses
from simulate.scenario.tree.outcomes import gains_of
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
    """Return what is kept year by year: cash of each view, what each nämnd returns and saves.

    ``owed`` is what leaves its frame in the year; the gap is by the year of the saving. Where
    anything is returned late, ``matured`` is the saving that what is owed in the year is for.
    """
    places, totals = _namnder(scenario), lived.totals[own_rule(scenario)]
    own = {"owed": totals.paid, "realised": totals.realised, "gap": gap(totals)}
    if totals.matured is not totals.realised:
        own["matured"] = totals.matured
    own = {name: ore[:, :, places] for name, ore in own.items()} | _running(scenario, lived)
    return so_far(cash) | {name: money.sek(ore) for name, ore in own.items()}


def _running(scenario: FundScenario, lived: FundLived) -> dict[str, Ore]:
    """What goes on after its grant costs and saves the municipality, dims (draw, year, running)."""
    if not lived.after:
        return {}
    own, each = purses(scenario), lived.after.values()
    return {
        "running_cost": np.stack([one.cost.sum(axis=2) for one in each], axis=2),
        "running_saved": np.stack([one.saved[:, :, own].sum(axis=2) for one in each], axis=2),
    }


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
        "rule": list(compared(scenario)),
        "rate": [str(rate) for rate in RATES],
        "share": [str(share) for share in SHARES],
    }


def kept(scenario: FundScenario, lived: FundLived) -> Arrays:
    """Return the variables of one batch but its values, each with dims (draw, …)."""
    rule = own_rule(scenario)
    totals, own = lived.totals[rule], lived.balances[rule]
    places = _namnder(scenario)
    due = totals.due[:, :, places]
    over = gap(totals)[:, :, places]
    each = list(lived.investments.values())
    arrays: Arrays = {
        "balance_ore": own.path,
        "capital_ore": own.capital[:, -1],
        "insolvent": own.insolvent,
        "refill_years": _payback(scenario, totals) - scenario.signed.year,
        "loss_at_rate": _loss(scenario, totals),
        "outstanding_ore": totals.outstanding,
        "cut": over > 0,
        "owed_ore": due.sum(axis=1),
        "realised_ore": totals.realised[:, :, places].sum(axis=1),
        "gap_ore": over.sum(axis=1),
        "investment_cost_ore": np.stack([one.cost for one in each], axis=1),
        "investment_overrun_ore": np.stack([one.overrun for one in each], axis=1),
        "investment_realised_ore": np.stack([one.realised for one in each], axis=1),
        "investment_payback_year": np.stack([one.back for one in each], axis=1),
    }
    rest = gained(lived.gains) | sampled(lived.draws) | _cases(scenario, lived)
    rest |= {f"{name}_ore": ore.sum(axis=1) for name, ore in _running(scenario, lived).items()}
    if totals.matured is not totals.realised:
        short = totals.paid > np.maximum(totals.matured, 0)
        arrays["cut_matured"] = short[:, :, places]
    return arrays | _further(lived) | _rules(scenario, lived, places) | rest


def _cases(scenario: FundScenario, lived: FundLived) -> Arrays:
    """How many cases are prevented, and how many are enough; dims (draw, line)."""
    found: list[tuple[Floats, Floats]] = []
    for name, (line, one) in case_lines(scenario).items():
        there = occurs(name.partition(".")[0], line, scenario, lived.draws)
        enough = break_even(line, one, lived.draws)
        found.append((full(enough), full(case_shares(line, there, lived.draws))))
    if not found:
        return {}
    enough_each, share_each = zip(*found, strict=True)
    return {
        "break_even_share": np.stack(enough_each, axis=1),
        "case_share": np.stack(share_each, axis=1),
    }


# At which the fund's loss to interest-free return is shown, nominal.
RATES = (0.0, 0.01, 0.02, 0.03, 0.04, 0.05)


def _loss(scenario: FundScenario, totals: Totals) -> Floats:
    """Present value of what is granted less that of what is returned, SEK, dims (draw, rate)."""
    flow = money.sek(totals.grants - totals.paid.sum(axis=2))
    factors = (1.0 + np.asarray(RATES)) ** -times(scenario)[:, None]
    return np.asarray(flow @ factors)


def _further(lived: FundLived) -> Arrays:
    """What is granted beside the investments, where the fund has a rule for it."""
    if lived.further is None:
        return {}
    return {
        "further_count": lived.further.count.sum(axis=1),
        "further_cost_ore": lived.further.totals.grants.sum(axis=1),
        "further_realised_ore": lived.further.totals.realised.sum(axis=(1, 2)),
        "further_at_share": np.stack(list(lived.at_share.values()), axis=1),
    }


def _rules(scenario: FundScenario, lived: FundLived, places: list[int]) -> Arrays:
    """What every rule would make of the same futures."""
    every = compared(scenario)
    totals = [lived.totals[rule] for rule in every]
    balances = [lived.balances[rule] for rule in every]
    return {
        "rule_payback_year": np.stack([_payback(scenario, one) for one in totals], axis=1),
        "rule_returned_ore": np.stack([one.paid.sum(axis=(1, 2)) for one in totals], axis=1),
        "rule_gap_ore": np.stack(
            [gap(one)[:, :, places].sum(axis=(1, 2)) for one in totals], axis=1
        ),
        "rule_balance_ore": np.stack([one.path for one in balances], axis=1),
        "rule_insolvent": np.stack([one.insolvent for one in balances], axis=1),
    }


def _payback(scenario: FundScenario, totals: Totals) -> Floats:
    """The year in which the fund has its money back."""
    return payback_year(money.sek(totals.paid.sum(axis=2) - totals.grants), scenario.years)
