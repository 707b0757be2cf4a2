"""Everything that is asked of one scenario, in the order in which it is told."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from models.posterior import Posterior
from simulate.draws.streams import BATCH
from simulate.evidence_sensitivity.targets import Answers, Target, answers
from simulate.scenario.tree.scenario import ContractScenario, FundScenario
from simulate.sensitivity.basis import Floats, scores
from simulate.sensitivity.bench import Bench, Move
from simulate.sensitivity.decide import Seen, Value, value_of
from simulate.sensitivity.factors import (
    Factor,
    columns,
    everywhere,
    factors_of,
    quantities,
    value_at,
)
from simulate.sensitivity.inside import inside
from simulate.sensitivity.moves import (
    Bar,
    Profile,
    Switch,
    headline,
    mean_of,
    profile,
    switches,
    tornado,
)
from simulate.sensitivity.prim import Box, discover
from simulate.sensitivity.sampling import Offer, ask, offers
from simulate.sensitivity.shapley import MOST, shapley
from simulate.sensitivity.sobol import Index, Indices, indices

Progress = Callable[[str, float], None]
# What is worked out, for who watches.
# Of so many batches Shapley effects are made, which fit every subset of a block's quantities.
_OF_PARTS = 4
INDICES, TORNADO, SWITCHES = "indices", "tornado", "switches"


@dataclass(frozen=True)
class Share:
    """A factor and its shares of an answer's variance."""

    factor: Factor
    indices: Indices


@dataclass(frozen=True)
class Part:
    """A quantity of an evidence block, and its Shapley effect: its part of the block's share.

    The quantities of a block hang together, so none of them has a share of its own.
    """

    factor: Factor
    quantity: str
    effect: Index


@dataclass(frozen=True)
class Answer:
    """What one answer hangs on.

    Attributes:
        target: which answer.
        value: as it is, with its Monte Carlo error.
        varies: whether it differs between futures at all.
        shares: by factor, the largest total order first.
        parts: of the blocks that hand on several quantities, the largest first; for the two
            answers that the decision hangs on.
        bars: the tornado, the longest first.
        switches: where it flips; empty but for the two answers that the decision hangs on.
    """

    target: Target
    value: tuple[float, float]
    varies: bool
    shares: tuple[Share, ...]
    parts: tuple[Part, ...]
    bars: tuple[Bar, ...]
    switches: tuple[Switch, ...]

    @property
    def moving(self) -> tuple[Bar, ...]:
        """The bars that have any length."""
        return tuple(bar for bar in self.bars if bar.change != (0.0, 0.0))


@dataclass(frozen=True)
class Region:
    """Where the party loses.

    Attributes:
        box: the region, by key of factor.
        values: of each factor in the box, its value at both bounds; ``None`` where it has none.
        ranking: of the factors, how much of the amount's variance where the event happens goes
            with each, the largest first.
    """

    box: Box
    values: Mapping[str, tuple[float | None, float | None]]
    ranking: tuple[tuple[Factor, Index], ...]


@dataclass(frozen=True)
class Sensitivity:
    """What the answers of a scenario hang on.

    Attributes:
        scenario: which.
        seed, draws: of the futures, which are the first of a run with that seed.
        answers: what is watched.
        factors: what moves any answer.
        idle: keys of uncertain numbers that move none: human gains, for the most part.
        found: for each answer.
        region: where the event happens.
        value: of information before the decision, where the scenario states one.
        offers: studies that could be made before it.
    """

    scenario: ContractScenario | FundScenario
    seed: int
    draws: int
    answers: Answers
    factors: tuple[Factor, ...]
    idle: tuple[str, ...]
    found: tuple[Answer, ...]
    region: Region
    value: Value | None
    offers: tuple[Offer, ...] = ()


