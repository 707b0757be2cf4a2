"""What the right to stop is worth to each side: a lower bound, and what it cannot exceed.

At each meeting, the last first, the value of stopping less that of going on is regressed on what is
known (Longstaff & Schwartz 2001). The sign of the curve is a rule that looks at nothing else. It is
fitted on one half of the draws and valued on the other: the gain is that of a rule that could have
been used, so in expectation it is no larger than the best one's, and no draw both chooses and
judges. What the best rule can gain beside it is bounded in :mod:`simulate.gates.dual`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from simulate.draws.values import Ints
from simulate.gates.basis import Curve, halves, told
from simulate.gates.forecast import Value, valued
from simulate.gates.futures import Futures
from simulate.risk.error import Used, reach
from simulate.risk.estimate import mean

Floats = NDArray[np.float64]

UNBOUNDED = Value(float("inf"), 0.0)


@dataclass(frozen=True, eq=False)
class Policy:
    """A way to decide, and what comes of it. Gains are against funding that always goes on.

    Attributes:
        stops: at which meeting, from one, funding ends in each future, 0 where it does not.
        gain: to each who is concerned, SEK.
        stopped: share of the futures that end.
        drawn: what is drawn, SEK: its mean, and 5, 50 and 95 % quantiles.
    """

    stops: Ints
    gain: Mapping[str, Value]
    stopped: Value
    drawn: tuple[Value, float, float, float]


@dataclass(frozen=True, eq=False)
class Rule:
    """What one side learned of one meeting, as functions of what is known there.

    Attributes:
        curve: of two quantities, SEK: what stopping gains against going on by the rule, and what
            going on by it gains against funding that always goes on.
    """

    curve: Curve

    def gain(self, known: Sequence[Floats]) -> Floats:
        """Return what is gained by stopping; the sign is the rule, dims (draw,)."""
        return self.curve.at(known)[:, 0]

    def worth(self, known: Sequence[Floats]) -> Floats:
        """Return what having the right is worth, dims (draw,)."""
        gain, onward = self.curve.at(known).T
        return np.asarray(onward + np.maximum(gain, 0.0))


@dataclass(frozen=True, eq=False)
class Right:
    """The right of one side to stop.

    Attributes:
        side: whose.
        policy: the rule that was found, on what is known at each meeting.
        beforehand: the best that can be decided once and for all before the first meeting: the
            meeting, from one, or 0 never to stop, chosen on one half of the draws and valued on the
            other.
        interim: what it is worth to decide on what the meetings know rather than once and for all,
            SEK: the first rule's gain less the second's, with the error of the difference.
        all_seen: what somebody who sees the whole future would gain, SEK.
        rules: learned on the second half of the draws and on the first, by meeting, from one.
        cheap: how often, of those futures that it stops, the cost was then below what a month or
            the yardstick says in half of the futures; ``None`` where it stops in none.
        gap: what the best rule can gain beside it at most, SEK; not bounded until it is found.
    """

    side: str
    policy: Policy
    beforehand: Policy
    interim: Value
    all_seen: Value
    rules: tuple[Mapping[int, Rule], Mapping[int, Rule]]
    cheap: float | None
    gap: Value = UNBOUNDED

    @property
    def low(self) -> float:
        """Lower end of a one-sided 95 % interval of the gain."""
        own = self.policy.gain[self.side]
        return own.value - reach(len(self.policy.stops), 0.95) * own.error

    @property
    def most(self) -> Value:
        """What no rule gains more than, SEK."""
        own = self.policy.gain[self.side]
        return Value(own.value + self.gap.value, float(np.hypot(own.error, self.gap.error)))

    @property
    def high(self) -> float:
        """Upper end of a one-sided 95 % interval of what no rule gains more than."""
        return self.most.value + 1.645 * self.most.error


def right(
    found: Futures, names: tuple[str, ...], side: str, places: Mapping[int, int],
    used: Iterable[Used] = (),
) -> Right:  # fmt: skip
    """Return what the right to stop is worth to one side.

    Args:
        found: the futures.
        names: of all who are concerned.
        side: whose right it is.
        places: the world that each deciding meeting leads to; 0 is that of going on.
        used: which posterior samples the futures used.
    """
    used = tuple(used)
    worth = found.worth[:, :, names.index(side)]
    stops, once = (np.zeros(len(worth), dtype=np.int64) for _ in range(2))
    rules = []
    for own, other in (halves(len(worth)), halves(len(worth))[::-1]):
        rules.append(learned(found, other, worth, places))
        stops[own] = followed(found, own, rules[-1])
        means = {one: float(worth[other, place].mean()) for one, place in places.items()}
        once[own] = max(means, key=lambda one: (means[one], one == 0))
    known, beforehand = (
        worth[np.arange(len(worth)), _worlds(chosen, places)] for chosen in (stops, once)
    )
    best = worth.max(axis=1) - worth[:, places[0]]
    return Right(
        side,
        policy(found, names, stops, places, used),
        policy(found, names, once, places, used),
        valued(mean(known - beforehand), used),
        valued(mean(best), used),
        (rules[0], rules[1]),
        _cheap(found, stops),
    )


def _worlds(stops: Ints, places: Mapping[int, int]) -> Ints:
    """Return the world that stopping at each meeting leads to, dims (draw,)."""
    world = np.zeros(max(places) + 1, dtype=np.int64)
    for meeting, place in places.items():
        world[meeting] = place
    return world[stops]


def _cheap(found: Futures, stops: Ints) -> float | None:
    """Return how often the cost was below its median at the meeting that stops, where known."""
    below, count = 0, 0
    for meeting in np.unique(stops[stops > 0]):
        cost = told(found, int(meeting) - 1)[0]
        there = (stops == meeting) & np.isfinite(cost)
        if there.any():
            below += int((cost[there] < np.nanmedian(cost)).sum())
            count += int(there.sum())
    return below / count if count else None


def learned(
    found: Futures, where: slice, worth: Floats, places: Mapping[int, int]
) -> dict[int, Rule]:
    """Return the rule of each deciding meeting, from one.

    Args:
        found: the futures.
        where: the draws to learn on.
        worth: in each world, SEK, dims (draw, world).
        places: as in :func:`right`.
    """
    always = worth[where, places[0]]
    onward, rules = always, dict[int, Rule]()
    for meeting in sorted((one for one in places if one), reverse=True):
        here = worth[where, places[meeting]]
        known = [one[where] for one in told(found, meeting - 1)]
        both = np.stack([here - onward, onward - always], axis=1)
        curve, values = Curve.read(known, both)
        rules[meeting] = Rule(curve)
        onward = np.where(values[:, 0] > 0.0, here, onward)
    return rules


def followed(found: Futures, where: slice, rules: Mapping[int, Rule]) -> Ints:
    """Return at which meeting each future stops under a rule; 0 where none does."""
    stops = np.zeros(len(found.payment[where]), dtype=np.int64)
    for meeting in sorted(rules, reverse=True):
        known = [one[where] for one in told(found, meeting - 1)]
        stops = np.where(rules[meeting].gain(known) > 0.0, meeting, stops)
    return stops


def policy(
    found: Futures,
    names: tuple[str, ...],
    stops: Ints,
    places: Mapping[int, int],
    used: Iterable[Used] = (),
) -> Policy:
    """Return what comes of stopping at given meetings.

    Args:
        found: the futures.
        names: of all who are concerned.
        stops: meeting, from one, 0 for none, dims (draw,).
        places: as in :func:`right`.
        used: which posterior samples the futures used.
    """
    used = tuple(used)
    rows, at = np.arange(len(stops)), _worlds(stops, places)
    gained = found.worth[rows, at] - found.worth[:, places[0]]
    drawn = found.lent[rows, at]
    low, middle, high = (float(np.quantile(drawn, p)) for p in (0.05, 0.5, 0.95))
    return Policy(
        stops,
        {name: valued(mean(gained[:, place]), used) for place, name in enumerate(names)},
        valued(mean((stops > 0).astype(np.float64)), used),
        (valued(mean(drawn), used), low, middle, high),
    )
