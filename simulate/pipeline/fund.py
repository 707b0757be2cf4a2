"""scenario → draws → what is realised → what is owed → ledger and balance → values.

One call of :func:`live_fund` takes one batch through all of them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from simulate.aterforing.fund import Balance, Totals, balance, book_fund
from simulate.aterforing.implementation import Running, running
from simulate.aterforing.returned import Returned, returned
from simulate.draws.draw import Draws
from simulate.ledger import Ledger
from simulate.scenario.tree.fund import RULES, Rule
from simulate.scenario.tree.scenario import FundScenario
from simulate.truth.gains import Gain, gains


@dataclass(frozen=True)
class FundLived:
    """One batch of futures of a fund.

    Attributes:
        investments: what each realises and owes.
        totals: all of them together.
        balances: of the fund, under each rule.
        ledger: who pays and receives, under the scenario's own rule.
        gains: what has no price.
        after: what goes on, or may go on, in ordinary operations, by its place.
    """

    draws: Draws
    investments: Mapping[str, Returned]
    totals: Totals
    balances: Mapping[Rule, Balance]
    ledger: Ledger
    gains: Mapping[str, Gain]
    after: Mapping[str, Running]


def live_fund(scenario: FundScenario, draws: Draws) -> FundLived:
    """Return one batch of futures, taken through every stage."""
    found = returned(scenario, draws)
    totals = Totals.of(found)
    balances = {rule: balance(scenario, draws, totals, rule) for rule in RULES}
    after = running(scenario, draws)
    ledger = book_fund(scenario, draws, found, totals, after)
    own = gains(scenario.outcomes, draws)
    return FundLived(draws, found, totals, balances, ledger, own, after)
