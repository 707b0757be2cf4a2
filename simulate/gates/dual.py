"""What no rule can gain more of: the right to stop, bounded from above.

Let D_t have mean zero given what the meetings up to t have seen, whatever that is. Then no rule
gains by adding it, and whoever sees everything but has to pay it gains at least as much as the best
rule (Rogers 2002; Haugh & Kogan 2004; Brown, Smith & Sun 2010)::

    best rule ≤ E max_t (G_t − D_t),   D_t = M_t + G_t − E_t G_t
    M_{t+1} = M_t + v_{t+1}(x_{t+1}) − E_t v_{t+1}(x_{t+1})

G_t is the gain of stopping at t, nothing for never, and v what having the right is worth at a
meeting, by the curves that the rule was learned from. E_t is what a set of futures says of one of
them (:mod:`simulate.gates.looks`): with the real one among them G − E_t G has mean zero exactly, so
that the bound is one however few they are and whatever v is; both only decide how tight it is. To a
rule that could have been used D adds nothing, so what the maximum exceeds it by is the gap, which
is no less than nothing in any future.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from simulate.draws.draw import Draws, Samples
from simulate.draws.factors import GATES, chance_name
from simulate.draws.streams import BATCH, Grouped, Streams
from simulate.draws.values import Ints
from simulate.gates.futures import Futures, seen_in
from simulate.gates.looks import looks
from simulate.gates.paths import Paths
from simulate.gates.stopping import Rule
from simulate.pipeline.contract import begin
from simulate.scenario.tree.programme import Programme
from simulate.scenario.tree.scenario import ContractScenario

Floats = NDArray[np.float64]

# Futures of a set that are judged, each among all of the set.
JUDGED = 96
# So many sets at least, so that the spread between them says how far off their mean is.
SETS = 8
_POINTS = 257
_JUDGED = chance_name(GATES, "judged")


@dataclass(frozen=True, eq=False)
class Asked:
    """Whose right is bounded.

    Attributes:
        rules: of each side: one learned on each half of the draws, by meeting, from one.
        shares: of all draws, those that each was valued on.
        sides: their places in :attr:`~simulate.gates.futures.Futures.worth`.
        places: the world that each deciding meeting leads to; 0 is that of going on.
        costs: least and most that each deciding meeting may see; NaN where nothing is known.
    """

    rules: Sequence[Sequence[Mapping[int, Rule]]]
    shares: tuple[float, ...]
    sides: Sequence[int]
    places: Mapping[int, int]
    costs: Mapping[int, tuple[float, float]]

    @property
    def meetings(self) -> tuple[int, ...]:
        """The deciding meetings, from one."""
        return tuple(sorted(one for one in self.places if one))


def size_of(batches: int) -> int:
    """Return how many futures to have in a set where so many batches are drawn.

    Example:
        >>> [size_of(batches) for batches in (1, 3, 8, 32)]
        [256, 512, 2048, 2048]
    """
    return min(BATCH, 1 << (batches * BATCH // SETS).bit_length() - 1)


def draws_of(streams: Streams, programme: Programme, size: int,
             evidence: Mapping[str, Samples]) -> Draws:  # fmt: skip
    """Return futures in sets that are alike in how many are included when.

    That all meetings see, and no future can be the real one that shows other numbers. That a set
    gives them away in advance can only make the bound wider.

    Args:
        streams: of futures that nothing was learned from.
        programme: whose intake it is.
        size: of a set.
        evidence: posterior samples by block.
    """
    plan = programme.recruitment
    numbers = [programme.participants]
    numbers += [] if plan is None else [plan.eligible_per_year, plan.take_up]
    alike = (chance_name("programme", "recruitment"), *(one.key for one in numbers))
    names = (*streams.factors, _JUDGED)
    return Draws(Grouped(streams.seed, names, streams.ties, size, alike), 0, evidence)


def gaps_of(scenario: ContractScenario, draws: Draws, asked: Asked, size: int) -> Floats:
    """Return what the best rule can gain beside those that were learned, by one batch.

    Args:
        scenario: with stage gates.
        draws: from :func:`draws_of`.
        asked: whose right.
        size: of a set.

    Returns:
        SEK, not below zero, dims (set, judged, side).
    """
    begun = begin(scenario, draws)
    known = begun.interim({})
    found = seen_in(begun, known)
    paths = Paths.of(begun, known, found)
    order = draws.streams.uniforms(_JUDGED, draws.batch)
    return np.stack(
        [
            gaps(paths.of_draws(one), _gains(found, asked, one), asked, _lowest(order[one]))
            for one in (slice(at, at + size) for at in range(0, len(paths), size))
        ]
    )


def _lowest(order: Floats) -> Ints:
    return np.argsort(order, kind="stable")[:JUDGED]


def _gains(found: Futures, asked: Asked, where: slice) -> dict[int, Floats]:
    """Return what stopping at each meeting gains, SEK, dims (draw, side)."""
    worth = found.worth[where][:, :, list(asked.sides)]
    return {one: worth[:, asked.places[one]] - worth[:, asked.places[0]] for one in asked.meetings}


def gaps(paths: Paths, gains: Mapping[int, Floats], asked: Asked, judged: Ints) -> Floats:
    """Return what the best rule can gain beside those that were learned, in a set of futures.

    Args:
        paths: of the set.
        gains: of stopping at each deciding meeting, from one, SEK, dims (draw, side).
        asked: whose right.
        judged: which futures of the set, no one likelier than another.

    Returns:
        SEK, not below zero, dims (judged, side): the mean over both rules.
    """
    meetings, sides = asked.meetings, len(asked.rules)
    if not meetings:
        return np.zeros((len(judged), sides))
    lines = {one: Line.of(asked, one, float(np.median(paths.persons[:, one - 1])))
             for one in meetings}  # fmt: skip
    at = meetings[0] - 1
    sure = lines[meetings[0]].at(paths.seen[:, at])
    martingale = sure[judged] - sure.mean(axis=0)
    best, own = np.full((len(judged), sides), -np.inf), np.full((2, len(judged), sides), np.nan)
    for look in looks(paths, judged, [one - 1 for one in meetings]):
        meeting = look.meeting + 1
        kept = look.weights @ gains[meeting] - martingale
        best = np.maximum(best, kept)
        stops = _stops(paths, judged, asked, meeting)
        own = np.where(np.isnan(own) & stops, kept, own)
        if meeting + 1 in lines:
            line = lines[meeting + 1]
            came = line.at(paths.seen[judged, meeting])
            martingale = martingale + came - line.expected(look.weights, look.coming)
    best = np.maximum(best, -martingale)
    own = np.where(np.isnan(own), -martingale, own)
    return np.asarray(best - np.tensordot(asked.shares, own, 1))


def _stops(paths: Paths, judged: Ints, asked: Asked, meeting: int) -> NDArray[np.bool_]:
    """Return whether each half's rule stops at a meeting, dims (half, judged, side)."""
    known = [paths.seen[judged, meeting - 1], paths.persons[judged, meeting - 1]]
    halves = [[own[half][meeting].gain(known) > 0.0 for own in asked.rules] for half in (0, 1)]
    return np.stack([np.stack(one, axis=1) for one in halves])


