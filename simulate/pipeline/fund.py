"""scenario → draws → what is realised → what is owed → ledger and balance → values.

One call of :func:`live_fund` takes one batch through all of them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from simulate.aterforing.books import Books, Totals
from simulate.aterforing.fund import Balance, balance, book_fund, paid_in
from simulate.aterforing.further import Before, Further, carried, granted_further
from simulate.aterforing.implementation import Running, running
from simulate.aterforing.returned import Returned, own_rule, returned
from simulate.contract import money
from simulate.contract.money import Ore
from simulate.draws.draw import Draws
from simulate.draws.values import Floats, Ints
from simulate.ledger import Ledger
from simulate.scenario.tree.party import MUNICIPAL
from simulate.scenario.tree.scenario import FundScenario
from simulate.truth.gains import Gain, gains
from simulate.value.payback import payback_year


@dataclass(frozen=True)
class Outcome:
    """What is kept of one investment in one batch, dims (draw,).

    Attributes:
        cost: what it costs, an overrun included, öre.
        overrun: what it costs beyond the grant, öre.
        realised: cashable saving in the municipality's own purses, öre.
        back: the year in which the municipality has its money back from it.
    """

    cost: Ore
    overrun: Ore
    realised: Ore
    back: Floats


@dataclass(frozen=True)
class FundLived:
    """One batch of futures of a fund.

    Attributes:
        investments: what is kept of each, by id.
        totals: all of them together, under each rule that is compared.
        balances: of the fund, under each of them.
        ledger: who pays and receives, under the scenario's own rule.
        gains: what has no price.
        after: what goes on, or may go on, in ordinary operations, by its place.
        further: what is granted beside the investments, under the scenario's own rule.
        at_share: how many further grants there would be at given shares of what is planned.
    """

    draws: Draws
    investments: Mapping[str, Outcome]
    totals: Mapping[str, Totals]
    balances: Mapping[str, Balance]
    ledger: Ledger
    gains: Mapping[str, Gain]
    after: Mapping[str, Running]
    further: Further | None
    at_share: Mapping[float, Ints]


def live_fund(scenario: FundScenario, draws: Draws) -> FundLived:
    """Return one batch of futures, taken through every stage."""
    books, kept = Books(scenario), dict[str, Outcome]()
    for key, investment, apart in returned(scenario, draws):
        books.add(key, investment, apart)
        kept[key] = _outcome(scenario, investment)
    totals, capital = books.totals(), paid_in(scenario, draws)
    own = own_rule(scenario)
    named = totals[own]
    mine: Further | None = None
    before = Before(scenario, draws, books.decided, capital)
    for rule, one in list(totals.items()):
        more = granted_further(before, one, rule)
        if more is not None and scenario.fund.grants is not None:
            totals[rule] = one + more.totals
            if rule == own:
                mine = more
                books.add_further(scenario.fund.grants.provider, more.totals.grants, more.planned)
    at_share = carried(before, named)
    balances = {rule: balance(capital, one) for rule, one in totals.items()}
    after = running(scenario, draws)
    undrawn = books.undrawn() if mine is None else mine.undrawn
    ledger = book_fund(scenario, books, totals[own], after, undrawn)
    human = gains(scenario.outcomes, draws)
    return FundLived(draws, kept, totals, balances, ledger, human, after, mine, at_share)


def _outcome(scenario: FundScenario, one: Returned) -> Outcome:
    realised = one.realised[:, :, purses(scenario)].sum(axis=2)
    spent = one.grant + one.overrun
    back = payback_year(money.sek(realised - spent), scenario.years)
    return Outcome(spent.sum(axis=1), one.overrun.sum(axis=1), realised.sum(axis=1), back)


def purses(scenario: FundScenario) -> list[int]:
    """Return the places of the municipality's own purses among the parties."""
    return [i for i, one in enumerate(scenario.parties.values()) if one.type in MUNICIPAL]