def study(
    scenario: ContractScenario | FundScenario,
    fitted: Mapping[str, Posterior],
    draws: int,
    seed: int,
    progress: Progress | None = None,
) -> Sensitivity:
    """Return what the answers of a scenario hang on.

    Args:
        scenario: as read and checked.
        fitted: posteriors by evidence block.
        draws: number of futures; whole batches are drawn.
        seed: of the draws, as in a run.
        progress: told of (stage, share done).
    """
    watched = answers(scenario)
    decided = None if scenario.decision is None else Target("npv_mean", scenario.decision.party)
    targets = tuple(dict.fromkeys((*watched.all, *((decided,) if decided else ()))))
    bench = Bench(scenario, fitted, seed, -(-draws // BATCH), targets)
    factors, idle = that_move(bench)
    drawn = Drawn(bench, factors, _told(progress, INDICES))
    points = profile(bench, factors, _told(progress, TORNADO))
    found = tuple(
        _answer(drawn, points, place, place < 2, _told(progress, SWITCHES))
        for place in range(len(watched.all))
    )
    value = None
    offered: tuple[Offer, ...] = ()
    if scenario.decision is not None and decided is not None:
        first = [share.factor for share in found[0].shares]
        npv = drawn.plain[targets.index(decided)]
        asked = ask(bench, factors)
        findings = [one for study in asked for one in study.findings]
        value = value_of(scenario.decision, npv, first, drawn.seen(), findings)
        offered = offers(bench, asked, value)
    region = _region(drawn)
    count = bench.batches * BATCH
    return Sensitivity(scenario, seed, count, watched, factors, idle, found, region, value, offered)


def _told(progress: Progress | None, stage: str) -> Callable[[float], None]:
    return (lambda share: None) if progress is None else lambda share: progress(stage, share)


def that_move(bench: Bench) -> tuple[tuple[Factor, ...], tuple[str, ...]]:
    """Return the factors that move any answer in the first batch, and the keys of the others.

    The keys are those of the numbers; chance that moves nothing has none and is named as a whole.
    """
    every = factors_of(bench.scenario)
    moves = [None, *(Move(again=(factor,)) for factor in every)]
    plain, *moved = bench.answers(moves, range(1))
    those = [not np.array_equal(plain, one) for one in moved]
    kept = tuple(factor for factor, moves in zip(every, those, strict=True) if moves)
    idle = (factor for factor, moves in zip(every, those, strict=True) if not moves)
    return kept, tuple(key for factor in idle for key in factor.moved or (factor.key,))


class Drawn:
    """The futures of both sets, and of one set with each factor from the other.

    Args:
        bench: what is moved.
        factors: which of its factors.
        told: of the share that is done.
    """

    def __init__(
        self, bench: Bench, factors: tuple[Factor, ...], told: Callable[[float], None]
    ) -> None:
        self.bench, self.factors = bench, factors
        self.other = Move(again=factors_of(bench.scenario))
        moves = [None, self.other, *(Move(again=(factor,)) for factor in factors)]
        self.plain, self.again, *mixed = bench.answers(moves, told=told)
        self.mixed = mixed
        batches = range(bench.batches)
        self.columns, self.columns_again = (
            [columns(factor, streams, batches, bench.evidence) for factor in factors]
            for streams in (bench.streams(tied=False), bench.streams(self.other, tied=False))
        )

    def shares(self, place: int) -> tuple[Share, ...]:
        """Return the shares of a target, the largest total order first."""
        found = indices(
            self.plain[place],
            self.again[place],
            [one[place] for one in self.mixed],
            self.columns,
            self.columns_again,
        )
        each = [Share(factor, one) for factor, one in zip(self.factors, found, strict=True)]
        return tuple(sorted(each, key=lambda share: -share.indices.total.value))

    def parts(self, place: int) -> tuple[Part, ...]:
        """Return the Shapley effects of the quantities of each block on a target."""
        count = min(_OF_PARTS, self.bench.batches)
        found = []
        for factor in self.factors:
            known = quantities(factor, self.bench.evidence) if factor.kind == "evidence" else {}
            if 1 < len(known) <= MOST:
                order = self.bench.evidence[factor.block].order
                drawn = self.uniforms(factor)[: count * BATCH]
                picked = order[np.floor(drawn * len(order)).astype(np.int64)]
                values = self.plain[place][: count * BATCH]
                effects = shapley(values, [one[picked] for one in known.values()])
                found += [Part(factor, *one) for one in zip(known, effects, strict=True)]
        return tuple(sorted(found, key=lambda one: -one.effect.value))

    def uniforms(self, factor: Factor, move: Move | None = None) -> Floats:
        """Return the uniform numbers of a number or a block, dims (draw,)."""
        streams = self.bench.streams(move)
        (name,) = factor.streams
        each = [streams.uniforms(name, batch) for batch in range(self.bench.batches)]
        return np.concatenate(each)

    def seen(self) -> dict[str, Seen]:
        """Return each factor as the value of information sees it."""
        found = {}
        for factor, one, again in zip(self.factors, self.columns, self.columns_again, strict=True):
            if factor.kind == "chance":
                found[factor.key] = Seen(one)
                continue
            points = np.concatenate([one, again])
            if factor.kind == "group":
                found[factor.key] = Seen(one, points, points)
                continue
            line, line_again = (scores(self.uniforms(factor, move)) for move in (None, self.other))
            alone = everywhere(factor, self.bench.evidence)
            if factor.kind == "evidence":  # in order, as the points of a number are
                alone = alone[self.bench.evidence[factor.block].order]
            found[factor.key] = Seen(
                one,
                points,
                alone,
                (line, np.concatenate([line, line_again])),
            )
        return found


def _answer(
    drawn: Drawn,
    points: Profile,
    place: int,
    flips: bool,
    told: Callable[[float], None],
) -> Answer:
    values = drawn.plain[place]
    return Answer(
        drawn.bench.targets[place],
        mean_of(values),
        bool(np.ptp(values) > 0.0),
        drawn.shares(place),
        drawn.parts(place) if flips else (),
        tornado(drawn.bench, points, place),
        switches(drawn.bench, points, place, told) if flips else (),
    )


def _region(drawn: Drawn) -> Region:
    event = drawn.plain[1] > 0.5
    own = [member for factor in drawn.factors for member in factor.members]
    box = discover(event, {factor.key: drawn.uniforms(factor) for factor in own})
    shares = inside(drawn.plain[0], event, drawn.columns)
    ranking = sorted(zip(drawn.factors, shares, strict=True), key=lambda one: -one[1].value)
    known = {factor.key: factor for factor in own}
    values = {key: _at(drawn.bench, known[key], box) for key in box.bounds}
    return Region(box, values, tuple(ranking))


def _at(bench: Bench, factor: Factor, box: Box) -> tuple[float | None, float | None]:
    main = headline(bench, factor)
    low, high = (
        value_at(factor, p, main, bench.evidence) if 0.0 < p < 1.0 else None
        for p in box.bounds[factor.key]
    )
    return low, high
