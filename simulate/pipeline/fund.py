"""scenario → draws → what is realised → what is owed → ledger and balance → values.

One call of :func:`live_fund` takes one batch through all of them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from simulate.aterforing.fund import Balance, Totals, balance, book_fund, paid_in
from simulate.aterforing.returned import Returned, own_rule, returned
from simulate.draws.draw import Draws
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
    """

    draws: Draws
    investments: Mapping[str, Returned]
    totals: Mapping[str, Totals]
    balances: Mapping[str, Balance]
    ledger: Ledger
    gains: Mapping[str, Gain]


def live_fund(scenario: FundScenario, draws: Draws) -> FundLived:
    """Return one batch of futures, taken through every stage."""
    found = returned(scenario, draws)
    totals = Totals.of(scenario, found)
    capital = paid_in(scenario, draws)
    balances = {rule: balance(capital, one) for rule, one in totals.items()}
    ledger = book_fund(scenario, found, totals[own_rule(scenario)])
    return FundLived(draws, found, totals, balances, ledger, gains(scenario.outcomes, draws))
