"""What every party gets in each future when the contract pays on another measurement."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from models.number import Number
from simulate.contract.money import Ore
from simulate.design.designs import Design, differing
from simulate.draws.draw import Draws, Samples
from simulate.draws.factors import chance_name, factor_of, factors, tied
from simulate.draws.remembered import remembering
from simulate.draws.streams import BATCH, Streams, good_place
from simulate.draws.values import Floats
from simulate.futures.contract import paid_out
from simulate.interrupts import check
from simulate.ledger import Ledger, book
from simulate.measurement.alternatives import chance
from simulate.pipeline import Begun, begin
from simulate.pipeline.contract import Settled, booked
from simulate.run import in_order
from simulate.scenario.resolve import numbers
from simulate.scenario.tree.measurements import CostSaving, RelativeReduction
from simulate.scenario.tree.scenario import ContractScenario
from simulate.truth.truth import TrueSaving, savings
from simulate.value.views import flows, values

Progress = Callable[[float], None]


@dataclass(frozen=True)
class World:
    """A scenario that may measure otherwise than agreed.

    Attributes:
        scenario: measured and paid so.
        settings: numbers that are set, in this world and in the one it is held against.
        cost, paid_by: of the measurement, beyond the agreed one's.
    """

    scenario: ContractScenario
    settings: Mapping[str, float] = field(default_factory=dict)
    cost: Number | None = None
    paid_by: str | None = None

    @classmethod
    def of(cls, design: Design) -> World:
        """Return the world of a design."""
        return cls(design.scenario, {}, design.cost, design.paid_by)


@dataclass(frozen=True, eq=False)
class Paid:
    """What happens in each future.

    Attributes:
        payment, drawn: öre, dims (draw,).
        npv: of each view, SEK, dims (draw, view).
        tranche_paid, tranche_loss: öre, dims (draw, tranche).
    """

    payment: Ore
    drawn: Ore
    npv: Floats
    tranche_paid: Ore
    tranche_loss: Ore


_NAMES = ("payment", "drawn", "npv", "tranche_paid", "tranche_loss")


def first_batch(
    scenario: ContractScenario, worlds: Sequence[World], seed: int, evidence: Mapping[str, Samples]
) -> Draws:
    """Return the first batch of the scenario's own futures, with chance enough for every world.

    What only other measurements need comes after all that the scenario has, which keeps its draws.
    There it has a dimension that is good together with those it is multiplied with: an unlucky one
    makes the error of a larger comparison group many times larger.
    """
    further = dict(_further(scenario))
    names = [f"unused/{one}" if one in further else one for one in factors(scenario)]
    for name, partners in further.items():
        place = good_place(len(names), [names.index(one) for one in partners])
        names += [f"unused/{number}" for number in range(len(names), place)] + [name]
    names += [one.cost.key for one in worlds if one.cost is not None]
    streams = tied(Streams(seed, tuple(names)), scenario)
    return Draws(streams, 0, evidence)


def _further(scenario: ContractScenario) -> Iterator[tuple[str, list[str]]]:
    """Yield the chance of other measurements, each with the factors it is multiplied with."""
    for key, one in scenario.measurements.items():
        if not isinstance(one, CostSaving | RelativeReduction):
            continue
        own = [chance_name(key, name) for name in one.CHANCE]
        own += [factor_of(number) for number in scenario.outcomes[one.outcome].effects]
        if isinstance(one, CostSaving):
            own.append(factor_of(one.drift))
        for name in ("compared_beyond", "followed_beyond"):
            yield chance_name(key, name), own


def ask(
    agreed: ContractScenario,
    worlds: Sequence[World],
    first: Draws,
    draws: int,
    progress: Progress | None = None,
) -> tuple[Paid, ...]:
    """Return what is paid in every world, in the same futures.

    Args:
        agreed: the scenario as it stands.
        worlds: that are asked.
        first: batch of its draws.
        draws: number of futures; the last batch is cut.
        progress: told of the share done.
    """
    batches = -(-draws // BATCH)

    def one(batch: int) -> list[Paid]:
        check()
        there = first.of_batch(batch)
        with remembering():
            return list(_batch(agreed, worlds, there))

    parts: list[list[Paid]] = []
    for done, part in enumerate(in_order(one, batches), start=1):
        parts.append(part)
        if progress is not None:
            progress(done / batches)
    return tuple(_joined([part[place] for part in parts], draws) for place in range(len(worlds)))


@dataclass(frozen=True)
class _Common:
    """What every way to measure has in common: who takes part, what it costs, what is true."""

    scenario: ContractScenario
    draws: Draws
    begun: Begun
    saved: Mapping[str, TrueSaving]

    @classmethod
    def of(cls, scenario: ContractScenario, draws: Draws) -> _Common:
        begun = begin(scenario, draws)
        truth = begun.settled({}).truth  # what is measured here is known from now on
        return cls(scenario, draws, begun, savings(scenario, draws, begun.intake, truth))


def _batch(agreed: ContractScenario, worlds: Sequence[World], draws: Draws) -> Iterator[Paid]:
    known: dict[tuple[tuple[str, float], ...], _Common] = {}
    for world in worlds:
        settings = tuple(sorted(world.settings.items()))
        if settings not in known:
            known[settings] = _Common.of(agreed, draws.setting(world.settings).apart())
        yield _paid(known[settings], world)


def _paid(common: _Common, world: World) -> Paid:
    there, own = _measured(common, world)
    scenario, spending, payout = world.scenario, own.spending, own.payout
    size = len(spending.drawn)
    if scenario.contract.stops:  # a rule hangs on what is measured: so does what is given and saved
        _, ledger = booked(scenario, own)
    else:
        ledger = book(scenario, there, spending, common.saved, payout)
    worth = values(scenario, flows(scenario, _with_cost(ledger, world, there)), there)
    arrays = paid_out(scenario, payout)
    none: NDArray[np.int64] = np.zeros((size, 0), dtype=np.int64)
    return Paid(
        np.broadcast_to(payout.payment, (size,)),
        spending.drawn,
        worth["npv"],
        np.asarray(arrays.get("tranche_paid_ore", none), dtype=np.int64),
        np.asarray(arrays.get("tranche_loss_ore", none), dtype=np.int64),
    )


def _measured(common: _Common, world: World) -> tuple[Draws, Settled]:
    """Return the draws of a world, and what is measured and paid in it."""
    agreed, own, begun = common.scenario, common.draws, common.begun
    keys = differing(agreed, world.scenario)
    moved = [one.key for key in keys for one in numbers(agreed.measurements[key])]
    there = own.along(own.streams, moved)
    luck = chance(agreed, world.scenario, begun.chance, begun.intake, (own, there))
    same = {name: one for name, one in begun.known.items() if name[0] not in keys}
    other = Begun(world.scenario, there, begun.intake, begun.spending, luck, same)
    return there, other.settled({})


def _with_cost(ledger: Ledger, world: World, draws: Draws) -> Ledger:
    """Return the ledger with what the measurement costs, in the year in which the contract pays."""
    if world.cost is None or world.paid_by is None:
        return ledger
    scenario = world.scenario
    flow = np.zeros_like(ledger.entries["contract_payment"])
    year = scenario.contract.pays_on.year - scenario.first_year
    flow[:, year, ledger.parties.index(world.paid_by)] = -draws.of(world.cost)
    return replace(ledger, entries={**ledger.entries, "measurement_cost": flow})


def _joined(parts: Sequence[Paid], draws: int) -> Paid:
    """Put the batches after each other, and cut the last."""
    return Paid(*(np.concatenate([getattr(p, name) for p in parts])[:draws] for name in _NAMES))