@dataclass(frozen=True, eq=False)
class Line:
    """What having the right is worth at a meeting, by the cost so far alone.

    Attributes:
        low, step: the least cost, and between the points.
        values: SEK, dims (side, point).
        unknown: where no cost is known, dims (side,).
    """

    low: float
    step: float
    values: Floats
    unknown: Floats

    @classmethod
    def of(cls, asked: Asked, meeting: int, persons: float) -> Line:
        """Return it for a number of persons, the mean of what both halves' curves say."""
        low, most = asked.costs[meeting]
        costs = np.append(np.linspace(low, most, _POINTS), np.nan)
        known = [costs, np.full(len(costs), persons)]
        values = np.stack(
            [np.mean([half[meeting].worth(known) for half in own], axis=0) for own in asked.rules]
        )
        return cls(low, (most - low) / (_POINTS - 1), values[:, :-1], values[:, -1])

    def at(self, costs: Floats) -> Floats:
        """Return the value at each cost, dims (…, side)."""
        return np.stack(list(self._each(costs)), axis=-1)

    def expected(self, weights: Floats, costs: Floats) -> Floats:
        """Return the mean over the last dimension, dims (judged, side)."""
        means = [np.einsum("ij,ij->i", weights, one) for one in self._each(costs)]
        return np.stack(means, axis=1)

    def _each(self, costs: Floats) -> Iterator[Floats]:
        """Yield the values for each side."""
        known = np.isfinite(costs)
        place = (np.where(known, costs, self.low) - self.low) / (self.step or 1.0)
        place = np.clip(place, 0, _POINTS - 1)
        below = np.minimum(place.astype(np.int64), _POINTS - 2)
        part = place - below
        for values, unknown in zip(self.values, self.unknown, strict=True):
            found = values[below] + part * np.diff(values)[below]
            yield found if known.all() else np.where(known, found, unknown)
