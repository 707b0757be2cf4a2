"""What the contract pays in every future of a world, at effects that are set."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from simulate.characteristics import break_even, effect_settings
from simulate.contract.money import Ore
from simulate.contract.pay import Payout
from simulate.draws.draw import Draws, Samples
from simulate.draws.factors import streams_of
from simulate.draws.streams import BATCH
from simulate.futures import only_guarantee
from simulate.futures.contract import paid_out, window_saving
from simulate.interrupts import check
from simulate.measurement.measure import readings
from simulate.measurement.measured import Luck
from simulate.pipeline import Begun, Settled, begin
from simulate.run import in_order
from simulate.scenario.tree.measurements import SuccessShare
from simulate.scenario.tree.scenario import ContractScenario

Floats = NDArray[np.float64]
Mask = NDArray[np.bool_]
# From the draws of the scenario as it stands and those of the world to the chance in the measures.
Chance = Callable[[Draws, Draws], Mapping[str, Luck]]


@dataclass(frozen=True, eq=False)
class Paid:
    """What happens in each future at one effect, dims (draw,).

    Attributes:
        payment, drawn: öre.
        more: whether more than the guarantee is paid.
        only: whether the guarantee is paid and nothing else; without one, whether nothing is.
        saving: true saving in the contract's windows, SEK.
    """

    payment: Ore
    drawn: Ore
    more: Mask
    only: Mask
    saving: Floats

    @property
    def full(self) -> Mask:
        """Whether all that was drawn is paid."""
        return np.asarray(self.payment >= self.drawn)


@dataclass(frozen=True)
class World:
    """A scenario in which at most one thing has been changed.

    Attributes:
        scenario: with the change, where it is one of structure.
        settings: numbers that are set, where the change is one of numbers.
        multiples: at which effects the contract is asked, as multiples of the world's own e_F.
        chance: of its measures, where it is not drawn as the scenario draws it; some of the
            world's numbers may then have another distribution under the same key.
        as_first: whether its multiples are of the first world's e_F, because it is the same world
            measured in another way.
        shift: a measure whose reading is so many persons higher.
    """

    scenario: ContractScenario
    settings: Mapping[str, float] = field(default_factory=dict)
    multiples: tuple[float, ...] = (0.0, 1.0)
    chance: Chance | None = None
    as_first: bool = False
    shift: tuple[str, float] | None = None

    def begun(self, draws: Draws) -> Begun:
        """Return one batch of this world's futures, up to the effect."""
        if self.chance is None:
            return begin(self.scenario, draws.setting(self.settings))
        bare = Draws(draws.streams, draws.batch, draws.evidence)
        return begin(self.scenario, bare, self.chance(draws, bare))

    def paid(self, begun: Begun, settings: Mapping[str, float]) -> tuple[Settled, Payout]:
        """Return what happens at set effects, and what is paid for it."""
        settled = begun.settled(settings)
        if self.shift is None:
            return settled, settled.payout
        key, persons = self.shift
        read = readings(self.scenario, settled.measured)
        step = one_person(self.scenario, settled, key)
        moved = replace(read[key], value=read[key].value + persons * step)
        return settled, begun.paid({**read, key: moved}, settled)


def one_person(scenario: ContractScenario, settled: Settled, key: str) -> Floats:
    """Return what one person more is in a measure of persons: a point, or a share of the group."""
    measure = scenario.measurements[key]
    if isinstance(measure, SuccessShare):
        known = settled.chance[key]["assessed"]
        of = known if measure.missing == "as_the_others" else settled.intake.total
        return np.asarray(1.0 / np.maximum(of, 1.0))
    return np.ones(1)


@dataclass(frozen=True, eq=False)
class Answered:
    """A world, and what the contract pays in it.

    Attributes:
        even: e_F, the distance from no effect at which E(true saving in the window) = E(drawn);
            ``None`` when no effect reaches it.
        unit: what the multiples are multiples of: e_F, or :data:`STEP` where there is none.
        paid: by multiple.
    """

    world: World
    even: float | None
    unit: float
    paid: Mapping[float, Paid]


# The unit of the curve where no effect gives back what was drawn: a fourth of a log unit.
STEP = 0.25
Progress = Callable[[float], None]


def ask(
    worlds: Sequence[World],
    draws: int,
    seed: int,
    evidence: Mapping[str, Samples],
    progress: Progress | None = None,
) -> tuple[Answered, ...]:
    """Return what the contract pays in every world, all under the same uniform numbers.

    Args:
        worlds: the first is the scenario as it stands, whose factors all of them share.
        draws: number of futures of each.
        seed: of the draws.
        evidence: posterior samples of the blocks that are drawn from although effects are set.
        progress: told of the share done.
    """
    streams = streams_of(worlds[0].scenario, seed)
    first = Draws(streams, 0, evidence)
    own = _unit(worlds[0], first)
    units = [own if world.as_first else _unit(world, first) for world in worlds]
    batches = -(-draws // BATCH)

    def one(batch: int) -> list[list[Paid]]:
        check()
        there = Draws(streams, batch, evidence)
        return [
            list(_paid(world, there, unit)) for world, (_, unit) in zip(worlds, units, strict=True)
        ]

    parts: list[list[list[Paid]]] = []
    for done, part in enumerate(in_order(one, batches), start=1):
        parts.append(part)
        if progress is not None:
            progress(done / batches)
    return tuple(
        Answered(world, even, unit, _joined(world, [part[place] for part in parts], draws))
        for place, (world, (even, unit)) in enumerate(zip(worlds, units, strict=True))
    )


def _unit(world: World, first: Draws) -> tuple[float | None, float]:
    begun = world.begun(first)
    even = break_even(world.scenario, begun.draws, begun.intake, begun.spending)
    return even, STEP if even is None else even


def _paid(world: World, draws: Draws, unit: float) -> Iterator[Paid]:
    begun = world.begun(draws)
    for multiple in world.multiples:
        settings = effect_settings(world.scenario, multiple * unit)
        yield kept(begun, *world.paid(begun, settings))


def guaranteed(scenario: ContractScenario) -> bool:
    """Return whether any part of the contract is paid whatever the outcome."""
    return any(clause.guarantee for clause in scenario.contract.clauses)


def kept(begun: Begun, settled: Settled, payout: Payout) -> Paid:
    """Return what is kept of a batch at one effect."""
    arrays = paid_out(begun.scenario, payout)
    guarantee = arrays["guarantee_ore"].astype(np.int64)
    only = only_guarantee(arrays) if guaranteed(begun.scenario) else payout.payment == 0
    size = len(settled.spending.drawn)
    return Paid(
        np.broadcast_to(payout.payment, (size,)),
        settled.spending.drawn,
        np.broadcast_to(payout.payment > guarantee, (size,)),
        np.broadcast_to(only, (size,)),
        np.broadcast_to(window_saving(begun.scenario, settled, size), (size,)),
    )


def _joined(world: World, parts: list[list[Paid]], draws: int) -> dict[float, Paid]:
    """Put the batches after each other, and cut the last."""
    found = {}
    for place, multiple in enumerate(world.multiples):
        each = [part[place] for part in parts]
        found[multiple] = Paid(
            *(
                np.concatenate([getattr(one, name) for one in each])[:draws]
                for name in ("payment", "drawn", "more", "only", "saving")
            )
        )
    return found
