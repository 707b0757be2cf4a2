"""The same futures again and again, with some factors moved: common random numbers throughout."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from models.posterior import Posterior
from simulate.draws.copula import UNTIED, Ties, ties_of
from simulate.draws.draw import Draws, Samples
from simulate.draws.factors import factors
from simulate.draws.streams import BATCH, Streams
from simulate.evidence import samples
from simulate.evidence_sensitivity.targets import Target
from simulate.futures import Collector
from simulate.interrupts import check
from simulate.run import in_order
from simulate.scenario.tree.outcomes import gains_of
from simulate.scenario.tree.scenario import ContractScenario, FundScenario
from simulate.sensitivity import findings
from simulate.sensitivity.factors import Factor
from simulate.walks import ContractWalk, FundWalk

Floats = NDArray[np.float64]
Told = Callable[[float], None]


def _twin(name: str) -> str:
    return f"again/{name}"


@dataclass(frozen=True)
class Steered(Streams):
    """Uniform numbers of which some are others.

    Attributes:
        again: names of those that come from an independent second set.
        held: name → bounds within which it is spread evenly; equal bounds hold it at one value.
    """

    again: frozenset[str] = frozenset()
    held: Mapping[str, tuple[float, float]] = field(default_factory=dict)

    def uniforms(self, factor: str, batch: int) -> Floats:
        """Return the numbers of ``factor``, dims (draw,). What is held is set, and ties nothing."""
        found = super().uniforms(factor, batch)
        leader = self.ties.leader(factor)
        if leader in self.held:
            low, high = self.held[leader]
            return low + (high - low) * found
        return found

    def _alone(self, factor: str, batch: int) -> Floats:
        return super()._alone(_twin(factor) if factor in self.again else factor, batch)


@dataclass(frozen=True)
class Move:
    """A question: what if these factors were others?

    Attributes:
        again: factors that are drawn anew.
        held: the only factor that is held, if any, and the bounds of its uniform number.
    """

    again: tuple[Factor, ...] = ()
    held: tuple[Factor, tuple[float, float]] | None = None

    @property
    def keys(self) -> tuple[str, ...]:
        """Keys of the numbers that may become others."""
        all_of = (*self.again, *(() if self.held is None else self.held[:1]))
        return tuple(key for factor in all_of for key in factor.moved)


@dataclass(frozen=True, eq=False)
class Bench:
    """A scenario on which factors are moved.

    Attributes:
        scenario: as read.
        fitted: posteriors by block.
        seed: of the draws. The futures in which nothing is moved are those of a run.
        batches: how many of :data:`BATCH` futures.
        targets: what is watched.
    """

    scenario: ContractScenario | FundScenario
    fitted: Mapping[str, Posterior]
    seed: int
    batches: int
    targets: tuple[Target, ...]

    @cached_property
    def evidence(self) -> dict[str, Samples]:
        """Posterior samples by block."""
        return samples(self.scenario, self.fitted)

    @cached_property
    def names(self) -> tuple[str, ...]:
        """Names of all uniform numbers: a second set after the first, which stays as it is.

        Last those of studies before the decision, which move nothing else.
        """
        first = factors(self.scenario)
        return (*first, *map(_twin, first), *findings.names(self.scenario))

    @cached_property
    def _ties(self) -> Ties:
        return ties_of(self.scenario, factors(self.scenario))

    def streams(self, move: Move | None = None, tied: bool = True) -> Steered:
        """Return the uniform numbers under a move.

        Args:
            move: what is others than in a run, if anything.
            tied: whether numbers have the correlations that the scenario states.
        """
        ties = self._ties if tied else UNTIED
        if move is None:
            return Steered(self.seed, self.names, ties)
        again = frozenset(name for factor in move.again for name in factor.streams)
        held = {} if move.held is None else {move.held[0].streams[0]: move.held[1]}
        return Steered(self.seed, self.names, ties, again, held)

    def answers(
        self, moves: Sequence[Move | None], batches: range | None = None, told: Told | None = None
    ) -> Floats:
        """Return what each target is the mean of, under each move, dims (move, target, draw)."""
        wanted = range(self.batches) if batches is None else batches
        found = np.empty((len(moves), len(self.targets), len(wanted) * BATCH))
        if not moves:  # of a scenario whose numbers are all certain
            return found

        def one(place: int) -> Floats:
            return self._batch(wanted[place], moves)

        for place, part in enumerate(in_order(one, len(wanted))):
            check()
            found[:, :, place * BATCH : (place + 1) * BATCH] = part
            if told is not None:
                told((place + 1) / len(wanted))
        return found

    def _batch(self, batch: int, moves: Sequence[Move | None]) -> Floats:
        base = Draws(self.streams(), batch, self.evidence)
        plain = self._watched(base)
        found = [
            plain if move is None else self._watched(base.along(self.streams(move), move.keys))
            for move in moves
        ]
        return np.stack(found)

    def _watched(self, draws: Draws) -> Floats:
        collector = Collector(BATCH)
        collector.add(self._walk.take(draws))
        futures = collector.dataset(self._walk.scenario, self._walk.coordinates())
        return np.stack([target.values(futures) for target in self.targets])

    @cached_property
    def _walk(self) -> ContractWalk | FundWalk:
        """The scenario's walk without what moves no money: questions to the contract, gains."""
        measured = {
            getattr(one, "outcome", None)
            for one in getattr(self.scenario, "measurements", {}).values()
        }
        beside = gains_of(self.scenario.outcomes).keys() - measured
        kept = {key: one for key, one in self.scenario.outcomes.items() if key not in beside}
        lean = self.scenario.model_copy(update={"outcomes": kept})
        return FundWalk(lean) if isinstance(lean, FundScenario) else ContractWalk(lean, (), None)
