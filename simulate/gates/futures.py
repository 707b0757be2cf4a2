"""The futures of a contract as its stage gates see them, and each as it is if funding ends."""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray

from simulate.contract import money
from simulate.draws.draw import Draws
from simulate.draws.values import Ints
from simulate.measurement.interim import Interim
from simulate.pipeline.contract import Begun, Settled, begin, booked
from simulate.pipeline.stopping import deciding, instalments_at, stopping
from simulate.scenario.tree.outcomes import Priced
from simulate.scenario.tree.party import PartyType
from simulate.scenario.tree.scenario import ContractScenario
from simulate.value.views import flows, values, views

Floats = NDArray[np.float64]
LENDERS: tuple[PartyType, ...] = ("investor", "fund")


@dataclass(frozen=True, eq=False)
class Futures:
    """Some futures, dims (draw, …). All but ``rule`` is as if funding went on at every meeting.

    Attributes:
        index: cost so far over the expected; NaN where nothing is known; dims (draw, meeting).
        monthly: cost so far of a person-month, SEK, same dims.
        persons, months, share: as in :class:`~simulate.measurement.interim.Interim`.
        payment, drawn: in the end, SEK, dims (draw,).
        rule: the meeting at which the contract's own rule ends the funding, 0 where it does not.
        worth: net present value of each who is :func:`concerned`, SEK, dims (draw, world, party);
            a world for each number of drawdowns, see :func:`worlds`, the last with all of them.
        lent: what is drawn in each world, SEK, dims (draw, world).
        sample: which posterior sample of each evidence block, dims (draw, block).
    """

    index: Floats
    monthly: Floats
    persons: Floats
    months: Floats
    share: Floats
    payment: Floats
    drawn: Floats
    rule: Ints
    worth: Floats
    lent: Floats
    sample: Ints

    @property
    def compared(self) -> bool:
        """Whether the cost can be compared with what was expected at the meetings."""
        return bool(np.isfinite(self.index).any())

    @classmethod
    def joined(cls, parts: list[Futures]) -> Futures:
        """Return batches after each other."""
        names = [one.name for one in fields(cls)]
        return cls(**{name: np.concatenate([getattr(one, name) for one in parts])
                      for name in names})  # fmt: skip


def sides(scenario: ContractScenario) -> tuple[str, ...]:
    """Return those who may have the right to stop: each who lends, and each who pays."""
    contract = scenario.contract
    lenders = [one.party for one in contract.tranches] or [scenario.investor]
    return tuple(dict.fromkeys([*lenders, *contract.paid_by]))


def concerned(scenario: ContractScenario) -> tuple[str, ...]:
    """Return whose money a stop may change: sides, who stands behind, who runs it, who saves."""
    contract = scenario.contract
    behind = [one.party for one in contract.guarantors]
    priced = [one for one in scenario.outcomes.values() if isinstance(one, Priced)]
    saving = [party for one in priced for party in one.falls_on]
    found = (*sides(scenario), *behind, scenario.programme.provider, *saving)
    return tuple(dict.fromkeys(found))


def worlds(scenario: ContractScenario) -> dict[int, int]:
    """Return a meeting for each number of drawdowns that may be made, 0 for all of them.

    Meetings between the same two drawdowns end the same: the world is known by its drawdowns.
    """
    contract = scenario.contract
    found: dict[int, int] = {}
    for meeting in deciding(contract):
        found.setdefault(
            int(instalments_at(contract, np.asarray([meeting], dtype=np.int64))[0]), meeting
        )
    return {**found, len(contract.draw_days): 0}


def world_of(scenario: ContractScenario) -> dict[int, int]:
    """Return which world each deciding meeting leads to, as a place among :func:`worlds`."""
    contract = scenario.contract
    places = {drawdowns: place for place, drawdowns in enumerate(worlds(scenario))}
    meetings = (0, *deciding(contract))
    made = instalments_at(contract, np.asarray(meetings, dtype=np.int64))
    return {one: places[int(drawn)] for one, drawn in zip(meetings, made, strict=True)}


def futures_of(scenario: ContractScenario, draws: Draws) -> Futures:
    """Return one batch.

    Args:
        scenario: with stage gates.
        draws: whose streams know the factors of the gates.
    """
    begun = begin(scenario, draws)
    return seen_in(begun, begun.interim({}))


def seen_in(begun: Begun, known: Interim) -> Futures:
    """Return one batch.

    Args:
        begun: as planned, with stage gates.
        known: at the meetings.
    """
    scenario, draws, size = begun.scenario, begun.draws, len(known.months)
    each = [_settled(begun, meeting, known, size) for meeting in worlds(scenario).values()]
    own = each[-1]
    blocks = [draws.sample(block) for block in draws.evidence]
    return Futures(
        index=known.index,
        monthly=known.monthly,
        persons=known.persons,
        months=known.months,
        share=known.share,
        payment=money.sek(own.payout.payment),
        drawn=money.sek(own.spending.drawn),
        rule=stopping(scenario.contract, known, draws),
        worth=np.stack([_worth(scenario, one) for one in each], axis=1),
        lent=np.stack([money.sek(one.spending.drawn) for one in each], axis=1),
        sample=np.stack(blocks, axis=1) if blocks else np.zeros((size, 0), dtype=np.int64),
    )


def _settled(begun: Begun, meeting: int, known: Interim, size: int) -> Settled:
    if meeting == 0:
        return begun.carried_on({})
    return begun.cut_short({}, np.full(size, meeting, dtype=np.int64), known)


def _worth(scenario: ContractScenario, own: Settled) -> Floats:
    _, ledger = booked(scenario, own)
    npv = values(scenario, flows(scenario, ledger), own.draws)["npv"]
    names = [view.name for view in views(scenario)]
    return npv[:, [names.index(side) for side in concerned(scenario)]]
