"""scenario → draws → what is realised → what is owed → ledger and balance → values.

One call of :func:`live_fund` takes one batch through all of them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from simulate.aterforing.fund import Balance, Spent, Totals, balance, book_fund, paid_in
from simulate.aterforing.further import Before, Further, carried, granted_further
from simulate.aterforing.implementation import Running, running
from simulate.aterforing.returned import Returned, own_rule, returned
from simulate.contract import money
from simulate.contract.money import Ore
from simulate.draws.draw import Draws, full
from simulate.draws.values import Ints
from simulate.ledger import Ledger
from simulate.scenario.tree.scenario import FundScenario
from simulate.truth.gains import Gain, gains


@dataclass(frozen=True)
class FundLived:
    """One batch of futures of a fund.

    Attributes:
        investments: what each realises and owes.
        totals: all of them together, under each rule that is compared.
        balances: of the fund, under each of them.
        ledger: who pays and receives, under the scenario's own rule.
        gains: what has no price.
        after: what goes on, or may go on, in ordinary operations, by its place.
        further: what is granted beside the investments, under the scenario's own rule.
        at_share: how many further grants there would be at given shares of what is planned.
    """

    draws: Draws
    investments: Mapping[str, Returned]
    totals: Mapping[str, Totals]
    balances: Mapping[str, Balance]
    ledger: Ledger
    gains: Mapping[str, Gain]
    after: Mapping[str, Running]
    further: Further | None
    at_share: Mapping[float, Ints]


def live_fund(scenario: FundScenario, draws: Draws) -> FundLived:
    """Return one batch of futures, taken through every stage."""
    found = returned(scenario, draws)
    totals = Totals.of(scenario, found)
    capital = paid_in(scenario, draws)
    own = own_rule(scenario)
    named = totals[own]
    spent = [_spent(scenario, draws, key, one) for key, one in found.items()]
    mine: Further | None = None
    before = Before(scenario, draws, found, capital)
    for rule, one in list(totals.items()):
        more = granted_further(before, one, rule)
        if more is not None and scenario.fund.grants is not None:
            totals[rule] = one + more.totals
            if rule == own:
                mine = more
                nothing = np.zeros_like(more.totals.grants)
                provider = scenario.fund.grants.provider
                spent.append(Spent(provider, more.totals.grants, nothing, more.planned))
    at_share = carried(before, named)
    balances = {rule: balance(capital, one) for rule, one in totals.items()}
    after = running(scenario, draws)
    ledger = book_fund(scenario, spent, totals[own], after)
    human = gains(scenario.outcomes, draws)
    return FundLived(draws, found, totals, balances, ledger, human, after, mine, at_share)


def _spent(scenario: FundScenario, draws: Draws, key: str, one: Returned) -> Spent:
    """What is granted to one investment, and what its provider pays on to partners."""
    investment = scenario.investments[key]
    cost: Ore = one.grant + one.overrun
    partners = {
        partner: money.part(cost, full(draws.of(share))[:, None])
        for partner, share in (investment.paid_to or {}).items()
    }
    return Spent(investment.provider, one.grant, one.overrun, one.planned, partners)
